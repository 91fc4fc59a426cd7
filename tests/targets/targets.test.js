#!/usr/bin/env node
// targets.test.js: mat_mul_simd, the reference, is right for every processor that it has a tile for, with gcc and clang, fused or not.
// All are compiled; what this processor cannot run is said aloud and not run. Needs what is tangled; runs in the project's root.
"use strict";
const assert = require("node:assert/strict");
const { execFileSync, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { after, before, test } = require("node:test");

const sources = ["tests/targets/products.c", ...["mat_mul", "mat_mul_blocked", "mat_mul_simd"].map((fn) => `build/key/${fn}/solution.c`)];
const x86 = process.arch === "x64";
const cpu = fs.existsSync("/proc/cpuinfo") ? fs.readFileSync("/proc/cpuinfo", "utf8") : "";
const able = (...flags) => flags.every((flag) => new RegExp(`^flags.*\\b${flag}\\b`, "m").test(cpu));

// The flags of a target, the tile that its macros choose, and whether this processor has its instructions.
const targets = [
    { tile: "avx512", flags: ["-mavx512f", "-mfma"], runs: able("avx512f", "fma"), x86 },
    { tile: "avx2", flags: ["-mavx2", "-mfma"], runs: able("avx2", "fma"), x86 },
    { tile: "portable", flags: [], runs: true, x86: true },
];
const builds = {
    "as the suites are built": ["-O2", "-ffp-contract=off"],
    "as the figure is built": ["-O3", "-ffp-contract=fast"],
    "with sanitizers": ["-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
};

let home;
before(() => (home = fs.mkdtempSync(path.join(os.tmpdir(), "descent-targets-"))));
after(() => fs.rmSync(home, { recursive: true, force: true }));

for (const compiler of ["gcc", "clang"])
    for (const { tile, flags, runs, x86: here } of targets)
        for (const [how, options] of Object.entries(builds)) {
            const name = `mat_mul_simd agrees with mat_mul: ${compiler}, ${tile}, ${how}`;
            if (!here) {
                test(name, { skip: true }, () => {});
                console.log(`# NOT COMPILED, ${compiler} ${tile}: this processor is ${process.arch}`);
                continue;
            }
            test(name, () => {
                const program = path.join(home, `${compiler}-${tile}-${how.replaceAll(" ", "-")}`);
                const clang = compiler === "clang" && how === "with sanitizers" ? ["-fno-sanitize=vla-bound"] : [];
                const built = spawnSync(compiler, ["-std=c2x", "-Wall", "-Wextra", "-Wpedantic", "-Werror", ...options, ...clang, ...flags,
                    "-Iexercises/include", ...sources, "-o", program, "-lm"], { encoding: "utf8" });
                if (built.error) throw new Error(`${compiler} cannot be started: make deps installs it`);
                assert.equal(built.status, 0, built.stderr);
                if (!runs) {
                    console.log(`# NOT RUN, ${compiler} ${tile}: compiled, but this processor has no such instructions`);
                    return;
                }
                assert.equal(execFileSync(program, { encoding: "utf8" }), `${tile}\n`);
            });
        }
