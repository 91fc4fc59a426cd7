#!/usr/bin/env node
// packaging.test.js: every case of tests/torture/packaging.js is taken in, and is what it says. Runs in the project's root.
const assert = require("node:assert/strict");
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { after, before, test } = require("node:test");
const packaging = require("../torture/packaging.js");

const key = (fn) => fs.readFileSync(`build/key/${fn}/solution.c`, "utf8").replace(/^#line.*\n/gm, "");
const right = key("vec_dot"), stub = fs.readFileSync("build/stubs/01-vectors/vec_dot.c", "utf8");
const cases = packaging(right, stub);
const home = fs.mkdtempSync(path.join(os.tmpdir(), "intake-"));
after(() => fs.rmSync(home, { recursive: true, force: true }));

// What is shown of a name: as words_shown of the grader has it.
const shown = (name) => name.replace(/[\n\\]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`).replace(/\u202e/g, "\\u202e");

function take(folder, into = path.join(home, `into-${path.basename(folder)}`)) {
    fs.mkdirSync(into, { recursive: true });
    const began = Date.now();
    const done = spawnSync("build/bin/descent", ["intake", `SUBMISSIONS=${folder}`, `INTO=${into}`], { encoding: "utf8" });
    const roll = done.status === 0 ? JSON.parse(fs.readFileSync(path.join(into, "roll.json"), "utf8")) : null;
    const of = (student) => {
        const one = roll.sent.find((s) => s.student === student);
        assert.ok(one, `${student} is not in ${roll.sent.map((s) => s.student).join()}`);
        const at = path.join(into, "in", one.folder);
        return { ...one, intake: JSON.parse(fs.readFileSync(path.join(at, "intake.json"), "utf8")), at, names: fs.readdirSync(at) };
    };
    return { ...done, roll, of, seconds: (Date.now() - began) / 1000 };
}

let taken;
before(() => {
    const folder = path.join(home, "class");
    fs.mkdirSync(folder);
    for (const { name, make, entry, content } of cases)
        if (make) {
            fs.mkdirSync(path.join(folder, name));
            make(path.join(folder, name));
        } else {
            fs.writeFileSync(path.join(folder, entry), content());
        }
    taken = take(folder);
    assert.equal(taken.status, 0, taken.stderr);
});

test("there are more than thirty cases, each a student of its own", () => {
    assert.ok(cases.length >= 30);
    assert.equal(taken.roll.sent.length, cases.length);
    assert.equal(new Set(taken.roll.sent.map((s) => s.student)).size, cases.length);
});

test("all of it takes less than a minute", () => assert.ok(taken.seconds < 60, `${taken.seconds} s`));

for (const { name, tries, verdict, says, notes } of cases)
    test(`${shown(name)}: ${shown(tries)}`, () => {
        const { intake, names, at } = taken.of(shown(name));
        const file = intake.files.find((f) => f.fn === "vec_dot"), refused = intake.refused.find((r) => r.fn === "vec_dot");
        const text = JSON.stringify(intake);
        if (verdict === "PASS") {
            assert.ok(file, text);
            const body = fs.readFileSync(path.join(at, "vec_dot.c"), "utf8");
            assert.ok(body.endsWith(right), body.slice(0, 200));
        } else {
            assert.ok(!file, text);
            assert.equal(refused ? refused.verdict : "MISSING", verdict, text);
            if (says) assert.match(refused.why, says);
        }
        if (notes) assert.match([...(file?.notes ?? []), ...intake.notes].join("\n"), notes);
        // Only names of ours, only files.
        for (const one of names) assert.match(one, /^([a-z0-9_]+\.c|intake\.json)$/);
    });

test("nothing was written elsewhere", () => {
    assert.ok(!fs.existsSync("/tmp/vec_dot.c") && !fs.existsSync("/etc/vec_dot.c") && !fs.existsSync("pwned"));
});

// ------------------------------------------------------------------ shapes

function shape(name, files) {
    const folder = path.join(home, name);
    for (const [file, content] of Object.entries(files)) {
        fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        fs.writeFileSync(path.join(folder, file), content);
    }
    return take(folder);
}

test("Canvas: one flat folder, LATE in the names, resubmissions with a number", () => {
    const t = shape("canvas", {
        "doejane_41_9001_vec_dot-2.c": right, "doejane_41_9001_vec_axpy.c": key("vec_axpy"),
        "roejim_LATE_42_9002_vec_dot.c": right, "poeann_43_9003_work.zip": require("../torture/packing.js").zip([["vec_dot.c", right]]),
    });
    assert.equal(t.roll.shape, "Canvas");
    assert.deepEqual(t.roll.sent.map((s) => [s.student, s.name, s.lms, s.late]), [["41", "doejane", "41", false], ["42", "roejim", "42", true], ["43", "poeann", "43", false]]);
    assert.deepEqual(t.of("41").names.sort(), ["intake.json", "vec_axpy.c", "vec_dot.c"]);
    assert.ok(t.of("43").names.includes("vec_dot.c"));
});

test("Moodle: a folder a student with the participant's number, or flat", () => {
    const t = shape("moodle", {
        "Jane Doe_123_assignsubmission_file_/vec_dot.c": right, "Jim_Roe_124_assignsubmission_file_vec_dot.c": right,
        "Jane Doe_123_assignsubmission_onlinetext_/onlinetext.html": "<p>Hello</p>",
    });
    assert.equal(t.roll.shape, "Moodle");
    assert.deepEqual(t.roll.sent.map((s) => [s.student, s.name]), [["123", "Jane Doe"], ["124", "Jim_Roe"]]);
    for (const s of ["123", "124"]) assert.ok(t.of(s).names.includes("vec_dot.c"));
});

test("Gradescope: submission_metadata.yml names student and time", () => {
    const entry = (id, name, at) => `submission_${id}:\n  :submitters:\n  - :name: ${name}\n    :sid: '${id}'\n    :email: ${name.split(" ")[0].toLowerCase()}@example.org\n  :created_at: ${at}\n  :score: 3.0\n  :results:\n    tests:\n    - name: x\n`;
    const t = shape("gradescope", {
        "submission_metadata.yml": `---\n${entry(7, "Jane Doe", "2025-10-03 17:12:01.123456000 Z")}${entry(8, "Jim Roe", "2025-10-04 00:00:00.000000000 Z")}`,
        "submission_7/vec_dot.c": right, "submission_8/src/vec_dot.c": right,
    });
    assert.equal(t.roll.shape, "Gradescope");
    assert.deepEqual(t.roll.sent.map((s) => [s.student, s.name, s.submitted]),
        [["jane@example.org", "Jane Doe", Date.UTC(2025, 9, 3, 17, 12, 1) / 1000], ["jim@example.org", "Jim Roe", Date.UTC(2025, 9, 4) / 1000]]);
});

test("GitHub Classroom: clones, whose common beginning is the assignment", () => {
    const t = shape("classroom", {
        "descent-jane/.git/config": "[core]\n\tfsmonitor = touch pwned\n", "descent-jane/exercises/01-vectors/vec_dot.c": right,
        "descent-jim-roe/.git/config": "", "descent-jim-roe/exercises/01-vectors/vec_dot.c": right,
    });
    assert.equal(t.roll.shape, "GitHub Classroom");
    assert.deepEqual(t.roll.sent.map((s) => s.student), ["jane", "jim-roe"]);
});

test("e-mail: the sender is the student, each message an attempt", () => {
    const mail = (from, date, text) => `From: ${from}\r\nDate: ${date}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHere.\r\n--b\r\nContent-Type: text/x-c; name="vec_dot.c"\r\nContent-Disposition: attachment; filename="vec_dot.c"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(text).toString("base64")}\r\n--b--\r\n`;
    const t = shape("mail", {
        "1.eml": mail("Jane Doe <Jane@Example.org>", "Fri, 3 Oct 2025 20:00:00 +0200", stub),
        "2.eml": mail("Jane Doe <jane@example.org>", "Fri, 3 Oct 2025 19:30:00 +0000", right),
    });
    assert.equal(t.roll.shape, "e-mail");
    assert.deepEqual(t.roll.sent.map((s) => [s.student, s.name, s.submitted]),
        [["jane@example.org", "Jane Doe", Date.UTC(2025, 9, 3, 18) / 1000], ["jane@example.org", "Jane Doe", Date.UTC(2025, 9, 3, 19, 30) / 1000]]);
});

test("a whole class in one zip, and sent.csv with names and times", () => {
    const { zip } = require("../torture/packing.js");
    const file = path.join(home, "class.zip");
    fs.writeFileSync(file, zip([["jane/vec_dot.c", right], ["jim-2/vec_dot.c", right], ["jim-1/vec_dot.c", stub], ["../out/vec_dot.c", right],
        ["sent.csv", "\ufeffentry,student,submitted,name\r\njim-1,jim,2025-10-03T20:00:00+02:00,\"Roe, Jim\"\r\njim-2,jim,2025-10-03 21:00 Z,\r\n"]]));
    const t = take(file);
    assert.equal(t.status, 0, t.stderr);
    assert.deepEqual(t.roll.sent.map((s) => [s.student, s.submitted]), [["jane", null], ["jim", Date.UTC(2025, 9, 3, 18) / 1000], ["jim", Date.UTC(2025, 9, 3, 21) / 1000]]);
    assert.ok(!fs.existsSync(path.join(home, "out")));
});

test("what is wrong with a folder is said: none, one student's tree, a wrong sent.csv", () => {
    for (const [files, says] of [
        [{ "exercises/01-vectors/vec_dot.c": right }, /looks like one student's own tree/],
        [{ "jane/vec_dot.c": right, "sent.csv": "entry,student\njim,jim\n" }, /sent\.csv: row 2 names jim/],
        [{ "jane/vec_dot.c": right, "sent.csv": "entry,submitted\njane,yesterday\n" }, /yesterday is no time with its zone/],
        [{ "jane/vec_dot.c": right, "sent.csv": "who\njane\n" }, /no column entry/],
        [{ "submission_metadata.yml": "a: [b", "submission_1/vec_dot.c": right }, /submission_metadata\.yml:\d+/],
    ]) {
        const t = shape(`wrong-${Math.random()}`, files);
        assert.equal(t.status, 2);
        assert.match(t.stderr, says);
    }
    assert.match(take(path.join(home, "nowhere")).stderr, /neither a folder nor an archive/);
});

test("a file that cannot be read is the grader's trouble, not the student's", (t) => {
    if (process.getuid() === 0) return t.skip("root reads everything");
    const folder = path.join(home, "unread");
    fs.mkdirSync(path.join(folder, "jane"), { recursive: true });
    fs.writeFileSync(path.join(folder, "jane/vec_dot.c"), right, { mode: 0 });
    assert.equal(take(folder).of("jane").intake.refused[0].verdict, "GRADER-ERROR");
});

test("the real judge gives each its verdict, and each student reads why", (t) => {
    const { Class } = require("./class.js");
    const c = new Class("packaging");
    t.after(() => c.remove());
    fs.rmSync(c.folder, { recursive: true });
    fs.symlinkSync(path.join(home, "class"), c.folder);
    const course = path.join(c.home, "course.ini");
    fs.writeFileSync(course, "[assignment dot]\nexercises = vec_dot\n");
    const done = c.grade(`COURSE=${course}`);
    assert.equal(done.status, 0, done.err + done.out);
    const rows = Object.fromEntries(c.sql("SELECT e.student AS student, verdict, earned, report FROM exercise e JOIN student s ON s.id = e.student").map((r) => [r.student, r]));
    for (const { name, verdict, says } of cases) {
        const row = rows[shown(name)];
        assert.equal(row.verdict, verdict, shown(name));
        assert.equal(row.earned, verdict === "PASS" ? 1.5 : 0, shown(name));
        if (says) assert.match(c.read(row.report.replace(".html", ".txt")).replace(/\s+/g, " "), says, shown(name));
    }
});
