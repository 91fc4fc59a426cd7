#!/usr/bin/env node
// bench.js: what a sandboxed judgement costs: a finished submission of all chapters, and one of untouched stubs, against a bare gcc +
// Check per exercise: compile with the flags of the verdict but no sanitizers, link, run, no sandbox. Both are warm: suites, harness
// and library are objects already, hosts are linked. Prints ratios of medians of the same minutes. Runs in the project's root.
"use strict";
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const Copy = require("../runner/copy.js");

const ROUNDS = 3;
const copy = new Copy();
process.on("exit", () => copy.remove());
const manifest = JSON.parse(copy.read("build/manifest.json"));
const lines = (text) => text.trim().split("\n");

// Seconds of a shell command that must succeed. On one core they are what it costs; processor times would leave out what runs in
// process namespaces of its own.
function timed(command, before = "") {
    const began = process.hrtime.bigint();
    const { status, out, err } = copy.run("bash", ["-c", `${before} bash -e '${copy.path(command)}'`]);
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    if (status !== 0) throw new Error(`bench: ${command}\n${out}${err}`);
    return seconds;
}
const one_core = (command) => timed(command, "taskset -c 0");

// The flags have their one home in build.c.
const base = copy.read("tests/runner/build.c").match(/base\[\] = \{([^}]*)\}/)[1];
const flags = [...base.matchAll(/"([^"]*)"/g)].map((m) => m[1]).join(" ");

function submission(name, file) {
    fs.mkdirSync(copy.path(name));
    for (const e of manifest.exercises) copy.write(`${name}/${e.fn}.c`, copy.key(file(e)));
    copy.write(`${name}.sh`, `build/bin/descent judge ${name} ${name}.json "$@"\n`);
    copy.write(`${name}-one.sh`, `build/bin/descent judge ${name} ${name}.json CORES=1\n`);
}

function bare() {
    const check = execFileSync("pkg-config", ["--libs", "check"], { encoding: "utf8" }).trim();
    const compile = (source, object) => copy.run("bash", ["-c", `gcc ${flags} -w -Iexercises/include -Itests/harness -c ${source} -o ${object}`]);
    fs.mkdirSync(copy.path("bare"));
    for (const c of manifest.chapters) if (c.suite) compile(c.suite, `bare/${c.id}.o`);
    for (const f of fs.readdirSync("tests/harness")) if (f.endsWith(".c")) compile(`tests/harness/${f}`, `bare/h-${f}.o`);
    const one = (e) => `gcc ${flags} -Iexercises/include done/${e.fn}.c bare/${e.chapter}.o bare/h-*.o build/reference/libdescent.a ` +
        `-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc ${check} -lm -o bare/x && DESCENT_CASE=${e.fn} bare/x >/dev/null`;
    copy.write("bare.sh", manifest.exercises.map(one).join("\n") + "\n");
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

submission("done", (e) => e.solution);
submission("stubs", (e) => e.stub);
bare();
for (const warm of ["done.sh", "stubs.sh", "bare.sh"]) timed(warm);
const verdicts = new Set(JSON.parse(copy.read("done.json")).exercises.map((e) => e.verdict));
if ([...verdicts].join() !== "PASS") throw new Error(`bench: a finished submission got ${[...verdicts]}`);
const times = { bare: [], done: [], stubs: [], all: [] };
for (let i = 0; i < ROUNDS; i++) {
    times.bare.push(one_core("bare.sh"));
    times.done.push(one_core("done-one.sh"));
    times.stubs.push(one_core("stubs-one.sh"));
    times.all.push(timed("done.sh"));
}
const of = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
const n = manifest.exercises.length, cores = os.cpus().length, ms = (s) => `${((1000 * s) / n).toFixed(0)} ms`;
console.log(`grading a finished submission, sandboxed, on one core: ${(of.done / of.bare).toFixed(2)} times a bare gcc + Check ` +
    `(${ms(of.done)} / ${ms(of.bare)} an exercise)`);
console.log(`the same on all ${cores} cores: ${(of.all / of.bare).toFixed(2)} times`);
console.log(`grading untouched stubs: ${(of.stubs / of.bare).toFixed(3)} times (${of.stubs.toFixed(3)} s a submission)`);
console.log(`${((60 * cores) / of.done).toFixed(1)} finished submissions of ${n} exercises a minute, one a core`);
