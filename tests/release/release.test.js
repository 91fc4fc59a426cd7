// release.test.js: the students' tree builds and judges on its own, is the same each time, and holds nothing of the answer key.
// Needs build/bin/descent and what `make reference` makes; run in the project's root.
"use strict";
const assert = require("node:assert/strict");
const { spawnSync } = require("node:child_process");
const crypto = require("node:crypto");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { after, before, test } = require("node:test");

const root = process.cwd();
const descent = path.join(root, "build/bin/descent");
const manifest = JSON.parse(fs.readFileSync("build/manifest.json", "utf8"));
const home = fs.mkdtempSync(path.join(os.tmpdir(), "descent-release-"));
const tree = path.join(home, "unpacked/descent");
after(() => fs.rmSync(home, { recursive: true, force: true }));

function run(folder, command, ...args) {
    const done = spawnSync(command, args, {
        cwd: folder, encoding: "utf8", maxBuffer: 1 << 26, env: { ...process.env, LC_ALL: "C.UTF-8", MAKEFLAGS: "" },
    });
    if (done.error) throw done.error;
    return { status: done.status, out: done.stdout, err: done.stderr, said: done.stdout + done.stderr };
}
function must(folder, command, ...args) {
    const done = run(folder, command, ...args);
    assert.equal(done.status, 0, `${command} ${args.join(" ")}\n${done.said}`);
    return done.out;
}
const naked = (file) => fs.readFileSync(file, "utf8").replace(/^#line.*\n/gm, "");
const exercise = (fn) => manifest.exercises.find((e) => e.fn === fn);
const answer = (e, file) => fs.writeFileSync(path.join(tree, e.file), naked(file));
const sha = (file) => crypto.createHash("sha256").update(fs.readFileSync(file)).digest("hex");

before(() => {
    must(root, descent, "release", path.join(home, "first"), "html", "epub");
    fs.mkdirSync(path.dirname(tree));
    must(path.dirname(tree), "tar", "-xzf", path.join(home, "first/descent.tar.gz"));
});

test("a second release is the same, bit for bit", () => {
    must(root, descent, "release", path.join(home, "second"), "html", "epub");
    const head = (name) => must(path.join(home, name, "descent"), "git", "rev-parse", "HEAD");
    assert.equal(head("first"), head("second"));
    assert.equal(sha(path.join(home, "first/descent.tar.gz")), sha(path.join(home, "second/descent.tar.gz")));
});

test("its EPUB begins as readers of EPUB expect, and has the commit's date", () => {
    const epub = fs.readFileSync(path.join(tree, "build/book/descent.epub"));
    assert.equal(epub.toString("latin1", 30, 58), "mimetypeapplication/epub+zip");
    const day = epub.readUInt16LE(12);
    const date = new Date(1e3 * Number(must(root, "git", "log", "-1", "--format=%ct")));
    assert.deepEqual([1980 + (day >> 9), day >> 5 & 15, day & 31], [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
    must(home, "unzip", "-tq", path.join(tree, "build/book/descent.epub"));
});

test("a folder with something else in it is left alone", () => {
    const full = path.join(home, "full");
    fs.mkdirSync(full);
    fs.writeFileSync(path.join(full, "thesis.tex"), "mine");
    const done = run(root, descent, "release", full);
    assert.equal(done.status, 1);
    assert.match(done.err, /not empty and no release/);
    assert.deepEqual(fs.readdirSync(full), ["thesis.tex"]);
});

test("the repository can be pushed, and its clone is the tarball without the book", () => {
    const bare = path.join(home, "hub.git"), clone = path.join(home, "clone");
    must(home, "git", "init", "--quiet", "--bare", bare);
    must(path.join(home, "first/descent"), "git", "push", "--quiet", bare, "main");
    must(home, "git", "clone", "--quiet", "--branch", "main", bare, clone);
    must(home, "diff", "-r", "--exclude=.git", "--exclude=build", clone, tree);
    assert.equal(must(path.join(home, "first/descent"), "git", "status", "--porcelain"), "");
    assert.deepEqual(fs.readdirSync(path.join(tree, "build")), ["book"]);
});

test("there is no way into the answer key", () => {
    for (const name of ["solutions", "tests/release", "tests/grader", "tests/torture", "tests/press", "book/release", "book/FORMAT.md"])
        assert.ok(!fs.existsSync(path.join(tree, name)), name);
    for (const name of ["Makefile", "README.md", "book/packages.txt"]) {
        assert.doesNotMatch(fs.readFileSync(path.join(tree, name), "utf8"), /teacher|answer key|\{\{/, name);
    }
});

test("the menu has the learner's verbs and no others", () => {
    const menu = must(tree, "make");
    for (const verb of ["check", "next", "hint", "progress", "plots", "book", "deps"]) assert.match(menu, new RegExp(`make ${verb} `));
    for (const verb of ["prove", "test", "test-seeds", "bench", "oracle", "release", "grade"]) assert.doesNotMatch(menu, new RegExp(`make ${verb} `));
});

test("tangling changes nothing, and knows no solutions", () => {
    must(tree, "git", "init", "--quiet");
    must(tree, "git", "add", "--all");
    must(tree, "make", "tangle");
    assert.equal(must(tree, "git", "status", "--porcelain").replace(/^A .*\n/gm, ""), "");
    const own = JSON.parse(fs.readFileSync(path.join(tree, "build/manifest.json"), "utf8"));
    assert.equal(own.exercises.length, manifest.exercises.length);
    for (const e of own.exercises) assert.deepEqual([e.solution, e.alternatives, e.mistakes], [null, [], []], e.fn);
});

test("nothing started is nothing wrong", () => {
    const done = run(tree, "make", "check");
    assert.equal(done.status, 0, done.said);
    assert.match(done.out, /No exercise is started yet/);
});

test("a right answer passes, a wrong one fails with its numbers and without the mistake's words", () => {
    const e = exercise("vec_dot");
    answer(e, e.solution);
    assert.match(must(tree, "make", "check", "EX=vec_dot"), /✓ 1\.1 vec_dot/);
    const mistake = e.mistakes.find((m) => m.name === "starts-at-one");
    answer(e, mistake.file);
    const done = run(tree, "make", "check", "EX=vec_dot");
    assert.notEqual(done.status, 0);
    assert.match(done.out, /vec_dot\(3, x, y\) returned 28, expected 32/);
    assert.ok(!done.said.includes(mistake.title), done.said);
    fs.copyFileSync(path.join(tree, e.stub), path.join(tree, e.file));
});

test("one can begin at the last chapter", () => {
    const last = manifest.chapters.filter((c) => c.exercises.length).pop();
    for (const fn of last.exercises) answer(exercise(fn), exercise(fn).solution);
    const said = must(tree, "make", "check", `CH=${last.id}`);
    assert.match(said, new RegExp(`${last.exercises.length} of ${last.exercises.length} passed`));
});

test("an answer that overruns the reference's array is caught in the sealed object", () => {
    const e = exercise("vec_norm2");
    fs.writeFileSync(path.join(tree, e.file), naked(e.stub).replace(/\/\*.*\*\//, "return sqrt(vec_dot(n + 1, x, x));"));
    const done = run(tree, "make", "check", `EX=${e.fn}`);
    assert.notEqual(done.status, 0);
    assert.match(done.out, new RegExp(`${e.file}:\\d+`), done.said);
});

test("figures are drawn, the wrong ones from the data that came along", () => {
    const said = must(tree, "make", "plots", "CH=01");
    for (const f of manifest.figures.filter((f) => f.chapter === "01-vectors")) {
        assert.ok(said.includes(`Figure ${f.number}.`), f.id);
        assert.ok(fs.statSync(path.join(tree, `build/mine/figures/${f.id}.svg`)).size > 0, f.id);
    }
});

test("the page that it weaves is the one that came along", () => {
    const page = path.join(tree, "build/book/01-vectors.html"), came = fs.readFileSync(page);
    fs.rmSync(page);
    must(tree, "make", "build/book/01-vectors.html");
    assert.ok(fs.readFileSync(page).equals(came));
});

test("on another kind of machine it says where to work", () => {
    const folder = path.join(tree, "tests/reference");
    const own = fs.readdirSync(folder).find((n) => fs.existsSync(path.join(folder, n, "plain")));
    fs.renameSync(path.join(folder, own), path.join(folder, "vax"));
    answer(exercise("vec_dot"), exercise("vec_dot").solution);
    const done = run(tree, "make", "check", "EX=vec_dot");
    fs.renameSync(path.join(folder, "vax"), path.join(folder, own));
    assert.equal(done.status, 2);
    assert.match(done.out, /compiled for vax[^]*dev container/);
});
