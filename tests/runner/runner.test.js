#!/usr/bin/env node
// runner.test.js: what a learner sees, from end to end, in a copy of the project: good, bad and unlucky files for vec_dot, and
// the commands around them. Runs in the project's root, over what is built there.
const assert = require("node:assert/strict");
const { execFileSync, spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { after, before, beforeEach, describe, test } = require("node:test");
const Copy = require("./copy.js");

const file = "exercises/01-vectors/vec_dot.c";
let copy, stub;

const at = (name) => copy.path(name);
const read = (name) => copy.read(name);
const write = (name, text) => copy.write(name, text);
const run = (...what) => copy.run(...what);
const make = (...args) => run("make", args);
const descent = (...args) => run("build/bin/descent", args);
const check = (...args) => descent("check", ...(args.length ? args : ["EX=vec_dot"]));

before(() => {
    copy = new Copy();
    assert.equal(make("build/tangled", "build/bin/descent").status, 0);
    stub = read("build/stubs/01-vectors/vec_dot.c");
});
after(() => copy.remove());
beforeEach(() => write(file, stub));

const signature = "double vec_dot(size_t n, const double x[n], const double y[n])";
// The right function with a few lines of its own; `here` is the line they begin on.
const here = 10;
const with_lines = (...lines) => `#include "vec.h"
#include <stdio.h>
#include <stdlib.h>

${signature}
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
${lines.map((line) => `    ${line}\n`).join("")}    return s;
}
`;
const right = with_lines();
const one_is_missing = right.replace("i = 0", "i = 1");
const hash = (name) => createHash("sha256").update(fs.readFileSync(at(name))).digest("hex");

// Judges the text as vec_dot.c.
function judged(text) {
    write(file, text);
    return check();
}

describe("many seeds", () => {
    const solution = "build/key/vec_dot/solution.c";
    const sweep = () => descent("prove", "EX=vec_dot", "SEEDS=5");

    test("right programs are tried with each of them, and nothing else is", () => {
        const { status, out } = sweep();
        assert.equal(status, 0, out);
        assert.match(out, /^ok 1 - vec_dot solution passes \d+ tests with 5 seeds$/m);
        assert.doesNotMatch(out, /stub|mistake/);
    });

    test("a program that one seed rejects is named with the seed", () => {
        const kept = read(solution);
        write(solution, with_lines('if (n && !strcmp(getenv("SEED"), "3")) return 1e9;').replace("<stdlib.h>", "<stdlib.h>\n#include <string.h>"));
        const { status, out } = sweep();
        write(solution, kept);
        assert.equal(status, 1);
        assert.match(out, /^not ok 1 - vec_dot solution passes with SEED=3$/m);
        assert.match(out, /vec_dot\(.*returned 1e\+09|returned 1000000000/);
    });

    test("a number of seeds that is none is refused", () => {
        const { status, err } = descent("prove", "SEEDS=0");
        assert.equal(status, 2);
        assert.match(err, /SEEDS=0: how many seeds/);
    });
});

describe("a stub, a solution, a mistake", () => {
    test("a stub is not started, and does not pass", () => {
        const { status, out } = check();
        assert.equal(status, 1);
        assert.match(out, /vec_dot +not started/);
        assert.match(out, /make hint EX=vec_dot/);
    });

    test("a stub with another comment or other spaces is still not started", () => {
        assert.match(judged(`/* Tuesday */\n${stub.replace("return", "return  ")}`).out, /not started/);
    });

    test("a right answer passes, and the next exercise is named", () => {
        const { status, out } = judged(right);
        assert.equal(status, 0);
        assert.match(out, /✓ 1\.1 vec_dot +\d+ tests/);
        assert.match(out, /next: make check EX=vec_axpy \(exercises\/01-vectors\/vec_axpy\.c\)/);
    });

    test("a mistake reads as the design has it", () => {
        const { status, out } = judged(one_is_missing);
        assert.equal(status, 1);
        assert.match(out, /  vec_dot\(3, x, y\) returned 28, expected 32\n      x = \{1, 2, 3\}\n      y = \{4, 5, 6\}\n/);
        assert.match(out, /    The first product is missing: your sum agrees with a loop that begins at index 1/);
        assert.match(out, /Equation 1\.\d+: build\/book\/01-vectors\.html#eq-dot +next hint: make hint EX=vec_dot/);
    });

    test("every mistake of the answer key is called by its title", () => {
        const manifest = JSON.parse(read("build/manifest.json"));
        const { mistakes } = manifest.exercises.find((e) => e.fn === "vec_dot");
        assert.ok(mistakes.length >= 3);
        for (const { title, file: wrong } of mistakes) {
            const { status, out } = judged(copy.key(wrong));
            assert.equal(status, 1, title);
            assert.ok(out.includes(`    ${title}: `), `${title}\n${out}`);
        }
    });

    test("a mistake that the key does not know gets no title", () => {
        const { out } = judged(with_lines("s *= 3;"));
        assert.match(out, /returned 96, expected 32/);
        assert.doesNotMatch(out, /missing|    [A-Z][a-z ]+: /);
    });
});

describe("each way to go wrong is reported as what it is", () => {
    const xy = /      x = \{1, 2, 3\}\n      y = \{4, 5, 6\}\n/;
    // Name, lines of the function, what the report must hold; <> stands for the learner's line.
    const cases = [
        ["exit(0)", ["exit(0);"], [/vec_dot\(3, x, y\) called exit\(0\), so the test never reached its end/, xy]],
        ["abort()", ["abort();"], [/vec_dot\(3, x, y\) crashed: abort\(\) was called/, xy]],
        ["an endless loop", ["while (s == s)", "    ;"], [/vec_dot\(3, x, y\) had not returned after \d+ seconds/, xy]],
        ["NULL", ["double *volatile p = NULL;", "p[n] = s;"], [/<1> uses an address where there is no memory/, /10 \|\s+double|11 \|\s+p\[n\] = s;/]],
        ["a leak", ["double *volatile p = malloc(80);", "p[0] = s;"], [/vec_dot\(.*\) allocated memory that it did not free/, /<0> allocates 80 bytes that are never freed/]],
        ["a write out of bounds", ["((double *)x)[n] = 1;"], [/vec_dot\(3, x, y\) wrote x\[3\], past the end of its 3 numbers/, /<0> writes/, xy]],
        ["a read out of bounds", ["s += y[n];"], [/vec_dot\(3, x, y\) read y\[3\], past the end of its 3 numbers/, /<0> reads/, xy]],
        ["a read before the beginning", ["s += y[-1];"], [/vec_dot\(3, x, y\) read y\[-1\], before the beginning of y/, /<0> reads/]],
        ["an input that is changed", ["if (n)", "    ((double *)x)[0] = 3;"], [/vec_dot\(3, x, y\) changed its input x: x\[0\] was 1, is 3/]],
        ["recursion without end", ["volatile char deep[1000];", "deep[0] = 1;", "s = vec_dot(n, x, y) + deep[0];"], [/uses up the stack/]],
        ["signed overflow", ["volatile int big = 2147483647;", "s += big + (int)n;"], [/<1> computes (2147483647 \+ 3|3 \+ 2147483647), which is too large/]],
        ["use after free", ["double *volatile p = malloc(8);", "free(p);", "s += *p;"], [/<2> uses memory after it was freed/]],
        ["too much memory", ["for (;;) {", "    char *volatile p = malloc(1 << 24);", "    for (int i = 0; i < 1 << 24; i += 4096)", "        p[i] = 1;", "}"],
            [/more than \d+ MB of memory|had not returned/]],
    ];
    for (const [name, lines, wanted] of cases)
        test(name, () => {
            const { status, out } = judged(with_lines(...lines));
            assert.equal(status, 1);
            assert.match(out, /✗ 1\.1 vec_dot/);
            for (const one of wanted) {
                const source = one.source.replace(/<(\d)>/, (_, k) => `${file.replace(/\./g, "\\.")}:${here + +k}`);
                assert.match(out, new RegExp(source, one.flags));
            }
        });

    test("a missing file", () => {
        fs.rmSync(at(file));
        const { status, out } = check();
        assert.equal(status, 1);
        assert.match(out, /the file is missing/);
        assert.match(out, /There is no exercises\/01-vectors\/vec_dot\.c\. `make tangle` writes a fresh one\./);
        make("tangle");
        assert.equal(read(file), stub);
    });

    test("an empty file", () => assert.match(judged("").out, /does not define vec_dot: it defines no function/));

    test("a compile error, with its line", () => {
        const { status, out } = judged(right.replace("double s = 0;", "double s = 0"));
        assert.equal(status, 1);
        assert.match(out, /does not compile/);
        assert.match(out, /vec_dot\.c:(7|8):/);
    });

    test("a missing semicolon is said in plain words", () =>
        assert.match(judged(right.replace("return s;", "return s")).out, /A semicolon is missing at the end of this line/));

    test("a renamed function", () =>
        assert.match(judged(right.replace("vec_dot(", "vec_dott(")).out, /does not define vec_dot: it defines vec_dott\. The suite calls/));

    test("a static function", () =>
        assert.match(judged(right.replace("double vec_dot", "static double vec_dot")).out, /vec_dot must not be static/));

    test("another prototype", () => {
        const { out } = judged(right.replace("double vec_dot", "float vec_dot"));
        assert.match(out, /vec_dot\.c:5:/);
        assert.ok(out.includes(`differs from the prototype in vec.h:\n    ${signature}`), out);
    });

    test("a leftover main", () =>
        assert.match(judged(`${right}\nint main(void)\n{\n    return 0;\n}\n`).out, /has a main\. The suite brings its own: keep only vec_dot/));

    test("a call of a function that nobody defines", () => {
        const { out } = judged(with_lines("s = vec_dto(n, x, y);"));
        assert.match(out, /vec_dot\.c calls vec_dto, which neither this file nor the library defines:\s+a misspelling\?/);
        assert.match(out, /vec_dot\.c:10:\d+: warning: implicit declaration/);
    });
});

describe("odd files and odd output", () => {
    test("a byte-order mark and Windows line ends are no fault", () => {
        assert.equal(judged(`\ufeff${right.replace(/\n/g, "\r\n")}`).status, 0);
        assert.match(judged(`\ufeff${stub.replace(/\n/g, "\r\n")}`).out, /not started|fails|passes/);
    });

    test("text that is not UTF-8 is no fault in a comment, and is shown harmlessly elsewhere", () => {
        assert.equal(judged(Buffer.from(with_lines("/* caf\xe9 */"), "latin1")).status, 0);
        const { status, out } = judged(Buffer.from(with_lines("s += caf\xe9;"), "latin1"));
        assert.equal(status, 1);
        assert.match(out, /vec_dot\.c:10:.*stray/);
    });

    test("NUL bytes are pointed at", () => assert.match(judged(with_lines("\0")).out, /vec_dot\.c:10:.*null character/));

    test("a program that prints passes; twenty lines of it are shown", () => {
        const { status, out } = judged(with_lines('for (int i = 0; i < 2000; i++)', '    printf("noise %d\\n", i);'));
        assert.equal(status, 0, out);
        assert.match(out, /Your program printed:\n    noise 0\n/);
        assert.match(out, /… and \d+ lines more/);
        assert.ok(out.split("\n").length < 40);
    });

    test("a program that prints without end is stopped", () => {
        const { status, out } = judged(with_lines("for (;;)", '    puts("noise");'));
        assert.equal(status, 1);
        assert.match(out, /had not returned after/);
        assert.ok(out.length < 10000);
    });

    test("bytes that are no text are printed as text", () => {
        const { out } = judged(with_lines('puts("\\xff\\xfe");'));
        assert.doesNotMatch(out, /\0/);
        assert.match(out, /✓/);
    });
});

describe("what is asked for", () => {
    test("an unknown exercise gets the nearest names and exit status 2", () => {
        const { status, err } = check("EX=vec_dto");
        assert.equal(status, 2);
        assert.match(err, /There is no exercise vec_dto; nearest: vec_dot/);
    });

    test("an unknown chapter gets the list and exit status 2", () => {
        for (const name of ["99", "vektors"]) {
            const { status, err } = check(`CH=${name}`);
            assert.equal(status, 2);
            assert.match(err, /There is no chapter .*01 \(vectors\)/);
        }
    });

    test("other wrong words are refused by name, with exit status 2", () => {
        for (const [words, says] of [
            [["check", "SEED=seven"], /SEED=seven: a seed is a whole number/],
            [["check", "XE=vec_dot"], /XE= means nothing here/],
            [["check", "CH=00", "EX=vec_dot"], /vec_dot is in chapter 01, not 00/],
            [["chek"], /There is no verb chek/],
        ]) {
            const { status, err } = descent(...words);
            assert.equal(status, 2, words.join(" "));
            assert.match(err, says);
        }
    });

    test("make passes both the words and the failure on", () => {
        assert.notEqual(make("check", "EX=vec_dto").status, 0);
        assert.match(make("check", "EX=vec_dto").err, /nearest: vec_dot/);
        write(file, right);
        assert.equal(make("check", "EX=vec_dot").status, 0);
        write(file, one_is_missing);
        assert.notEqual(make("check", "EX=vec_dot").status, 0);
    });

    test("a chapter passes when all of it has passed", () => {
        write(file, right);
        const { status, out } = check("CH=01");
        assert.equal(status, 1);
        assert.match(out, /1 of \d+ passed, \d+ not started/);
        const manifest = JSON.parse(read("build/manifest.json"));
        const all = manifest.exercises.filter((e) => e.chapter === "01-vectors");
        const kept = all.map((e) => [e.file, read(e.file)]);
        for (const e of all) write(e.file, copy.key(e.solution));
        const whole = check("CH=vectors");
        for (const [name, text] of kept) write(name, text);
        assert.equal(whole.status, 0, whole.out);
        assert.match(whole.out, new RegExp(`${all.length} of ${all.length} passed`));
    });

    test("without a name, what was started is judged", () => {
        write(file, one_is_missing);
        check();
        const { status, out } = descent("check");
        assert.equal(status, 1);
        assert.match(out, /vec_dot +passes/);
        assert.doesNotMatch(out, /mat_mul /);
    });

    test("each exercise is judged alone, or with MINE=1 over one's own", () => {
        const other = "exercises/01-vectors/vec_project.c", kept = read(other);
        write(file, with_lines("s += 1;"));
        write(other, copy.key("build/key/vec_project/solution.c"));
        const alone = check("EX=vec_project"), mine = check("EX=vec_project", "MINE=1");
        write(other, kept);
        assert.equal(alone.status, 0, alone.out);
        assert.equal(mine.status, 1, mine.out);
        assert.match(mine.out, /your own library: 2 functions are yours/);
        assert.match(mine.out, /Judged alone, vec_project passes: the fault is in another function of yours/);
        assert.doesNotMatch(mine.out, /There is no line/); // the title of a mistake that fails likewise
    });

    test("SEED changes the random inputs, and nothing else does", () => {
        write(file, with_lines("if (n > 6)", "    s += 1e6;"));
        const one = check("EX=vec_dot", "SEED=1").out, two = check("EX=vec_dot", "SEED=2").out;
        assert.equal(one, check().out);
        assert.notEqual(one, two);
        assert.match(one, /vec_dot\((7|8|9|1\d), x, y\) returned/);
    });

    test("hints come one at a time, and the last is said to be the last", () => {
        const { hints } = JSON.parse(read("build/manifest.json")).exercises.find((e) => e.fn === "vec_dot");
        fs.rmSync(at(".descent"), { recursive: true, force: true });
        for (let k = 1; k <= hints.length + 1; k++) {
            const { status, out } = descent("hint", "EX=vec_dot");
            const shown = Math.min(k, hints.length);
            assert.equal(status, 0);
            assert.equal(out.match(/^  \d\. /gm).length, shown);
            assert.match(out, k < hints.length ? new RegExp(`${k} of ${hints.length}; one more: make hint`) : /That was the last of/);
        }
    });

    test("next and progress know what has passed", () => {
        fs.rmSync(at(".descent"), { recursive: true, force: true });
        write(file, right);
        check();
        assert.match(descent("progress").out, /01 Vectors.* 1 of \d+/);
        assert.match(descent("next").out, /edit +exercises\//);
        assert.doesNotMatch(descent("next").out, /vec_dot\.c/);
    });
});

describe("again", () => {
    const twin = "again/vec_dot.c";

    test("what passed longest ago comes first, and a fresh stub beside the old answer", () => {
        fs.rmSync(at(".descent"), { recursive: true, force: true });
        assert.match(descent("again").out, /Nothing has passed yet/);
        write(file, right);
        check();
        assert.match(descent("again").out, /make again EX=vec_dot +passed on \d{4}-\d\d-\d\d/);
        assert.match(descent("again", "EX=vec_dot").out, /^again\/vec_dot\.c is fresh\./);
        assert.equal(read(twin), read("build/stubs/01-vectors/vec_dot.c"));
        assert.equal(read(file), right);
    });

    test("it is judged there, and what a person typed stays", () => {
        const idle = descent("again", "EX=vec_dot");
        assert.equal(idle.status, 1);
        assert.match(idle.out, /not started[^]*Edit again\/vec_dot\.c/);
        write(twin, one_is_missing);
        const wrong = descent("again", "EX=vec_dot");
        assert.equal(wrong.status, 1);
        assert.match(wrong.out, /✗ 1\.1 vec_dot +passes \d+ of \d+/);
        write(twin, right);
        assert.equal(descent("again", "EX=vec_dot").status, 0);
        assert.equal(read(twin), right);
        assert.match(read(".descent/state.ini"), /^again=\d{4}/m);
        fs.rmSync(at("again"), { recursive: true });
    });
});

describe("colour", () => {
    const terminal = (env = {}) =>
        run("script", ["-qec", "build/bin/descent check EX=vec_dot", "/dev/null"], { TERM: "xterm-256color", ...env }).out;
    const escapes = /\x1b\[[0-9;]*m/g;

    test("on a terminal, and only there; the words are the same", (t) => {
        if (spawnSync("script", ["--version"]).error) return t.skip("needs script(1)");
        write(file, one_is_missing);
        const plain = check().out, coloured = terminal();
        assert.doesNotMatch(plain, escapes);
        assert.match(coloured, escapes);
        const words = (text) => text.replace(escapes, "").split(/\s+/).join(" ");
        assert.equal(words(coloured), words(plain));
        assert.doesNotMatch(terminal({ NO_COLOR: "1" }), escapes);
    });
});

describe("nothing is done twice", () => {
    // gcc looks for its parts here first: each tells that it was started.
    function watched() {
        const tools = at("tools"), log = at("tools/log");
        fs.mkdirSync(tools, { recursive: true });
        for (const part of ["cc1", "as", "collect2"]) {
            const real = execFileSync("gcc", [`-print-prog-name=${part}`], { encoding: "utf8" }).trim();
            fs.writeFileSync(path.join(tools, part), `#!/bin/sh\necho ${part} >>"${log}"\nexec ${real} "$@"\n`, { mode: 0o755 });
        }
        fs.writeFileSync(log, "");
        const done = run("build/bin/descent", ["check", "EX=vec_dot"], { COMPILER_PATH: tools });
        return { ...done, started: fs.readFileSync(log, "utf8").trim().split("\n").filter(Boolean) };
    }

    test("a second check of the same file starts no compiler and says the same", () => {
        write(file, `${one_is_missing}/* ${process.pid} */\n`);
        const first = watched(), second = watched();
        assert.ok(first.started.includes("cc1") && first.started.includes("collect2"), first.started.join());
        assert.deepEqual(second.started, []);
        assert.equal(second.out, first.out);
        write(file, right);
        check();
        write(file, `${one_is_missing}/* ${process.pid} */\n`);
        assert.deepEqual(watched().started, []);
    });
});

describe("an edited exercise is safe", () => {
    test("from every target of the Makefile", () => {
        const menu = read("Makefile").match(/^[a-z]+(?=:.*##)/gm);
        assert.ok(menu.includes("clean") && menu.includes("tangle") && menu.includes("html"));
        // deps installs, test and bench come here again; a release and an autograder have tests of their own.
        const left_out = ["deps", "test", "bench", "clean", "pdf", "epub", "book", "release", "autograder", "oracle"];
        write(file, one_is_missing);
        const mine = hash(file), note = at("exercises/01-vectors/notes.txt");
        fs.writeFileSync(note, "mine");
        const safe = (target) => {
            assert.equal(hash(file), mine, target);
            assert.equal(fs.readFileSync(note, "utf8"), "mine", target);
        };
        // The chapter changes as well, so that there is something to tangle and to weave.
        const chapter = "chapters/01-vectors.md";
        const text = read(chapter);
        assert.ok(text.includes("return NAN;"));
        write(chapter, text.replace("return NAN;", "return (NAN);"));
        for (const target of ["menu", ...menu.filter((t) => !left_out.includes(t)), "tangle"]) {
            const { status, err } = make(target, "EX=vec_dot");
            if (!["check", "prove", "grade"].includes(target)) assert.equal(status, 0, `${target}: ${err}`);
            safe(target);
        }
        // Whatever was lost with build/, too.
        make("clean");
        safe("clean");
        assert.ok(!fs.existsSync(at("build")));
        assert.equal(make("tangle").status, 0);
        safe("tangle after clean");
        write(chapter, text);
        fs.rmSync(note);
    });
});
