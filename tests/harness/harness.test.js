#!/usr/bin/env node
// harness.test.js: what the harness reports of selftest/learners.c, a suite of good and bad programs.
// Runs in the project's root; needs exercises/include/types.h.
const assert = require("node:assert/strict");
const { execFileSync, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { after, before, describe, test } = require("node:test");


const sources = [
    ...fs.readdirSync("tests/harness").filter((f) => f.endsWith(".c")).map((f) => `tests/harness/${f}`),
    "tests/harness/selftest/learners.c",
];
const flags = "-std=c2x -Wall -Wextra -Wpedantic -Werror -O2 -ffp-contract=off".split(" ");
const sanitizers = "-g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer".split(" ");
const wraps = "-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc";

let home;
before(() => (home = fs.mkdtempSync(path.join(os.tmpdir(), "harness-"))));
after(() => fs.rmSync(home, { recursive: true, force: true }));

function build(name, extra, link = [wraps]) {
    const check = execFileSync("pkg-config", ["--libs", "check"], { encoding: "utf8" }).trim().split(" ");
    const program = path.join(home, name);
    execFileSync("gcc", [...flags, ...extra, "-Iexercises/include", "-Itests/harness", ...sources, ...link, ...check, "-o", program]);
    return program;
}

// As g_strcompress does.
function unescaped(text) {
    const letters = { b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };
    const bytes = [];
    for (let i = 0; i < text.length; i++) {
        if (text[i] !== "\\") bytes.push(text.charCodeAt(i));
        else if (/[0-7]/.test(text[i + 1])) bytes.push(parseInt(text.slice(i + 1, (i += 3) + 1), 8));
        else bytes.push(letters[text[++i]] ?? text.charCodeAt(i));
    }
    return Buffer.from(bytes).toString("utf8");
}

function run(program, only, env = {}) {
    const report = path.join(home, "report");
    fs.rmSync(report, { force: true });
    const done = spawnSync(program, {
        encoding: "utf8",
        maxBuffer: 1 << 26,
        env: { ...process.env, DESCENT_TIMEOUT: "2", SEED: "", ...env, DESCENT_CASE: only, DESCENT_REPORT: report },
    });
    const tests = {};
    const found = { ...done, tests, notes: [] };
    for (const line of fs.existsSync(report) ? fs.readFileSync(report, "latin1").split("\n") : []) {
        const field = line.split("\t");
        if (field[0] === "plan") found.plan = +field[1];
        if (field[0] === "note") found.notes.push(field[1]);
        if (field[0] === "end") found.end = field.slice(1).map(Number);
        if (field[0] === "test")
            tests[unescaped(field[2])] = { outcome: field[1], line: +field[3], message: unescaped(field[4]) };
    }
    return found;
}

const suite = fs.readFileSync("tests/harness/selftest/learners.c", "utf8").split("\n");
const begin = (name) => (name.includes("(") ? name : `START_TEST(${name})`);
// The line on which the text stands, after the beginning of that test.
const line_of = (name, text) =>
    suite.findIndex((line, i) => i > suite.findIndex((l) => l.includes(begin(name))) && line.includes(text)) + 1;

const xy = "\n    x = {1, 2, 3}\n    y = {4, 5, 6}\n";

// What holds however the program was built.
const everywhere = {
    values: {
        right: ["pass", ""],
        wrong: ["fail", `dot(3, x, y) returned 28, expected 32${xy}    a = 0.1\n    k = SIZE_MAX\n  the products are 4, 10 and 18\n`],
        nearly: ["fail", `dot(3, x, y) returned 32.000000003, expected 32 (off by 3e-9; the bound for this problem is 1e-14)${xy}`],
        not_a_number: ["fail", `dot(3, x, y) returned NaN, expected -INFINITY${xy}`],
        names: ["fail", `dot(3, x, y): the cost at the end is 0.1, expected 0.25${xy}`],
        statuses: ["fail", `dot(3, x, y) returned TODO, expected SINGULAR${xy}`],
        sizes: ["fail", `dot(3, x, y) returned SIZE_MAX, expected 2${xy}`],
        truth: ["fail", `dot(3, x, y) returned false, expected true${xy}`],
        property: ["fail", `dot(3, x, y): a correlation lies in [-1, 1], this one is 1.5${xy}`],
        checks_own: ["fail", `dot(3, x, y): Assertion '1 == 2' failed: 1 == 1, 2 == 2${xy}`],
        long_message: ["fail", `dot(3, x, y): ${"m".repeat(10000)}${xy}  short\n`],
        long_message_of_check: ["fail", `dot(3, x, y): ${"m".repeat(6000)}${xy}`],
        odd_letters: ["fail", `dot(3, x, y): tab\t quote" backslash\\ dash – line\nend${xy}`],
    },
    traps: {
        changes_input: ["fail", `dot(3, x, y) changed its input x: x[1] was 2, is 4${xy}`],
        changes_input_then_goes_on: ["fail", `dot(3, x, y) changed its input x: x[1] was 2, is 4${xy}`],
        changes_input_then_ends: ["fail", `dot(3, x, y) changed its input x: x[1] was 2, is 4${xy}`],
        changes_matrix: ["fail", "look(2, 2, A) changed its input A: A[1][0] was 3, is NaN\n    A = {{1, 2},\n         {3, 4}}\n"],
        never_writes: ["fail", "twice(3, out, x): out[2] was never written (it still holds the NaN that was there before the call)\n" +
            "    out = {2, 4, unwritten}\n    expected out = {2, 4, 6}\n    x = {1, 2, 3}\n"],
        never_writes_nan: ["fail", /^twice\(3, out, x\): out\[0\] was never written/],
        adds_to_nothing: ["fail", /^twice\(3, out, x\): out\[0\] was computed from what out held before the call/],
        writes_wrong: ["fail", "add(3, y, x): y[1] is 1, expected 3\n    y before = {1, 1, 1}\n    y after = {2, 1, 1}\n" +
            "    expected y = {2, 3, 4}\n    x = {1, 2, 3}\n"],
        writes_wrong_matrix: ["fail", "transpose(2, 3, At, A): At[0][1] is 2, expected 4\n" +
            "    At = {{1, 2},\n          {3, 4},\n          {5, 6}}\n" +
            "    expected At = {{1, 4},\n                   {2, 5},\n                   {3, 6}}\n" +
            "    A = {{1, 2, 3},\n         {4, 5, 6}}\n"],
        long_vector: ["fail", "copy(200, out, x): out[100] is -1, expected 100\n" +
            "    out = {…, [96] = 96, 97, 98, 99, -1, 101, 102, 103, …} (200 numbers)\n" +
            "    expected out = {…, [96] = 96, 97, 98, 99, 100, 101, 102, 103, …} (200 numbers)\n" +
            "    x = {…, [96] = 96, 97, 98, 99, 100, 101, 102, 103, …} (200 numbers)\n" +
            "    w = {0, 1, 2, 3, 4, 5, 6, 7, …} (9 numbers)\n"],
        large_matrix: ["fail", /^copy\(20, 30, C, A\): C\[10\]\[15\] is 0\.5, expected 315\n(.*\n)+.*\(20 × 30\)\n$/],
        indices: ["fail", "sort(3, order, x): order[1] is SIZE_MAX, expected 2\n    order = {0, SIZE_MAX, unwritten}\n    expected order = {0, 2, 1}\n"],
        indices_unwritten: ["fail", /^sort\(3, order, x\): order\[1\] was never written\n/],
        each_its_bound: ["fail", /^twice\(3, out, x\): out\[2\] is 6\.1, expected 6\n/],
        touches: ["fail", "keep(2, y) wrote y[1], and must leave y alone here\n    y before = {1, 2}\n    y after = {1, 3}\n    expected y = {1, 2}\n"],
        touches_output: ["fail", /^twice\(3, out, x\) wrote out\[2\], and must leave out alone here\n/],
    },
    ends: {
        exits: ["exit", `dot(3, x, y) called exit(0), so the test never reached its end${xy}`],
        exits_three: ["exit", `dot(3, x, y) called exit(3), so the test never reached its end${xy}`],
        exits_at_once: ["exit", `dot(3, x, y) called exit(0), so the test never reached its end${xy}`],
        aborts: ["crash", `dot(3, x, y) crashed: abort() was called, or an assert failed (signal 6)${xy}`],
        keeps: ["pass", ""],
        prints: ["pass", ""],
    },
    late: {
        loops: ["timeout", `dot(3, x, y) had not returned after 2 seconds${xy}`],
        after_loops: ["timeout", "late was not tested further, after it took too long"],
    },
    harness: {
        malloc_failing: ["pass", ""],
        malloc_failing_later: ["pass", ""],
        malloc_failing_then_wrong: ["fail", `dot(3, x, y) returned 1, expected 32${xy}`],
        misused: ["fail", /^The suite is at fault, not the program: expect_vec/],
        sizes_grow: ["pass", ""],
        yardsticks: ["pass", ""],
        "turn[0]": ["pass", ""],
        "turn[1]": ["fail", "turn(1): the second turn fails\n"],
        "turn[2]": ["pass", ""],
    },
};

const sanitized = {
    traps: {
        reads_past: ["sanitizer", `dot(3, x, y) read x[3], past the end of its 3 numbers${xy}`],
        reads_empty: ["sanitizer", "dot(0, x, y) read x[0], but x is empty\n    x = {}\n"],
        writes_past: ["sanitizer", "twice(3, out, x) wrote out[3], past the end of its 3 numbers\n    x = {1, 2, 3}\n"],
        writes_before: ["sanitizer", "twice(3, out, x) wrote out[-1], before the beginning of out\n    x = {1, 2, 3}\n"],
        writes_past_matrix: ["sanitizer", "fill(2, 3, A) wrote A[2][1], past the end of its 2 × 3 numbers"],
    },
    ends: {
        uses_null: ["sanitizer", `dot(3, x, y) was stopped before it could return${xy}`],
        overflows: ["sanitizer", `dot(3, x, y) was stopped before it could return${xy}`],
        recurses: ["sanitizer", `dot(3, x, y) was stopped before it could return${xy}`],
        leaks: ["leak", `dot(3, x, y) allocated memory that it did not free${xy}`],
        leaks_again: ["leak", "sum(4) allocated memory that it did not free\n"],
    },
};

const bare = {
    traps: {
        writes_past: ["fail", "twice(3, out, x) wrote out[3], past the end of its 3 numbers\n    x = {1, 2, 3}\n"],
        writes_before: ["fail", "twice(3, out, x) wrote out[-1], before the beginning of out\n    x = {1, 2, 3}\n"],
        writes_past_matrix: ["fail", "fill(2, 3, A) wrote A[2][1], past the end of its 2 × 3 numbers\n"],
    },
    ends: {
        uses_null: ["crash", `dot(3, x, y) crashed: it used memory that is not its own (signal 11)${xy}`],
        recurses: ["crash", `dot(3, x, y) crashed: it used memory that is not its own (signal 11)${xy}`],
    },
};

function holds(program, ...tables) {
    for (const name of Object.keys(everywhere)) {
        const found = run(program, name);
        assert.equal(found.plan, Object.keys(found.tests).length, `${name} is whole`);
        assert.deepEqual(found.end, [found.plan, found.plan], `${name} has its end`);
        const passed = Object.values(found.tests).every((one) => one.outcome === "pass");
        assert.equal(found.status, passed ? 0 : 1, `exit status of ${name}`);
        for (const table of tables)
            for (const [one, [outcome, message]] of Object.entries(table[name] ?? {})) {
                const got = found.tests[one];
                if (message instanceof RegExp) assert.match(got.message, message, one);
                else if (message.length > 1000) assert.ok(got.message === message, one);
                else assert.equal(got.message, message, one);
                assert.equal(got.outcome, outcome, one);
            }
    }
}

describe("with the sanitizers", () => {
    let program;
    before(() => (program = build("sanitized", sanitizers)));

    test("each program is reported as what it is", () => holds(program, everywhere, sanitized));

    test("a sanitizer reports once a run, a leak with its line", () => {
        const { stderr } = run(program, "ends");
        assert.equal(stderr.match(/ERROR: AddressSanitizer/g).length, 1);
        assert.equal(stderr.match(/ERROR: LeakSanitizer/g).length, 1);
        assert.match(stderr, new RegExp(`learners\\.c:${line_of("leaks", "lost = malloc")}\\b`));
    });

    test("what was printed before a crash or a time-out is not lost, nor doubled", () =>
        assert.equal(run(program, "printing").stdout, "before abortbefore crashbefore loop"));

    test("where LeakSanitizer may not look, the report says so and the test goes on", () => {
        const found = run(program, "unseen");
        assert.deepEqual(found.notes, ["no-leak-check"]);
        assert.equal(found.tests.leaks_unseen.outcome, "fail");
        assert.match(found.tests.leaks_unseen.message, /returned 32, expected 33/);
    });
});

describe("without them", () => {
    let program;
    before(() => (program = build("bare", [])));

    test("each program is reported as what it is", () => holds(program, everywhere, bare));

    test("a test that waits without end is stopped as well", () => {
        const { tests } = run(program, "asleep", { DESCENT_TIMEOUT: "0.2" });
        assert.equal(tests.sleeps.outcome, "timeout");
        assert.equal(tests.after_loops.outcome, "timeout");
    });

    test("the line is that of the call or expectation that failed", () => {
        const { tests } = run(program, "values");
        assert.equal(tests.wrong.line, line_of("wrong", "expect_num"));
        assert.equal(tests.property.line, line_of("property", "expect(false"));
        assert.equal(run(program, "ends").tests.exits.line, line_of("given(void)", "in_vec") - 1);
    });

    test("random inputs depend on the seed and the test's name, not on what ran before", () => {
        const drawn = (name, seed) => run(program, name, { SEED: seed }).tests.draws.message;
        assert.equal(drawn("draws", "7"), drawn("values", "7"));
        assert.equal(drawn("draws", "1"), drawn("draws", ""));
        assert.notEqual(drawn("draws", "7"), drawn("draws", "8"));
        for (const seed of ["2", "3", "18446744073709551615"])
            assert.equal(run(program, "right", { SEED: seed }).tests.right.outcome, "pass");
    });

    test("a name that no TCase has, or a TCase without tests, never passes", () => {
        const none = run(program, "no_such");
        assert.equal(none.status, 3);
        assert.match(none.stderr, /no TCase no_such/);
        assert.equal(none.plan, undefined);
        assert.equal(run(program, "empty").status, 1);
    });

    test("Check's own variables change nothing", () => {
        const env = { CK_FORK: "no", CK_RUN_CASE: "values", CK_MAX_MSG_SIZE: "10", CK_TIMEOUT_MULTIPLIER: "0.001" };
        const { tests } = run(program, "ends", env);
        assert.equal(tests.exits.outcome, "exit");
        assert.equal(tests.prints.outcome, "pass");
    });

    test("without a report's file it speaks TAP", () => {
        const { stdout, status } = spawnSync(program, {
            encoding: "utf8",
            env: { ...process.env, DESCENT_CASE: "harness", DESCENT_REPORT: "" },
        });
        assert.equal(status, 1);
        assert.match(stdout, /^1\.\.9\nok 1 - malloc_failing\nok 2 - malloc_failing_later\nnot ok 3 - .*: fail\n# dot\(3, x, y\) returned 1, expected 32\n/);
    });
});
