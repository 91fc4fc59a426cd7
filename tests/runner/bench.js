#!/usr/bin/env node
// bench.js: from a saved file to its verdict, warm, against a bare gcc and run of the same files in the same minute.
// The bare gcc compiles the learner's file with the flags of the verdict, sanitizers included, and links it with objects that
// are already made; so does the runner. Prints the ratio of the medians. Runs in the project's root.
"use strict";
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const Copy = require("./copy.js");

const ROUNDS = 11;
const ex = "vec_dot", file = "exercises/01-vectors/vec_dot.c", suite = "tests/suites/01-vectors.c";
const copy = new Copy();
process.on("exit", () => copy.remove());

function must(status, wanted, what) {
    if (status === wanted) return;
    console.error(`bench: ${what} ended with status ${status}, not ${wanted}`);
    process.exit(1);
}

// The flags have their one home in build.c.
const build = fs.readFileSync("tests/runner/build.c", "utf8");
const flags = ["base", "sanitizing", "folders"].map((name) => {
    const list = build.match(new RegExp(`${name}\\[\\] = \\{([^}]*)\\}`))[1];
    return [...list.matchAll(/"([^"]*)"/g)].map((m) => (name === "folders" ? `-I${m[1]}` : m[1]));
}).flat();

// What the bare gcc links with: made once.
const objects = [suite, ...fs.readdirSync("tests/harness").filter((f) => f.endsWith(".c")).map((f) => `tests/harness/${f}`)]
    .map((source, i) => {
        const object = copy.path(`bare-${i}.o`);
        must(copy.run("gcc", [...flags, "-c", source, "-o", object]).status, 0, source);
        return object;
    });
const link = ["build/reference-san/libdescent.a", "-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc",
    ...execFileSync("pkg-config", ["--libs", "check"], { encoding: "utf8" }).trim().split(" "), "-o", "bare"];

const bare = () => {
    must(copy.run("gcc", [...flags, file, ...objects, ...link]).status, 0, "gcc");
    return copy.run("./bare", [], { DESCENT_CASE: ex }).status;
};
const check = () => copy.run("make", ["check", `EX=${ex}`]).status;

let saves = 0;
// Seconds from a save, which changes nothing but a comment, to the verdict.
function timed(what, text, wanted) {
    copy.write(file, `${text}/* ${++saves} */\n`);
    const began = process.hrtime.bigint();
    must(what(), wanted, what.name);
    return Number(process.hrtime.bigint() - began) / 1e9;
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

const right = copy.key("build/key/vec_dot/solution.c");
for (const [name, text, of_bare, of_make] of [
    ["a right answer", right, 0, 0],
    ["a known mistake", right.replace("i = 0", "i = 1"), 1, 2],
]) {
    timed(check, text, of_make); // warms what is cached
    timed(bare, text, of_bare);
    const ours = [], theirs = [];
    for (let i = 0; i < ROUNDS; i++) {
        theirs.push(timed(bare, text, of_bare));
        ours.push(timed(check, text, of_make));
    }
    const [a, b] = [median(ours), median(theirs)];
    console.log(`save to verdict, ${name}: ${(a / b).toFixed(2)} times a bare gcc and run (${a.toFixed(3)} s / ${b.toFixed(3)} s)`);
}
