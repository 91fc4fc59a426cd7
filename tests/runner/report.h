/* report.h: what the harness's main writes about a run: one record a line, TAB between fields.

       plan	N
       test	OUTCOME	NAME	LINE	MESSAGE
       note	TEXT
       end	PLANNED	REPORTED                                                      */
#ifndef REPORT_H
#define REPORT_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    char *outcome; /* pass, fail, crash, exit, timeout, sanitizer, leak */
    char *name;
    int line; /* of the suite's file */
    char *message;
} test;

typedef struct {
    GPtrArray *tests;   /* test *, as they ran */
    int planned;        /* -1: no plan */
    bool no_leak_check; /* a note: leaks could not be looked for here */
    bool outside; /* a note: a test wrote outside of a buffer */
    bool changed; /* a note: a test changed an input */
    bool whole; /* it has its end, and all that was planned was reported */
} report;

report *report_parse(const char *text);
void report_free(report *r);
bool test_passed(const test *t);
int report_passed(const report *r);
/* The first test that did not pass, or NULL. */
const test *report_first_failure(const report *r);
/* Whole, at least one test, and all passed: the only way to pass. */
bool report_all_passed(const report *r);

#endif
