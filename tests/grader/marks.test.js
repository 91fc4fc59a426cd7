#!/usr/bin/env node
// marks.test.js: what course.ini says is what the gradebook has: weights, deadlines, zones, lateness, extensions, attempts, seeds. One
// small class is judged once; after that only its marks are computed anew. Runs in the project's root.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { after, before, describe, test } = require("node:test");
const { Class, key, stub, parse } = require("./class.js");

const right = key("vec_dot"), wrong = key("vec_dot", "mistake-starts-at-one");
let c;
const near = (actual, expected, what) => assert.ok(Math.abs(actual - expected) < 0.006, `${what ?? ""} ${actual}, expected ${expected}`);
const course = (text) => c.write("course.ini", text);
// Grades again, without judging anything again; the total percent of each student.
function totals(text, status = 0) {
    course(text);
    const done = c.grade();
    assert.equal(done.status, status, done.err + done.out);
    assert.match(done.out, /, 0 submissions judged now/);
    return Object.fromEntries(Object.entries(c.book()).map(([id, row]) => [id, row["Total percent"] === "" ? NaN : +row["Total percent"]]));
}
const dot = "[assignment dot]\nexercises = vec_dot\n";
const due = `[course]\ntime-zone = Europe/Berlin\n${dot}deadline = 2025-10-17 23:59\n`;

before(() => {
    c = new Class("marks");
    c.add("ann", { "vec_dot.c": right });
    c.add("bob", { "vec_dot.c": right });
    c.add("cyd-1", { "vec_dot.c": right });
    c.add("cyd-2", { "vec_dot.c": wrong });
    c.add("dan", { "vec_dot.c": stub("vec_dot") });
    c.add("eve", { "vec_dot.c": wrong, "pen_01_a.c": key("pen_01_a") });
    c.write("sent.csv", "entry,student,submitted\r\nann,ann,2025-10-17T23:59:00+02:00\r\nbob,bob,2025-10-18 01:00 +02:00\r\n" +
        "cyd-1,cyd,2025-10-17T10:00:00Z\r\ncyd-2,cyd,2025-10-17T12:00:00Z\r\ndan,dan,2025-10-17T10:00:00Z\r\n");
    course(dot);
    const done = c.grade();
    assert.equal(done.status, 0, done.err);
    assert.match(done.out, /5 students, 4 submissions judged now, 2 known already|5 students, 4 submissions judged now, 0 known/);
});
after(() => c.remove());

const partial = () => +c.sql("SELECT passed * 100.0 / tests AS p FROM exercise WHERE student = 'eve' AND fn = 'vec_dot'")[0].p;

describe("marks", () => {
    test("a right answer has all points, a wrong one those of its tests, a stub none", () => {
        const t = totals(dot);
        near(t.ann, 100);
        near(t.eve, partial());
        assert.ok(partial() > 0 && partial() < 100);
        near(t.dan, 0);
        const [row] = c.sql("SELECT verdict, mistake, counts FROM exercise WHERE student = 'eve' AND fn = 'vec_dot'");
        assert.deepEqual(row, { verdict: "FAIL", mistake: "starts-at-one", counts: 1 });
    });

    test("last attempt or best", () => {
        near(totals(dot).cyd, partial());
        near(totals(`[course]\nattempt = best\n${dot}`).cyd, 100);
        assert.deepEqual(c.sql("SELECT attempt FROM assignment WHERE student = 'cyd'"), [{ attempt: 1 }]);
    });

    test("assignments by weight; without any, every chapter is one by its points", () => {
        const two = `${dot}weight = 3\n[assignment pen]\nexercises = pen_01_a\nweight = 1\n`;
        near(totals(two).eve, (3 * partial() + 100) / 4);
        near(totals(two).ann, 75);
        fs.rmSync(path.join(c.folder, "course.ini"));
        assert.equal(c.grade().status, 0);
        const [{ n }] = c.sql("SELECT count(*) AS n FROM assignment WHERE student = 'ann'");
        const manifest = JSON.parse(fs.readFileSync("build/manifest.json", "utf8"));
        assert.equal(n, manifest.chapters.filter((x) => x.exercises.length).length);
        const points = manifest.exercises.reduce((a, e) => a + e.points, 0);
        near(+c.book().ann["Total percent"], 150 / points);
    });

    test("the lowest assignments are dropped", () => {
        const two = `[drop]\nlowest = 1\n${dot}[assignment pen]\nexercises = pen_01_a\n`;
        near(totals(two).ann, 100);
        near(totals(two).eve, 100);
        assert.deepEqual(c.sql("SELECT assignment FROM assignment WHERE student = 'eve' AND dropped"), [{ assignment: "dot" }]);
    });
});

describe("deadlines", () => {
    test("in their time zone, to the minute", () => {
        const t = totals(`${due}[late]\npolicy = reject\n`);
        near(t.ann, 100);
        near(t.bob, 0);
        near(totals(`${due.replace("Europe/Berlin", "America/New_York")}[late]\npolicy = reject\n`).bob, 100);
        // A day alone ends when it ends; the clock goes back one night later.
        near(totals(`[course]\ntime-zone = Europe/Berlin\n${dot}deadline = 2025-10-17\n[late]\npolicy = reject\n`).ann, 100);
    });

    test("some percent for each day or hour begun, after a grace, up to a limit", () => {
        near(totals(`${due}[late]\npolicy = 10 % per day\n`).bob, 90);
        near(totals(`${due}[late]\npolicy = 20% per hour\n`).bob, 60);
        near(totals(`${due}[late]\npolicy = 10 % per day\ngrace = 2 hours\n`).bob, 100);
        near(totals(`${due}[late]\npolicy = 10 % per day\nat-most = 1 hour\n`).bob, 0);
        near(totals(`${due}[late]\npolicy = none\n`).bob, 100);
        near(totals(due).bob, 100);
    });

    test("extensions: a length or a time, of all or of one; never to anybody's harm", () => {
        const late = `${due}[late]\npolicy = reject\n[extensions]\n`;
        near(totals(`${late}bob = 2 hours\n`).bob, 100);
        near(totals(`${late}bob/dot = 2025-10-18 01:00\n`).bob, 100);
        near(totals(`${late}bob = 30 minutes\n`).bob, 0);
        near(totals(`${late}ann = 2025-10-01\n`).ann, 100);
    });

    test("an attempt that is too late for anything does not undo one in time", () => {
        near(totals(`[course]\ntime-zone = UTC\n${dot}deadline = 2025-10-17 11:00\n[late]\npolicy = reject\n`).cyd, 100);
        near(totals(`[course]\ntime-zone = UTC\n${dot}deadline = 2025-10-17 11:00\n[late]\npolicy = 10 % per day\n`).cyd, partial() * 0.9);
    });

    test("an unknown time is in time, and the report says so", () => {
        near(totals(`${due}[late]\npolicy = reject\n`).eve, partial());
        assert.match(c.read("students/eve.txt"), /time unknown, taken as in time/);
        assert.match(c.read("students/bob.txt"), /1 hour 1 minute late: too late to count/);
    });
});

describe("the roster", () => {
    test("who has sent nothing is listed with nothing; who is not on it is pointed out; names are its", () => {
        c.write("roster.csv", "student,name,email\r\nann,\"O'Neil, Ann\",ann@example.org\r\nzoe,=cmd|' /C calc'!A0,\r\n");
        const t = totals(`[course]\nroster = roster.csv\n${dot}`);
        near(t.zoe, 0);
        const rows = parse(c.read("gradebook.csv"));
        assert.ok(rows.some((r) => r[0] === "ann" && r[1] === "O'Neil, Ann"));
        // What a spreadsheet would compute begins with an apostrophe.
        assert.ok(rows.some((r) => r[0] === "zoe" && r[1] === "'=cmd|' /C calc'!A0"));
        assert.match(c.read("class.html"), /bob: not on the roster/);
        assert.match(c.read("students/zoe.txt"), /nothing was handed in/);
        fs.rmSync(path.join(c.folder, "roster.csv"));
    });
});

describe("reports", () => {
    test("the failing example, the mistake, the command that shows the same", () => {
        totals(dot);
        for (const name of ["students/eve.txt", "students/eve.html"]) {
            const text = c.read(name);
            assert.match(text, /vec_dot\(3, x, y\) returned 28, expected 32\n/);
            assert.match(text, /The first product is missing/);
            assert.match(text, /make check EX=vec_dot/);
        }
        assert.match(c.read("class.html"), /<code>vec_dot<\/code><td>The first product is missing/);
        assert.match(c.read("class.txt"), /vec_dot +4 +2/);
    });

    test("a page is whole in itself and runs nothing", () => {
        for (const name of ["class.html", "students/ann.html"]) {
            const page = c.read(name);
            assert.match(page, /default-src 'none'/);
            assert.doesNotMatch(page, /<script|https?:\/\/(?!dolos)|\son[a-z]+=/);
        }
    });
});

describe("course.ini: what cannot be meant is refused, with file and line", () => {
    for (const [text, says] of [
        ["[course]\ntime-zone = Europe/Berlim\n", /course\.ini:2: there is no time zone Europe\/Berlim/],
        ["[course]\nattempt = first\n", /course\.ini:2: attempt = first: it is last or best/],
        ["[course]\nname = x\ndeadlien = 3\n", /course\.ini:3: deadlien means nothing in \[course\]/],
        ["[corse]\nname = x\n", /course\.ini:1: \[corse\] means nothing here/],
        [`${dot}deadline = 17.10.2025\n`, /course\.ini:3: 17\.10\.2025 is no time/],
        [`${dot}weight = -1\n`, /course\.ini:3: weight = -1/],
        ["[assignment x]\nexercises = vec_dto\n", /course\.ini:2: there is no exercise vec_dto/],
        ["[assignment x]\nchapters = 99\n", /course\.ini:2: there is no chapter 99/],
        ["[assignment x]\ntitle = x\n", /course\.ini:1: \[assignment x\] has no exercises/],
        [`${dot}[late]\npolicy = 10 % per week\n`, /course\.ini:4: policy = 10%? ?%? per week/],
        [`${dot}[late]\ngrace = soon\n`, /course\.ini:4: grace = soon: it is a length/],
        [`${dot}[extensions]\njim = later\n`, /course\.ini:4: later is neither a length/],
        [`${dot}[extensions]\njim/dto = 3 days\n`, /course\.ini:4: there is no assignment dto/],
        [`${dot}[seeds]\nhidden = many\n`, /course\.ini:4: many is no seed/],
        [`[course]\nroster = nobody.csv\n`, /course\.ini:2: there is no file .*nobody\.csv/],
        ["[course\nname", /course\.ini/],
    ])
        test(JSON.stringify(text).slice(0, 60), () => {
            course(text);
            const done = c.grade();
            assert.equal(done.status, 2);
            assert.match(done.err, says);
        });
    test("a wrong word of the command line", () => {
        course(dot);
        assert.match(c.grade("JOB=3").err, /JOB=3 means nothing here; known are SUBMISSIONS/);
        assert.match(c.grade("JOBS=none").err, /JOBS=none: it is a whole number/);
        assert.match(c.grade("COURSE=/nowhere.ini").err, /nowhere\.ini/);
    });
});

test("hidden seeds: what passes only with the published numbers loses points, and the seed is not told", () => {
    // Right for the small numbers of the worked example, wrong for drawn ones.
    const fitted = right.replace("return sum;", "return n > 5 && x[0] > 0.4 ? sum + 1 : sum;");
    const d = new Class("seeds");
    d.add("fay", { "vec_dot.c": fitted });
    d.add("gus", { "vec_dot.c": right });
    d.write("course.ini", `${dot}[seeds]\nvisible = 1\nhidden = 20251\n`);
    const done = d.grade();
    assert.equal(done.status, 0, done.err);
    const [gus] = d.sql("SELECT percent FROM assignment WHERE student = 'gus'");
    near(gus.percent, 100);
    const rows = d.sql("SELECT seed FROM judged WHERE student = 'fay'");
    assert.deepEqual(rows.map((r) => r.seed).sort(), ["1", "20251"]);
    const page = d.read("students/fay.html");
    assert.doesNotMatch(page, /20251/);
    d.remove();
});
