#!/usr/bin/env node
// spread.test.js: the same class judged here, by GNU parallel over ssh, by a Slurm array, and by Gradescope's container gives the same
// gradebook. The ssh server is started here, on this machine alone, with keys of its own, and stopped. Runs in the project's root.
const assert = require("node:assert/strict");
const { execFileSync, spawn, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const net = require("node:net");
const os = require("node:os");
const path = require("node:path");
const { after, before, describe, test } = require("node:test");
const { Class, key } = require("./class.js");
const Slurm = require("./slurm.js");
const Copy = require("../runner/copy.js");

const out = `build/grade-spread-${process.pid}`;
let c, there;
before(() => {
    c = new Class("spread");
    c.add("ann", { "vec_dot.c": key("vec_dot") });
    c.add("bob; touch pwned", { "vec_dot.c": key("vec_dot", "mistake-starts-at-one") });
    c.add("cyd", { "pen_01_a.c": key("pen_01_a") });
    c.write("course.ini", "[assignment dot]\nexercises = vec_dot, pen_01_a\n");
    assert.equal(c.grade().status, 0);
    there = new Copy();
});
after(() => {
    c.remove();
    there?.remove();
    fs.rmSync(out, { recursive: true, force: true });
});

const descent = (args, env = {}) => {
    const done = spawnSync("build/bin/descent", args, { encoding: "utf8", env: { ...process.env, ...env } });
    return { status: done.status, out: done.stdout, err: done.stderr };
};
const grade = (...more) => descent(["grade", `SUBMISSIONS=${c.folder}`, `OUT=${out}`, ...more]);
const same = () => {
    const a = c.made(), b = c.made(out);
    delete b["slurm.sh"];
    assert.deepEqual(Object.keys(b).sort(), Object.keys(a).sort());
    for (const name of Object.keys(a)) assert.ok(a[name] === b[name], `${name} differs`);
};

describe("GNU parallel over ssh", () => {
    let home, sshd, port, missing;
    before(async () => {
        missing = ["parallel", "ssh", "rsync", "ssh-keygen", "/usr/sbin/sshd"].find((p) => spawnSync("sh", ["-c", `command -v ${p}`]).status);
        if (missing) return;
        home = fs.mkdtempSync(path.join(os.tmpdir(), "sshd-"));
        for (const name of ["host", "user"]) execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", path.join(home, name)]);
        port = await new Promise((done) => {
            const s = net.createServer().listen(0, "127.0.0.1", () => {
                const { port: free } = s.address();
                s.close(() => done(free));
            });
        });
        fs.mkdirSync("/run/sshd", { recursive: true });
        fs.writeFileSync(path.join(home, "sshd_config"), `Port ${port}\nListenAddress 127.0.0.1\nHostKey ${home}/host\nAuthorizedKeysFile ${home}/user.pub\nStrictModes no\nPidFile none\nPasswordAuthentication no\nUsePAM no\nPermitRootLogin prohibit-password\n`);
        fs.writeFileSync(path.join(home, "config"), `Host loop\n  HostName 127.0.0.1\n  Port ${port}\n  IdentityFile ${home}/user\n  IdentitiesOnly yes\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n  LogLevel ERROR\n  User ${os.userInfo().username}\n`);
        sshd = spawn("/usr/sbin/sshd", ["-D", "-e", "-f", path.join(home, "sshd_config")], { stdio: "ignore" });
        for (let i = 0; i < 50; i++) {
            if (spawnSync("ssh", ["-F", path.join(home, "config"), "loop", "true"], { timeout: 5000 }).status === 0) return;
            await new Promise((done) => setTimeout(done, 100));
        }
        missing = "an ssh server that lets itself in";
    });
    after(() => {
        sshd?.kill();
        if (home) fs.rmSync(home, { recursive: true, force: true });
    });

    test("every job is done there, every record comes back, the gradebook is the same", (t) => {
        if (missing) return t.skip(`needs ${missing}`);
        fs.rmSync(out, { recursive: true, force: true });
        // ssh and rsync find the host by this file.
        const done = descent(["grade", `SUBMISSIONS=${c.folder}`, `OUT=${out}`, "HOSTS=loop", `THERE=${there.home}`], { PARALLEL_SSH: `ssh -F ${home}/config`, RSYNC_RSH: `ssh -F ${home}/config` });
        assert.equal(done.status, 0, done.err);
        same();
        // What was judged there, left a submission there.
        assert.equal(fs.readdirSync(there.path(`${out}/.work/in`)).length, 3);
        assert.ok(!fs.existsSync("pwned") && !fs.existsSync(there.path("pwned")));
    });

    test("a host that is not there costs time, not marks", (t) => {
        if (missing) return t.skip(`needs ${missing}`);
        fs.rmSync(out, { recursive: true, force: true });
        const done = descent(["grade", `SUBMISSIONS=${c.folder}`, `OUT=${out}`, "HOSTS=nowhere.invalid"], { PARALLEL_SSH: `ssh -F ${home}/config` });
        assert.equal(done.status, 0, done.err);
        same();
    });

    test("words that a shell would run are refused", () => {
        for (const words of [["HOSTS=a;touch pwned", `OUT=${out}`], ["HOSTS=a", `OUT=${c.home}/x`], ["HOSTS=a", `OUT=${out}`, "THERE=$(touch pwned)"]])
            assert.equal(descent(["grade", `SUBMISSIONS=${c.folder}`, ...words]).status, 2, words.join(" "));
        assert.ok(!fs.existsSync("pwned"));
    });
});

describe("Slurm", () => {
    test("a real queue: sbatch runs the array; then the same make grade takes the records", async (t) => {
        assert.deepEqual(Slurm.missing(), [], "make deps installs them");
        const slurm = await Slurm.start();
        try {
            if (slurm.trouble) return t.skip(slurm.trouble);
            fs.rmSync(out, { recursive: true, force: true });
            assert.equal(grade("SLURM=yes").status, 0);
            const sent = spawnSync("sbatch", ["--wait", `${out}/slurm.sh`], { env: slurm.env, encoding: "utf8", timeout: 240000 });
            assert.equal(sent.status, 0, sent.stderr);
            assert.match(sent.stdout, /Submitted batch job \d+/);
            const done = grade();
            assert.equal(done.status, 0, done.err);
            assert.match(done.out, /, 0 submissions judged now/);
            same();
        } finally {
            await slurm.stop();
        }
    });

    test("an array of jobs, in any order, some of them twice; then the same make grade takes the records", () => {
        fs.rmSync(out, { recursive: true, force: true });
        const asked = grade("SLURM=yes");
        assert.equal(asked.status, 0, asked.err);
        const script = fs.readFileSync(`${out}/slurm.sh`, "utf8");
        const n = +script.match(/^#SBATCH --array=1-(\d+)$/m)[1];
        assert.equal(n, 3);
        assert.ok(asked.out.includes(`sbatch --wait ${out}/slurm.sh`));
        for (const i of [3, 1, 3, 2])
            execFileSync("bash", [path.resolve(out, "slurm.sh")], { cwd: "/", env: { ...process.env, SLURM_ARRAY_TASK_ID: String(i) } });
        const done = grade();
        assert.equal(done.status, 0, done.err);
        assert.match(done.out, /, 0 submissions judged now/);
        same();
    });

    test("a record that is another's, or no record, is not taken", () => {
        fs.rmSync(out, { recursive: true, force: true });
        grade("SLURM=yes");
        const jobs = fs.readFileSync(`${out}/.work/jobs.tsv`, "utf8").trim().split("\n").map((l) => l.split("\t"));
        const [[mine], [other]] = jobs;
        const records = Object.fromEntries(c.sql("SELECT key, record FROM judged").map((r) => [r.key, r.record]));
        fs.writeFileSync(`${out}/.work/results/${mine}.json`, records[other]);
        fs.writeFileSync(`${out}/.work/results/${other}.json`, "{\"format\": 1");
        const done = grade();
        assert.match(done.out, /, 3 submissions judged now/);
        same();
    });
});

describe("JOBS", () => {
    test("one at a time, or many", () => {
        for (const n of [1, 7]) {
            fs.rmSync(out, { recursive: true, force: true });
            assert.equal(grade(`JOBS=${n}`).status, 0);
            same();
        }
    });
    test("no bar where nobody looks", () => assert.doesNotMatch(grade().err, /█|\r/));
});
