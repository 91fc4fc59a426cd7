#!/usr/bin/env node
// numbers.test.js: every label of the manifest has the same number on its page, in the EPUB and in the PDF.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { epub, folder, from, manifest, printed, read, text } from "./woven.js";

const numbered = Object.entries(manifest.labels).filter(([, label]) => label.number !== "" && label.kind !== "chapter");
const has = (words, label) => words.includes(printed(label));

// Only the beginning of an element can hold its number; a figure's stands below its picture. Once a page: pictures are most of it.
const bare = (html) => html.replace(/<svg\b.*?<\/svg>/gs, "").replace(/<math\b.*?<\/math>/gs, "");
const beginning = (html) => text(html.slice(0, 4000));

test("the manifest has labels of every kind", () => {
    const kinds = new Set(numbered.map(([, label]) => label.kind));
    for (const kind of ["section", "equation", "figure", "exercise", "pen", "definition", "theorem", "example"]) assert.ok(kinds.has(kind), kind);
});

test("pages print the manifest's numbers", () => {
    const cache = {};
    const wrong = numbered.filter(([id, label]) => {
        const found = from((cache[label.page] ??= bare(read(label.page))), id);
        return !found || !has(beginning(found), label);
    });
    assert.deepEqual(wrong.map(([id, label]) => `${id}: ${printed(label)} on ${label.page}`), []);
});

test("the EPUB prints the same", () => {
    const files = Object.values(epub()).map(bare);
    const wrong = numbered.filter(([id, label]) => {
        const found = files.map((file) => from(file, id)).find(Boolean);
        return !found || !has(beginning(found), label);
    });
    assert.deepEqual(wrong.map(([id, label]) => `${id}: ${printed(label)}`), []);
});

test("the PDF prints the same", () => {
    const words = execFileSync("pdftotext", ["-layout", `${folder}/descent.pdf`, "-"], { encoding: "utf8", maxBuffer: 1 << 28 }).replace(/\s+/g, " ");
    const wrong = numbered.filter(([, label]) => !has(words, label));
    assert.deepEqual(wrong.map(([id, label]) => `${id}: ${printed(label)}`), []);
});

test("references read alike in all three", () => {
    const reference = /(?:Equation|Section|Figure|Exercise|Pen|Definition|Theorem|Lemma|Corollary|Proposition|Example|Chapter|Appendix) [0-9A-Z]+(?:\.[0-9a-z]+)?/g;
    const count = (s) => new Set(s.match(reference) ?? []);
    // The index leads to pages on paper.
    const body = (html) => html.replace(/^.*<\/header>/s, "").replace(/<nav class="turn".*/s, "").replace(/<div class="index">.*?<\/div>/gs, "");
    const onPages = count(manifest.chapters.map((chapter) => text(body(read(chapter.page)))).join(" "));
    const inEpub = count(Object.values(epub()).map(text).join(" "));
    const inPdf = count(execFileSync("pdftotext", [`${folder}/descent.pdf`, "-"], { encoding: "utf8", maxBuffer: 1 << 28 }).replace(/\s+/g, " "));
    assert.deepEqual([...onPages].filter((r) => !inEpub.has(r)), []);
    assert.deepEqual([...onPages].filter((r) => !inPdf.has(r)), []);
});
