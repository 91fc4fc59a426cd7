// oracle.test.js: make oracle sees a mistake, says which oracle is missing, and fails when there is none. Runs in the project's root
// and needs build/reference/libdescent.a and NumPy, which make deps installs for the tests; R may be there or not.
"use strict";
const assert = require("node:assert/strict");
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { after, test } = require("node:test");

const home = fs.mkdtempSync(path.join(os.tmpdir(), "descent-oracle-"));
after(() => fs.rmSync(home, { recursive: true, force: true }));

const python = fs.existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
const run = (flags, chapters, env = {}) => {
    const done = spawnSync(python, [...flags, "-B", "tests/oracle/bridge.py", ...chapters], { encoding: "utf8", env: { ...process.env, ...env } });
    return { status: done.status, out: done.stdout, err: done.stderr, said: done.stdout + done.stderr };
};

// A PATH with the compiler and no R.
const tools = path.join(home, "bin");
fs.mkdirSync(tools);
for (const tool of ["gcc", "as", "ld"]) {
    const found = process.env.PATH.split(":").map((f) => path.join(f, tool)).find((f) => fs.existsSync(f));
    fs.symlinkSync(found, path.join(tools, tool));
}

test("the reference agrees with whom there is", () => {
    const done = run([], ["01", "2"]);
    assert.equal(done.status, 0, done.said);
    assert.match(done.out, /02-matrices +mat_mul /);
    assert.doesNotMatch(done.out, /00-first/);
});

test("a mistake does not", () => {
    const object = path.join(home, "mistake.o"), archive = path.join(home, "libdescent.a");
    fs.copyFileSync("build/reference/libdescent.a", archive);
    const mistake = JSON.parse(fs.readFileSync("build/manifest.json", "utf8")).exercises.find((e) => e.fn === "mat_mul").mistakes[0];
    assert.equal(spawnSync("gcc", ["-std=c2x", "-O2", "-fPIC", "-Iexercises/include", "-c", mistake.file, "-o", object]).status, 0);
    // The first member that defines a function is the one that counts.
    assert.equal(spawnSync("ar", ["qb", spawnSync("ar", ["t", archive], { encoding: "utf8" }).stdout.split("\n")[0], archive, object]).status, 0);
    const done = run([], ["2"], { ARCHIVE: archive });
    assert.equal(done.status, 1, done.said);
    assert.match(done.err, /mat_mul against (NumPy|R): entry \d+ is .*, (NumPy|R) says /);
});

test("one oracle will do, and the other is missed aloud", () => {
    const done = run([], ["2"], { PATH: tools });
    assert.equal(done.status, 0, done.said);
    assert.match(done.err, /R is not installed/);
    assert.match(done.out, /mat_mul +NumPy 6 /);
});

test("without any oracle it fails", () => {
    const done = run(["-S"], ["2"], { PATH: tools });
    assert.equal(done.status, 1);
    assert.match(done.err, /NumPy is not installed[^]*R is not installed[^]*no oracle to ask/);
});
