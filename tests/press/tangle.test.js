// What is tangled: files, #line, mistakes, and the manifest.
'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { Book } = require('./press.js');

const first = 'chapters/00-first.md';
const vectors = 'chapters/01-vectors.md';
const key1 = 'solutions/01-vectors.md';

test('the files of the tiny book', () => {
    const book = new Book().tangleWell();
    const made = Object.keys(book.files('build')).filter((n) => !n.startsWith('build/parsed/'));
    assert.deepStrictEqual(made.sort(), [
        'build/given/vec_zero.c',
        'build/key/line_predict/mistake-no-intercept.c', 'build/key/line_predict/mistake-swapped.c', 'build/key/line_predict/solution.c',
        'build/key/line_slope/mistake-upside-down.c', 'build/key/line_slope/mistake-zero.c', 'build/key/line_slope/solution.c',
        'build/key/pen_00_a/mistake-adds-first.c', 'build/key/pen_00_a/mistake-no-intercept.c', 'build/key/pen_00_a/solution.c',
        'build/key/vec_dot/backwards.c', 'build/key/vec_dot/mistake-halves.c', 'build/key/vec_dot/mistake-starts-at-one.c',
        'build/key/vec_dot/solution.c',
        'build/manifest.json', 'build/plots/fig-line.gp', 'build/plots/wrong-line.gp', 'build/programs/demo-price.c',
        'build/stubs/00-first/line_predict.c', 'build/stubs/00-first/pen_00_a.c', 'build/stubs/01-vectors/line_slope.c',
        'build/stubs/01-vectors/vec_dot.c', 'build/stubs/include/line.h', 'build/stubs/include/pen.h', 'build/stubs/include/vec.h',
        'build/tangled',
    ]);
    assert.deepStrictEqual(Object.keys(book.files('exercises')).sort(), [
        'exercises/.tangled', 'exercises/00-first/line_predict.c', 'exercises/00-first/pen_00_a.c', 'exercises/01-vectors/line_slope.c',
        'exercises/01-vectors/vec_dot.c', 'exercises/include/line.h', 'exercises/include/pen.h', 'exercises/include/vec.h',
    ]);
});

test('what people edit is naked, and appended in the order of the book', () => {
    const book = new Book().tangleWell();
    assert.strictEqual(book.text('exercises/01-vectors/vec_dot.c'), [
        '#include "vec.h"', '', 'double vec_dot(size_t n, const double x[n], const double y[n])', '{', '    /* Your code here. */',
        '    return NAN;', '}', ''].join('\n'));
    assert.strictEqual(book.text('exercises/include/line.h'), [
        '#ifndef LINE_H', '#define LINE_H', '', '#include <math.h>', '#include <stddef.h>', '', '/* Returns θ0 + θ1·x. [ch00] */',
        'double line_predict(double theta0, double theta1, double x);',
        '/* Least-squares slope through the origin; NAN when x is zero. [ch01] */',
        'double line_slope(size_t n, const double x[n], const double y[n]);', '', '#endif', ''].join('\n'));
    assert.ok(!book.text('build/plots/fig-line.gp').includes('#line'));
    assert.strictEqual(book.text('build/stubs/01-vectors/vec_dot.c'), book.text('exercises/01-vectors/vec_dot.c'));
});

test('an indented reference leaves empty lines empty', () => {
    const book = new Book();
    book.edit(first, 'double price = line_predict(1, 2, 3);\n', 'double price = line_predict(1, 2, 3);\n\n');
    book.tangleWell();
    assert.match(book.text('build/programs/demo-price.c'), /1, 2, 3\);\n\n {4}printf/);
});

test('what is no longer tangled is removed from build/', () => {
    const book = new Book().tangleWell();
    book.write('build/key/old/solution.c', 'int old;\n');
    book.write('build/programs/old.c', 'int old;\n');
    book.write('build/plots/old.gp', 'plot 1\n');
    book.write('build/bin/descent', 'not ours');
    book.tangleWell();
    for (const gone of ['build/key/old', 'build/programs/old.c', 'build/plots/old.gp']) assert.ok(!book.has(gone), gone);
    assert.ok(book.has('build/bin/descent'), 'other folders are not ours');
});

test('everything compiles', () => {
    const book = new Book().tangleWell();
    for (const file of Object.keys({ ...book.files('build/key'), ...book.files('build/given'), ...book.files('exercises/01-vectors') })) {
        assert.deepStrictEqual(book.gcc('-Wno-unused-parameter', '-c', '-o', '/dev/null', file), { status: 0, said: '' }, file);
    }
    assert.strictEqual(book.gcc('-o', 'price', 'build/programs/demo-price.c', 'build/key/line_predict/solution.c').status, 0);
    assert.strictEqual(book.run('price'), 'price = 7\n');
});

// gcc must name the very line of the source on which `oops` stands, whatever was expanded before it.
function oops(name, breakIt, source, compiled) {
    test(`gcc names the line: ${name}`, () => {
        const book = new Book();
        breakIt(book);
        book.tangleWell();
        const { status, said } = book.gcc('-c', '-o', '/dev/null', compiled);
        assert.notStrictEqual(status, 0);
        const places = [...said.matchAll(/^(\S+?):(\d+):\d+: error: 'oops/gm)].map((m) => `${m[1]}:${m[2]}`);
        assert.deepStrictEqual(places, [`${source}:${book.line(source, 'oops')}`]);
    });
}

const price = 'build/programs/demo-price.c';
oops('in a program', (b) => b.edit(first, 'int main(void)\n{', 'int main(void)\n{\n    oops = 1;'), first, price);
oops('in a chunk that it holds', (b) => b.edit(first, 'printf("price', 'oops = 1;\nprintf("price'), first, price);
oops('after a chunk that it holds', (b) => b.edit(first, '    return 0;\n', '    return oops;\n'), first, price);
oops('in the second part of a chunk', (b) => b.edit(first, 'It prints [7]', '``` {.c #print-price}\noops = 2;\n```\n\nIt prints [7]'), first, price);
oops('after an empty line in a chunk', (b) => b.edit(first, 'printf("price', '\n\noops = 1;\nprintf("price'), first, price);
oops('in a list', (b) => b.edit(vectors, '          x[i] = 0;', '          x[i] = oops;'), vectors, 'build/given/vec_zero.c');
oops('in a chunk of another chapter', (b) => b.edit(vectors, 'A second header', '``` {.c #print-price}\noops = 2;\n```\n\nA second header'), vectors, price);
oops('in a solution', (b) => b.edit(key1, '    return sum;\n}\n```\n\n``` {.c #add', '    oops = 1;\n    return sum;\n}\n```\n\n``` {.c #add'), key1, 'build/key/vec_dot/solution.c');
oops('in the added line of a mistake', (b) => b.edit(key1, '+    sum += 1;', '+    sum += oops;'), key1, 'build/key/vec_dot/mistake-halves.c');
oops('in a mistake, after what was added', (b) => b.edit(key1, '    sum += x[i] * y[i];\n```\n:::\n\n::: {.alt', '    sum += oops * y[i];\n```\n:::\n\n::: {.alt'),
    key1, 'build/key/vec_dot/mistake-halves.c');
oops('below a macro of several lines', (b) => b.edit(first, '    <<print-price>>', '#define TWICE(x) \\\n    ((x) + \\\n    (x))\n    <<print-price>>\n    oops = 1;'), first, price);

test('a reference inside a macro does not break it', () => {
    const book = new Book();
    book.edit(first, 'int main(void)', '#define PRINT \\\n    <<print-macro>>\n\nint main(void)');
    book.edit(first, 'It prints [7]', '``` {.c #print-macro}\nputs("macro")\n```\n\nIt prints [7]');
    book.tangleWell();
    assert.strictEqual(book.gcc('-c', '-o', '/dev/null', price).status, 0);
});

// ---------------------------------------------------------------- mistakes

const naked = (text) => text.replace(/^#line .*\n/gm, '');

test('a mistake is the solution with its diff applied', () => {
    const book = new Book().tangleWell();
    const solution = naked(book.text('build/key/vec_dot/solution.c'));
    const wrong = (name) => naked(book.text(`build/key/vec_dot/mistake-${name}.c`));
    assert.strictEqual(wrong('starts-at-one'), solution.replace('i = 0;', 'i = 1;'));
    assert.strictEqual(wrong('halves'), solution.replace('double sum = 0;\n', 'double sum = 0;\n    sum += 1;\n').replace('return sum;', 'return sum / 2;'));
    assert.strictEqual(naked(book.text('build/key/line_predict/mistake-no-intercept.c')),
        naked(book.text('build/key/line_predict/solution.c')).replace('    return theta0 + theta1 * x;', '    (void)theta0;\n    return theta1 * x;'));
});

test('a mistake may only take lines away, and may count an empty line as unchanged', () => {
    const book = new Book();
    book.edit(key1, '     double sum = 0;\n+    sum += 1;\n@@\n-    return sum;\n+    return sum / 2;',
        ' #include "vec.h"\n\n double vec_dot(size_t n, const double x[n], const double y[n])\n@@\n-    for (size_t i = 0; i < n; i++)');
    book.tangleWell();
    assert.strictEqual(naked(book.text('build/key/vec_dot/mistake-halves.c')),
        naked(book.text('build/key/vec_dot/solution.c')).replace('    for (size_t i = 0; i < n; i++)\n', ''));
});

// ---------------------------------------------------------------- the manifest

test('the manifest: an exercise', () => {
    const book = new Book().tangleWell();
    const dot = book.json('build/manifest.json').exercises.find((e) => e.fn === 'vec_dot');
    assert.deepStrictEqual(dot, {
        fn: 'vec_dot', kind: 'exercise', chapter: '01-vectors', number: '1.1', title: '1.1 vec_dot', stars: 2, points: 3, minutes: 15,
        file: 'exercises/01-vectors/vec_dot.c', stub: 'build/stubs/01-vectors/vec_dot.c', header: 'vec.h',
        prototype: 'double vec_dot(size_t n, const double x[n], const double y[n])', contract: 'Returns Σ x[i]·y[i]; n = 0: 0.',
        signature: {
            returns: 'double', parameters: [
                { name: 'n', kind: 'scalar', type: 'size_t', const: false, dims: [] },
                { name: 'x', kind: 'array', type: 'double', const: true, dims: ['n'] },
                { name: 'y', kind: 'array', type: 'double', const: true, dims: ['n'] },
            ],
        },
        anchor: 'ex-vec-dot', equation: { id: 'eq-dot', number: '1.1' }, uses: [],
        hints: ['What is the sum of no products at all?', 'One accumulator, one loop.'], solution: 'build/key/vec_dot/solution.c',
        alternatives: [{ name: 'backwards', file: 'build/key/vec_dot/backwards.c' }],
        mistakes: [
            { name: 'starts-at-one', title: 'The first product is missing', text: 'Your sum agrees with a loop that begins at index 1.',
                file: 'build/key/vec_dot/mistake-starts-at-one.c' },
            { name: 'halves', title: 'Twice wrong', text: 'Two hunks, one of them in the inner chunk.',
                file: 'build/key/vec_dot/mistake-halves.c' },
        ],
    });
});

test('the manifest: a pen, uses, and references in plain text', () => {
    const { exercises } = new Book().tangleWell().json('build/manifest.json');
    const of = (fn) => exercises.find((e) => e.fn === fn);
    assert.deepStrictEqual(exercises.map((e) => e.fn), ['line_predict', 'pen_00_a', 'vec_dot', 'line_slope']);
    assert.deepStrictEqual([of('pen_00_a').kind, of('pen_00_a').number, of('pen_00_a').points, of('pen_00_a').stars, of('pen_00_a').header],
        ['pen', '0.a', 1, 0, 'pen.h']);
    assert.deepStrictEqual(of('line_slope').uses, ['vec_dot']);
    assert.deepStrictEqual([of('line_slope').header, of('line_slope').equation], ['line.h', null]);
    assert.deepStrictEqual(of('line_predict').hints, ['Which of the three numbers is the price of no area at all?',
        'Read Equation 0.1 aloud, hard wrapped as it is.']);
    assert.strictEqual(of('line_predict').mistakes[0].text, 'You multiplied the intercept. In Equation 0.1 x stands beside θ₁.');
});

test('the manifest: chapters', () => {
    const { chapters } = new Book().tangleWell().json('build/manifest.json');
    assert.deepStrictEqual(chapters.map((c) => [c.number, c.id, c.slug, c.page, c.source, c.suite, c.exercises]), [
        [0, '00-first', 'first', '00-first.html', 'chapters/00-first.md', 'tests/suites/00-first.c', ['line_predict', 'pen_00_a']],
        [1, '01-vectors', 'vectors', '01-vectors.html', 'chapters/01-vectors.md', 'tests/suites/01-vectors.c', ['vec_dot', 'line_slope']],
        ['A', 'a-tools', 'tools', 'a-tools.html', 'chapters/a-tools.md', null, []],
    ]);
    assert.deepStrictEqual([chapters[0].title, chapters[0].subtitle, chapters[0].question],
        ['First', 'a line through houses', 'What is a house worth?']);
    assert.deepStrictEqual(chapters[0].minutes, { recall: 0, read: 20, exercises: 8, pen: 5, figures: 5, project: 10 });
    assert.deepStrictEqual(chapters[1].minutes, { recall: 15, read: 30, exercises: 25, pen: 0, figures: 0, project: 0 });
    assert.deepStrictEqual(chapters[0].cards, [{ id: 'card-line', markdown: 'What is $\\theta_0$?\n\n::: answer\nThe price of no area.\n:::' }]);
    assert.deepStrictEqual(chapters[0].sections, [{ id: 'sec-line', number: '0.1', title: 'A line' },
        { id: 'a-picture', number: '0.2', title: 'A picture' }]);
});

test('the manifest: a program that measures, and its yardstick', () => {
    const book = new Book();
    book.edit('chapters/00-first.md', 'file=build/programs/demo-price.c', 'file=build/programs/demo-price.c build=fast with=openblas');
    const [program] = book.tangleWell().json('build/manifest.json').programs;
    assert.deepStrictEqual([program.fast, program.with], [true, 'openblas']);
});

test('the manifest: programs, figures, given functions', () => {
    const manifest = new Book().tangleWell().json('build/manifest.json');
    assert.deepStrictEqual(manifest.programs, [
        { id: 'demo-price', chapter: '00-first', file: 'build/programs/demo-price.c', demo: true, fast: false, with: null,
            title: 'Price a house' }]);
    assert.deepStrictEqual(manifest.figures, [
        { id: 'fig-line', chapter: '00-first', number: '0.1', program: 'demo-price', of: 'fig-line', script: 'build/plots/fig-line.gp', ratio: 0.5,
            wide: false, alt: 'A straight line.', caption: 'The line of Equation 0.1. Where does it start?', fn: null, mistake: null, wrong: false },
        { id: 'wrong-line', chapter: '00-first', number: '0.2', program: 'demo-price', of: 'fig-line', script: 'build/plots/wrong-line.gp',
            ratio: 0.62, wide: false, alt: 'A line with the wrong slope.', caption: 'The two parameters changed places.', fn: 'line_predict',
            mistake: 'swapped', wrong: true },
    ]);
    assert.deepStrictEqual(manifest.given, ['build/given/vec_zero.c']);
});

test('the manifest: a caption is what follows the last chunk', () => {
    const book = new Book();
    book.edit(first, '::: {.figure #fig-line data=demo-price alt="A straight line." ratio=0.5}\n',
        '::: {.figure #fig-line data=demo-price alt="A straight line." ratio=0.5}\nHow the program works.\n\n');
    assert.strictEqual(book.tangleWell().json('build/manifest.json').figures[0].caption, 'The line of Equation 0.1. Where does it start?');
});

test('the manifest: a caption asks for the numbers that only the build knows', () => {
    const book = new Book();
    book.edit(first, 'Where does it start?', 'It starts at []{.value of=demo-price key=start fmt=%.1f}, and ends at []{.value of=demo-price key=end}.');
    assert.strictEqual(book.tangleWell().json('build/manifest.json').figures[0].caption,
        'The line of Equation 0.1. It starts at {{demo-price start %.1f}}, and ends at {{demo-price end }}.');
});

test('the manifest: words in bold are terms, and know where they stand', () => {
    const book = new Book();
    book.edit(vectors, 'The sum of products.', 'The **sum of  products**. **No term, a sentence.** See **what?** and **12**, **$n$ times** and **so much more than four words**.');
    book.edit(vectors, 'Products commute.', 'Products **commute**.\n\n::: pitfalls\n- **Looping** backwards.\n:::');
    assert.deepStrictEqual(book.tangleWell().json('build/manifest.json').chapters.find((c) => c.id === '01-vectors').terms,
        [{ text: 'sum of products', at: 'def-dot' }, { text: 'n times', at: 'def-dot' }, { text: 'commute', at: 'ch-vectors' }]);
});

test('the manifest: formulas that a terminal can show', () => {
    const book = new Book();
    book.edit(vectors, 'One accumulator, one loop.', '$\\frac{x \\cdot u}{n}$, $\\tfrac12$, $\\sqrt{x_i^2}$, $\\lVert x \\rVert_2$, $X^\\top$, $\\sum_{i=1}^n x_i$, $A^{-1}$');
    const dot = book.tangleWell().json('build/manifest.json').exercises.find((e) => e.fn === 'vec_dot');
    assert.strictEqual(dot.hints[1], '(x⋅u)/(n), 1/2, √(x_i²), ‖x‖₂, Xᵀ, ∑_(i = 1…n)x_i, A⁻¹');
});

test('the manifest: labels are counted once', () => {
    const { labels } = new Book().tangleWell().json('build/manifest.json');
    const text = Object.fromEntries(Object.entries(labels).map(([id, l]) => [id, `${l.kind}: ${l.text}, ${l.page}`]));
    assert.deepStrictEqual(text, {
        'ch-first': 'chapter: Chapter 0, 00-first.html', 'ch-vectors': 'chapter: Chapter 1, 01-vectors.html',
        'ch-tools': 'chapter: Appendix A, a-tools.html', 'ch-preface': 'chapter: Preface, index.html',
        'sec-line': 'section: Section 0.1, 00-first.html', 'sec-nothing': 'section: Section A.1, a-tools.html',
        'sec-day': 'section: A day, index.html', 'eq-line': 'equation: Equation 0.1, 00-first.html',
        'eq-dot': 'equation: Equation 1.1, 01-vectors.html', 'ex-line-predict': 'exercise: Exercise 0.1, 00-first.html',
        'ex-vec-dot': 'exercise: Exercise 1.1, 01-vectors.html', 'ex-line-slope': 'exercise: Exercise 1.2, 01-vectors.html',
        'pen-00-a': 'pen: Pen 0.a, 00-first.html', 'fig-line': 'figure: Figure 0.1, 00-first.html',
        'wrong-line': 'wrong: Figure 0.2, 00-first.html', 'def-dot': 'definition: Definition 1.1, 01-vectors.html',
        'thm-symmetric': 'theorem: Theorem 1.2, 01-vectors.html', 'demo-price': 'demo: Price a house, 00-first.html',
    });
});
