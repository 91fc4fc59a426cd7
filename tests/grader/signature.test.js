// The grammar of the prototypes: it reads the whole library of the book, and refuses what it does not understand.
"use strict";
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { after, before, describe, test } = require("node:test");

const library = fs.readFileSync("tests/grader/library.txt", "utf8");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "descent-"));
after(() => fs.rmSync(folder, { recursive: true }));

// By name; a signature, or the words of the refusal.
function read(text) {
    const list = path.join(folder, "list");
    fs.writeFileSync(list, text);
    const said = execFileSync("pandoc", ["-f", "markdown", "-t", "plain", "-L", "tests/grader/signatures.lua", "-M", `list=${list}`, "/dev/null"]);
    const all = JSON.parse(said);
    return new Map(all.map((one) => [one.prototype.match(/(\w+)\s*\(/)[1], one.signature ?? one.why]));
}

describe("the library", () => {
    let all;
    const parameter = (fn, name) => all.get(fn).parameters.find((p) => p.name === name);
    before(() => (all = read(library)));

    test("every prototype has a signature", () => {
        assert.equal(all.size, library.match(/^(?!typedef|enum|#).*\);$/gm).length);
        for (const [fn, signature] of all) assert.equal(typeof signature, "object", `${fn}: ${signature}`);
    });

    test("what it says can be written as the same prototype again", () => {
        for (const line of library.match(/^(?!typedef|enum|#).*\);$/gm)) {
            const fn = line.match(/(\w+)\(/)[1], signature = all.get(fn);
            const star = (p) => (["object", "ctx", "text"].includes(p.kind) ? `${p.type} *` : `${p.type} `).replace(/\* $/, "*");
            const written = signature.parameters.map((p) =>
                `${p.const ? "const " : ""}${star(p)}${p.name}${p.dims.map((d) => `[${d}]`).join("")}`).join(", ") || "void";
            const tidy = (text) => text.replace(/\*const /g, "*").replace(/ \*/g, "*").replace(/\*(?=\w)/g, "* ");
            assert.equal(tidy(`${signature.returns} ${fn}(${written});`), tidy(line));
        }
    });

    test("shapes are expressions over the parameters", () => {
        assert.deepEqual(parameter("tensor_broadcast", "shape").dims, ["na > nb ? na : nb"]);
        assert.deepEqual(parameter("opt_gd", "history").dims, ["max_iter + 1"]);
        assert.deepEqual(parameter("nn_forward", "X").dims, ["n", "s.din"]);
        assert.deepEqual(parameter("nn_train", "history").dims, ["epochs", "3"]);
    });

    test("kinds", () => {
        for (const [fn, name, kind, type] of [
            ["lin_solve_lower", "unit_diag", "scalar", "bool"], ["nn_count", "s", "struct", "nn_shape"], ["dual_mul", "a", "struct", "dual"],
            ["lin_lu", "piv", "array", "size_t"], ["nn_save", "text", "array", "char"], ["rng_next", "r", "object", "rng"],
            ["eig_power", "lambda", "object", "double"], ["diff_grad", "f", "callback", "fnd"], ["diff_grad", "ctx", "ctx", "void"],
            ["ad_mul", "a", "scalar", "ad_var"], ["ad_mul", "t", "object", "ad_tape"], ["plot_data", "figure", "text", "char"],
        ]) {
            assert.equal(parameter(fn, name).kind, kind, `${fn} ${name}`);
            assert.equal(parameter(fn, name).type, type, `${fn} ${name}`);
        }
        assert.equal(parameter("lin_lu_solve", "piv").const, true);
        assert.equal(parameter("lin_lu", "piv").const, false);
    });

    test("a callback is called with the function's own sizes", () => {
        for (const [fn, name, bind] of [
            ["diff_grad", "f", { d: "d" }], ["stats_bootstrap", "stat", { d: "n" }], ["opt_gd", "J", { d: "p" }],
            ["opt_gd", "dJ", { m: "p", d: "p" }], ["opt_newton", "d2J", { d: "p" }], ["diff_jacobian", "f", { m: "m", d: "d" }],
            ["rng_mc_mean", "f", {}],
        ]) assert.deepEqual(parameter(fn, name).bind, bind, `${fn} ${name}`);
        assert.equal(parameter("rng_mc_mean", "f").signature.parameters[1].type, "rng");
    });
});

test("what is not of the style is refused, with the reason", () => {
    const refused = read([
        "double a(size_t n, double *x[n]", "double b(double x[n], size_t n);", "double c(matrix A);", "double d(size_t n, double **x);",
        "double e(size_t n, double x[n][n], double x[n]);", "double f(unsigned n);", "double g(fn1 f, double x);", "void h(fnd f, void *ctx);",
        "double i(size_t n, const double x[n++]);", "double j(size_t n, const double x[]);", "double k(const void *p);", "int l();",
        "double m(size_t n, double x[sizeof(n)]);", "inline double o(double x);", "double q(size_t n, double x[n]) { return 0; }",
    ].join("\n") + "\n" + library.match(/^typedef.*$/gm).join("\n"));
    const expected = {
        a: /house style at its end/, b: /the shape of x names n, which is no parameter before it/, c: /no header says what a matrix is/,
        d: /pointer to a pointer/, e: /two parameters are called x/, f: /house style at “unsigned n/, g: /callback f is not followed by its void \*ctx/,
        h: /the callback f wants a size d, and the function has none/, i: /house style/, j: /house style/, k: /the type of a ctx only/,
        l: /house style/, m: /house style/, o: /house style/, q: /house style/,
    };
    for (const [fn, says] of Object.entries(expected)) assert.match(String(refused.get(fn)), says, fn);
});
