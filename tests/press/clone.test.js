// The stubs and headers in git are what the chapters say: tangling a fresh clone changes nothing that git knows.
'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');

test('make tangle leaves a fresh clone as it was', (t) => {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'descent-clone-'));
    t.after(() => fs.rmSync(home, { recursive: true, force: true }));
    const git = (...words) => execFileSync('git', words, { encoding: 'utf8' });
    git('clone', '--quiet', root, home);
    execFileSync('make', ['-C', home, 'tangle'], { stdio: 'pipe' });
    assert.strictEqual(git('-C', home, 'status', '--porcelain'), '');
    assert.ok(fs.existsSync(path.join(home, 'build/manifest.json')));
});
