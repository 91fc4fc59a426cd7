/* verdict.h: what is to be said about one exercise, as it lies in exercises/. */
#ifndef VERDICT_H
#define VERDICT_H

#include "trial.h"

typedef enum {
    PASSED,
    NOT_STARTED,
    MISSING,
    NO_COMPILE,
    HAS_MAIN,
    NOT_DEFINED,
    NO_LINK,
    FAILED,
    UNFINISHED, /* the run ended, or was ended, before its report did */
    BROKEN /* the suite, the harness or the library is at fault, not the learner */
} outcome;

typedef struct {
    outcome outcome;
    const exercise *exercise;
    bool no_leak_check; /* leaks could not be looked for on this machine */
    int tests, passed;  /* of a run that got as far */
    char *why;          /* what a person should read; NULL when passed */
    char *warnings;     /* of gcc about the file, or NULL */
    char *printed;      /* by the program, or NULL */
    const mistake *recognised; /* the same behaviour, or NULL */
} verdict;

verdict judge(const bench *b, const exercise *e);
void verdict_clear(verdict *v);

/* In a word or two: "does not compile". */
const char *outcome_words(outcome o);
/* The text of a failed test: its message, and what the sanitizers have to say about the file. */
char *failure_text(const trial *t, const test *first, const char *file);

#endif
