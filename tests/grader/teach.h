/* teach.h: the grader's verbs of build/bin/descent; each returns the exit status: 0 done, 1 not all, 2 a bad question. */
#ifndef TEACH_H
#define TEACH_H

#include "../runner/manifest.h"
#include "options.h"

/* take_in.c, grade.c, sample.c, container.c */
int verb_intake(const manifest *m, const options *o);
int verb_grade(const manifest *m, const options *o);
int verb_autograder(const manifest *m, const options *o);
int verb_results(const manifest *m, const options *o);
int verb_sample_class(const manifest *m, const options *o);

#endif
