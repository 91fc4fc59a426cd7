/* attempt.h: a worker judged by its exercise's host. */
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include "../runner/report.h"
#include "kit.h"
#include "protect.h"

typedef struct {
    const protection *protection;
    const char *folder; /* to put the report in */
    const char *fn, *seed;
    const char *
        seconds; /* of processor time for one test, as text; NULL: the harness's own */
    bool sanitized; /* the worker is */
} attempt_request;

typedef struct {
    bool started;
    report *report; /* never NULL */
    char *printed;  /* by the worker; valid UTF-8 */
    bool timed_out;
    char *trouble; /* of a host that could not be started, or NULL */
} attempt;

attempt attempt_run(const attempt_request *what, const bed *b,
                    const char *worker);
void attempt_clear(attempt *a);

/* The verdict of a test's outcome: "PASS" … "GRADER-ERROR". */
const char *outcome_verdict(const char *outcome);
/* The verdict of the whole: PASS; or what a person should hear of first. */
const char *attempt_verdict(const attempt *a);
/* A test was ended by the clock on the wall: its worker waited, or the machine had no time for it. */
bool attempt_was_stuck(const attempt *a);

#endif
