/* tell.h: what a student is told, in words that HTML and text share. Free every text. */
#ifndef TELL_H
#define TELL_H

#include "class.h"

/* Of a verdict: "passes", "does not compile"; and a sentence of what that means and what to do, or "". */
const char *tell_word(const mark *m);
const char *tell_sentence(const mark *m);
/* "5 of 9 tests, 0.83 of 1.50 points". */
char *tell_points(const mark *m);
/* The failing example: the first test that failed, as make check says it; what the compiler said; or NULL. */
char *tell_example(const mark *m);
/* The known mistake it behaves like, or NULL. */
const mistake *tell_mistake(const mark *m);
/* The figure of the book that shows what this mistake does, where it is drawn; or NULL. Its file: tell_figure_file. */
const figure *tell_figure(const class *c, const mark *m);
char *tell_figure_file(const figure *f);
/* The one command that shows the same; NULL when none would (a hidden seed, nothing to run). */
char *tell_replay(const mark *m);
/* "in time", "2 days late: 80 % of the mark". */
char *tell_late(const marked *m);
/* What was changed in the file, what the judge flagged: sentences, perhaps none. */
GPtrArray *tell_notes(const marked *a, const mark *m);
/* How it was judged: compiler, seeds, protection. */
char *tell_judging(const class *c);

#endif
