/* plan.h: the tests of a run, and what their processes share. */
#ifndef PLAN_H
#define PLAN_H

#include "harness.h"
#include "slot.h"

#include <stdio.h>

typedef struct {
    TCase *of;
    const TTest *test;
    int turn; /* of a loop test, or -1 */
} planned;

/* What the tests of a run share across their processes. */
typedef struct {
    size_t begun;  /* tests */
    bool reported; /* by AddressSanitizer or UBSan */
    bool leaked;
    bool blind; /* LeakSanitizer does not work here */
} shared;

typedef struct {
    planned *chosen; /* in the order in which they run */
    size_t count;
    slot *slots; /* of each: what it left behind */
    shared *all;
    double limit; /* seconds of processor time for one test */
    double
        patience; /* so many times that on the clock, for a machine that is busy */
} test_run;
extern test_run the_run;

/* The name of a TCase: its function. */
const char *case_name(const TCase *tc);

/* ------------------------------------------------------------------ process.c: before and after each test, in its process */

void begin_test(void);
void end_test(void);
/* Keeps what is printed until it is much, or the process ends in any way. */
void hold_output(void);

/* ------------------------------------------------------------------ report.c */

/* Writes what became of each test, as TAP when report is NULL; true when all passed. */
bool write_report(FILE *report, SRunner *sr);

#endif
