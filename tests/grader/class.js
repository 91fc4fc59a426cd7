// class.js: a class to be graded, in a folder of its own; and its gradebook, read back by other means than the grader's.
"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

// RFC 4180, as a reader who has never seen the writer would read it.
function parse(text) {
    const rows = [[]];
    let at = 0;
    while (at < text.length) {
        let cell = "";
        if (text[at] === '"') {
            for (at++; !(text[at] === '"' && text[at + 1] !== '"'); at++) {
                if (at >= text.length) throw new Error("a quotation mark is not closed");
                if (text[at] === '"') at++;
                cell += text[at];
            }
            at++;
        } else {
            while (at < text.length && !",\r\n".includes(text[at])) {
                if (text[at] === '"') throw new Error("a quotation mark in the middle");
                cell += text[at++];
            }
        }
        rows.at(-1).push(cell);
        if (text[at] === ",") {
            at++;
            if (at === text.length) rows.at(-1).push("");
        } else if (text.startsWith("\r\n", at)) {
            at += 2;
            if (at < text.length) rows.push([]);
        } else if (at < text.length) throw new Error(`neither comma nor CRLF at ${at}: ${text.slice(at, at + 20)}`);
    }
    return rows;
}

class Class {
    constructor(name = "class") {
        this.home = fs.mkdtempSync(path.join(os.tmpdir(), `grade-${name}-`));
        this.folder = path.join(this.home, "sent");
        this.out = path.join(this.home, "out");
        fs.mkdirSync(this.folder);
    }

    remove() {
        fs.rmSync(this.home, { recursive: true, force: true });
    }

    // One entry: file names with their texts.
    add(entry, files) {
        for (const [name, text] of Object.entries(files)) {
            const to = path.join(this.folder, entry, name);
            fs.mkdirSync(path.dirname(to), { recursive: true });
            fs.writeFileSync(to, text);
        }
    }

    write(name, text) {
        fs.writeFileSync(path.join(this.folder, name), text);
    }

    grade(...more) {
        const done = spawnSync("build/bin/descent", ["grade", `SUBMISSIONS=${this.folder}`, `OUT=${this.out}`, ...more], { encoding: "utf8", maxBuffer: 1 << 26 });
        return { status: done.status, out: done.stdout, err: done.stderr };
    }

    read(name) {
        return fs.readFileSync(path.join(this.out, name), "utf8");
    }

    // gradebook.csv: student → its cells by the names of the header (of equal names, the first).
    book() {
        const [head, ...rows] = parse(this.read("gradebook.csv"));
        for (const row of rows) if (row.length !== head.length) throw new Error(`a row of ${row.length} cells under ${head.length}`);
        return Object.fromEntries(rows.map((row) => [row[0], Object.fromEntries(head.map((h, i) => [h, row[i]]).reverse())]));
    }

    sql(question) {
        const done = spawnSync("sqlite3", ["-json", path.join(this.out, "gradebook.sqlite"), question], { encoding: "utf8", maxBuffer: 1 << 26 });
        if (done.status) throw new Error(done.stderr);
        return JSON.parse(done.stdout || "[]");
    }

    // Everything that was made, but for what the grader keeps for itself: name → bytes.
    made(folder = this.out, under = "") {
        const all = {};
        for (const entry of fs.readdirSync(path.join(folder, under), { withFileTypes: true })) {
            const name = path.join(under, entry.name);
            if (name === ".work") continue;
            if (entry.isDirectory()) Object.assign(all, this.made(folder, name));
            else all[name] = fs.readFileSync(path.join(folder, name)).toString("base64");
        }
        return all;
    }
}

// A program of the answer key as somebody would type it.
const key = (fn, name = "solution") => fs.readFileSync(`build/key/${fn}/${name}.c`, "utf8").replace(/^#line.*\n/gm, "");
const stub = (fn) => fs.readFileSync(JSON.parse(fs.readFileSync("build/manifest.json", "utf8")).exercises.find((e) => e.fn === fn).stub, "utf8");

module.exports = { Class, key, stub, parse };
