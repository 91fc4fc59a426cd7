#!/usr/bin/env node
// class-bench.js: how grading grows with the class: ten, a hundred and a thousand students who sent the same right answer, so that what is
// measured is all but the judging (bench.js measures that): intake, marks, pages and exports, a student, and the grader's peak memory.
// Runs in the project's root.
"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const { Class, key } = require("./class.js");

async function graded(n) {
    const c = new Class(`bench-${n}`);
    for (let i = 0; i < n; i++) c.add(`s${i}`, { "vec_dot.c": key("vec_dot"), "pen_01_a.c": key("pen_01_a") });
    let peak = 0;
    // Twice: the second run finds every record, and does all the rest again.
    for (const turn of ["judge", "measure"]) {
        const began = process.hrtime.bigint();
        const run = spawn("build/bin/descent", ["grade", `SUBMISSIONS=${c.folder}`, `OUT=${c.out}`], { stdio: ["ignore", "ignore", "inherit"] });
        const looking = setInterval(() => {
            try {
                peak = Math.max(peak, +(fs.readFileSync(`/proc/${run.pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)?.[1] ?? 0));
            } catch { /* it has ended */ }
        }, 5);
        const status = await new Promise((done) => run.on("exit", done));
        clearInterval(looking);
        if (status !== 0) throw new Error(`class-bench: grade ended with status ${status}`);
        if (turn === "measure") {
            c.remove();
            return { n, seconds: Number(process.hrtime.bigint() - began) / 1e9, megabytes: peak / 1024 };
        }
    }
}

(async () => {
    const all = [];
    for (const n of [10, 100, 1000]) all.push(await graded(n));
    const each = (r) => (1000 * r.seconds) / r.n;
    for (const r of all)
        console.log(`${String(r.n).padStart(4)} submissions around the judge: ${each(r).toFixed(1)} ms each, ${(60 * r.n / r.seconds).toFixed(0)} a minute, peak ${r.megabytes.toFixed(0)} MB`);
    console.log(`a thousand cost ${(each(all[2]) / each(all[1])).toFixed(2)} times a hundred, each; yardstick: 1`);
})();
