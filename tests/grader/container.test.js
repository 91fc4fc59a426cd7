#!/usr/bin/env node
// container.test.js: the autograder for Gradescope has the shape that its specification asks for, and, unpacked where Gradescope unpacks
// it, judges a submission to the marks that make grade gives. Runs in the project's root.
const assert = require("node:assert/strict");
const { execFileSync, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { after, before, test } = require("node:test");
const { key } = require("./class.js");
const { gradescope } = require("./importers.js");

const home = fs.mkdtempSync(path.join(os.tmpdir(), "autograder-")), zip = path.join(home, "autograder.zip"), source = path.join(home, "source");
after(() => fs.rmSync(home, { recursive: true, force: true }));
before(() => {
    const course = path.join(home, "course.ini");
    fs.writeFileSync(course, "[assignment dot]\nexercises = vec_dot, pen_01_a\n");
    execFileSync("build/bin/descent", ["autograder", `OUT=${zip}`, `COURSE=${course}`]);
    execFileSync("unzip", ["-q", zip, "-d", source]);
    for (const folder of ["submission", "results"]) fs.mkdirSync(path.join(home, folder));
});

test("setup.sh and run_autograder stand at the root and can be run; no test of ours and no build is in it", () => {
    for (const name of ["setup.sh", "run_autograder"]) {
        const file = path.join(source, name);
        assert.match(fs.readFileSync(file, "utf8"), /^#!/);
        assert.ok(fs.statSync(file).mode & 0o100);
        execFileSync("bash", ["-n", file]);
    }
    assert.ok(fs.existsSync(path.join(source, "descent/solutions/01-vectors.md")));
    for (const name of ["build", ".git", "tests/torture", "tests/book/node_modules"]) assert.ok(!fs.existsSync(path.join(source, "descent", name)), name);
});

const run = () => spawnSync(path.join(source, "run_autograder"), [], { encoding: "utf8", env: { ...process.env, AUTOGRADER: home } });
const results = () => fs.readFileSync(path.join(home, "results/results.json"), "utf8");

test("a submission is judged there", () => {
    // What setup.sh makes, without the time it takes.
    spawnSync("cp", ["-a", "build", path.join(source, "descent")]);
    fs.writeFileSync(path.join(home, "submission/vec_dot (1).c"), key("vec_dot", "mistake-starts-at-one"));
    const done = run();
    assert.equal(done.status, 0, done.stderr);
    const r = gradescope(results());
    assert.deepEqual(r.tests.map((t) => [t.number, t.status]), [["1.1", "failed"], ["1.a", "failed"]]);
    assert.match(r.tests[0].output, /The first product is missing/);
    assert.ok(r.score > 0 && r.score < 1.5);
});

test("when the grader cannot, there is a sentence and no score", () => {
    fs.rmSync(path.join(home, "submission"), { recursive: true });
    assert.equal(run().status, 1);
    const r = JSON.parse(results());
    assert.equal(r.score, undefined);
    assert.match(r.output, /The grader failed, not you/);
});
