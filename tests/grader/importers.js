// importers.js: what other systems do with the files that they are given, after their own sources and specifications; each
// returns what it would have taken in, or throws where it would refuse.
"use strict";
const assert = require("node:assert/strict");
const { parse } = require("./class.js");

// canvas-lms, lib/gradebook_importer.rb. `students`: {id, name, sis, login}; assignments: {id, title}.
function canvas(text, students, assignments) {
    const rows = parse(text).filter((r) => !/^[;, ]+$/.test(r.join(",")));
    const head = rows.shift();
    assert.ok(head.length > 3 && head[0].includes("Student") && head[1].includes("ID"), "invalid header row");
    let fixed = 3, sis = -1, login = -1, root = -1;
    if (/SIS\s+Login\s+ID/.test(head[2])) { login = 2; fixed = 4; }
    else if (/SIS\s+User\s+ID/.test(head[2]) && /SIS\s+Login\s+ID/.test(head[3])) {
        [sis, login] = [2, 3];
        const i = /Integration\s+ID/.test(head[4]) ? 1 : 0;
        fixed = 5 + i;
        if (/Root\s+Account/.test(head[4 + i])) { root = 4 + i; fixed++; }
    }
    void root;
    assert.ok(head[fixed - 1].includes("Section"), "invalid header row: no Section");
    const columns = head.slice(fixed).map((title, k) => {
        const id = title.match(/\((\d+)\)\s*$/)?.[1];
        const known = assignments.find((a) => String(a.id) === id) ?? assignments.find((a) => a.title === title);
        assert.ok(known, `Canvas would make a new assignment ${title}`);
        return { known, at: fixed + k };
    });
    const taken = new Map();
    for (const row of rows) {
        if (row[0].includes("Points Possible")) continue;
        assert.ok(!row.every((cell) => /^\s*(Muted|Manual Posting.*)?\s*$/i.test(cell)), "a row that Canvas skips");
        const who = students.find((s) => String(s.id) === row[1]) ?? students.find((s) => row[sis] && s.sis === row[sis]) ?? students.find((s) => row[login] && s.login === row[login]) ??
            students.find((s) => s.name === row[0]);
        assert.ok(who, `Canvas would take ${row[0]} for a new student`);
        assert.ok(!taken.has(who.id), `two rows for ${who.name}`);
        taken.set(who.id, Object.fromEntries(columns.map(({ known, at }) => [known.id, row[at]])));
    }
    return taken;
}

// moodle, mod/assign/feedback/offline. `users`: {uniqueid: {grade, timemodified, locked}}, most: the assignment's maximum.
function moodle(text, users, most) {
    const [head, ...rows] = parse(text.replace(/^\ufeff/, ""));
    const [id, grade, modified] = ["Identifier", "Grade", "Last modified (grade)"].map((name) => head.lastIndexOf(name));
    assert.ok(id >= 0 && grade >= 0 && modified >= 0, "invalidgradeimport");
    const taken = {};
    for (const row of rows) {
        const user = users[row[id].slice("Participant ".length)];
        if (!user) continue;
        if (row[grade] === "" || +row[grade] < 0 || +row[grade] > most || user.locked) continue;
        if (row[modified] !== "-" && user.timemodified > Date.parse(row[modified]) / 1000 + 60) continue;
        taken[row[id].slice("Participant ".length)] = +row[grade];
    }
    return taken;
}

// https://gradescope-autograders.readthedocs.io/en/latest/specs/
function gradescope(text) {
    const results = JSON.parse(text);
    const allowed = ["score", "execution_time", "output", "output_format", "test_output_format", "test_name_format", "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"];
    const of_test = ["score", "max_score", "status", "name", "name_format", "number", "output", "output_format", "tags", "visibility", "extra_data"];
    const views = ["hidden", "after_due_date", "after_published", "visible"], formats = ["text", "html", "simple_format", "md", "ansi"];
    for (const name of Object.keys(results)) assert.ok(allowed.includes(name), name);
    assert.ok(views.includes(results.visibility) && views.includes(results.stdout_visibility) && formats.includes(results.output_format));
    assert.ok(Number.isFinite(results.score));
    for (const t of results.tests) {
        for (const name of Object.keys(t)) assert.ok(of_test.includes(name), name);
        assert.ok(Number.isFinite(t.score) && Number.isFinite(t.max_score) && t.score <= t.max_score && t.score >= 0);
        assert.ok(["passed", "failed"].includes(t.status) && views.includes(t.visibility) && formats.includes(t.output_format) && formats.includes(t.name_format));
        for (const name of ["name", "number", "output"]) assert.equal(typeof t[name], "string");
    }
    return results;
}

// Autolab, app/controllers/assessment/autograde_core.rb: the last line is JSON with scores; unknown problems are left out.
function autolab(text, problems) {
    const last = JSON.parse(text.trimEnd().split("\n").at(-1));
    assert.ok(Object.keys(last.scores).length, "empty scores");
    for (const [name, score] of Object.entries(last.scores)) {
        assert.ok(problems.includes(name), `Autolab would drop ${name}`);
        assert.ok(Number.isFinite(score));
    }
    return last.scores;
}

module.exports = { canvas, moodle, gradescope, autolab };
