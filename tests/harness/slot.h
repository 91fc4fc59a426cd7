/* slot.h: what a running test leaves behind for the report.

   It lies in memory shared with the process that runs the tests, so that it outlives a crash, a time-out and exit(). */
#ifndef SLOT_H
#define SLOT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    bool ended;       /* the test function returned and its traps were whole */
    bool outside;     /* something was written outside of a buffer */
    bool changed;     /* an input was changed */
    double began;     /* seconds */
    int line;         /* of the suite's file: the last call or expectation */
    char outcome[12]; /* "": to be told from how the process ended */
    char call[512];
    char shown[16 * 1024]; /* the arguments, a line each */
    char touched
        [512]; /* what AddressSanitizer found, in the names of the call's buffers */
    char message[48 * 1024]; /* of a failed expectation, whole */
} slot;

/* With this status the sanitizers end a process. */
enum { SANITIZER_EXIT = 99 };

/* The running test's. */
extern slot *this_test;

/* Checks the last call's traps; frees its buffers. For the end of a test. */
void finish_call(void);
/* Ends the test with this outcome and message. */
[[gnu::noreturn]] void end_with(const char *outcome, const char *message);

/* Defined where the function under test runs in another process: its end, before the test's output is written. */
[[gnu::weak]] void test_is_over(void);

/* Bytes; 0 when nobody counts. */
size_t allocated_now(void);
/* Ends the test if there is memory that nobody can reach any more. */
void search_leaks(void);
/* Writes what the program printed and stdio still holds, at the process's end. */
void rescue_output(void);
/* True the first time that any test of the run asks. */
bool first_report(void);

void gen_seed(const char *test);

#endif
