// The judge: every kind of argument crosses and comes back (a chapter made for it), solutions and alternatives pass, mistakes fail and
// are recognised, records are repeatable; without its protections it refuses; an ordinary user may judge too.
"use strict";
const assert = require("node:assert/strict");
const { execFileSync, spawn, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { after, before, describe, test } = require("node:test");
const Copy = require("../runner/copy.js");
const { judge } = require("../torture/torture.js");

let copy, manifest;

before(() => {
    copy = new Copy();
    const crossing = { "chapter.md": "chapters/90-crossing.md", "key.md": "solutions/90-crossing.md", "suite.c": "tests/suites/90-crossing.c" };
    for (const [from, to] of Object.entries(crossing)) fs.copyFileSync(`tests/grader/crossing/${from}`, copy.path(to));
    const made = copy.run("make", ["build/tangled", "build/bin/descent"]);
    assert.equal(made.status, 0, made.err);
    manifest = JSON.parse(copy.read("build/manifest.json"));
});
after(() => copy.remove());

let count = 0;
// A submission of these files, {fn: text}.
function folder(files) {
    const at = copy.path(`submission-${++count}`);
    fs.mkdirSync(at);
    for (const [fn, text] of Object.entries(files)) fs.writeFileSync(path.join(at, fn === "intake" ? "intake.json" : `${fn}.c`), text);
    return at;
}
async function judged(files, options = {}) {
    const at = folder(files);
    const r = await judge(at, `${at}.json`, { root: copy.home, ...options });
    r.by = new Map((r.record?.exercises ?? []).map((e) => [e.fn, e]));
    return r;
}
const crossing = (e) => e.chapter === "90-crossing";
const all = (file, chosen = manifest.exercises) => Object.fromEntries(chosen.filter(file).map((e) => [e.fn, copy.key(file(e))]));
// Of each chapter two exercises with one mistake each (make prove sees every mistake fail), of the crossing all: [exercise, mistake].
const sample = () => manifest.chapters.flatMap(({ id }, c) => {
    const own = manifest.exercises.filter((e) => e.chapter === id && e.mistakes.length), n = own.length;
    const places = id === "90-crossing" ? own.keys() : new Set(n ? [c % n, (c + (n >> 1)) % n] : []);
    return [...places].flatMap((i) => own[i].mistakes.filter((_, k) => crossing(own[i]) || k === c % own[i].mistakes.length).map((m) => [own[i], m]));
});

describe("across and back", () => {
    test("every solution passes whole", async () => {
        const { status, said, by } = await judged(all((e) => e.solution));
        assert.equal(status, 0, said);
        for (const { fn } of manifest.exercises) {
            const e = by.get(fn);
            assert.equal(e.verdict, "PASS", JSON.stringify(e, null, 1));
            assert.equal(e.earned, e.points);
            assert.ok(e.tests > 0 && e.passed === e.tests);
        }
        assert.deepEqual([...by.keys()].sort(), manifest.exercises.map((e) => e.fn).sort());
    });

    test("every alternative passes whole", async () => {
        const { by } = await judged(all((e) => e.alternatives[0]?.file));
        for (const e of by.values()) if (e.verdict !== "MISSING") assert.equal(e.verdict, "PASS", JSON.stringify(e, null, 1));
    });

    test("mistakes of every chapter fail, and are called by a name", async () => {
        // One mistake of an exercise a submission.
        for (let left = sample(); left.length; ) {
            const now = new Map(left.map(([e, m]) => [e.fn, m]));
            left = left.filter(([e, m]) => now.get(e.fn) !== m);
            const { by } = await judged(Object.fromEntries([...now].map(([fn, m]) => [fn, copy.key(m.file)])));
            for (const [fn, m] of now) {
                const got = by.get(fn);
                assert.notEqual(got.verdict, "PASS", `${fn} ${m.name}`);
                assert.notEqual(got.verdict, "GRADER-ERROR", JSON.stringify(got, null, 1));
                assert.ok(got.mistake, `${fn} ${m.name}: ${got.note}`);
            }
        }
    });

    test("stubs are not started, and cost nothing", async () => {
        const { by, seconds } = await judged(all((e) => e.stub));
        for (const { fn } of manifest.exercises) assert.equal(by.get(fn).verdict, "NOT-STARTED");
        assert.ok(seconds < 10);
    });

    test("a callback called with what is not its own is said so", async () => {
        const mistake = (fn, name) => copy.key(`build/key/${fn}/mistake-${name}.c`);
        const { by } = await judged({ cross_grad: mistake("cross_grad", "too-many"), cross_two: mistake("cross_two", "other-ctx") });
        assert.match(by.get("cross_grad").note, /^cross_grad\(1, g, x, bowl, &scale\) called f with d = 2; it is 1 here/);
        assert.match(by.get("cross_two").note, /called dJ with a ctx that is not its own/);
    });

    test("the words are those of make check", async () => {
        const file = "build/key/vec_dot/mistake-starts-at-one.c";
        const { by } = await judged({ vec_dot: copy.key(file) });
        assert.match(by.get("vec_dot").note, /^vec_dot\(3, x, y\) returned 28, expected 32\n    x = \{1, 2, 3\}\n    y = \{4, 5, 6\}/);
        assert.equal(by.get("vec_dot").results[0].test, "dot_by_hand");
    });
});

describe("what intake said", () => {
    test("its refusals are verdicts, and it is not believed anything else", async () => {
        const intake = JSON.stringify({ format: 1, files: [], refused: [
            { fn: "vec_dot", verdict: "BAD-INPUT", why: "It is a PDF." }, { fn: "vec_axpy", verdict: "PASS", why: "Trust me." },
            { fn: "nobody", verdict: "BAD-INPUT", why: "" } ] });
        const { by } = await judged({ intake });
        assert.deepEqual([by.get("vec_dot").verdict, by.get("vec_dot").note], ["BAD-INPUT", "It is a PDF."]);
        assert.equal(by.get("vec_axpy").verdict, "BAD-INPUT");
        assert.equal(by.get("mat_mul").verdict, "MISSING");
    });

    test("links and folders are no files", async () => {
        const at = folder({});
        fs.symlinkSync("/etc/passwd", path.join(at, "vec_dot.c"));
        fs.mkdirSync(path.join(at, "vec_axpy.c"));
        execFileSync("mkfifo", [path.join(at, "vec_norm2.c")]);
        fs.writeFileSync(path.join(at, "vec_dist.c"), "/".repeat(2 << 20));
        const r = await judge(at, `${at}.json`, { root: copy.home });
        for (const fn of ["vec_dot", "vec_axpy", "vec_norm2", "vec_dist"])
            assert.equal(r.record.exercises.find((e) => e.fn === fn).verdict, "BAD-INPUT", fn);
    });

    test("no folder, no record", async () => {
        const r = await judge("nowhere", copy.path("nowhere.json"), { root: copy.home });
        assert.equal(r.status, 1);
        assert.match(r.said, /There is no folder nowhere/);
    });
});

describe("killed", () => {
    const work = (name) => copy.path(`build/grade/work${name ? `/${name}` : ""}`);
    const folders = () => (fs.existsSync(work()) ? fs.readdirSync(work()).filter((f) => !f.endsWith(".lock")) : []);
    const until = async (what, seconds = 20) => {
        for (let i = 0; i < 20 * seconds && !what(); i++) await new Promise((done) => setTimeout(done, 50));
        return what();
    };
    // The processes that a judge left, or has: they bear the name of its folder.
    const of = (name) => fs.readdirSync("/proc").filter((pid) => {
        try {
            return /^\d+$/.test(pid) && fs.readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`DESCENT_WORK=${name}`);
        } catch {
            return false;
        }
    });
    const start = async (at, env = {}) => {
        const there = folders();
        const process_ = spawn("build/bin/descent", ["judge", at, `${at}.json`, "SEED=1"], { cwd: copy.home, stdio: "ignore", env: { ...process.env, ...env } });
        const ended = new Promise((done) => process_.on("exit", done));
        await until(() => folders().some((f) => !there.includes(f)));
        return { name: folders().find((f) => !there.includes(f)), kill: () => process_.kill("SIGKILL") && ended };
    };

    test("a dead judge's folder and processes are swept by the next, a living one's are not", async () => {
        // A bubblewrap that never comes to its keeper, and leaves a process that no signal of its parent's death ends.
        const bin = copy.path("stuck");
        fs.mkdirSync(bin);
        fs.writeFileSync(path.join(bin, "bwrap"), '#!/bin/sh\ncase " $* " in *" /keeper "*) setsid sleep 600 & exec sleep 600 ;; esac\nexec /usr/bin/bwrap "$@"\n', { mode: 0o755 });
        const env = { PATH: `${bin}:${process.env.PATH}` };
        fs.rmSync(copy.path("build/grade/canaries"), { force: true });
        const [one, two] = [await start(folder({ vec_dot: "" }), env), await start(folder({ vec_dot: "" }), env)];
        for (const { name } of [one, two]) assert.ok(await until(() => of(name).length >= 2), "it waits for its sandbox");
        assert.match(fs.readFileSync(work(`${one.name}.lock`), "utf8"), /^process \d+ on \S+ judges .*submission-\d+\n$/);
        await one.kill();
        assert.ok(folders().includes(one.name) && of(one.name).length >= 2, "it left them");
        fs.mkdirSync(work("4711")); // of nobody
        await judged({ vec_dot: "" });
        assert.deepEqual(folders(), [two.name]);
        assert.ok(of(two.name).length >= 2);
        assert.deepEqual(of(one.name), []);
        await two.kill();
        await judged({ vec_dot: "" });
        assert.deepEqual(fs.readdirSync(work()), []);
        assert.deepEqual(of(two.name), []);
    });

    test("at random instants, it leaves nothing that runs", async () => {
        const names = [], at = folder(all((e) => e.chapter === "90-crossing" && e.solution));
        for (let i = 0; i < 12; i++) {
            const one = await start(at);
            names.push(one.name);
            await new Promise((done) => setTimeout(done, Math.random() * 400));
            await one.kill();
        }
        await judged({ vec_dot: "" });
        assert.deepEqual(fs.readdirSync(work()), []);
        for (const name of names) assert.deepEqual(of(name), []);
    });
});

describe("protection", () => {
    // All that is needed but bubblewrap.
    const bare = () => {
        const bin = copy.path("bin");
        if (!fs.existsSync(bin)) {
            fs.mkdirSync(bin);
            for (const tool of fs.readdirSync("/usr/bin")) if (tool !== "bwrap") fs.symlinkSync(`/usr/bin/${tool}`, path.join(bin, tool));
        }
        return { PATH: bin };
    };

    test("what compiles may make processes and files, and no namespace, no connection and no trace", (t) => {
        if (process.arch !== "x64") return t.skip("the numbers of system calls below are x86-64's");
        // Through the very filter, with Perl in the place of gcc: number, arguments → errno. ENOSYS is 38.
        const ask = (...call) => {
            const program = `$! = 0; syscall(${call.join(", ")}); print $!+0`;
            const run = ["--ro-bind", "/", "/", "--dev", "/dev", "--unshare-all", "--seccomp", "9", "perl", "-e", program];
            return +execFileSync("sh", ["-c", 'exec bwrap "$@" 9<"$0"', copy.path("build/grade/tools.bpf"), ...run], { encoding: "utf8" });
        };
        const calls = { unshare: [272, 0x10000000], socket: [41, 2, 1, 0], ptrace: [101, 0, 0, 0, 0], mount: [165, 0, 0, 0, 0, 0], bpf: [321, 0, 0, 0], process_vm_readv: [310, 1, 0, 0, 0, 0, 0],
            io_uring_setup: [425, 1, 0], keyctl: [250, 0, 0], userfaultfd: [323, 0], perf_event_open: [298, 0, 0, 0, 0, 0], clone_newuser: [56, 0x10000000, 0, 0, 0, 0], clone3: [435, 0, 0] };
        for (const [name, call] of Object.entries(calls)) assert.equal(ask(...call), 38, name);
        assert.equal(ask(39), 0, "getpid");
    });

    test("without bubblewrap nobody is judged", async () => {
        const r = await judged({ vec_dot: "" }, { env: bare() });
        assert.equal(r.status, 1);
        assert.match(r.said, /Without bubblewrap.*nobody is judged/s);
        assert.match(r.said, /UNPROTECTED=yes/);
    });

    test("and of a class nothing is unpacked, which is said once", () => {
        const at = copy.path("class"), out = copy.path("gradebook");
        fs.mkdirSync(path.join(at, "ada"), { recursive: true });
        fs.writeFileSync(path.join(at, "ada/vec_dot.c"), "");
        const r = copy.run("build/bin/descent", ["grade", `SUBMISSIONS=${at}`, `OUT=${out}`], bare());
        assert.equal(r.status, 2);
        assert.equal((r.out + r.err).match(/nobody is judged/g)?.length, 1, r.err);
        assert.ok(!fs.existsSync(out));
    });

    test("unless told, and then the record says what was missing", async () => {
        const at = folder({ vec_dot: copy.key("build/key/vec_dot/solution.c"), vec_axpy: copy.key("build/key/vec_axpy/mistake-" +
            manifest.exercises.find((e) => e.fn === "vec_axpy").mistakes[0].name + ".c") });
        const r = copy.run("build/bin/descent", ["judge", at, `${at}.json`, "UNPROTECTED=yes"], bare());
        assert.equal(r.status, 0, r.err);
        const record = JSON.parse(fs.readFileSync(`${at}.json`, "utf8"));
        assert.match(record.protection.missing[0], /^bubblewrap: it is not installed/);
        assert.deepEqual(record.protection.present, ["seccomp", "limits"]);
        const verdict = (fn) => record.exercises.find((e) => e.fn === fn).verdict;
        assert.deepEqual([verdict("vec_dot"), verdict("vec_axpy")], ["PASS", "FAIL"]);
    });

    test("a canary that does what it should not stops everything", async () => {
        const canary = "tests/grader/canary/fail.c", kept = copy.read(canary);
        copy.write(canary, kept.replace("sum++;", "(void)sum;"));
        fs.rmSync(copy.path("build/grade/canaries"), { force: true });
        const r = await judged({ vec_dot: "" });
        copy.write(canary, kept);
        assert.equal(r.status, 1);
        assert.match(r.said, /canary\/fail\.c got the verdict PASS and must get FAIL, so nobody is judged/);
        assert.equal(r.record, null);
    });

    test("an ordinary user judges the same", async (t) => {
        if (process.getuid() !== 0 || spawnSync("setpriv", ["--version"]).error) return t.skip("needs root to become nobody");
        const at = folder({ vec_dot: copy.key("build/key/vec_dot/solution.c"), vec_axpy: "int vec_axpy;" });
        const mine = await judge(at, `${at}.json`, { root: copy.home });
        execFileSync("chown", ["-R", "65534:65534", copy.home]);
        const args = ["--reuid=65534", "--regid=65534", "--clear-groups", "build/bin/descent", "judge", at, `${at}-nobody.json`];
        const theirs = spawnSync("setpriv", args, { cwd: copy.home, encoding: "utf8" });
        execFileSync("chown", ["-R", "0:0", copy.home]);
        assert.equal(theirs.status, 0, theirs.stderr);
        assert.equal(fs.readFileSync(`${at}-nobody.json`, "utf8"), mine.text);
    });
});
