// The Makefile runs the press as these tests do, and a second make finds nothing to do.
'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
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

// `make deps book` on a fresh machine: the folders of the typefaces appear after make has read the Makefile.
test('typefaces are found in folders that an earlier goal made', (t) => {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'descent-fonts-'));
    t.after(() => fs.rmSync(home, { recursive: true, force: true }));
    fs.writeFileSync(path.join(home, 'standin.mk'), `
there := /usr/share/texmf/fonts/opentype/public/tex-gyre
standin:
	@mkdir later later-math later-sans
	@cp $(there)/texgyrepagella-regular.otf later
	@cp $(there)-math/texgyrepagella-math.otf later-math
	@cp /usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf later-sans
`);
    const fonts = ['texgyrepagella-regular', 'texgyrepagella-math', 'DejaVuSansMono'].map((f) => `build/book/fonts/${f}.woff2`);
    const made = spawnSync('make', ['-f', path.join(root, 'Makefile'), '-f', 'standin.mk', 'gyre=later', 'dejavu=later-sans', 'standin', ...fonts],
        { cwd: home, encoding: 'utf8', env: { ...process.env, MAKEFLAGS: '' } });
    assert.strictEqual(made.status, 0, made.stderr);
    for (const font of fonts) assert.ok(fs.statSync(path.join(home, font)).size > 0, font);
});
