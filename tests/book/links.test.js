#!/usr/bin/env node
// links.test.js: every link between the pages arrives, no id is given twice, figures take the page's colours, and no page needs the network.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { folder, ids, links, pages, read } from "./woven.js";

const html = Object.fromEntries(pages.map((page) => [page, read(page)]));
const targets = Object.fromEntries(pages.map((page) => [page, new Set(ids(html[page]))]));
// What book/theme/figure.gp draws in, before the page's own colours take its place.
const theme = [...fs.readFileSync("book/theme/figure.gp", "utf8").matchAll(/\b\w+ *= *'(#[0-9a-f]{6})'/g)].map((found) => found[1]);

for (const page of pages) {
    test(`${page}: no id twice`, () => {
        const seen = new Set();
        const twice = ids(html[page]).filter((id) => seen.has(id) || !seen.add(id));
        assert.deepEqual(twice, []);
    });

    test(`${page}: every link arrives`, () => {
        const lost = [];
        for (const link of new Set(links(html[page]))) {
            // Pictures made of pixels lie in the page itself.
            if (/^(https?|mailto|data):/.test(link)) continue;
            const [file, id] = link.split("#");
            const goal = file || page;
            if (!fs.existsSync(path.join(folder, goal))) lost.push(link);
            else if (id && targets[goal] && !targets[goal].has(id)) lost.push(link);
        }
        assert.deepEqual(lost, []);
    });

    test(`${page}: no figure keeps a colour of paper where the theme has one`, () => {
        const drawn = [...html[page].matchAll(/<svg class="figure".*?<\/svg>/gs)].join("");
        const fixed = new RegExp(`\\b(color|fill|stroke)\\s*=\\s*["'](${theme.join("|")})["']`, "g");
        assert.deepEqual([...drawn.matchAll(fixed)].map((found) => found[0]), []);
    });

    test(`${page}: nothing is fetched from elsewhere`, () => {
        const fetched = [...html[page].matchAll(/<(?:link|script|img|iframe|source|use|image)\b[^>]*\b(?:href|src)=["'](https?:[^"']*)/g)];
        assert.deepEqual(fetched.map((m) => m[1]), []);
    });
}

test("the indexes lead to every function, term and theorem", () => {
    const manifest = JSON.parse(fs.readFileSync("build/manifest.json", "utf8"));
    const [functions, terms, theorems] = html["a-where.html"].split('<div class="index">').slice(1).map((list) =>
        [...list.split("</div>")[0].matchAll(/<li>(.*?)<\/li>/gs)].map(([, item]) => ({
            name: item.replace(/,\s.*/s, "").replace(/<[^>]*>/g, ""), links: [...item.matchAll(/href="([^"]*)"/g)].map((m) => m[1]) })));
    assert.deepEqual(functions.map((f) => f.name), manifest.exercises.filter((e) => e.kind === "exercise").map((e) => e.fn).sort());
    const lower = terms.map((t) => t.name.toLowerCase().replace(/[^\w\u0080-\uffff]+/g, " "));
    assert.deepEqual(lower, [...new Set(lower)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    for (const [name, link] of [["Dot product", "01-vectors.html#def-dot"], ["Epoch", "19-stochastic.html#"], ["Softmax", "12-entropy.html#def-softmax"]])
        assert.ok(terms.find((t) => t.name === name)?.links.some((l) => l.startsWith(link)), name);
    const proved = Object.values(manifest.labels).filter((l) => ["theorem", "lemma", "corollary", "proposition"].includes(l.kind) && l.title);
    assert.equal(theorems.length, proved.length);
    for (const { name, links } of [...functions, ...terms, ...theorems]) assert.ok(links.length > 0, name);
});

test("a picture's white pixels are white on either ground", () => {
    const drawn = html["03-tensors.html"].match(/<svg class="figure"(?:(?!<\/svg>).)*fill = '#fff'.*?<\/svg>/s)?.[0] ?? "";
    assert.ok((drawn.match(/<polygon fill = '#fff'/g) ?? []).length > 100, "no picture with white pixels on the page");
});

test("the figures' colours are known", () => assert.equal(theme.length, 9));

test("the style sheet asks only for files that are there", () => {
    const css = fs.readFileSync(path.join(folder, "theme/descent.css"), "utf8");
    const asked = [...css.matchAll(/url\("?([^")]+)"?\)/g)].map((m) => m[1]);
    assert.ok(asked.length > 0);
    for (const file of asked) assert.ok(fs.existsSync(path.join(folder, "theme", file)), file);
});
