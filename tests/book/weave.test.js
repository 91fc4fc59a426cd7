#!/usr/bin/env node
// weave.test.js: what the weave makes of small chapters, and how it complains: file, line, what to do.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { spawnSync } from "node:child_process";
import { after, test } from "node:test";

const root = process.cwd();
const homes = [];
after(() => homes.forEach((home) => fs.rmSync(home, { recursive: true, force: true })));

const label = (kind, number, text) => ({ kind, number, text, page: "04-small.html", title: "Add up" });
const chapter = (number, cards = []) => ({
    kind: "chapter", number, slug: `small${number}`, id: `0${number}-small`, title: `Chapter ${number}`, subtitle: "", question: "Why?", cards,
    source: `chapters/0${number}-small.md`, page: `0${number}-small.html`, minutes: { read: 90, exercises: 20 }, exercises: number === 4 ? ["add"] : [],
});
const card = (id, question) => ({ id, markdown: `${question}\n\n::: answer\nBecause.\n:::` });
const manifest = {
    chapters: [chapter(0, [card("card-zero", "Zero?")]), chapter(1, [card("card-one", "One?")]), chapter(2, [card("card-two", "Two?")]),
        chapter(3, [card("card-three", "Three?")]), chapter(4),
        { ...chapter(4), kind: "review", number: "R1", slug: "again", id: "04r-again", source: "chapters/04r-again.md", page: "04r-again.html", exercises: [] }],
    exercises: [{ fn: "add", kind: "exercise", chapter: "04-small", number: "4.1", stars: 2, minutes: 9, file: "exercises/04-small/add.c", header: "add.h" }],
    figures: [{ id: "fig-a", number: "4.1", program: "demo-add" }], programs: [],
    labels: {
        "eq-sum": label("equation", "4.1", "Equation 4.1"), "fig-a": label("figure", "4.1", "Figure 4.1"), "demo-add": label("demo", "", "Add up"),
        "ex-add": label("exercise", "4.1", "Exercise 4.1"), "ch-small1": { kind: "chapter", number: "1", text: "Chapter 1", page: "01-small.html" },
    },
};

// Weaves chapter 4, or another, with this text; files says what the build has made.
function weave(text, { to = "html5", files = {}, args = [], source = "chapters/04-small.md" } = {}) {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "weave-"));
    homes.push(home);
    const all = {
        [source]: `---\ntitle: Small\n---\n\n${text}\n`, "build/manifest.json": JSON.stringify(manifest),
        "build/reference/data/demo-add/stdout.txt": "sum = 31214.4\nloss = -3\n", ...files,
    };
    fs.symlinkSync(path.join(root, "book"), path.join(home, "book"));
    for (const [name, content] of Object.entries(all)) {
        if (content === null) continue;
        fs.mkdirSync(path.join(home, path.dirname(name)), { recursive: true });
        fs.writeFileSync(path.join(home, name), content);
    }
    const { status, stdout, stderr } = spawnSync("pandoc",
        ["-f", "commonmark_x", "-t", to, "--mathml", "-L", "book/filters/weave.lua", ...args, source], { cwd: home, encoding: "utf8" });
    return { status, out: stdout, said: stderr };
}

const fails = (text, message, options) => {
    const { status, said } = weave(text, options);
    assert.notEqual(status, 0);
    assert.match(said, message);
};
const value = (attributes) => weave(`It is []{.value of=demo-add ${attributes}}.`).out;

test("values are printed as C would, with a true minus", () => {
    assert.match(value("key=sum"), /It is 31214\.4\./);
    assert.match(value("key=sum fmt=%.3f"), /It is 31214\.400\./);
    assert.match(value("key=sum fmt=thousands"), /It is 31,214\./);
    assert.match(value("key=sum fmt=dollars"), /It is \$31,214\./);
    assert.match(value("key=loss fmt=%d"), /It is −3\./);
    assert.match(value("key=sum fmt=%.1e"), /3\.1 \\cdot 10\^\{4\}/);
});

test("a value that nobody printed is an error with file, line and what was printed", () => {
    fails("One.\n\nIt is []{.value of=demo-add key=sums}.", /^chapters\/04-small\.md:7: demo-add printed no line "sums = …"\.\n\s+It printed: sum/);
    fails("It is []{.value of=demo-ad key=sum}.", /^chapters\/04-small\.md:5: build\/reference\/data\/demo-ad\/stdout\.txt is missing.*\n\s+Run: make reference/);
    fails("It is []{.value of=demo-add key=sum fmt=%q}.", /fmt=%q cannot print 31214\.4/);
});

test("the reference of a missing target is an error", () => {
    fails("As @eq-none says.", /^chapters\/04-small\.md:5: nothing in the book is called eq-none\./);
});

test("several faults are told in one run", () => {
    const { said } = weave("As @eq-none and @fig-none say.\n\n::: strange\n:::");
    assert.match(said, /eq-none/);
    assert.match(said, /fig-none/);
    assert.match(said, /04-small\.md:7: unknown block \.strange/);
});

test("a missing picture is an error", () => {
    fails('::: {.figure #fig-a data=demo-add alt="A."}\nSee.\n:::', /04-small\.md:5: build\/reference\/figures\/fig-a\.svg is missing\.\n\s+Run: make reference/);
});

test("an equation that is not alone is an error, and so is a formula that Pandoc cannot read", () => {
    fails("Thus $$ a = b $$ {#eq-sum}", /04-small\.md:5: a numbered equation stands alone/);
    fails("Thus $\\undefinedthing{a}$.", /cannot turn this formula into MathML: \\undefinedthing\{a\}/);
});

test("references link, across pages too, and leave addresses alone", () => {
    const { out } = weave("$$ a = b $$ {#eq-sum}\n\nBy @eq-sum and @ch-small1, write to me@eq-sum.org.");
    assert.match(out, /<a\s+href="#eq-sum" class="ref">Equation[ \u00a0]4\.1<\/a>/);
    assert.match(out, /<a\s+href="01-small\.html" class="ref">Chapter[ \u00a0]1<\/a>/);
    assert.match(out, /me@eq-sum\.org/);
});

const exercise = `::: {.exercise #ex-add fn=add stars=2 minutes=9}
Add.

\`\`\` {.c #add-contracts}
double add(double a, double b);
\`\`\`

\`\`\` {.c #add file=exercises/04-small/add.c}
double add(double a, double b)
{
    <<todo>>
    return NAN;
}
\`\`\`

::: hint
First nudge.
:::

::: hint
Second nudge.
:::
:::`;

test("hints lie inside each other on a page, and wait for the chapter's end on paper", () => {
    const page = weave(exercise).out;
    assert.match(page, /<details class="hint"><summary>Hint 1 of 2<\/summary>\s*<p>First nudge\.<\/p>\s*<details class="hint"><summary>Hint 2 of 2/);
    const paper = weave(exercise, { to: "latex" }).out;
    assert.ok(paper.indexOf("First nudge") > paper.indexOf("\\end{exercisebox}"));
    assert.ok(paper.indexOf("Second nudge") > paper.indexOf("\\hintrung{Second hints}"));
});

test("an exercise says its number, function, stars, minutes, file and command", () => {
    const page = weave(exercise).out;
    for (const part of ["Exercise 4.1", ">add<", 'aria-label="2 stars"', "9 min", "exercises/04-small/add.c", "make check EX=add", "⟨your code⟩"])
        assert.ok(page.includes(part), part);
});

const demo = "``` {.c .demo #demo-add file=build/programs/demo-add.c title=\"Add up\"}\nint main(void)\n{\n    <<sum-up>>\n}\n```\n\n" +
    "``` {.c #sum-up title=\"Sum up\"}\nputs(\"<hello>\");\n```";

test("a demo is followed by what it printed; a prediction hides it", () => {
    const page = weave(demo).out;
    assert.match(page, /prints<\/p>.*sum = 31214\.4/s);
    assert.match(page, /<a class="chunkref" href="#chunk-04-sum-up">⟨Sum up⟩<\/a>/);
    assert.match(page, /id="chunk-04-sum-up"/);
    assert.ok(!page.includes("<hello>"));
    const asked = weave(demo + "\n\n::: {.predict demo=demo-add}\nWhat?\n:::").out;
    assert.equal(asked.match(/sum = 31214\.4/g).length, 1);
    assert.match(asked, /<summary>Turn the page<\/summary>.*sum = 31214\.4/s);
});

test("with impl=mine the learner's own outputs are woven", () => {
    const files = { "build/mine/data/demo-add/stdout.txt": "sum = 1\n" };
    assert.match(weave(demo, { files, args: ["-M", "impl=mine"] }).out, /prints<\/p>.*sum = 1</s);
});

test("the cards of one, three and eight chapters ago come back, newest first", () => {
    const page = weave("Text.").out;
    assert.deepEqual(page.match(/(Zero|One|Two|Three)\?/g), ["Three?", "One?"]);
    assert.match(page, /<summary>Answer<\/summary>\s*<p>Because\./);
});

test("on a review all cards since the last one come back, in the order of the book", () => {
    const page = weave("Text.", { source: "chapters/04r-again.md" }).out;
    assert.deepEqual(page.match(/(Zero|One|Two|Three)\?/g), ["Zero?", "One?", "Two?", "Three?"]);
    assert.match(weave("Text.", { source: "chapters/04r-again.md", to: "latex" }).out, /\\dchapter\{R1\}\{Review\}\{ch-again\}/);
});

test("signs, norms and fences are repaired", () => {
    const page = weave("Let $x = (1, -1)$, so $\\lVert x \\rVert = \\|x\\|$.").out;
    assert.match(page, /<mo>,<\/mo><mo form="prefix">−<\/mo>/);
    assert.match(page, /<mo stretchy="false" form="prefix">\(<\/mo>/);
    assert.equal(page.match(/form="prefix">‖/g).length, 2);
    assert.equal(page.match(/form="postfix">‖/g).length, 2);
});

test("a display may begin with aligned, not with align", () => {
    assert.match(weave("$$ \\begin{aligned} a &= 1 \\\\ b &= 2 \\end{aligned} $$", { to: "latex" }).out, /begin\{equation\*\}\s*\\begin\{aligned\}/);
    fails("$$ \\begin{align} a &= 1 \\end{align} $$", /use aligned or gathered within/, { to: "latex" });
});

test("a named operator has a thin space, and none where a line begins or a parenthesis follows", () => {
    const page = weave("So $\\det(AB)$, $2 \\log x$ and $\\max_j a$.").out;
    assert.match(page, /<mo lspace="0" rspace="0">det<\/mo>/);
    assert.match(page, /<mo lspace="0.167em" rspace="0.167em">log<\/mo>/);
    assert.match(page, /<mo lspace="0" rspace="0.167em">max<\/mo>/);
});

test("a hat stands over its letter, also a narrow one", () => {
    const page = weave("The computed $\\hat l$ and $\\tilde s$.").out;
    assert.match(page, /<mover accent="true"><mi>l<\/mi><mo stretchy="false">ˆ<\/mo><\/mover>/);
    assert.match(page, /<mover accent="true"><mi>s<\/mi><mo stretchy="false">˜<\/mo><\/mover>/);
});
