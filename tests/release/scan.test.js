// scan.test.js: a leak of the answer key is found wherever it was planted, and what students may read is none.
// Needs build/bin/descent and a tangled book; run in the project's root.
"use strict";
const assert = require("node:assert/strict");
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const zlib = require("node:zlib");
const { after, test } = require("node:test");

const root = process.cwd();
const home = fs.mkdtempSync(path.join(os.tmpdir(), "descent-scan-"));
after(() => fs.rmSync(home, { recursive: true, force: true }));

function run(command, args, folder = root) {
    const done = spawnSync(command, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 26, env: { ...process.env, LC_ALL: "C.UTF-8" } });
    if (done.error) throw done.error;
    return { status: done.status, out: done.stdout, err: done.stderr, said: done.stdout + done.stderr };
}
const scan = (file, folder) => run(path.join(root, "build/bin/descent"), ["scan", file], folder);
function put(name, bytes) {
    const file = path.join(home, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
    return file;
}

const naked = (file) => fs.readFileSync(file, "utf8").replace(/^#line.*\n/gm, "");
const program = naked("build/key/vec_norm2/solution.c");
const key = fs.readFileSync("solutions/01-vectors.md", "utf8");
// The longest line of that program's body, and the longest sentence of the key's prose.
const line = program.split("{").slice(1).join("{").split("\n").map((l) => l.trim())
    .filter((l) => !/^for \(.*[){]$/.test(l)).sort((a, b) => b.length - a.length)[0];
const mistake = key.match(/::: \{\.mistake[^}]*\}\n([^]*?)\n\n/)[1];
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
// As a highlighter leaves it: every word in a span.
const highlighted = (text) => escaped(text).replace(/[a-z_]\w*/g, (w) => (/^(amp|lt|gt)$/.test(w) ? w : `<span class="kw">${w}</span>`));

const planted = {
    "a solution in a chapter": ["chapter.md", `Some words.\n\n\`\`\`c\n${program}\`\`\`\n`],
    "its body alone, in other clothes": ["plain.txt", program.slice(program.indexOf("{")).replaceAll("    ", "\t").replaceAll("\n", "\r\n")],
    "one line of it in a page": ["page.html", `<html><pre><code>${highlighted(line)}</code></pre></html>`],
    "in a manifest": ["manifest.json", JSON.stringify({ exercises: [{ fn: "x", solution: program }] })],
    "in a search index": ["index.js", `window.index = ${JSON.stringify(JSON.stringify({ body: `<code>${escaped(program)}</code>` }))};`],
    "in an object file": ["vec.o", Buffer.concat([Buffer.from([127, 69, 76, 70, 2, 0, 0]), Buffer.from(line), Buffer.from([0, 1, 2, 255])])],
    "a mistake's words in a page": ["words.html", `<p>${escaped(mistake).replace(/ (\w+)/g, " <em>$1</em>\n")}</p>`],
    "a mistake's title in the menu": ["menu.txt", `1. ${key.match(/title="([^"]{30,})"/)[1]}.\n`],
    "an instructor's note": ["note.md", key.match(/::: \{?\.?instructor[^\n]*\n([^]*?)\n:::/)[1].toUpperCase()],
    "a pencil's answer": ["pen.c", naked("build/key/pen_01_a/solution.c")],
};
for (const [what, [name, bytes]] of Object.entries(planted)) {
    test(`a leak is found: ${what}`, () => {
        const done = scan(put(name, bytes));
        assert.equal(done.status, 1, done.said);
        assert.match(done.err, new RegExp(`${name}:\\d+: .+\\n    is the answer key's: (solutions|build/key)/`));
    });
}

const folder = put("packed/inner/deep.c", program) && path.join(home, "packed");
test("a leak is found: in a tarball, compressed", () => {
    run("tar", ["-czf", path.join(home, "a.tar.gz"), "-C", folder, "."]);
    assert.match(scan(path.join(home, "a.tar.gz")).err, /a\.tar\.gz: \.\/inner\/deep\.c:\d+: /);
});
test("a leak is found: in a compressed file", () => {
    const done = scan(put("b.svgz", zlib.gzipSync(program)));
    assert.equal(done.status, 1);
});
test("a leak is found: in an EPUB", () => {
    const epub = path.join(home, "c.epub");
    const made = run("python3", ["-m", "zipfile", "-c", epub, path.join(folder, "inner")]);
    assert.equal(made.status, 0, made.said);
    assert.match(scan(epub).err, /c\.epub: .*deep\.c:\d+: /);
});
test("a leak is found: printed in a PDF", () => {
    const rows = program.split("\n").map((l, i) => `<text x="10" y="${20 + 14 * i}" font-family="DejaVu Sans Mono" font-size="10">${escaped(l)}</text>`);
    const svg = put("d.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="700" height="800">${rows.join("")}</svg>`);
    const pdf = path.join(home, "d.pdf");
    assert.equal(run("rsvg-convert", ["-f", "pdf", "-o", pdf, svg]).status, 0);
    fs.rmSync(svg);
    const done = scan(pdf);
    assert.equal(done.status, 1, done.said);
});
test("a leak is found: a hidden seed", () => {
    const course = path.join(home, "course");
    fs.mkdirSync(course);
    for (const name of ["build", "solutions", "chapters", "tests", "book"]) fs.symlinkSync(path.join(root, name), path.join(course, name));
    fs.writeFileSync(path.join(course, "course.ini"), "[seeds]\nvisible = 1\nhidden = 40817, 5\n");
    const done = scan(put("seed.txt", "SEED=40817\n"), course);
    assert.equal(done.status, 1);
    assert.match(done.err, /seed\.txt:1: 40817\n[^]*hidden seed 5 is too short|hidden seed 5 is too short[^]*seed\.txt:1: 40817\n/);
    assert.equal(scan(put("seed2.txt", "SEED=140817, 5\n"), course).status, 0);
});

test("what cannot be read is no clean bill", () => {
    const done = scan(put("broken.tar.gz", Buffer.concat([zlib.gzipSync("x".repeat(9999)).subarray(0, 20)])));
    assert.equal(done.status, 1);
    assert.match(done.err, /broken\.tar\.gz cannot be read/);
});

test("what students may read is no leak", () => {
    const harness = fs.readdirSync("tests/harness").filter((f) => /\.[ch]$/.test(f)).map((f) => `tests/harness/${f}`);
    for (const part of [...harness, "chapters", "tests/suites", "tests/runner", "build/stubs", "build/given", "build/programs"]) {
        const done = scan(part);
        assert.equal(done.status, 0, done.said);
    }
});
test("nor is the whole book", () => {
    const done = scan("build/book");
    assert.equal(done.status, 0, done.said);
    for (const form of ["pdf", "epub"]) assert.ok(fs.existsSync(`build/book/descent.${form}`), form);
});
