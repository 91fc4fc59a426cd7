// No lock-in: Entangled 2 would tangle the same files. Its way of reading, line by line and without Pandoc, is written here once
// more from its description, and what it makes of the tiny book and of the real one is compared with the press, byte for byte.
'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { Book, root } = require('./press.js');

// The properties between the braces, as far as they can be read.
function properties(text) {
    const found = { classes: [], attributes: {} };
    const kinds = [
        [/^#([a-zA-Z]\S*)/, (m) => { found.id ??= m[1]; }],
        [/^\.([a-zA-Z]\S*)/, (m) => { found.classes.push(m[1]); }],
        [/^([a-zA-Z]\S*)\s*=\s*"([^"\\]*(?:\\.[^"\\]*)*)"/, (m) => { found.attributes[m[1]] ??= m[2]; }],
        [/^([a-zA-Z]\S*)\s*=\s*(\S+)/, (m) => { found.attributes[m[1]] ??= m[2]; }],
    ];
    for (let rest = text; ;) {
        const hit = kinds.map(([pattern, note]) => [pattern.exec(rest), note]).find(([m]) => m);
        if (!hit) return found;
        hit[1](hit[0]);
        rest = rest.slice(hit[0][0].length).trimStart();
    }
}

// All chunks by name, and the chunk of each target.
function scan(book) {
    const chunks = new Map();
    const targets = new Map();
    for (const source of book.sources()) {
        let open = null;
        let ignore = false;
        for (const line of book.text(source).split('\n')) {
            if (/^\s*~~~markdown\s*$/.test(line)) ignore = true;
            if (/^\s*~~~\s*$/.test(line)) ignore = false;
            const begin = /^(\s*)```\s*\{([^{}]*)\}\s*$/.exec(line);
            const end = /^(\s*)```\s*$/.exec(line);
            if (begin && !open && !ignore) {
                open = { indent: begin[1], ...properties(begin[2]), code: [] };
            } else if (end && open && !ignore && end[1].length < open.indent.length) {
                throw new Error(`${source}: closing fence is indented less than its opening`);
            } else if (end && open && !ignore && end[1] === open.indent) {
                const name = open.id ?? open.attributes.file;
                if (name && open.classes.length > 0) {
                    if (!chunks.has(name)) chunks.set(name, []);
                    chunks.get(name).push(open.code.join('\n'));
                    if (open.attributes.file) targets.set(open.attributes.file, name);
                }
                open = null;
            } else if (open) {
                open.code.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
            }
        }
    }
    return { chunks, targets };
}

function tangle(chunks, name, visited = new Set()) {
    if (visited.has(name)) throw new Error(`${name} is used twice, or within itself`);
    if (!chunks.has(name)) throw new Error(`${name} is not defined`);
    visited.add(name);
    return chunks.get(name).join('\n').split('\n').map((line) => {
        const use = /^(\s*)<<([\w-]+)>>\s*$/.exec(line);
        if (!use) return line;
        return tangle(chunks, use[2], visited).split('\n').map((l) => (l.trim() ? use[1] + l : l)).join('\n');
    }).join('\n');
}

function same(book) {
    book.tangleWell();
    const { chunks, targets } = scan(book);
    const made = { ...book.files('exercises'), ...book.files('build') };
    const mistakes = /^build\/key\/\w+\/mistake-/;
    const ours = Object.keys(made).filter((n) => /^(exercises|build\/(given|programs|plots|key))\//.test(n) && n !== 'exercises/.tangled'
        && !mistakes.test(n)).sort();
    assert.deepStrictEqual([...targets.keys()].sort(), ours);
    for (const [file, name] of targets) {
        assert.strictEqual(made[file].replace(/^#line \d+ "[^"]*"\n/gm, ''), tangle(chunks, name) + '\n', file);
    }
    return targets.size;
}

test('Entangled makes the same files of the tiny book', () => {
    assert.strictEqual(same(new Book()), 16);
});

test('Entangled makes the same files of the book', () => {
    assert.ok(same(new Book(root)) > 0);
});
