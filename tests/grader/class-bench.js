#!/usr/bin/env node
// class-bench.js: how grading grows with the class: ten, a hundred and a thousand students, no two of whom sent the same file, so that
// every submission is compiled and judged; one in five has a mistake. Then the same class again, when every record is known: what
// intake, marks, pages and exports cost. What does not depend on the class (hosts, the answer key's mistakes) is made before.
// Arguments: other sizes. Runs in the project's root.
"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const { Class, key } = require("./class.js");

const LOOK = 250; // ms: to look more often costs more than a little of what is measured

const files = (i) => ({
    "vec_dot.c": `${key("vec_dot", i % 5 ? "solution" : "mistake-starts-at-one")}\n/* by student ${i} */\n`,
    "pen_01_a.c": `${key("pen_01_a")}\n/* by student ${i} */\n`,
});

// Kilobytes: of the process alone, and with all that it started.
function memory(pid) {
    const all = new Map();
    for (const p of fs.readdirSync("/proc").filter((f) => /^\d+$/.test(f)))
        try {
            const field = fs.readFileSync(`/proc/${p}/stat`, "utf8").split(") ").pop().split(" ");
            all.set(+p, { parent: +field[1], kb: 4 * field[21] });
        } catch { /* it has ended */ }
    let sum = 0;
    for (const [p, { kb }] of all) {
        let up = p;
        while (up && up !== pid) up = all.get(up)?.parent;
        if (up === pid) sum += kb;
    }
    return { own: all.get(pid)?.kb ?? 0, sum };
}

async function grade(c, n, said) {
    const peak = { own: 0, sum: 0 }, began = process.hrtime.bigint();
    const run = spawn("build/bin/descent", ["grade", `SUBMISSIONS=${c.folder}`, `OUT=${c.out}`], { stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    run.stdout.on("data", (d) => (out += d));
    const looking = setInterval(() => {
        const now = memory(run.pid);
        for (const k in peak) peak[k] = Math.max(peak[k], now[k]);
    }, LOOK);
    const status = await new Promise((done) => run.on("close", done));
    clearInterval(looking);
    if (status !== 0) throw new Error(`class-bench: grade ended with status ${status}`);
    const judged = +out.match(/(\d+) submissions judged now/)[1];
    if (judged !== said) throw new Error(`class-bench: ${judged} submissions were judged, not ${said}`);
    return { n, seconds: Number(process.hrtime.bigint() - began) / 1e9, ...peak };
}

async function measured(n) {
    const c = new Class(`bench-${n}`);
    for (let i = 0; i < n; i++) c.add(`s${i}`, files(i));
    const first = await grade(c, n, n), again = await grade(c, n, 0);
    c.remove();
    return { first, again };
}

(async () => {
    const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10, 100, 1000];
    const warm = new Class("bench-warm");
    for (const i of [-1, -5]) warm.add(`s${i}`, files(i));
    await grade(warm, 2, 2);
    warm.remove();
    const each = (r) => (1000 * r.seconds) / r.n, mb = (kb) => `${(kb / 1024).toFixed(0)} MB`;
    const line = (r) => `${String(r.n).padStart(4)}: ${each(r).toFixed(1)} ms each, ${((60 * r.n) / r.seconds).toFixed(0)} a minute, peak ${mb(r.own)}, with all that it started ${mb(r.sum)}`;
    console.log(`submissions of two exercises, all different, judged and marked on ${os.cpus().length} cores:`);
    const all = [];
    for (const n of sizes) {
        all.push(await measured(n));
        console.log(`${line(all.at(-1).first)}\n      again, every record known: ${line(all.at(-1).again)}`);
    }
    const [less, more] = all.slice(-2);
    if (more) console.log(`${more.first.n} cost ${(each(more.first) / each(less.first)).toFixed(2)} times what ${less.first.n} do, each; known, ${(each(more.again) / each(less.again)).toFixed(2)} times; yardstick: 1`);
})();
