#!/usr/bin/env node
// bench-lapack.js: eig_jacobi on the 64×64 covariance of the digits and svd_thin on their 1797×64 matrix, against LAPACK's dsyev and
// dgesdd over OpenBLAS, one thread. Prints ratios of the best times. Runs in the project's root; says so when it cannot measure.
"use strict";
const { execFileSync, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const source = "tests/runner/bench/lapack.c";
const fns = JSON.parse(fs.readFileSync("build/manifest.json", "utf8")).exercises.map((e) => e.fn);

function why() {
    for (const fn of ["eig_jacobi", "svd_thin"]) if (!fns.includes(fn)) return `${fn} is not in this book yet`;
    if (spawnSync("pkg-config", ["--exists", "lapacke", "openblas"]).status !== 0) return "LAPACK is not installed: make deps FOR=oracle";
    return null;
}

function measure(home) {
    const program = path.join(home, "lapack");
    const libraries = execFileSync("pkg-config", ["--cflags", "--libs", "lapacke", "openblas"], { encoding: "utf8" }).trim().split(/\s+/);
    execFileSync("gcc", ["-std=c2x", "-O2", "-ffp-contract=off", "-Wall", "-Wextra", "-Iexercises/include", source, "build/reference/libdescent.a",
        ...libraries, "-lm", "-o", program], { stdio: "inherit" });
    const said = execFileSync(program, [], { encoding: "utf8", env: { ...process.env, OPENBLAS_NUM_THREADS: "1" } });
    return Object.fromEntries([...said.matchAll(/^(\S+) = (.*)$/gm)].map((m) => [m[1], Number(m[2])]));
}

function report(t) {
    const line = (what, ours, theirs, differ) => console.log(`${what}: ${(t[ours] / t[theirs]).toFixed(1)} times LAPACK's ${theirs} `
        + `(${(1e3 * t[ours]).toPrecision(3)} ms / ${(1e3 * t[theirs]).toPrecision(3)} ms; the values differ by ${t[differ]} of the largest)`);
    line("eigenvalues, eig_jacobi on 64×64", "eig_jacobi", "dsyev", "eigenvalues_differ");
    line("singular values, svd_thin on 1797×64", "svd_thin", "dgesdd", "singular_values_differ");
}

const reason = why();
if (reason) {
    console.log(`eigenvalues and singular values against LAPACK: not measured, ${reason}`);
} else {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "descent-lapack-"));
    try {
        report(measure(home));
    } finally {
        fs.rmSync(home, { recursive: true, force: true });
    }
}
