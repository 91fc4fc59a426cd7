// The Makefile runs the press as these tests do, and a second make finds nothing to do.
'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { Book, root, read, link } = require('./press.js');

const makefile = fs.readFileSync(path.join(root, 'Makefile'), 'utf8');

test('the commands are the Makefile\'s', () => {
    assert.ok(makefile.includes(`pandoc ${read('$<', '$@').join(' ')}`), 'read');
    assert.ok(makefile.includes(`pandoc ${link.join(' ')}`), 'link');
});

test('make tangles once, then only what changed', () => {
    const book = new Book();
    const make = () => spawnSync('make', ['-f', path.join(root, 'Makefile'), '--trace', 'build/tangled'], { cwd: book.folder, encoding: 'utf8' });
    const pandocs = (run) => [...run.stdout.matchAll(/^pandoc .*$/gm)].map((m) => m[0].split(' ').pop());
    const first = make();
    assert.strictEqual(first.status, 0, first.stderr);
    assert.strictEqual(pandocs(first).length, book.sources().length + 1);
    assert.ok(book.has('exercises/01-vectors/vec_dot.c'));
    assert.deepStrictEqual(pandocs(make()), []);
    book.edit('chapters/preface.md', 'Begin with', 'Start with');
    assert.deepStrictEqual(pandocs(make()), ['chapters/preface.md', '/dev/null']);
    book.edit('tests/suites/01-vectors.c', 'suite_create("vectors")', 'suite_create("v")');
    assert.deepStrictEqual(pandocs(make()), ['/dev/null']);
    assert.deepStrictEqual(pandocs(make()), []);
});
