#!/usr/bin/env node
// files.test.js: the EPUB and the PDF are what their formats demand, and the PDF's links arrive.
import assert from "node:assert/strict";
import fs from "node:fs";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { manifest } from "./woven.js";

const run = (program, ...args) => {
    const result = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 29 });
    return { ...result, said: result.stdout + result.stderr };
};

test("the EPUB passes epubcheck without an error or a warning", () => {
    // Debian's epubcheck is a jar that only some kernels start by itself.
    const jar = "/usr/share/java/epubcheck.jar";
    const { status, said } = fs.existsSync(jar)
        ? run("java", "-jar", jar, "--failonwarnings", "build/book/descent.epub")
        : run("epubcheck", "--failonwarnings", "build/book/descent.epub");
    assert.equal(status, 0, said);
});

test("the PDF passes qpdf --check", () => {
    const { status, said } = run("qpdf", "--check", "build/book/descent.pdf");
    assert.equal(status, 0, said);
});

test("every link inside the PDF has its target", () => {
    const objects = JSON.parse(run("qpdf", "--json=2", "--json-key=qpdf", "build/book/descent.pdf").stdout).qpdf[1];
    const targets = new Set();
    const wanted = new Set();
    for (const { value } of Object.values(objects)) {
        if (!value || typeof value !== "object") continue;
        const names = value["/Names"];
        if (Array.isArray(names)) names.forEach((name, i) => i % 2 === 0 && targets.add(name));
        const action = value["/A"];
        if (value["/Subtype"] === "/Link" && action?.["/S"] === "/GoTo" && typeof action["/D"] === "string") wanted.add(action["/D"]);
    }
    assert.ok(wanted.size > 100, `only ${wanted.size} links found`);
    assert.deepEqual([...wanted].filter((name) => !targets.has(name)), []);
});

test("the PDF has a bookmark for every chapter and every section", () => {
    const outline = JSON.parse(run("qpdf", "--json=2", "--json-key=outlines", "build/book/descent.pdf").stdout).outlines;
    const titles = [];
    const walk = (list) => list.forEach((item) => (titles.push(item.title.replace(/\s+/g, " ")), walk(item.kids)));
    walk(outline);
    for (const chapter of manifest.chapters) {
        assert.ok(titles.includes(`${chapter.number} ${chapter.title}`), `${chapter.number} ${chapter.title} is not among ${titles.slice(0, 20)}`);
        for (const section of chapter.sections ?? []) assert.ok(titles.some((title) => title.startsWith(`${section.number} `)), section.number);
    }
});

test("the PDF embeds all its typefaces", () => {
    const rows = run("pdffonts", "build/book/descent.pdf").stdout.trim().split("\n").slice(2);
    assert.ok(rows.length >= 5);
    for (const row of rows) assert.match(row.trim(), /\s(yes)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$/, row);
});
