#!/usr/bin/env node
// exports.test.js: what is exported is taken in whole by the system it is for (importers.js does as they do), and is not written where
// something would be lost without a word. Runs in the project's root.
const assert = require("node:assert/strict");
const { execFileSync, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { after, before, describe, test } = require("node:test");
const { Class, key, parse } = require("./class.js");
const importers = require("./importers.js");

const odd = "|x| <b>\"A;B\", # 50 % \u202e@all";
const right = key("vec_dot"), wrong = key("vec_dot", "mistake-starts-at-one");
const base = "[course]\nname = A & B <c>\nroster = roster.csv\n[assignment dot]\ntitle = Dot, product\nexercises = vec_dot, pen_01_a\n";
let c;
const grade = (course) => {
    c.write("course.ini", course);
    const done = c.grade();
    assert.equal(done.status, 0, done.err);
    return fs.existsSync(path.join(c.out, "exports/README.txt")) ? c.read("exports/README.txt") : "";
};
const has = (name) => fs.existsSync(path.join(c.out, "exports", name));
const refused = (readme, name, says) => {
    assert.ok(!has(name), `${name} was written`);
    assert.match(readme, new RegExp(`${name.replace(/[.]/g, "\\.")} was not written: `));
    assert.match(readme, says);
};
const percent = (id) => c.sql("SELECT student, percent FROM assignment WHERE assignment = 'dot'").find((r) => r.student === id).percent;

before(() => {
    c = new Class("exports");
    c.add("11", { "vec_dot.c": right, "pen_01_a.c": key("pen_01_a") });
    c.add("12", { "vec_dot.c": wrong });
    c.add("13", { "vec_dot.c": "int main(void) { return 0; }\n" });
    c.write("roster.csv", `student,name,email\r\n11,"Doe, Jane",jane@example.org\r\n12,${`"${odd.replaceAll('"', '""')}"`},jim@example.org\r\n13,Zoë,zoe@example.org\r\n`);
});
after(() => c.remove());

describe("for graders", () => {
    test("Gradescope: results.json by its specification, the points those of the gradebook", () => {
        grade(base);
        for (const id of ["11", "12", "13"]) {
            const r = importers.gradescope(c.read(`exports/gradescope/${id}.json`));
            assert.equal(r.tests.length, 2);
            const [{ earned }] = c.sql(`SELECT earned FROM assignment WHERE student = '${id}'`);
            assert.ok(Math.abs(r.score - earned) < 1e-3);
        }
        const failed = importers.gradescope(c.read("exports/gradescope/12.json")).tests[0];
        assert.match(failed.output, /returned 28, expected 32[\s\S]*The first product is missing[\s\S]*make check EX=vec_dot/);
    });

    test("Autolab: one line of JSON at the end, and only for problems that it knows", () => {
        refused(grade(base), "autolab/11.txt", /Autolab drops the score of a problem that it does not know/);
        refused(grade(`${base}[export]\nautolab = vectors\n`), "autolab/11.txt", /autolab = dot/);
        grade(`${base}[export]\nautolab = dot, other\n`);
        const scores = importers.autolab(c.read("exports/autolab/11.txt"), ["dot", "other"]);
        assert.equal(scores.dot, 2.5);
    });
});

describe("for machines", () => {
    test("TAP 14: versioned, planned, with subtests; what Perl's TAP::Parser, which knows 13, makes of it is the same", () => {
        grade(base);
        const text = c.read("exports/tap/12.tap");
        assert.match(text, /^TAP version 14\n1\.\.2\n/);
        // A subtest: a comment, its plan and points four spaces in, then its own point.
        assert.match(text, /^# Subtest: vec_dot\n {4}1\.\.\d+\n( {4}(not )?ok \d+ - \w+\n( {6}---\n {6}message: ".*"\n {6}\.\.\.\n)?)+not ok 1 - vec_dot\n {2}---\n/m);
        for (const line of text.match(/(?<=message: ).*/g)) assert.equal(typeof JSON.parse(line), "string");
        const old = path.join(c.home, "old.tap");
        fs.writeFileSync(old, text.replace("version 14", "version 13").replace(/^( {4}.*|# Subtest.*)\n/gm, ""));
        const out = execFileSync("perl", ["-MTAP::Parser", "-e", `
            my $p = TAP::Parser->new({ source => $ARGV[0] }); my ($n, $bad) = (0, 0);
            while (my $r = $p->next) { $n++ if $r->is_test; $bad++ if $r->is_test && !$r->is_ok; }
            print join(" ", $n, $bad, scalar $p->parse_errors);`, old], { encoding: "utf8" });
        assert.equal(out, "2 2 0");
    });

    test("JUnit: well-formed, counted right, names escaped", (t) => {
        if (spawnSync("xmllint", ["--version"]).error) return t.skip("needs xmllint");
        execFileSync("xmllint", ["--noout", path.join(c.out, "exports/junit.xml")]);
        const q = (xpath) => execFileSync("xmllint", ["--xpath", xpath, path.join(c.out, "exports/junit.xml")], { encoding: "utf8" }).trim();
        assert.equal(q("count(//testsuite)"), "3");
        assert.equal(q("count(//testcase)"), "6");
        assert.equal(q("sum(//testsuite/@failures)"), q("count(//failure)"));
        assert.equal(q("string(/testsuites/@name)"), "A & B <c>");
        assert.equal(q("string(//testsuite[@name='11']/@failures)"), "0");
    });

    test("GitHub: a table that a name cannot leave, below a megabyte", () => {
        const text = c.read("exports/github.md");
        assert.ok(text.length < 1 << 20);
        const rows = text.split("\n").filter((l) => l.startsWith("|"));
        for (const row of rows) assert.equal(row.split("|").length, rows[0].split("|").length, row);
        assert.doesNotMatch(text, /<b>|@all/);
    });
});

describe("for course systems", () => {
    const students = [{ id: 11, name: "Jane Doe", sis: "S11", login: "jane" }, { id: 12, name: odd, sis: "S12", login: "jim" }, { id: 13, name: "Zoë", sis: "S13", login: "zoe" }, { id: 99, name: "Somebody Else" }];
    const quoted = (x) => (/[",;]/.test(x) ? `"${x.replaceAll('"', '""')}"` : x);
    const gradebook = (more = (r) => r) => [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Dot (77)", "Other (78)", "Final Score"],
        ["    Points Possible", "", "", "", "", "20", "5", "(read only)"],
        ["Doe, Jane", "11", "S11", "jane", "A", "", "3", ""], [odd, "12", "S12", "jim", "A", "7", "", ""], ["Zoë", "13", "S13", "zoe", "A", "", "", ""], ["Else, Somebody", "99", "", "", "B", "4", "", ""]]
        .map(more).map((r) => r.map(quoted).join(",")).join("\r\n");
    const canvas = `${base}canvas = Dot (77)\n[export]\ncanvas = canvas.csv\n`;

    test("Canvas: every student in the row that is theirs, scaled to its points, nobody else's touched", () => {
        c.write("canvas.csv", gradebook());
        grade(canvas);
        const taken = importers.canvas(c.read("exports/canvas.csv"), students, [{ id: 77, title: "Dot" }]);
        assert.equal(taken.size, 3);
        for (const id of [11, 12, 13]) assert.ok(Math.abs(taken.get(id)[77] - percent(String(id)) / 5) < 0.006);
    });

    test("Canvas: refused where it would make a new assignment or student, or skip a row", () => {
        refused(grade(base), "canvas.csv", /Export its gradebook/);
        c.write("canvas.csv", gradebook());
        refused(grade(canvas.replace("Dot (77)", "Dot")), "canvas.csv", /Canvas would make a new assignment/);
        c.write("canvas.csv", gradebook((r) => (r[1] === "13" ? ["Zoë", "14", "S14", "zo", "A", "", "", ""] : r)));
        refused(grade(canvas), "canvas.csv", /1 of your students have no row.*Zoë/);
        c.write("canvas.csv", gradebook((r) => (r[1] === "99" ? ["Doe, Jane", "11", "S11", "jane", "B", "", "", ""] : r)));
        refused(grade(canvas), "canvas.csv", /Doe, Jane/);
        c.write("canvas.csv", gradebook((r) => (r[1] === "13" ? ["Points Possible Zoë", ...r.slice(1)] : r)));
        refused(grade(canvas), "canvas.csv", /Zoë/);
        c.write("canvas.csv", gradebook((r) => r.map((x) => (x === "20" ? "(read only)" : x))));
        refused(grade(canvas), "canvas.csv", /read only/);
        c.write("canvas.csv", "Name,Mark\r\nx,1\r\n");
        refused(grade(canvas), "canvas.csv", /no export of Canvas's gradebook/);
    });

    const moodle = `${base}moodle = dot.csv\n`;
    const worksheet = (more = (r) => r) => `\ufeff${[["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments"],
        ["Participant 501", "Jane Doe", "jane@example.org", "Submitted for grading", "", "20.00", "Yes", "Friday, 3 October 2025, 9:10 PM", "-", ""],
        ["Participant 502", "Jim", "jim@example.org", "Submitted for grading", "3.00", "20.00", "Yes", "-", "Friday, 3 October 2025, 9:10 PM", "=1+1"],
        ["Participant 503", "Zoë", "zoe@example.org", "No submission", "", "20.00", "Yes", "-", "-", ""],
        ["Participant 504", "Other", "other@example.org", "No submission", "", "20.00", "Yes", "-", "-", ""]].map(more).map((r) => r.map(quoted).join(",")).join("\n")}\n`;

    test("Moodle: its own worksheet, filled in; other cells as they were", () => {
        c.write("dot.csv", worksheet());
        grade(moodle);
        const text = c.read("exports/moodle-dot.csv");
        const taken = importers.moodle(text, { 501: { timemodified: 0 }, 502: { timemodified: 0 }, 503: { timemodified: 0 }, 504: { timemodified: 0 } }, 20);
        assert.deepEqual(Object.keys(taken), ["501", "502", "503"]);
        assert.equal(taken[501], 20);
        assert.ok(Math.abs(taken[502] - percent("12") / 5) < 0.006);
        const [head, ...rows] = parse(text), grade_at = head.indexOf("Grade");
        const before = worksheet().replace("\ufeff", "").trim().split("\n").slice(1);
        rows.forEach((row, i) => row.forEach((cell, k) => k !== grade_at && assert.ok(before[i].includes(cell), cell)));
    });

    test("Moodle: never a made-up worksheet; refused where a row would be skipped", () => {
        refused(grade(base), "moodle-dot.csv", /only the worksheet that it handed out/);
        for (const [change, says] of [
            [(r) => (r[0].endsWith("503") ? [...r.slice(0, 6), "No", ...r.slice(7)] : r), /locked in Moodle/],
            [(r) => (r[0].endsWith("503") ? r.with(2, "someone@example.org").with(1, "Z") : r), /Zoë has no row/],
            [(r) => (r[0].endsWith("504") ? r.with(2, "jane@example.org") : r), /more than one student, or a student to more than one row/],
            [(r) => (r[0].endsWith("501") ? r.with(5, "-") : r), /no Maximum Grade/],
            [(r) => (r[0] === "Identifier" ? r.with(0, "Identifikation") : r), /no grading worksheet of Moodle in English/],
        ]) {
            c.write("dot.csv", worksheet(change));
            refused(grade(moodle), "moodle-dot.csv", says);
        }
    });
});

test("what the grader could not judge is never exported as points that were lost", () => {
    // Nothing that judges can be started, and the records that would be found are not there.
    const work = path.join(c.out, ".work");
    execFileSync("sqlite3", [path.join(work, "records.sqlite"), "DELETE FROM record"]);
    c.write("course.ini", base);
    const done = spawnSync("build/bin/descent", ["grade", `SUBMISSIONS=${c.folder}`, `OUT=${c.out}`, "UNPROTECTED=yes"],
        { encoding: "utf8", env: { ...process.env, PATH: "/nowhere" } });
    assert.equal(done.status, 1, done.stderr + done.stdout);
    assert.match(done.stdout, /3 submissions could not be judged by a fault of the grader: nothing was taken off/);
    refused(c.read("exports/README.txt"), "gradescope/12.json", /would read as points lost/);
    assert.deepEqual(c.sql("SELECT earned, points, percent FROM assignment WHERE student = '12'"), [{ earned: 0, points: 0, percent: null }]);
    assert.equal(c.book()[12]["Total percent"], "");
    assert.match(c.read("students/12.txt"), /not judged yet; does not count/);
    // And it is judged again the next time.
    const again = c.grade();
    assert.equal(again.status, 0, again.err);
    assert.match(again.out, /3 submissions judged now/);
    assert.deepEqual(c.sql("SELECT verdict FROM exercise WHERE student = '12' AND fn = 'vec_dot'"), [{ verdict: "FAIL" }]);
});
