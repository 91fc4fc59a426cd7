#!/usr/bin/env node
// resume.test.js: a class of two hundred, killed at random instants and gone on with, ends in the same gradebook, reports and exports,
// byte for byte, as one that ran through; and nothing is judged twice. Runs in the project's root.
const assert = require("node:assert/strict");
const { spawn, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { after, before, test } = require("node:test");
const { Class, key, stub } = require("./class.js");
const packaging = require("../torture/packaging.js");

const STUDENTS = 200, KILLS = 6;
const right = key("vec_dot");
let whole, killed;

// From a few exercises, so that two hundred students are some forty different submissions.
const manifest = JSON.parse(fs.readFileSync("build/manifest.json", "utf8"));
const mistakes = (fn) => manifest.exercises.find((e) => e.fn === fn).mistakes.map((m) => key(fn, path.basename(m.file, ".c")));
const hostile = [
    right.replace("return sum;", "exit(0);").replace('"vec.h"', '"vec.h"\n#include <stdlib.h>'),
    right.replace("return sum;", "for (;;)\n        ;"),
    right.replace('"vec.h"', '"/etc/passwd"'),
    `${right}\nint main(void)\n{\n    return 0;\n}\n`,
    right.replace("double vec_dot", "__attribute__((constructor)) static void early(void)\n{\n    __builtin_trap();\n}\n\ndouble vec_dot"),
    right.replace("x[i] * y[i]", "x[i + 1] * y[i]"),
];
// What only a worker whose memory is always at the same addresses does in every run; some containers do not let us.
if (spawnSync("setarch", ["-R", "true"]).status === 0)
    hostile.push(right.replace("x[i] * y[i]", "x[i - 5000] * y[i]"), right.replace("sum = 0", "sum = (double)((size_t)&n % 1000)"));
function files(i) {
    const dot = [right, ...mistakes("vec_dot"), stub("vec_dot"), ...hostile], pen = [key("pen_01_a"), ...mistakes("pen_01_a"), stub("pen_01_a")];
    const one = i % 3 === 0 ? dot[(i / 3) % dot.length | 0] : right, two = i % 3 === 1 ? pen[(i / 3) % pen.length | 0] : i % 3 === 2 ? pen[0] : null;
    return { "vec_dot.c": one, ...(two ? { "pen_01_a.c": two } : {}) };
}
function fill(c) {
    const odd = packaging(right, stub("vec_dot")).filter((p) => p.make && !["whole-tree", "device", "many"].includes(p.name)).slice(0, 40);
    for (let i = 0; i < STUDENTS - odd.length; i++) c.add(`s${String(i).padStart(3, "0")}`, files(i));
    for (const { name, make } of odd) {
        fs.mkdirSync(path.join(c.folder, name));
        make(path.join(c.folder, name));
    }
    c.write("course.ini", "[course]\nname = Two hundred\n[assignment vectors]\nexercises = vec_dot, pen_01_a\n");
}

before(() => {
    whole = new Class("whole");
    fill(whole);
    killed = new Class("killed");
    fs.rmSync(killed.folder, { recursive: true });
    spawnSync("cp", ["-a", whole.folder, killed.folder]);
});
after(() => {
    whole.remove();
    killed.remove();
});

const judged = (done) => +done.out.match(/(\d+) submissions judged now/)[1];
const stored = (c) => {
    const done = spawnSync("sqlite3", [path.join(c.out, ".work/records.sqlite"), "PRAGMA integrity_check; SELECT count(*) FROM record"], { encoding: "utf8" });
    return done.status === 0 ? done.stdout.trim().split("\n") : null;
};

let jobs, seconds;
test("it runs through", () => {
    const began = Date.now();
    const done = whole.grade();
    seconds = (Date.now() - began) / 1000;
    assert.equal(done.status, 0, done.err);
    jobs = judged(done);
    assert.ok(jobs >= 20 && jobs < 80, `${jobs} jobs`);
    assert.equal(whole.sql("SELECT count(*) AS n FROM student")[0].n, STUDENTS);
});

test(`killed ${KILLS} times at random instants, gone on with, it is the same to the byte`, async () => {
    let before = 0;
    for (let i = 0; i < KILLS; i++) {
        const run = spawn("build/bin/descent", ["grade", `SUBMISSIONS=${killed.folder}`, `OUT=${killed.out}`], { stdio: "ignore" });
        const ended = new Promise((done) => run.on("exit", done));
        const wait = 300 + Math.random() * 1000 * Math.max(2, seconds / KILLS);
        await Promise.race([ended, new Promise((done) => setTimeout(done, wait))]);
        run.kill("SIGKILL");
        await ended;
        // What was stored stays stored, and the store is whole.
        const now = stored(killed);
        if (!now) continue;
        assert.equal(now[0], "ok");
        assert.ok(+now[1] >= before, `${now[1]} records, ${before} before`);
        before = +now[1];
    }
    const done = killed.grade();
    assert.equal(done.status, 0, done.err);
    assert.ok(judged(done) <= jobs - before, `${judged(done)} judged, ${before} of ${jobs} were stored`);
    const a = whole.made(), b = killed.made();
    assert.deepEqual(Object.keys(b).sort(), Object.keys(a).sort());
    for (const name of Object.keys(a)) assert.ok(a[name] === b[name], `${name} differs`);
});

test("the same class again: nothing is judged, nothing changes", () => {
    const was = whole.made(), done = whole.grade();
    assert.equal(judged(done), 0);
    assert.deepEqual(whole.made(), was);
});

test("one file changes: one submission is judged", () => {
    whole.add("s000", { "vec_dot.c": right.replace("sum = 0", "sum = 0.0") });
    const done = whole.grade();
    assert.equal(judged(done), 1, done.out);
    assert.deepEqual(whole.sql("SELECT verdict FROM exercise WHERE student = 's000' AND fn = 'vec_dot'"), [{ verdict: "PASS" }]);
});

test("neighbours of the hostile have the marks that they have alone", () => {
    const alone = whole.sql("SELECT count(*) AS n, min(percent) AS low, max(percent) AS high FROM exercise JOIN assignment USING (student) WHERE fn = 'pen_01_a' AND verdict = 'PASS' AND student IN (SELECT student FROM exercise WHERE fn = 'vec_dot' AND verdict = 'PASS')");
    assert.ok(alone[0].n > 30);
    assert.deepEqual([alone[0].low, alone[0].high], [100, 100]);
});

test("names that no file should have: marked, listed, and no page is elsewhere", () => {
    const rows = whole.sql("SELECT id, report FROM student");
    for (const { report } of rows) {
        assert.match(report, /^students\/[A-Za-z0-9][A-Za-z0-9._@+-]*\.html$/);
        assert.ok(fs.existsSync(path.join(whole.out, report)), report);
    }
    assert.equal(new Set(rows.map((r) => r.report.toLowerCase())).size, rows.length);
});
