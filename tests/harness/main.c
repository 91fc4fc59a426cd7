/* main.c: runs the suite's tests, each in a process of its own, and reports what became of every one.

   DESCENT_CASE=fn    only this TCase; exit status 3 when there is none of that name
   DESCENT_REPORT=f   the report's file; without it, the Test Anything Protocol on the standard output
   DESCENT_TIMEOUT=s  seconds of processor time for one test
   DESCENT_PATIENCE=n so many times that on the clock
   SEED=n             of the random inputs

   Exit status 0: all passed. */
#define _GNU_SOURCE
#include "plan.h"

#include <sys/mman.h>

enum {
    SECONDS = 4,
    PATIENCE = 4,
    NO_SUCH_CASE = 3,
};

/* ------------------------------------------------------------------ the plan */

static struct {
    TCase *at;
    const char *fn;
} * cases;
static size_t case_count;
static planned *plan;
static size_t plan_count;

test_run the_run = {.limit = SECONDS, .patience = PATIENCE};

static void *grown(void *list, size_t n, size_t size)
{
    list = realloc(list, (n + 1) * size);
    if (!list) {
        fprintf(stderr, "no memory for the plan\n");
        exit(EXIT_FAILURE);
    }
    return list;
}

TCase *suite_case(Suite *s, const char *fn)
{
    TCase *tc = tcase_create(fn);
    tcase_set_timeout(tc, the_run.limit * the_run.patience);
    tcase_add_checked_fixture(tc, begin_test, end_test);
    suite_add_tcase(s, tc);
    cases = grown(cases, case_count, sizeof *cases);
    cases[case_count].at = tc;
    cases[case_count++].fn = fn;
    return tc;
}

void plan_test(TCase *tc, const TTest *test, int from, int to)
{
    _tcase_add_test(tc, test, 0, 0, from, to);
    for (int i = from; i < to; i++) {
        plan = grown(plan, plan_count, sizeof *plan);
        plan[plan_count++] = (planned){tc, test, to - from > 1 ? i : -1};
    }
}

static void choose(const char *only)
{
    the_run.chosen = grown(NULL, plan_count, sizeof *the_run.chosen);
    for (size_t c = 0; c < case_count; c++)
        if (!only || !strcmp(only, cases[c].fn))
            for (size_t i = 0; i < plan_count; i++)
                if (plan[i].of == cases[c].at)
                    the_run.chosen[the_run.count++] = plan[i];
}

static bool case_exists(const char *fn)
{
    for (size_t c = 0; c < case_count; c++)
        if (!strcmp(cases[c].fn, fn))
            return true;
    return false;
}

const char *case_name(const TCase *tc)
{
    for (size_t c = 0; c < case_count; c++)
        if (cases[c].at == tc)
            return cases[c].fn;
    return "?";
}

static void *shared_memory(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) {
        perror("memory for the report");
        exit(EXIT_FAILURE);
    }
    return p;
}

/* ------------------------------------------------------------------ main */

/* Check listens to these; a run must not depend on who started it. */
static void forget_environment(void)
{
    static const char *const names[] = {
        "CK_RUN_SUITE",
        "CK_RUN_CASE",
        "CK_INCLUDE_TAGS",
        "CK_EXCLUDE_TAGS",
        "CK_FORK",
        "CK_VERBOSITY",
        "CK_DEFAULT_TIMEOUT",
        "CK_TIMEOUT_MULTIPLIER",
        "CK_LOG_FILE_NAME",
        "CK_XML_LOG_FILE_NAME",
        "CK_TAP_LOG_FILE_NAME",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
    setenv("CK_MAX_MSG_SIZE", "65536", 1);
}

int main(void)
{
    forget_environment();
    const char *only = getenv("DESCENT_CASE"), *path = getenv("DESCENT_REPORT"),
               *time = getenv("DESCENT_TIMEOUT"),
               *patience = getenv("DESCENT_PATIENCE");
    only = only && *only ? only : NULL;
    if (time && atof(time) > 0)
        the_run.limit = atof(time);
    if (patience && atof(patience) > 0)
        the_run.patience = atof(patience);
    hold_output();

    SRunner *sr = srunner_create(suite());
    srunner_set_fork_status(sr, CK_FORK);
    if (only && !case_exists(only)) {
        fprintf(stderr, "there is no TCase %s in this suite\n", only);
        return NO_SUCH_CASE;
    }
    choose(only);
    the_run.slots = shared_memory((the_run.count + 1) * sizeof *the_run.slots);
    the_run.all = shared_memory(sizeof *the_run.all);

    FILE *report = path && *path ? fopen(path, "we") : NULL;
    if (path && *path && !report) {
        perror(path);
        return EXIT_FAILURE;
    }
    if (report) {
        fprintf(report, "plan\t%zu\n", the_run.count);
        /* Before there are processes that would each write it again. */
        fflush(report);
    } else {
        printf("1..%zu\n", the_run.count);
    }
    srunner_run(sr, NULL, only, CK_SILENT);
    bool all = write_report(report, sr);
    if (report && (fflush(report) || ferror(report) || fclose(report))) {
        perror(path);
        all = false;
    }
    srunner_free(sr);
    free(cases);
    free(plan);
    free(the_run.chosen);
    return all ? EXIT_SUCCESS : EXIT_FAILURE;
}
