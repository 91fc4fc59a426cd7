/* verbs.h: the verbs of build/bin/descent; each returns the exit status: 0 yes, 1 no, 2 a bad question. */
#ifndef VERBS_H
#define VERBS_H

#include "asked.h"

int verb_check(const asked *a);
int verb_next(const asked *a);
int verb_hint(const asked *a);
int verb_again(const asked *a);
int verb_progress(const asked *a);
int verb_prove(const asked *a);
int verb_library(const asked *a);
/* tests/grader/: one submission into one record. */
int verb_judge(const asked *a);
/* draw.c: programs, demos' outputs and figures. */
int verb_draw(const asked *a);
/* The menu knows how to do without a book. */
int verb_menu(const manifest *m);

#endif
