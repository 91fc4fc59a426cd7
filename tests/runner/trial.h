/* trial.h: one object put in the place of an exercise's function, linked with the chapter's suite, and run.

   What came of it is cached by content, so that the same trial is never run twice. */
#ifndef TRIAL_H
#define TRIAL_H

#include "build.h"
#include "library.h"
#include "report.h"

/* What trials share: the library behind the function on trial, how everything is built, the seed, how to link with Check. */
typedef struct {
    const manifest *book;
    impl whose;
    flavour how; /* of the objects on trial too */
    product library;
    const char *seed;
    char **check; /* flags */
} bench;

/* How to link with Check; free it with g_strfreev. */
char **check_flags(void);

/* char *: the harness's C files, sorted. */
GPtrArray *harness_sources(void);

/* False when the library does not build; bench.library.log says why. */
bool bench_open(bench *b, const manifest *m, impl whose, flavour how,
                const char *seed);
void bench_close(bench *b);

typedef struct {
    bool linked;    /* false: trouble says why not */
    char *trouble;  /* compiler's or linker's own words, or NULL */
    report *report; /* of a run: never NULL when linked */
    char *printed;  /* by the program, "" mostly */
    char **logs;    /* of the sanitizers, one a fault */
    bool timed_out, too_big;
    int signal, status;
} trial;

/* The object is built as the bench is: learners' code SANITIZED. */
trial trial_run(const bench *b, const exercise *e, const char *object);
/* Runs it with the seeds 1, 2, … up to `last`, linked once; *seed is the first one that does not pass, or `last`, and the trial
   is that seed's. Nothing of it is kept. */
trial trial_sweep(const bench *b, const exercise *e, const char *object,
                  unsigned last, unsigned *seed);
/* What the sanitizers wrote in that test, or NULL: Check calls the function of a test NAME_fn. */
const char *trial_log(const trial *t, const test *one);
void trial_clear(trial *t);
/* It ran to its end in its own time and space, and every test passed. */
bool trial_passed(const trial *t);

enum { TRIAL_SECONDS = 60, TRIAL_MB = 512 };

#endif
