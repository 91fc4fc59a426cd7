#!/usr/bin/env node
// bench-products.js: the ladder of matrix products of chapter 03, measured again: each rung against the one below, the last one
// against OpenBLAS (one thread, same minute) and the plain loop. Prints medians of a few runs. Runs in the project's root.
"use strict";
const { fast, have_openblas } = require("./fast.js");

const ROUNDS = 3;
const runs = Array.from({ length: ROUNDS }, () => fast("build/programs/ladder.c"));

const median = (key) => {
    const all = runs.map((run) => Number(run.get(key))).filter((x) => x > 0).sort((a, b) => a - b);
    return all.length ? all[all.length >> 1] : NaN;
};
const show = (what, key, wanted) => {
    const ratio = median(key);
    const text = Number.isNaN(ratio) ? "not measured" : `${ratio.toFixed(2)} times${wanted ? ` (wanted: ${wanted})` : ""}`;
    console.log(`products, n = ${key.match(/\d+$/)[0]}: ${what}: ${text}`);
};

show("loops i, p, j against i, j, p", "rows_to_naive_512");
show("blocked against i, p, j", "blocked_to_rows_512");
show("blocked against i, p, j", "blocked_to_rows_1536");
show("packed and tiled against blocked", "simd_to_blocked_512");
show("packed and tiled against i, j, p", "simd_to_naive_512", "70");
if (have_openblas) {
    show("packed and tiled against OpenBLAS", "simd_to_blas_512", "0.9");
    show("packed and tiled against OpenBLAS", "simd_to_blas_1024", "0.9");
} else {
    console.log("products: OpenBLAS is not installed; make deps installs it");
}
