#!/usr/bin/env node
// bench-pages.js: `make html` of all chapters against pandoc alone on the same files, in the same minute; programs and figures are
// made already. Prints ratios of medians. Runs in the project's root.
"use strict";
const fs = require("node:fs");
const Copy = require("./copy.js");

const ROUNDS = 3;
const copy = new Copy();
process.on("exit", () => copy.remove());
const sources = fs.readdirSync("chapters").filter((f) => f.endsWith(".md")).map((f) => `chapters/${f}`);

function must(done, what) {
    if (done.status === 0) return;
    console.error(`bench: ${what} ended with status ${done.status}\n${done.err}`);
    process.exit(1);
}
function seconds(what) {
    const began = process.hrtime.bigint();
    what();
    return Number(process.hrtime.bigint() - began) / 1e9;
}
const html = () => must(copy.run("make", ["html"]), "make html");
const pandoc = () => {
    for (const source of sources)
        must(copy.run("pandoc", ["-f", "commonmark_x", "-t", "html5", "-s", "--mathml", "--metadata", "title=x", "-o", "alone.html", source]), "pandoc");
};
const pages = () => fs.readdirSync(copy.path("build/book")).filter((f) => f.endsWith(".html"))
    .forEach((f) => fs.rmSync(copy.path(`build/book/${f}`)));
const touched = () => sources.forEach((source) => fs.utimesSync(copy.path(source), new Date(), new Date()));

html(); // warms what is cached
const times = { alone: [], woven: [], anew: [] };
for (let i = 0; i < ROUNDS; i++) {
    times.alone.push(seconds(pandoc));
    pages();
    times.woven.push(seconds(html));
    touched();
    times.anew.push(seconds(html));
}
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const line = (what, key) => console.log(`make html, all chapters, ${what}: ${(median(times[key]) / median(times.alone)).toFixed(2)} times pandoc alone `
    + `(${median(times[key]).toFixed(1)} s / ${median(times.alone).toFixed(1)} s)`);
line("woven again", "woven");
line("read, tangled and woven again", "anew");
