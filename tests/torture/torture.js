// torture.js: the corpus: each file is one submission's file for one exercise; its first line says what must become of it:
//
//     /* FN: VERDICT (unpoliced: VERDICT): what it tries. */
//
// The second verdict is what it gets from the sandbox alone, without the symbol policy.
"use strict";
const { execFile, execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const folder = __dirname;

function corpus() {
    const prologue = fs.readFileSync(path.join(folder, "forge.h"), "latin1");
    const files = fs.readdirSync(folder).filter((f) => f.endsWith(".c")).sort();
    return files.map((file) => {
        const text = fs.readFileSync(path.join(folder, file), "latin1").replace('#include "forge.h"\n', prologue);
        const line = text.split("\n")[0];
        const m = line.match(/^\/\* (\w+): ([A-Z-]+)(?: \(unpoliced: ([A-Z-]+)\))?: .+\. \*\/$/);
        if (!m) throw new Error(`tests/torture/${file}:1: no first line of the form /* FN: VERDICT: what it tries. */`);
        return { name: file.slice(0, -2), fn: m[1], verdict: m[2], unpoliced: m[3], text: Buffer.from(text, "latin1") };
    });
}

// Judges a folder; resolves to {status, said, record, seconds}.
function judge(submission, out, { profile = "default", seed = "1", env = {}, root = "." } = {}) {
    const began = process.hrtime.bigint();
    return new Promise((resolve) => {
        execFile("build/bin/descent", ["judge", submission, out, `PROFILE=${profile}`, `SEED=${seed}`, "CORES=1"],
            { cwd: root, env: { ...process.env, ...env }, timeout: 900000 }, (error, stdout, stderr) => {
                const seconds = Number(process.hrtime.bigint() - began) / 1e9;
                const text = fs.existsSync(out) ? fs.readFileSync(out, "utf8") : "";
                resolve({ status: error ? error.code ?? -1 : 0, said: stderr, text, record: text ? JSON.parse(text) : null, seconds });
            });
    });
}

// Runs so many jobs at a time.
async function in_parallel(jobs, work, width = require("node:os").cpus().length) {
    const list = [...jobs];
    await Promise.all(Array.from({ length: width }, async () => {
        for (let job; (job = list.shift()); ) await work(job);
    }));
}

// Workers that nobody waits for any more: bubblewrap gives its program's name.
function left_running() {
    const all = execFileSync("ps", ["-eo", "pid=,ppid=,comm="], { encoding: "utf8" }).trim().split("\n").map((l) => l.trim().split(/\s+/));
    return all.filter(([, parent, name]) => parent === "1" && (name === "worker" || name === "bwrap")).map(([pid]) => pid);
}

module.exports = { corpus, judge, in_parallel, left_running };
