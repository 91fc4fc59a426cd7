// fast.js: builds a C program as the book's programs that measure are built, with the reference's functions, for this processor, and
// with OpenBLAS where it is installed; runs it in a folder of its own and returns what it printed: key -> text.
"use strict";
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

// The flags have their one home in build.c.
const text = fs.readFileSync("tests/runner/build.c", "utf8");
const flags = ["base", "fast"].flatMap((name) =>
    [...text.match(new RegExp(`\\b${name}\\[\\] = \\{([^}]*)\\}`))[1].matchAll(/"([^"]*)"/g)].map((m) => m[1]));

const have_openblas = execFileSync("gcc", ["-print-file-name=libopenblas.so"], { encoding: "utf8" }).includes("/");

function fast(source) {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "descent-fast-"));
    try {
        const program = path.join(home, "program");
        execFileSync("build/bin/descent", ["library", "reference-fast"], { stdio: "inherit" });
        execFileSync("gcc", [...flags, "-Iexercises/include", source, "build/reference-fast/libdescent.a",
            ...(have_openblas ? ["-Wl,--no-as-needed", "-lopenblas"] : []), "-lm", "-o", program], { stdio: "inherit" });
        const said = execFileSync(program, [], {
            encoding: "utf8",
            env: { ...process.env, OPENBLAS_NUM_THREADS: "1", DESCENT_FIGURES: home },
        });
        return new Map([...said.matchAll(/^(\S+) = (.*)$/gm)].map((m) => [m[1], m[2]]));
    } finally {
        fs.rmSync(home, { recursive: true, force: true });
    }
}

module.exports = { fast, have_openblas };
