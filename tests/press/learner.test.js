// What a learner typed is never lost, and what nobody changed is never touched.
'use strict';

const test = require('node:test');
const assert = require('node:assert');
const crypto = require('node:crypto');
const fs = require('node:fs');
const { Book } = require('./press.js');

const vectors = 'chapters/01-vectors.md';
const mine = 'exercises/01-vectors/vec_dot.c';
const work = '/* mine */\nint vec_dot;\n';

// The chapter's stub of vec_dot becomes another text.
const changeStub = (book, comment) => book.write(vectors,
    book.text(vectors).replace(/(vec_dot\.c\}\n#include "vec\.h"\n)(\n\/\*.*\*\/)?/, `$1\n/* ${comment} */`));

const kept = `${mine}: kept as you wrote it, though the chapter's text has changed; the new text is build/stubs/01-vectors/vec_dot.c\n`;

test('an edit stays, and nobody speaks of it', () => {
    const book = new Book().tangleWell();
    book.write(mine, work);
    book.tangleWell();
    assert.strictEqual(book.text(mine), work);
});

test('an edit stays when the stub changes, and that is said once', () => {
    const book = new Book().tangleWell();
    book.write(mine, work);
    changeStub(book, 'second edition');
    assert.deepStrictEqual(book.tangle(), { status: 0, said: kept });
    assert.strictEqual(book.text(mine), work);
    assert.match(book.text('build/stubs/01-vectors/vec_dot.c'), /second edition/);
    book.tangleWell();
    assert.strictEqual(book.text(mine), work);
});

test('a stub that nobody edited follows its chapter', () => {
    const book = new Book().tangleWell();
    changeStub(book, 'second edition');
    book.tangleWell();
    assert.match(book.text(mine), /second edition/);
});

test('an edit stays when its exercise goes', () => {
    const book = new Book().tangleWell();
    book.write(mine, work);
    book.write('exercises/01-vectors/line_slope.c', work);
    book.write(vectors, book.text(vectors).replace(/::: \{\.exercise #ex-line-slope[^]*?\n:::\n:::\n/, ''));
    book.write('solutions/01-vectors.md', book.text('solutions/01-vectors.md').split('## line_slope')[0]);
    book.tangleWell();
    assert.strictEqual(book.text('exercises/01-vectors/line_slope.c'), work);
    assert.ok(!book.has('build/stubs/01-vectors/line_slope.c'));
    assert.ok(!book.has('build/key/line_slope'), 'what is made is removed, with its folder');
});

test('even a stub that nobody edited stays when its exercise goes', () => {
    const book = new Book().tangleWell();
    book.write(vectors, book.text(vectors).replace(/::: \{\.exercise #ex-line-slope[^]*?\n:::\n:::\n/, ''));
    book.write('solutions/01-vectors.md', book.text('solutions/01-vectors.md').split('## line_slope')[0]);
    book.tangleWell();
    assert.ok(book.has('exercises/01-vectors/line_slope.c'));
});

test('an edit stays when a whole chapter goes', () => {
    const book = new Book().tangleWell();
    book.write(mine, work);
    book.edit('chapters/00-first.md', 'Later, in @ch-vectors, it is a list of numbers.', '');
    for (const gone of [vectors, 'solutions/01-vectors.md', 'tests/suites/01-vectors.c']) book.remove(gone);
    book.tangleWell();
    assert.strictEqual(book.text(mine), work);
});

test('an edit stays when build/ goes', () => {
    const book = new Book().tangleWell();
    book.write(mine, work);
    book.remove('build');
    book.tangleWell();
    assert.strictEqual(book.text(mine), work);
});

test('an edit stays when the record of what was tangled goes', () => {
    const book = new Book().tangleWell();
    book.write(mine, work);
    book.remove('exercises/.tangled');
    assert.deepStrictEqual(book.tangle(), { status: 0, said: kept });
    assert.strictEqual(book.text(mine), work);
    book.tangleWell();
    assert.strictEqual(book.text(mine), work);
});

test('an edit stays when the record is not readable', () => {
    const book = new Book().tangleWell();
    book.write(mine, work);
    book.write('exercises/.tangled', '<<<<<<< ours\nnot a sum  exercises/01-vectors/vec_dot.c\n>>>>>>> theirs\n');
    assert.strictEqual(book.tangle().status, 0);
    assert.strictEqual(book.text(mine), work);
});

test('an edit stays when stub and record change again and again', () => {
    const book = new Book().tangleWell();
    book.write(mine, work);
    for (const edition of ['second', 'third', 'fourth']) {
        changeStub(book, edition);
        assert.deepStrictEqual(book.tangle(), { status: 0, said: kept });
        assert.strictEqual(book.text(mine), work);
    }
});

test('an edited header stays as well', () => {
    const book = new Book().tangleWell();
    const header = book.text('exercises/include/vec.h') + '/* mine */\n';
    book.write('exercises/include/vec.h', header);
    book.edit(vectors, '/* x ← 0. [given] */', '/* x ← 0 in every entry. [given] */');
    const { status, said } = book.tangle();
    assert.strictEqual(status, 0);
    assert.match(said, /^exercises\/include\/vec\.h: kept as you wrote it.*build\/stubs\/include\/vec\.h\n$/);
    assert.strictEqual(book.text('exercises/include/vec.h'), header);
});

test('an empty file is an edit like any other', () => {
    const book = new Book().tangleWell();
    book.write(mine, '');
    changeStub(book, 'second edition');
    book.tangle();
    assert.strictEqual(book.text(mine), '');
});

test('a file of the learner\'s own is nobody\'s business', () => {
    const book = new Book().tangleWell();
    book.write('exercises/01-vectors/notes.txt', 'remember');
    book.tangleWell();
    assert.strictEqual(book.text('exercises/01-vectors/notes.txt'), 'remember');
});

test('a removed stub comes back', () => {
    const book = new Book().tangleWell();
    const stub = book.text(mine);
    book.remove(mine);
    book.tangleWell();
    assert.strictEqual(book.text(mine), stub);
});

test('the record holds the SHA-1 of every file', () => {
    const book = new Book().tangleWell();
    const lines = book.text('exercises/.tangled').trim().split('\n');
    const files = book.files('exercises');
    delete files['exercises/.tangled'];
    assert.deepStrictEqual(lines, Object.entries(files).map(([name, text]) =>
        `${crypto.createHash('sha1').update(text).digest('hex')}  ${name}`).sort((a, b) => a.slice(42) < b.slice(42) ? -1 : 1));
});

test('a second run writes nothing', () => {
    const book = new Book().tangleWell();
    // Everything is a day old, so that any writing shows.
    const yesterday = new Date(Date.now() - 86400e3);
    const names = [...Object.keys(book.files('exercises')), ...Object.keys(book.files('build'))].filter((n) => n !== 'build/tangled');
    for (const name of names) fs.utimesSync(book.path(name), yesterday, yesterday);
    const before = { ...book.times('exercises'), ...book.times('build') };
    book.tangleWell();
    const after = { ...book.times('exercises'), ...book.times('build') };
    delete before['build/tangled'];
    delete after['build/tangled'];
    assert.deepStrictEqual(after, before);
});

test('a change of one chapter writes only what it changes', () => {
    const book = new Book().tangleWell();
    const yesterday = new Date(Date.now() - 86400e3);
    const names = [...Object.keys(book.files('exercises')), ...Object.keys(book.files('build'))];
    for (const name of names) fs.utimesSync(book.path(name), yesterday, yesterday);
    book.edit('solutions/00-first.md', 'return 7;\n}', 'return 6 + 1;\n}');
    book.edit('solutions/00-first.md', '-    return 7;\n+    return 6;', '-    return 6 + 1;\n+    return 6;');
    book.edit('solutions/00-first.md', '-    return 7;\n+    return 9;', '-    return 6 + 1;\n+    return 9;');
    book.tangleWell();
    const written = Object.entries({ ...book.times('exercises'), ...book.times('build') })
        .filter(([, time]) => time > yesterday.getTime() + 1000).map(([name]) => name);
    assert.deepStrictEqual(written.sort(), ['build/key/pen_00_a/solution.c', 'build/parsed/solutions/00-first.json', 'build/tangled']);
});
