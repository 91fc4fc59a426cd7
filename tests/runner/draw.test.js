#!/usr/bin/env node
// draw.test.js: `descent draw` over a small project of its own: one function, one program, a figure and its sick sister.
// Needs build/bin/descent and the tangled services of the project; run in the project's root.
const assert = require("node:assert/strict");
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { after, before, beforeEach, test } = require("node:test");

const root = process.cwd();
const descent = path.join(root, "build/bin/descent");
let home;

const stub = `#include "toy.h"

double toy_line(double a, double b, double x)
{
    /* your code goes here */
    return NAN;
}
`;
const returning = (value) => stub.replace("return NAN", `return ${value}`);

const program = `#include "plot.h"
#include "toy.h"

int main(void)
{
    FILE *f = plot_data("fig-toy", "line");
    for (int x = 0; x < 50; x++)
        fprintf(f, "%d %.17g\\n", x, toy_line(3, 2, x));
    fclose(f);
    printf("slope = %g\\n", toy_line(0, 2, 1));
}
`;
const script = `set xlabel "x_0"
set ylabel "a long label of the y axis"
set label 1 "plain" at 10, 20
plot "line.dat" with lines ls 1 title "line"
`;
const sick = `plot healthy."/line.dat" with lines ls 11 title "right", "line.dat" with lines ls 2 title "wrong"\n`;

const chapter = `---
title: Toy
---

\`\`\` {.c #toy file=build/programs/toy.c}
${program}\`\`\`

\`\`\` {.gnuplot #fig-toy-plot file=build/plots/fig-toy.gp}
${script}\`\`\`

\`\`\` {.gnuplot #wrong-toy-plot file=build/plots/wrong-toy.gp}
${sick}\`\`\`
`;

const figure = (id, more) => ({
    id, chapter: "00-toy", number: "0.1", program: "toy", of: "fig-toy", script: `build/plots/${id}.gp`,
    ratio: 0.62, wide: false, alt: "A line.", caption: "Up it goes, in one line. Why?", fn: null, mistake: null, ...more,
});
const manifest = {
    chapters: [{ number: 0, slug: "toy", id: "00-toy", title: "Toy", source: "chapters/00-toy.md", exercises: ["toy_line"] }],
    exercises: [{
        fn: "toy_line", kind: "exercise", chapter: "00-toy", file: "exercises/00-toy/toy_line.c",
        stub: "build/stubs/00-toy/toy_line.c", solution: "build/key/toy_line/solution.c", uses: [], hints: [], alternatives: [],
        mistakes: [{ name: "swapped", title: "Swapped", text: "", file: "build/key/toy_line/mistake-swapped.c" }],
    }],
    programs: [{ id: "toy", chapter: "00-toy", file: "build/programs/toy.c", demo: false }],
    figures: [figure("fig-toy"), figure("wrong-toy", { number: "0.2", fn: "toy_line", mistake: "swapped" })],
    given: ["build/given/plot_data.c"],
    labels: {},
};

function put(name, text) {
    const file = path.join(home, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
}
const get = (name) => fs.readFileSync(path.join(home, name), "utf8");
const exists = (name) => fs.existsSync(path.join(home, name));
const lineOf = (text) => chapter.split("\n").findIndex((line) => line.includes(text)) + 1;

function draw(...words) {
    const r = spawnSync(descent, ["draw", ...words], { cwd: home, encoding: "utf8" });
    return { status: r.status, out: r.stdout, err: r.stderr };
}

before(() => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), "descent-draw-"));
    for (const name of ["types.h", "plot.h"])
        put(`exercises/include/${name}`, fs.readFileSync(path.join(root, "exercises/include", name)));
    put("exercises/include/toy.h", '#include "types.h"\ndouble toy_line(double a, double b, double x);\n');
    put("build/given/plot_data.c", fs.readFileSync(path.join(root, "build/given/plot_data.c")));
    put("book/theme/figure.gp", fs.readFileSync(path.join(root, "book/theme/figure.gp")));
    put("build/manifest.json", JSON.stringify(manifest));
});

after(() => fs.rmSync(home, { recursive: true, force: true }));

beforeEach(() => {
    put("chapters/00-toy.md", chapter);
    put("chapters/data/none.csv", "a\n1\n");
    put("build/stubs/00-toy/toy_line.c", stub);
    put("exercises/00-toy/toy_line.c", stub);
    put("build/key/toy_line/solution.c", returning("a + b * x"));
    put("build/key/toy_line/mistake-swapped.c", returning("b + a * x"));
    put("build/programs/toy.c", program);
    put("build/plots/fig-toy.gp", script);
    put("build/plots/wrong-toy.gp", sick);
});

test("programs run, and figures are drawn in all three media", () => {
    const r = draw();
    assert.deepEqual(r, { status: 0, out: "", err: "" });
    assert.equal(get("build/reference/data/toy/stdout.txt"), "slope = 2\n");
    assert.match(get("build/reference/data/toy/fig-toy/line.dat"), /^0 3\n1 5\n/);
    assert.match(get("build/reference/data/wrong-toy/fig-toy/line.dat"), /^0 2\n1 5\n/);
    for (const id of ["fig-toy", "wrong-toy"]) {
        assert.match(get(`build/reference/figures/${id}.svg`), /^<\?xml/);
        assert.match(get(`build/reference/figures/${id}.pdf`), /^%PDF/);
        assert.match(get(`build/reference/figures/${id}.txt`), /right|line/);
    }
    assert.match(get("build/reference/figures/fig-toy.txt"), /^ *a long label of the y axis\n/);
});

test("a page can recolour the svg and hold many of them", () => {
    draw();
    const svg = get("build/reference/figures/fig-toy.svg");
    assert.match(svg, /#2b6cb0/i);
    assert.match(svg, /#1a1c20/i);
    assert.doesNotMatch(svg, /rgb\(|black|gnuplot [0-9]|<title>Gnuplot/i);
    for (const [, id] of svg.matchAll(/\bid=['"]([^'"]*)/g))
        assert.match(id, /^fig-toy-/);
    for (const [, id] of svg.matchAll(/(?:href=['"]|url\()#([^'")]*)/g))
        assert.match(id, /^fig-toy-/);
    assert.match(svg, /<\/svg>\s*$/);
});

test("drawn anew, they are the same to the byte; drawn again, nothing is touched and nothing is started", () => {
    draw();
    const all = () => fs.readdirSync(path.join(home, "build/reference"), { recursive: true })
        .map((name) => path.join("build/reference", name))
        .filter((name) => fs.statSync(path.join(home, name)).isFile());
    const first = all().map((name) => [name, fs.readFileSync(path.join(home, name), "latin1")]);
    fs.rmSync(path.join(home, "build/reference"), { recursive: true });
    fs.rmSync(path.join(home, "build/cache"), { recursive: true });
    draw();
    assert.deepEqual(all().map((name) => [name, fs.readFileSync(path.join(home, name), "latin1")]), first);
    const times = () => all().map((name) => fs.statSync(path.join(home, name)).mtimeMs);
    const before = times();
    const trace = path.join(home, "trace");
    const r = spawnSync("strace", ["-f", "-e", "trace=execve", "-o", trace, descent, "draw"], { cwd: home });
    if (!r.error) // where strace is not installed, the times have to do
        assert.equal(get("trace").match(/execve\(/g).length, 1);
    assert.equal(draw().status, 0);
    assert.deepEqual(times(), before);
});

test("a data set that changed runs its programs again", () => {
    put("build/programs/toy.c", `#include "plot.h"
#include "toy.h"

int main(void)
{
    FILE *f = plot_data("fig-toy", "line");
    fprintf(f, "0 0\\n1 %g\\n", toy_line(1, 2, 3));
    fclose(f);
    int c = 0;
    f = fopen("chapters/data/none.csv", "r");
    for (int i = 0; i < 3; i++)
        c = fgetc(f);
    fclose(f);
    printf("first = %c\\n", c);
}
`);
    assert.equal(draw().status, 0);
    assert.equal(get("build/reference/data/toy/stdout.txt"), "first = 1\n");
    put("chapters/data/none.csv", "a\n7\n");
    assert.equal(draw().status, 0);
    assert.equal(get("build/reference/data/toy/stdout.txt"), "first = 7\n");
});

test("a series that is no longer written is no longer there", () => {
    put("build/programs/toy.c", program.replace("    printf", '    fclose(plot_data("fig-toy", "more"));\n    printf'));
    draw();
    assert.ok(exists("build/reference/data/toy/fig-toy/more.dat"));
    put("build/programs/toy.c", program);
    draw();
    assert.ok(!exists("build/reference/data/toy/fig-toy/more.dat"));
});

const faults = [
    ["crashes", program.replace("    printf", "    __builtin_trap();\n    printf"), /program toy crashed/],
    ["fails", program.replace(/}\n$/, "    return 3;\n}\n"), /program toy ended with exit status 3/],
    ["complains", program.replace("    printf", '    fputs("oops\\n", stderr);\n    printf'), /program toy prints to stderr\n {4}oops/],
    ["does not compile", program.replace("FILE *f", "FILE f"), /program toy does not compile:/],
    ["is warned of", program.replace("FILE *f", "int unused;\n    FILE *f"), /program toy is not free of warnings:\n.*unused/s],
    ["calls what is not there", program.replace('#include "toy.h"', "double toy_lime(double a, double b, double x);").replaceAll("toy_line", "toy_lime"),
        /program toy cannot be linked:\n.*toy_lime/s],
    ["writes no data", program.replace('"fig-toy"', '"fig-other"'), /program toy writes no data for fig-toy/],
];
for (const [what, text, message] of faults)
    test(`a program that ${what} is named with its line of the chapter`, () => {
        put("build/programs/toy.c", text);
        const r = draw();
        assert.equal(r.status, 1);
        assert.match(r.err, message);
        assert.ok(r.err.startsWith(`chapters/00-toy.md:${lineOf("file=build/programs/toy.c")}: `), r.err);
        assert.ok(!exists("build/reference/figures/fig-toy.svg") || what !== "writes no data");
    });

test("a fault of the script is named with its own line", () => {
    put("chapters/00-toy.md", chapter.replace("with lines ls 1", "with limes ls 1"));
    put("build/plots/fig-toy.gp", script.replace("with lines", "with limes"));
    const r = draw();
    assert.equal(r.status, 1);
    assert.ok(r.err.startsWith(`chapters/00-toy.md:${lineOf("with lines ls 1 title")}: figure fig-toy: `), r.err);
});

test("gnuplot's warnings are faults", () => {
    put("build/plots/fig-toy.gp", script.replace("line.dat", "lime.dat"));
    const r = draw();
    assert.equal(r.status, 1);
    assert.match(r.err, /figure fig-toy: warning: Cannot find or open file "lime.dat"/);
});

test("a mistake that changes nothing is no wrong figure", () => {
    put("build/key/toy_line/mistake-swapped.c", returning("b * x + a"));
    const r = draw();
    assert.equal(r.status, 1);
    assert.match(r.err, /toy_line's mistake swapped writes the same data as without it/);
});

test("a name that is none", () => {
    assert.equal(draw("fig-tax").status, 2);
    assert.equal(draw("IMPL=theirs").status, 2);
});

test("the learner's figure is the reference's, grey and labelled, until the function is written", () => {
    const r = draw("IMPL=mine", "SHOW=1");
    assert.equal(r.status, 0, r.err);
    assert.match(r.out, /Figure 0\.1\. Up it goes, in one line\.\n {2}drawn in grey from the reference: toy_line not written yet\n {2}build\/mine\/figures\/fig-toy\.svg/);
    const svg = get("build/mine/figures/fig-toy.svg");
    assert.match(svg, /reference: toy_line not written yet/);
    assert.doesNotMatch(svg, /#2b6cb0/i);
    assert.match(get("build/mine/figures/fig-toy.txt"), /reference: toy_line not written yet/);
    draw();
    assert.equal(get("build/mine/figures/wrong-toy.svg"), get("build/reference/figures/wrong-toy.svg"));
});

test("a caption shows the numbers that the programs printed", () => {
    put("build/manifest.json", JSON.stringify({ ...manifest, figures: [
        figure("fig-toy", { caption: "It rises by {{toy slope $%.2f}} a step, or {{toy slope thousands}}, or {{toy slope }}, not {{toy height }}. Why?" }),
        figure("wrong-toy", { number: "0.2", fn: "toy_line", mistake: "swapped", caption: "Seen wrong. It rises by {{wrong-toy slope %d%d}}." }),
    ] }));
    try {
        const r = draw("SHOW=1");
        assert.match(r.out, /Figure 0\.1\. It rises by \$2\.00 a step, or 2, or 2, not …\.\n/);
        assert.match(r.out, /Figure 0\.2\. Seen wrong\. It rises by 2\.\n/);
    } finally {
        put("build/manifest.json", JSON.stringify(manifest));
    }
});

test("once it is, the learner's figure is the learner's", () => {
    put("exercises/00-toy/toy_line.c", returning("a + 3 * b * x"));
    const r = draw("IMPL=mine", "SHOW=1");
    assert.equal(r.status, 0, r.err);
    assert.doesNotMatch(r.out, /reference/);
    assert.match(get("build/mine/data/toy/fig-toy/line.dat"), /^0 3\n1 9\n/);
    assert.match(get("build/mine/figures/fig-toy.svg"), /#2b6cb0/i);
});

const troubles = [
    ["does not compile", returning("a +"), /toy_line not compiling/],
    ["crashes", returning("(__builtin_trap(), a)"), /with your functions toy crashed/],
    ["never ends", stub.replace("return NAN", "for (volatile int i = 0;; i++)\n        ;\n    return NAN"), /with your functions toy took more than 8 seconds/],
    ["ends the program", stub.replace("double toy_line", "#include <stdlib.h>\ndouble toy_line").replace("return NAN", "exit(4)"), /with your functions toy ended with exit status 4/],
];
for (const [what, text, message] of troubles)
    test(`where the learner's function ${what}, the figure falls back and says why`, () => {
        put("exercises/00-toy/toy_line.c", text);
        const r = draw("IMPL=mine", "SHOW=1");
        assert.equal(r.status, 0, r.err);
        assert.match(r.out, message);
        assert.match(get("build/mine/figures/fig-toy.svg"), /reference: /);
    });

test("data that cannot be drawn fall back too", () => {
    put("build/plots/fig-toy.gp", script.replace("set label", "set logscale y\nset label"));
    put("exercises/00-toy/toy_line.c", returning("-a - b * x"));
    const r = draw("IMPL=mine", "SHOW=1");
    assert.equal(r.status, 0, r.err);
    assert.match(r.out, /your functions gave nothing that can be drawn/);
    assert.match(get("build/mine/figures/fig-toy.svg"), /reference: /);
});

test("a program that measures is built fast, with its functions, and is not run again for a change elsewhere", () => {
    const fast = { ...manifest, programs: [{ ...manifest.programs[0], fast: true }] };
    put("build/manifest.json", JSON.stringify(fast));
    assert.deepEqual(draw(), { status: 0, out: "", err: "" });
    assert.ok(exists("build/reference-fast/libdescent.a"));
    const stamp = path.join(home, "build/reference/data/toy/.run");
    const before = fs.statSync(stamp).mtimeMs;
    put("build/manifest.json", JSON.stringify({ ...fast, given: [...fast.given, "build/given/other.c"] }));
    put("build/given/other.c", "int other(void);\nint other(void)\n{\n    return 1;\n}\n");
    assert.deepEqual(draw(), { status: 0, out: "", err: "" });
    assert.equal(fs.statSync(stamp).mtimeMs, before);
    put("build/manifest.json", JSON.stringify(manifest));
});

test("a yardstick is linked where it is installed, and missed by nobody where it is not", () => {
    const weak = program.replace("int main(void)\n{", "[[gnu::weak]] void cblas_dgemm(void);\n\nint main(void)\n{\n    printf(\"there = %d\\n\", cblas_dgemm != NULL);");
    put("build/programs/toy.c", weak);
    const found = spawnSync("gcc", ["-print-file-name=libopenblas.so"], { encoding: "utf8" }).stdout.includes("/");
    for (const [library, there] of [["openblas", found], ["no-such-library", false]]) {
        put("build/manifest.json", JSON.stringify({ ...manifest, programs: [{ ...manifest.programs[0], with: library }] }));
        assert.deepEqual(draw(), { status: 0, out: "", err: "" });
        assert.equal(get("build/reference/data/toy/stdout.txt"), `there = ${there ? 1 : 0}\nslope = 2\n`);
    }
    put("build/manifest.json", JSON.stringify(manifest));
});
