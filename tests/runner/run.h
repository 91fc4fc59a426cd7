/* run.h: runs a program and brings back what became of it.

   The program gets /dev/null for its input, a session of its own, a limit of time and one of memory; when a limit is
   passed, everything it started is killed. What it prints is kept up to OUTPUT_LIMIT bytes a stream; the rest is read and
   dropped. Safe to call from several threads at once. */
#ifndef RUN_H
#define RUN_H

#include <glib.h>
#include <stdbool.h>

enum { OUTPUT_LIMIT = 64 * 1024 };

typedef struct {
    const char *const *
        argv; /* NULL at the end; argv[0] is looked up in PATH unless it has a slash */
    const char *const *
        env; /* "NAME=value", NULL at the end: added to the environment; may be NULL */
    const char *folder; /* to run in; NULL: this one */
    double seconds;     /* of wall-clock time; 0: 60 */
    unsigned
        megabytes; /* of resident memory of all its processes together; 0: no limit */
} run_request;

typedef struct {
    bool started;   /* false: it could not be started, and err says why */
    bool timed_out; /* it was killed for its time */
    bool too_big;   /* it, or a part of it, was killed for its memory */
    int status;     /* of exit, or -1 */
    int signal;     /* that ended it, or 0 */
    char *out,
        *err; /* what it printed, ended by a zero; bytes that are no UTF-8 are kept as they are */
    size_t out_size, err_size;
    bool cut; /* more was printed than was kept */
    double seconds;
} run_result;

run_result run(const run_request *what);
/* It was started, ended by itself, and its exit status was 0. */
bool run_ok(const run_result *r);
/* Why it is not ok, as the end of a sentence: "took more than 10 seconds", "crashed (segmentation fault)". Free it. */
char *run_trouble(const run_request *what, const run_result *r);
void run_clear(run_result *r);

/* Calls job(i, data) for each i < n, on all cores; returns when all are done. Jobs may call this in turn. */
void in_parallel(size_t n, void (*job)(size_t i, void *data), void *data);

#endif
