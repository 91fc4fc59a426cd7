// Every fault of a source: a tiny book broken in one place, and exactly what the press says about it.
'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { Book } = require('./press.js');

const first = 'chapters/00-first.md';
const vectors = 'chapters/01-vectors.md';
const key0 = 'solutions/00-first.md';
const key1 = 'solutions/01-vectors.md';

// Breaks the book, tangles, and expects exactly these faults: [file, text that begins on the line, message, lines below it].
function broken(name, breakIt, ...expected) {
    test(name, () => {
        const book = new Book();
        breakIt(book);
        const { status, said } = book.tangle();
        const lines = expected.map(([file, at, message, below = 0]) => `${file}:${book.line(file, at) + below}: ${message}`);
        assert.strictEqual(said, lines.join('\n') + '\n');
        assert.strictEqual(status, 1);
        assert.ok(!book.has('exercises'), 'nothing may be written');
        assert.ok(!book.has('build/manifest.json'), 'nothing may be written');
    });
}

test('the tiny book has no fault', () => { new Book().tangleWell(); });

// ---------------------------------------------------------------- chunks

broken('an undefined chunk', (b) => b.edit(first, '<<print-price>>', '<<print-prise>>'),
    [first, '<<print-prise>>', 'chunk print-prise is not defined; did you mean print-price?'],
    [first, '``` {.c #print-price', 'chunk print-price is never used and makes no file; refer to it by <<print-price>>, or take out its id']);

broken('an undefined chunk that resembles nothing', (b) => b.edit(first, '    return 0;\n', '    <<quite-another-thing>>\n    return 0;\n'),
    [first, '<<quite-another-thing>>', 'chunk quite-another-thing is not defined; write ``` {.c #quite-another-thing}']);

broken('a chunk that contains itself', (b) => b.edit(first, 'printf("price', '<<print-price>>\nprintf("price'),
    [first, '\n<<print-price>>\nprintf', 'chunk print-price contains itself (print-price → print-price); take one reference out', 1]);

broken('chunks that contain each other',
    (b) => b.edit(key1, 'for (size_t i = 0; i < n; i++)\n    sum += x[i] * y[i];\n```\n:::\n\n::: {.alternative',
        '<<inner>>\n```\n\n``` {.c #inner}\n<<add-products>>\n```\n:::\n\n::: {.alternative'),
    [key1, '<<add-products>>\n```', 'chunk add-products contains itself (add-products → inner → add-products); take one reference out'],
    [key1, '-    for (size_t i = 0', 'hunk 1 of mistake starts-at-one of vec_dot fits nowhere (0 times): no match for '
        + '“    for (size_t i = 0; i < n; i++)”; the solution has no such line']);

broken('a chunk that nobody uses', (b) => b.edit(first, 'It prints [7]', '``` {.c #lonely}\nint lonely;\n```\n\nIt prints [7]'),
    [first, '#lonely}', 'chunk lonely is never used and makes no file; refer to it by <<lonely>>, or take out its id']);

broken('a chunk used twice in one file', (b) => b.edit(first, '    return 0;\n', '    puts("again");\n    <<print-price>>\n    return 0;\n'),
    [first, '    <<print-price>>\n    return', 'chunk print-price is used twice in build/programs/demo-price.c, which Entangled takes for a circle; '
        + 'make a function of it, or a second chunk']);

broken('a reference that shares its line', (b) => b.edit(first, '    <<print-price>>', '    if (1) <<print-price>>\n    <<print-price>>'),
    [first, 'if (1) <<', '<<print-price>> shares its line and is not expanded; give it a line of its own']);

broken('one id for two files', (b) => b.edit(vectors, '``` {.c #vec-zero file=build/given/vec_zero.c', '``` {.c #line-h file=build/given/vec_zero.c'),
    [vectors, '``` {.c #line-h', 'the id line-h is used for two files, exercises/include/line.h (chapters/00-first.md:28) '
        + 'and build/given/vec_zero.c; give this chunk another id']);

broken('one file made by two chunks', (b) => b.edit(vectors, '``` {.c #vec-zero file=build/given/vec_zero.c title="Fill with zeros"}',
    '``` {.c #vec-none file=build/given/vec_zero.c}\n  /* second */\n  ```\n\n  ``` {.c #vec-zero file=build/given/vec_zero.c title="Fill with zeros"}'),
    [vectors, '``` {.c #vec-zero', 'build/given/vec_zero.c is already made by chunk vec-none (chapters/01-vectors.md:38); '
        + 'use its id, or another file']);

broken('a file without an id', (b) => b.edit(first, '``` {.c #pen-h file', '``` {.c file'),
    [first, '``` {.c file', 'the chunk of exercises/include/pen.h has no id; write {.c #an-id file=exercises/include/pen.h}']);

broken('an id with capitals', (b) => { b.edit(first, '#print-price', '#Print_Price'); b.edit(first, '<<print-price>>', '<<Print_Price>>'); },
    [first, '``` {.c #Print_Price', 'Print_Price is no id for a chunk; use small letters, digits and dashes, beginning with a letter']);

broken('a chunk without a language', (b) => b.edit(first, '{.c #print-price', '{#print-price'),
    [first, '``` {#print-price', 'a chunk begins with its language, this one with none; write {.c #print-price …} (or .gnuplot, .sh, .text)']);

broken('<<todo>> in a program', (b) => b.edit(first, '    return 0;\n', '    <<todo>>\n    return 0;\n'),
    [first, '``` {.c .demo', 'build/programs/demo-price.c contains <<todo>>, which is for stubs; take it out']);

// ---------------------------------------------------------------- the two grammars

const differently = (what) => `Pandoc and Entangled read this fence differently: ${what}; `
    + 'no spaces round =, after { or before }, and no = or backslash inside a value';

broken('an = inside a value', (b) => b.edit(first, 'title="Print one price"', 'title="n = 0"'),
    [first, '``` {.c #print-price', differently('its attribute title holds an =')]);

broken('an = that Entangled takes for the key\'s', (b) => b.edit(vectors, 'title="Fill with zeros"', 'width=a=b'),
    [vectors, '``` {.c #vec-zero', differently('its id (none, vec-zero)')]);

broken('a space after the brace', (b) => b.edit(first, '{.c #print-price', '{ .c #print-price'),
    [first, '``` { .c #print-price', differently('its id (print-price, none)')]);

broken('classes that run together', (b) => b.edit(vectors, '{.c #vec-zero file=build/given/vec_zero.c title="Fill with zeros"}', '{.c.given}'),
    [vectors, '``` {.c.given', differently('its classes ({.c.given}, c.given)')]);

broken('a backslash in a value', (b) => b.edit(vectors, 'title="Fill with zeros"', 'title="Fill with \\*"'),
    [vectors, '``` {.c #vec-zero', differently('its attribute title (Fill with *, Fill with \\*)')]);

broken('a tilde fence', (b) => b.edit(first, '``` {.c #print-price title="Print one price"}\ndouble price = line_predict(1, 2, 3);\nprintf("price = %g\\n", price);\n```',
    '~~~ {.c #print-price}\nint price = 3;\n~~~'),
    [first, '~~~ {.c', 'Pandoc reads a chunk here, Entangled does not: a tilde fence; use three backticks']);

broken('a fence of four backticks', (b) => b.edit(first, '``` {.c #todo title="Leave room"}\n/* Your code here. */\n```',
    '```` {.c #todo}\n/* Your code here. */\n````'),
    [first, '```` {.c', 'Pandoc reads a chunk here, Entangled does not: a fence of more than three backticks; use exactly three']);

broken('a chunk quoted in a longer fence', (b) => b.edit(first, 'It prints [7]', '````\n``` {.c #quoted}\nint quoted;\n```\n````\n\nIt prints [7]'),
    [first, '``` {.c #quoted}', 'Entangled reads a chunk here, Pandoc does not; take this fence out of the block it stands in']);

broken('a chunk in a block quotation', (b) => b.edit(first, 'It prints [7]', '> ``` {.c #quoted file=build/given/quoted.c}\n> int quoted;\n> ```\n\nIt prints [7]'),
    [first, '> ``` {.c', 'Pandoc reads a chunk here, Entangled does not: a fence in a quotation; take it out']);

broken('a word before the braces', (b) => b.edit(first, '``` {.c #todo title="Leave room"}', '``` c {#todo}'),
    [first, '``` c {#todo}', 'Pandoc reads a chunk here, Entangled does not: a word before the attributes; write it as a class: {.c #id}']);

broken('a brace inside a value', (b) => b.edit(first, 'title="Leave room"', 'title="Leave {} room"'),
    [first, '``` {.c #todo', 'Pandoc reads a chunk here, Entangled does not: a brace inside the attributes; leave it out']);

broken('a tab in the code', (b) => b.edit(first, '    <<print-price>>', '\t<<print-price>>'),
    [first, '\t<<print-price>>', 'Pandoc and Entangled read this line of code differently; use spaces, not tabs, and indent the code as its fence']);

broken('a closing fence with more indentation', (b) => b.edit(first, '/* Your code here. */\n```', '/* Your code here. */\n  ```'),
    [first, '  ```\n', 'Pandoc and Entangled read this line of code differently; use spaces, not tabs, and indent the code as its fence'],
    [first, '``` {.c #line-h', "Pandoc reads a chunk here, Entangled does not: for it an earlier block goes on here; mend that block's end"]);

const goesOn = "Pandoc reads a chunk here, Entangled does not: for it an earlier block goes on here; mend that block's end";

broken('a closing fence with less indentation', (b) => b.edit(vectors, '          x[i] = 0;\n  }\n  ```\n', '          x[i] = 0;\n  }\n```\n'),
    [vectors, '  }\n```\n', 'Entangled stops here: a closing fence is indented less than its opening; indent both alike', 1],
    [vectors, '``` {.c #vec-contracts}\n/* Returns', goesOn],
    [vectors, '``` {.c #vec-dot', goesOn],
    [vectors, '``` {.c #line-contracts', goesOn],
    [vectors, '``` {.c #line-slope', goesOn]);

broken('a chunk that is never closed', (b) => b.write('chapters/a-tools.md', b.text('chapters/a-tools.md') + '\n``` {.c #tail file=build/given/tail.c}\nint tail;\n'),
    ['chapters/a-tools.md', '``` {.c', 'this fence is never closed for Entangled; end it with three backticks, indented as its first line']);

// ---------------------------------------------------------------- places

const out = (file, why) => `file=${file} is out of place; ${why}`;

broken('a stub of another name', (b) => b.edit(vectors, 'file=exercises/01-vectors/vec_dot.c', 'file=exercises/01-vectors/vec_dto.c'),
    [vectors, 'file=exercises/01-vectors/vec_dto.c', out('exercises/01-vectors/vec_dto.c', 'the stub of vec_dot is exercises/01-vectors/vec_dot.c')],
);

broken('a stub in another chapter\'s folder', (b) => b.edit(vectors, 'file=exercises/01-vectors/vec_dot.c', 'file=exercises/00-first/vec_dot.c'),
    [vectors, 'file=exercises/00-first/vec_dot.c', out('exercises/00-first/vec_dot.c', "this source's stubs go to exercises/01-vectors/")]);

broken('a program that is not called as its chunk', (b) => b.edit(first, 'file=build/programs/demo-price.c', 'file=build/programs/price.c'),
    [first, '``` {.c .demo', out('build/programs/price.c', 'the program of chunk demo-price is build/programs/demo-price.c')]);

broken('a script that is not called as its figure', (b) => b.edit(first, 'file=build/plots/fig-line.gp', 'file=build/plots/line.gp'),
    [first, '``` {.gnuplot #fig-line-plot', out('build/plots/line.gp', 'the script of fig-line is build/plots/fig-line.gp')]);

broken('a file anywhere else', (b) => b.edit(first, 'file=exercises/include/pen.h', 'file=../pen.h'),
    [first, '``` {.c #pen-contracts', 'the contract of pen_00_a is in no header; append it to a chunk that exercises/include/NAME.h holds'],
    [first, 'file=../pen.h', out('../pen.h', 'book/FORMAT.md lists the places: exercises/00-first/FN.c, exercises/include/NAME.h, '
        + 'build/given/NAME.c, build/programs/ID.c, build/plots/ID.gp')]);

broken('a solution that makes another file', (b) => b.edit(key1, 'file=build/key/vec_dot/backwards.c', 'file=build/key/vec_dot/back.c'),
    [key1, '#vec-dot-backwards', out('build/key/vec_dot/back.c', 'this alternative makes build/key/vec_dot/backwards.c')]);

broken('a key that makes a given function', (b) => b.edit(key1, 'file=build/key/vec_dot/backwards.c', 'file=build/given/backwards.c'),
    [key1, '#vec-dot-backwards', out('build/given/backwards.c', 'the answer key makes build/key/FN/solution.c and build/key/FN/NAME.c only')]);

// ---------------------------------------------------------------- blocks

broken('an unknown block', (b) => b.edit(vectors, '::: {.proof of=thm-symmetric}', '::: {.prof of=thm-symmetric}'),
    [vectors, '::: {.prof', 'there is no block called prof; did you mean proof?']);

broken('an unknown block that resembles nothing', (b) => b.edit(vectors, '::: {.proof of=thm-symmetric}', '::: entertainment'),
    [vectors, '::: entertainment', 'there is no block called entertainment; book/FORMAT.md lists the blocks']);

broken('a div without a class', (b) => b.edit(vectors, '::: {.proof of=thm-symmetric}', '::: {of=thm-symmetric}'),
    [vectors, '::: {of', 'a div without a class; book/FORMAT.md lists the blocks']);

broken('a block of the answer key in a chapter', (b) => b.edit(vectors, '::: {.proof of=thm-symmetric}', '::: instructor'),
    [vectors, '::: instructor', 'the block instructor belongs in the answer key only; move it there']);

broken('a schedule outside the preface', (b) => b.edit(vectors, '::: {.proof of=thm-symmetric}', '::: schedule'),
    [vectors, '::: schedule', 'the block schedule belongs in the preface only; move it there']);
broken('an index outside an appendix', (b) => b.edit(vectors, '::: {.proof of=thm-symmetric}', '::: {.index kind=terms}'),
    [vectors, '::: {.index', 'the block index belongs in an appendix only; move it there']);

broken('a hint outside its exercise', (b) => b.edit(vectors, '::: {.proof of=thm-symmetric}', '::: hint'),
    [vectors, '::: hint\nProducts', 'this hint stands outside its exercise or pen; move it in']);

broken('a card without an answer', (b) => b.edit(first, '::: answer\nThe price of no area.\n:::\n', 'The price of no area.\n'),
    [first, '::: {.recall', 'the card card-line has no answer; add ::: answer … ::: inside it']);

broken('a definition without an id', (b) => b.edit(vectors, '{.definition #def-dot', '{.definition'),
    [vectors, '::: {.definition', 'this definition has no id; write ::: {.definition #def-…}']);

broken('an id of the wrong kind', (b) => b.edit(vectors, '{.definition #def-dot', '{.definition #dot'),
    [vectors, '::: {.definition', 'the id of this definition is dot; it should begin with def-']);

broken('a label that shares its paragraph', (b) => b.edit(vectors, '{#eq-dot}\n', '{#eq-dot}\nand so on.\n'),
    [vectors, '$$ x', 'the equation eq-dot shares its paragraph; put $$ … $$ {#eq-dot} alone between empty lines']);

broken('a heading of the first level', (b) => b.edit(first, '## A line {#sec-line}', '# A line\n\n## A line {#sec-line}'),
    [first, '# A line\n\n', 'a heading of the first level; the title stands in the front matter, sections begin with ##']);

// ---------------------------------------------------------------- ids and references

broken('an id used twice in a chapter', (b) => b.edit(first, '## A picture', '## A picture {#sec-line}'),
    [first, '## A picture', 'the id sec-line is already used in line 14; give this section another']);

broken('an id used in two chapters', (b) => b.edit(vectors, '$$ {#eq-dot}\n', '$$ {#eq-dot}\n\n$$ 1 $$ {#eq-line}\n'),
    [vectors, '$$ 1', 'the id eq-line is already used in chapters/00-first.md:18; give this equation another']);

broken('a chunk called as a label', (b) => { b.edit(first, '#print-price', '#def-dot'); b.edit(first, '<<print-price>>', '<<def-dot>>'); },
    [first, '``` {.c #def-dot', 'the chunk def-dot is called as the definition in chapters/01-vectors.md:10; give the chunk another id']);

broken('an exercise of the same function twice',
    (b) => {
        b.edit(vectors, '#ex-line-slope fn=line_slope', '#ex-line-slope fn=vec_dot');
        b.edit(vectors, '#line-slope file=exercises/01-vectors/line_slope.c', '#vec-dot-again file=exercises/01-vectors/vec_dot.c');
        b.write(key1, b.text(key1).split('## line_slope')[0]);
    },
    [vectors, '::: {.exercise #ex-line-slope', 'the exercise vec_dot exists already, in chapters/01-vectors.md:53; give this one another function'],
    [vectors, '::: {.exercise #ex-line-slope', 'vec_dot has no contract; write a chunk of its header with a comment and the prototype of vec_dot'],
    [vectors, '::: {.exercise #ex-line-slope', 'vec_dot has no mistakes; write two or more ::: {.mistake fn=vec_dot name=…} in solutions/01-vectors.md'],
    [vectors, '::: {.exercise #ex-line-slope', 'vec_dot has no solution; write ::: {.solution fn=vec_dot} in solutions/01-vectors.md'],
    [vectors, '``` {.c #vec-dot-again', 'exercises/01-vectors/vec_dot.c is already made by chunk vec-dot (chapters/01-vectors.md:62); '
        + 'use its id, or another file']);

broken('an unknown reference', (b) => b.edit(vectors, '@sec-line and @thm-symmetric', '@sec-line and @thm-symetric'),
    [vectors, 'The sum of products', 'nothing is called @thm-symetric; did you mean thm-symmetric?']);

broken('an unknown reference far down a hard-wrapped paragraph', (b) => b.edit(first, 'A price is a number for an area.', 'A price\nis *a\n(@fig-lime)* number.'),
    [first, '(@fig-lime)', 'nothing is called @fig-lime; did you mean fig-line?']);

broken('an unknown reference in the answer key', (b) => b.edit(key1, 'One pass.', 'One pass, see @eq-something.'),
    [key1, 'One pass', 'nothing is called @eq-something; label what you mean with {#eq-something}']);

broken('a chapter that is not written', (b) => b.edit(vectors, '@sec-line and', '@ch-eigen and'),
    [vectors, 'The sum of products', 'nothing is called @ch-eigen; no such chapter is written yet; say its number in words']);

broken('an equation that an exercise does not have', (b) => b.edit(vectors, 'eq=eq-dot', 'eq=eq-dat'),
    [vectors, '::: {.exercise #ex-vec-dot', 'there is no equation eq-dat; did you mean eq-dot?']);

broken('a proof of nothing', (b) => b.edit(vectors, '{.proof of=thm-symmetric}', '{.proof of=thm-symmetry}'),
    [vectors, '::: {.proof', 'nothing is called @thm-symmetry; did you mean thm-symmetric?']);

// ---------------------------------------------------------------- exercises

broken('an exercise without a second hint', (b) => b.edit(vectors, '::: hint\nOne accumulator, one loop.\n:::\n', ''),
    [vectors, '::: {.exercise #ex-vec-dot', 'vec_dot has one hint; write two or more, each a step higher: a nudge, a plan, almost there']);

broken('a pen without hints', (b) => { b.edit(first, '::: hint\nMultiply first.\n:::\n', ''); b.edit(first, '::: hint\nThen add one.\n:::\n', ''); },
    [first, '::: {.pen', 'pen_00_a has no hint; write two or more, each a step higher: a nudge, a plan, almost there']);

broken('five stars', (b) => b.edit(vectors, 'stars=2', 'stars=5'),
    [vectors, '::: {.exercise #ex-vec-dot', 'vec_dot has stars=5; one to four stars, by the time it takes']);

broken('an exercise that takes no time', (b) => b.edit(vectors, 'stars=2 minutes=15', 'stars=2'),
    [vectors, '::: {.exercise #ex-vec-dot', 'vec_dot does not say how long it takes; write minutes=8']);

broken('a pen out of order', (b) => {
    for (const file of [first, key0, 'tests/suites/00-first.c']) b.write(file, b.text(file).replaceAll('pen_00_a', 'pen_00_b'));
}, [first, '::: {.pen', 'the function of this pen is pen_00_b, its place in the chapter says pen_00_a; rename or reorder']);

broken('an exercise without a stub', (b) => b.edit(vectors,
    '``` {.c #vec-dot file=exercises/01-vectors/vec_dot.c}\n#include "vec.h"\n\ndouble vec_dot(size_t n, const double x[n], const double y[n])\n{\n    <<todo>>\n    return NAN;\n}\n```\n', ''),
    [vectors, '::: {.exercise #ex-vec-dot', 'vec_dot has no stub; write ``` {.c #vec-dot file=exercises/01-vectors/vec_dot.c}']);

broken('a stub of another function', (b) => b.edit(vectors,
    'double vec_dot(size_t n, const double x[n], const double y[n])\n{', 'double vec_dto(size_t n, const double x[n], const double y[n])\n{'),
    [vectors, '``` {.c #vec-dot', 'the stub of vec_dot does not define vec_dot but vec_dto; name the function as fn= says']);

broken('an exercise without a contract', (b) => b.edit(vectors, 'double vec_dot(size_t n, const double x[n], const double y[n]);', 'double vec_to(void);'),
    [vectors, '::: {.exercise #ex-vec-dot', 'vec_dot has no contract; write a chunk of its header with a comment and the prototype of vec_dot']);

broken('an exercise whose chapter has no suite', (b) => b.remove('tests/suites/01-vectors.c'),
    [vectors, '::: {.exercise #ex-vec-dot', 'vec_dot has no suite: there is no tests/suites/01-vectors.c; write it, with a suite_case(s, "vec_dot")']);

broken('an exercise without a case in its suite', (b) => b.edit('tests/suites/01-vectors.c', 'suite_case(s, "vec_dot")', 'suite_case(s, "vec_dots")'),
    [vectors, '::: {.exercise #ex-vec-dot', 'vec_dot has no suite: no suite_case(s, "vec_dot") in tests/suites/01-vectors.c; add it']);

// ---------------------------------------------------------------- the answer key

broken('an exercise without a solution', (b) => b.remove(key0),
    [first, '::: {.exercise', 'line_predict has no mistakes; write two or more ::: {.mistake fn=line_predict name=…} in solutions/00-first.md'],
    [first, '::: {.exercise', 'line_predict has no solution; write ::: {.solution fn=line_predict} in solutions/00-first.md'],
    [first, '::: {.wrong', 'mistake=: line_predict has no mistake swapped; write it in the answer key'],
    [first, '::: {.pen', 'pen_00_a has no mistakes; write two or more ::: {.mistake fn=pen_00_a name=…} in solutions/00-first.md'],
    [first, '::: {.pen', 'pen_00_a has no solution; write ::: {.solution fn=pen_00_a} in solutions/00-first.md']);

broken('an exercise with one mistake', (b) => b.write(key1, b.text(key1).split('::: {.mistake fn=line_slope name=zero')[0]),
    [vectors, '::: {.exercise #ex-line-slope', 'line_slope has one mistake; write two or more ::: {.mistake fn=line_slope name=…} in solutions/01-vectors.md']);

broken('a solution of another function', (b) => b.edit(key0, 'double pen_00_a(void)', 'double pen_00_b(void)'),
    [key0, '::: {.solution fn=pen_00_a}', 'the solution of pen_00_a does not define pen_00_a but pen_00_b; name the function as fn= says']);

broken('an alternative for no exercise', (b) => b.edit(key1, '{.alternative fn=vec_dot', '{.alternative fn=vec_dto'),
    [key1, '::: {.alternative', 'there is no exercise vec_dto; did you mean vec_dot?'],
    [key1, '``` {.c #vec-dot-backwards', out('build/key/vec_dot/backwards.c', 'this alternative makes build/key/vec_dto/backwards.c')]);

broken('a solution without a program', (b) => b.edit(key0, '``` {.c #pen-00-a-solution file=build/key/pen_00_a/solution.c}', '``` c'),
    [key0, '::: {.solution fn=pen_00_a', 'this solution of pen_00_a holds 0 programs; one chunk with file=build/key/pen_00_a/solution.c']);

broken('a mistake without a name', (b) => b.edit(key1, 'fn=vec_dot name=halves title', 'fn=vec_dot title'),
    [key1, '::: {.mistake fn=vec_dot title', 'this mistake of vec_dot has no name; write name=starts-at-one']);

broken('a mistake without a title', (b) => b.edit(key1, 'name=halves title="Twice wrong"', 'name=halves'),
    [key1, '::: {.mistake fn=vec_dot name=halves', 'the mistake halves of vec_dot has no title; write title="The first product is missing"']);

broken('a mistake that is not explained', (b) => b.edit(key1, 'Two hunks, one of them in the inner chunk.\n', ''),
    [key1, '::: {.mistake fn=vec_dot name=halves', 'the mistake halves of vec_dot is not explained; say to the learner what was misunderstood']);

broken('two mistakes of one name', (b) => b.edit(key1, 'name=halves', 'name=starts-at-one'),
    [vectors, '::: {.exercise #ex-vec-dot', 'vec_dot has one mistake; write two or more ::: {.mistake fn=vec_dot name=…} in solutions/01-vectors.md'],
    [key1, '::: {.mistake fn=vec_dot name=starts-at-one title="Twice', 'vec_dot already has a mistake called starts-at-one '
        + '(solutions/01-vectors.md:39); give this mistake another name']);

broken('a mistake without a diff', (b) => b.edit(key0, '``` {.diff}\n-    return 7;\n+    return 9;\n```\n', ''),
    [key0, '::: {.mistake fn=pen_00_a name=adds-first', 'the mistake adds-first of pen_00_a has no diff; write ``` {.diff} with - and + lines against the solution']);

broken('a diff that fits nowhere', (b) => b.edit(key1, '-    for (size_t i = 0; i < n; i++)', '-    for (size_t i = 0; i <= n; i++)'),
    [key1, '-    for (size_t i = 0; i <=', 'hunk 1 of mistake starts-at-one of vec_dot fits nowhere (0 times): no match for '
        + '“    for (size_t i = 0; i <= n; i++)”; the solution has no such line']);

broken('a diff whose second line does not fit', (b) => b.edit(key0, ' {\n-    return theta0 + theta1 * x;', ' {\n-    return theta0 + x * theta1;'),
    [key0, '-    return theta0 + x * theta1;', 'hunk 1 of mistake no-intercept of line_predict fits nowhere (0 times): no match for '
        + '“    return theta0 + x * theta1;”; the solution has “    return theta0 + theta1 * x;” there']);

broken('a diff that fits twice', (b) => {
    b.edit(key0, '    return 7;\n}', '    if (0)\n        ;\n    if (0)\n        ;\n    return 7;\n}');
    b.edit(key0, '-    return 7;\n+    return 6;', '-    if (0)\n-        ;\n+    ;');
}, [key0, '-    if (0)', 'hunk 1 of mistake no-intercept of pen_00_a fits 2 times; add unchanged lines until it fits once']);

broken('a hunk that only adds', (b) => b.edit(key0, '-    return 7;\n+    return 6;', '+    return 6;'),
    [key0, '+    return 6;', 'hunk 1 of mistake no-intercept of pen_00_a only adds; show the line before as an unchanged one']);

broken('two hunks on one line', (b) => b.edit(key0, '+    return 6;', '+    return 6;\n@@\n-    return 7;\n+    return 5;'),
    [key0, '-    return 7;\n+    return 5;', 'hunk 2 of mistake no-intercept of pen_00_a changes lines that another hunk changes; join the two']);

broken('a line of a diff without its sign', (b) => b.edit(key0, ' {\n-    return theta0 + theta1 * x;', '{\n-    return theta0 + theta1 * x;'),
    [key0, '{\n-    return theta0', 'this line of the diff begins with neither -, + nor a space; put a space before an unchanged line']);

// ---------------------------------------------------------------- programs and figures

broken('a value of no program', (b) => b.edit(first, '{.value of=demo-price', '{.value of=demo-prize'),
    [first, 'It prints', 'of=: there is no program demo-prize; did you mean demo-price?']);

broken('a value without a key', (b) => b.edit(first, 'of=demo-price key=price', 'of=demo-price'),
    [first, 'It prints', 'this value names no key; write []{.value of=PROGRAM key=KEY}']);

broken('a figure of no program', (b) => b.edit(first, '#fig-line data=demo-price', '#fig-line data=line'),
    [first, '::: {.figure', 'data=: there is no program line; write a chunk {.c #line file=build/programs/line.c}']);

broken('a figure without data', (b) => b.edit(first, '#fig-line data=demo-price', '#fig-line'),
    [first, '::: {.figure', 'the figure fig-line names no program; write data=ID of the program that writes its numbers']);

broken('a figure without a text for those who cannot see it', (b) => b.edit(first, 'alt="A straight line."', 'alt=""'),
    [first, '::: {.figure', 'the figure fig-line has no alt text; say in a sentence what a reader who cannot see it should know']);

broken('a figure without a caption', (b) => b.edit(first, 'The two parameters changed places.\n:::', ':::'),
    [first, '::: {.wrong', 'the figure wrong-line has no caption; after its script say what one sees, and ask one question']);

broken('a figure without a script', (b) => b.edit(first, '``` {.gnuplot #fig-line-plot file=build/plots/fig-line.gp}', '``` gnuplot'),
    [first, '::: {.figure', 'the figure fig-line has no script; write ``` {.gnuplot #fig-line-plot file=build/plots/fig-line.gp}']);

broken('a figure of no figure', (b) => b.edit(first, 'of=fig-line', 'of=fig-lines'),
    [first, '::: {.wrong', 'of=: there is no figure fig-lines; did you mean fig-line?']);

broken('a wrong figure of no mistake', (b) => b.edit(first, 'mistake=swapped', 'mistake=swoped'),
    [first, '::: {.wrong', 'mistake=: line_predict has no mistake swoped; did you mean swapped?']);

broken('a wrong figure of half a mistake', (b) => b.edit(first, 'fn=line_predict mistake=swapped', 'fn=line_predict'),
    [first, '::: {.wrong', 'the figure wrong-line shows half a mistake; write both fn=FN and mistake=NAME from the answer key, or neither']);

broken('a prediction of no demo', (b) => b.edit(first, '{.predict demo=demo-price}', '{.predict demo=demo-prices}'),
    [first, '::: {.predict', 'demo=: there is no program demo-prices; did you mean demo-price?']);

broken('a demo without a program', (b) => b.edit(vectors, '{.c #vec-zero file=build/given/vec_zero.c title="Fill with zeros"}', '{.c .demo #vec-zero}'),
    [vectors, '``` {.c .demo', 'chunk vec-zero is never used and makes no file; refer to it by <<vec-zero>>, or take out its id'],
    [vectors, '``` {.c .demo', 'the demo vec-zero makes no program; add file=build/programs/vec-zero.c']);

broken('a demo that is not called so', (b) => b.edit(vectors, '{.c #vec-zero file=build/given/vec_zero.c title="Fill with zeros"}', '{.c .demo #zero file=build/programs/zero.c}'),
    [vectors, '``` {.c .demo', 'the id of a demo begins with demo-; call it #demo-zero file=build/programs/demo-zero.c']);

broken('a way to build that is none', (b) => b.edit(first, 'file=build/programs/demo-price.c', 'file=build/programs/demo-price.c build=slow'),
    [first, '``` {.c .demo', 'build=slow is no way to build a program; write build=fast, or take it out']);

broken('a function built like a program', (b) => b.edit(vectors, 'file=build/given/vec_zero.c', 'file=build/given/vec_zero.c build=fast'),
    [vectors, '``` {.c #vec-zero', 'build= and with= are for programs; take them out, or add file=build/programs/vec-zero.c']);

// ---------------------------------------------------------------- front matter and names

broken('a chapter without a question', (b) => b.edit(vectors, 'question: Which houses are alike?\n', ''),
    [vectors, '---\ntitle', 'the front matter has no question; add a line question: …']);

broken('minutes that are none', (b) => b.edit(vectors, 'minutes-read: 30', 'minutes-read: long'),
    [vectors, '---\ntitle', 'minutes-read is long; give whole minutes']);

test('a source whose name says nothing', () => {
    const book = new Book();
    book.write('chapters/notes.md', 'Some notes.\n');
    const { status, said } = book.tangle();
    assert.strictEqual(said, 'chapters/notes.md:1: the name says no place in the book; chapters are NN-slug.md, reviews NNr-slug.md, appendices a-slug.md\n');
    assert.notStrictEqual(status, 0);
});

test('all faults are told at once, in the order of the pages', () => {
    const book = new Book();
    book.edit(key1, '-    for (size_t i = 0; i < n; i++)', '-    for (;;)');
    book.edit(vectors, 'stars=2', 'stars=0');
    book.edit(vectors, '@sec-line and', '@sec-lime and');
    book.edit(first, '<<print-price>>', '<<print-prize>>');
    const { status, said } = book.tangle();
    assert.strictEqual(status, 1);
    assert.deepStrictEqual(said.trim().split('\n').map((line) => line.split(': ')[0]), [
        `${first}:79`, `${first}:84`, `${vectors}:11`, `${vectors}:53`, `${key1}:43`]);
});

test('a fault leaves what was tangled before as it is', () => {
    const book = new Book().tangleWell();
    const before = { ...book.files('exercises'), ...book.files('build/key'), 'build/manifest.json': book.text('build/manifest.json') };
    book.edit(vectors, '    <<todo>>\n    return NAN;\n}\n```\n\n::: hint\nWhat', '    <<todo>>\n    return 0;\n}\n```\n\n::: hint\nWhat');
    book.edit(key0, 'return 7;\n}', 'return 8;\n}');
    assert.strictEqual(book.tangle().status, 1);
    assert.deepStrictEqual({ ...book.files('exercises'), ...book.files('build/key'), 'build/manifest.json': book.text('build/manifest.json') }, before);
});

test('without an answer key nothing is asked of it', () => {
    const book = new Book();
    book.remove('solutions');
    book.tangleWell();
    for (const e of book.json('build/manifest.json').exercises) {
        assert.strictEqual(e.solution, null);
        assert.deepStrictEqual([e.alternatives, e.mistakes, e.uses], [[], [], []]);
    }
});

broken('a prototype that no grader could call', (b) => b.edit(vectors,
    'double vec_dot(size_t n, const double x[n], const double y[n]);', 'double vec_dot(size_t n, const double *x[n], const double y[n]);'),
[vectors, 'double vec_dot(size_t n, const double *x[n]', 'the prototype of vec_dot cannot be graded: the parameter x: an array of pointers has '
        + 'no shape; book/FORMAT.md says how one reads']);
