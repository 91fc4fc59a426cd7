// The corpus through the real grader: each submission gets its verdict, in bounded time and space, with nothing left running and
// nothing written, and the exercise beside it keeps its marks. Then the same without the symbol policy, for the sandbox alone.
// Runs in the project's root, over what is built there.
"use strict";
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { after, before, describe, test } = require("node:test");
const { corpus, judge, in_parallel, left_running } = require("./torture.js");

const SECONDS = 120, RECORD_BYTES = 128 * 1024;
const base = fs.mkdtempSync(path.join(os.tmpdir(), "descent-"));
const all = corpus();
const manifest = JSON.parse(fs.readFileSync("build/manifest.json", "utf8"));
const key = (fn) => fs.readFileSync(manifest.exercises.find((e) => e.fn === fn).solution, "utf8").replace(/^#line.*\n/gm, "");
const neighbours = ["line_step"];

// A folder with the file and a right answer beside it.
function submission(one, name) {
    const folder = path.join(base, name);
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, `${one.fn}.c`), one.text);
    for (const fn of neighbours) fs.writeFileSync(path.join(folder, `${fn}.c`), key(fn));
    return folder;
}

const results = new Map();
const result = (profile, one) => results.get(`${profile} ${one.name}`);
const of = (r, fn) => r.record.exercises.find((e) => e.fn === fn);

before(async () => {
    const jobs = [...all.map((one) => ["default", one]), ...all.filter((one) => one.unpoliced).map((one) => ["unpoliced", one])];
    await in_parallel(jobs, async ([profile, one]) => {
        const folder = submission(one, `${profile}-${one.name}`);
        results.set(`${profile} ${one.name}`, await judge(folder, `${folder}.json`, { profile }));
    });
});
after(() => fs.rmSync(base, { recursive: true, force: true }));

for (const profile of ["default", "unpoliced"]) {
    describe(profile === "default" ? "each gets its verdict" : "each gets its verdict from the sandbox alone", () => {
        for (const one of all.filter((o) => profile === "default" || o.unpoliced)) {
            const wanted = profile === "default" ? one.verdict : one.unpoliced;
            test(`${one.name}: ${wanted}`, () => {
                const r = result(profile, one);
                assert.equal(r.status, 0, r.said);
                const e = of(r, one.fn);
                assert.equal(e.verdict, wanted, JSON.stringify(e, null, 1));
                assert.ok(r.seconds < SECONDS, `took ${r.seconds} seconds`);
                assert.ok(r.text.length < RECORD_BYTES, `a record of ${r.text.length} bytes`);
                assert.equal(e.verdict === "PASS", e.earned === e.points);
                if (e.verdict !== "PASS") assert.ok(e.note.length > 20, "a sentence for a person");
                // Whatever happened, each test has a result, or none was run.
                assert.ok([0, e.tests].includes(e.results.length));
                assert.equal(e.passed, e.results.filter((t) => t.verdict === "PASS").length);
                for (const fn of neighbours) {
                    const beside = of(r, fn);
                    assert.equal(beside.verdict, "PASS", `${fn} beside it`);
                    assert.equal(beside.earned, beside.points);
                }
            });
        }
    });
}

describe("after all of it", () => {
    test("nothing is left running", async () => {
        let left = left_running();
        for (let i = 0; left.length && i < 50; i++) {
            await new Promise((resolve) => setTimeout(resolve, 100));
            left = left_running();
        }
        assert.deepEqual(left, []);
    });

    test("nothing was written where nothing belongs", () => {
        assert.ok(!fs.existsSync("/tmp/descent-was-here"));
        // Other tests kill their graders beside this one; ours all came to their end. A lock's file says who works there.
        const work = "build/grade/work", all = fs.existsSync(work) ? fs.readdirSync(work) : [];
        const ours = all.filter((f) => f.endsWith(".lock")).filter((f) => {
            try {
                return fs.readFileSync(path.join(work, f), "utf8").includes(base);
            } catch {
                return false; // gone by now
            }
        });
        assert.deepEqual(ours, []);
    });

    test("no record shows a file of this machine, or of the answer key", () => {
        const secrets = ["/etc/passwd", "/etc/shadow"].flatMap((file) => {
            try {
                return fs.readFileSync(file, "utf8").split("\n").filter((line) => line.length > 12);
            } catch {
                return [];
            }
        });
        for (const [name, r] of results) {
            for (const secret of secrets) assert.ok(!r.text.includes(secret), name);
            assert.ok(!r.text.includes(process.cwd()), `${name} names this folder`);
        }
    });

    test("who writes outside, or over an input, gets half at most, and it is said", () => {
        const flags = (name) => of(result("default", all.find((one) => one.name === name)), "vec_dot");
        for (const [name, flag] of [["smash-outside", "out-of-bounds"], ["smash-before", "out-of-bounds"], ["smash-input", "input-modified"]]) {
            const e = flags(name);
            assert.ok(e.flags.includes(flag), name);
            assert.ok(e.earned <= e.points / 2, name);
        }
        assert.match(flags("smash-outside").note, /vec_dot\(.*\) wrote y\[\d\], past the end of its \d numbers/);
    });

    test("a known mistake is known", () => {
        assert.equal(of(result("default", all.find((one) => one.name === "honest-off-by-one")), "vec_dot").mistake, "starts-at-one");
    });

    test("the same submission gets the same record, byte for byte", async () => {
        const one = all.find((o) => o.name === "honest-off-by-one"), folder = path.join(base, `default-${one.name}`);
        const again = await judge(folder, `${folder}-again.json`);
        assert.equal(again.text, result("default", one).text);
        const other = await judge(folder, `${folder}-seed.json`, { seed: "2" });
        assert.notEqual(other.record.key, again.record.key);
    });

    test("the corpus has its five kinds in number", () => {
        for (const [kind, least] of [["end", 15], ["forge", 15], ["resource", 15], ["compiler", 15], ["honest", 20]])
            assert.ok(all.filter((one) => one.name.startsWith(`${kind}-`)).length >= least, kind);
    });

    test("the machine has none of its processes in a sandbox of ours", () => {
        assert.doesNotMatch(execFileSync("ps", ["-eo", "args="], { encoding: "utf8" }), new RegExp(`${base}`));
    });
});
