// What the tests of the press share: a copy of the tiny book in book/, the Makefile's two commands, and the answers they give.
'use strict';

const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.resolve(__dirname, '..', '..');
const tiny = path.join(__dirname, 'book');

// As in the Makefile; a test in makefile.test.js holds the two together.
const read = (source, parsed) =>
    ['-f', 'commonmark_x+sourcepos', '-t', 'plain', '-L', 'book/filters/read.lua', '-o', parsed, source];
const link = ['-f', 'markdown', '-t', 'plain', '-L', 'book/filters/link.lua', '-o', 'build/tangled', '/dev/null'];

const made = [];
process.on('exit', () => made.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

class Book {
    // A copy of a book: its chapters, solutions and suites, with the press beside them.
    constructor(from = tiny) {
        this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'press-'));
        made.push(this.folder);
        fs.symlinkSync(path.join(root, 'book'), this.path('book'));
        for (const part of ['chapters', 'solutions', 'tests/suites']) {
            if (fs.existsSync(path.join(from, part))) fs.cpSync(path.join(from, part), this.path(part), { recursive: true });
        }
        this.seen = new Map();
    }

    path(name) { return path.join(this.folder, name); }
    text(name) { return fs.readFileSync(this.path(name), 'utf8'); }
    has(name) { return fs.existsSync(this.path(name)); }
    json(name) { return JSON.parse(this.text(name)); }

    write(name, text) {
        fs.mkdirSync(path.dirname(this.path(name)), { recursive: true });
        fs.writeFileSync(this.path(name), text);
    }

    remove(name) { fs.rmSync(this.path(name), { recursive: true, force: true }); }

    // Replaces a text that must be there exactly once.
    edit(name, from, to) {
        const text = this.text(name);
        const parts = text.split(from);
        if (parts.length !== 2) throw new Error(`${name} holds ${parts.length - 1} times: ${from}`);
        this.write(name, parts.join(to));
    }

    // The line on which a text begins; the text must be there exactly once.
    line(name, text) {
        const parts = this.text(name).split(text);
        if (parts.length !== 2) throw new Error(`${name} holds ${parts.length - 1} times: ${text}`);
        return parts[0].split('\n').length;
    }

    sources() {
        return ['chapters', 'solutions'].filter((f) => this.has(f))
            .flatMap((f) => fs.readdirSync(this.path(f)).filter((n) => n.endsWith('.md')).sort().map((n) => `${f}/${n}`));
    }

    // Reads every source that changed, as make would.
    read() {
        for (const source of this.sources()) {
            const parsed = `build/parsed/${source.replace(/\.md$/, '.json')}`;
            const text = this.text(source);
            if (this.seen.get(source) === text && this.has(parsed)) continue;
            const known = readBefore.get(source + text);
            if (known !== undefined) {
                this.write(parsed, known);
            } else {
                fs.mkdirSync(path.dirname(this.path(parsed)), { recursive: true });
                const run = spawnSync('pandoc', read(source, parsed), { cwd: this.folder, encoding: 'utf8' });
                if (run.status !== 0) return run;
                readBefore.set(source + text, this.text(parsed));
            }
            this.seen.set(source, text);
        }
        return null;
    }

    // Reads what changed and links: { status, said }.
    tangle() {
        const failed = this.read();
        if (failed) return { status: failed.status, said: failed.stderr };
        fs.mkdirSync(this.path('build'), { recursive: true });
        const run = spawnSync('pandoc', link, { cwd: this.folder, encoding: 'utf8' });
        return { status: run.status, said: run.stderr + run.stdout };
    }

    // Tangles and insists that there is nothing to say.
    tangleWell() {
        const { status, said } = this.tangle();
        if (status !== 0 || said !== '') throw new Error(`status ${status}, said:\n${said}`);
        return this;
    }

    // Every regular file below a folder with its text, by name.
    files(folder) {
        const all = {};
        const descend = (name) => {
            for (const entry of fs.readdirSync(this.path(name), { withFileTypes: true })) {
                const inside = `${name}/${entry.name}`;
                if (entry.isDirectory()) descend(inside);
                else if (entry.isFile()) all[inside] = this.text(inside);
            }
        };
        if (this.has(folder)) descend(folder);
        return all;
    }

    times(folder) {
        const times = {};
        for (const name of Object.keys(this.files(folder))) times[name] = fs.statSync(this.path(name)).mtimeMs;
        return times;
    }

    gcc(...args) {
        const run = spawnSync('gcc', ['-std=c2x', '-Wall', '-Wextra', '-Iexercises/include', ...args],
            { cwd: this.folder, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
        return { status: run.status, said: run.stderr };
    }

    run(program) { return execFileSync(this.path(program), { encoding: 'utf8' }); }
}

// Unchanged sources of the tiny book are read once for all tests of a file.
const readBefore = new Map();

module.exports = { Book, root, read, link };
