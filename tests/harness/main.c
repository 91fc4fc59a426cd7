/* main.c: runs the suite's tests, each in a process of its own, and reports what became of every one.

   DESCENT_CASE=fn    only this TCase; exit status 3 when there is none of that name
   DESCENT_REPORT=f   the report's file; without it, the Test Anything Protocol on the standard output
   DESCENT_TIMEOUT=s  seconds of processor time for one test
   SEED=n             of the random inputs

   The report has one record a line, TAB between fields, texts escaped as by g_strescape:
       plan	N
       test	OUTCOME	NAME	LINE	MESSAGE
       note	TEXT
       end	PLANNED	REPORTED
   Outcomes: pass, fail, crash, exit, timeout, sanitizer, leak. Exit status 0: all passed. */
#define _GNU_SOURCE
#include "harness.h"
#include "slot.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    SECONDS = 4,
    PATIENCE = 4, /* wall-clock time: so many times the limit, for a machine that is busy */
    NO_SUCH_CASE = 3,
    LEAKS = 1,
};

/* Absent without sanitizers. */
[[gnu::weak]] int __lsan_do_recoverable_leak_check(void);
[[gnu::weak]] void __sanitizer_set_report_fd(void *fd);
[[gnu::weak]] size_t __sanitizer_get_current_allocated_bytes(void);

/* ------------------------------------------------------------------ the plan */

typedef struct {
    TCase *of;
    const TTest *test;
    int turn; /* of a loop test, or -1 */
} planned;

static struct {
    TCase *at;
    const char *fn;
} *cases;
static size_t case_count;
static planned *plan;
static size_t plan_count;

/* In the order in which they run. */
static planned *chosen;
static size_t chosen_count;
static slot *slots;

/* Shared by all tests of the run. */
static struct {
    size_t begun; /* tests */
    bool reported; /* by AddressSanitizer or UBSan */
    bool leaked;
    bool blind; /* LeakSanitizer does not work here */
} *run;

static size_t at_begin; /* bytes allocated then */

static double limit = SECONDS;

static void *grown(void *list, size_t n, size_t size)
{
    list = realloc(list, (n + 1) * size);
    if (!list) {
        fprintf(stderr, "no memory for the plan\n");
        exit(EXIT_FAILURE);
    }
    return list;
}

static void begin_test(void);
static void end_test(void);

TCase *suite_case(Suite *s, const char *fn)
{
    TCase *tc = tcase_create(fn);
    tcase_set_timeout(tc, limit * PATIENCE);
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
    chosen = grown(NULL, plan_count, sizeof *chosen);
    for (size_t c = 0; c < case_count; c++)
        if (!only || !strcmp(only, cases[c].fn))
            for (size_t i = 0; i < plan_count; i++)
                if (plan[i].of == cases[c].at)
                    chosen[chosen_count++] = plan[i];
}

static bool case_exists(const char *fn)
{
    for (size_t c = 0; c < case_count; c++)
        if (!strcmp(cases[c].fn, fn))
            return true;
    return false;
}

static const char *case_name(const TCase *tc)
{
    for (size_t c = 0; c < case_count; c++)
        if (cases[c].at == tc)
            return cases[c].fn;
    return "?";
}

static void *shared(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) {
        perror("memory for the report");
        exit(EXIT_FAILURE);
    }
    return p;
}

/* ------------------------------------------------------------------ in the test's own process */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void end_with(const char *outcome, const char *message)
{
    fflush(stdout);
    snprintf(this_test->outcome, sizeof this_test->outcome, "%s", outcome);
    snprintf(this_test->message, sizeof this_test->message, "%s", message);
    ck_abort_msg("%s", outcome);
    abort(); /* not reached */
}

static char printed[BUFSIZ];

/* What the program printed must not be lost with it; fflush may not be called just anywhere. */
void rescue_output(void)
{
    size_t n = __fpending(stdout);
    if (n && n <= sizeof printed && write(STDOUT_FILENO, printed, n) < 0)
        return; /* nobody reads it */
}

static void too_late(int signal)
{
    (void)signal;
    rescue_output();
    memcpy(this_test->outcome, "timeout", sizeof "timeout");
    _exit(1);
}

static void aborted(int number)
{
    rescue_output();
    signal(number, SIG_DFL);
    raise(number);
}

bool first_report(void)
{
    bool first = run && !run->reported;
    if (run)
        run->reported = true;
    return first || !run;
}

/* Processor time, so that a busy machine does not make a test late. */
static void set_alarms(void)
{
    signal(SIGPROF, too_late);
    signal(SIGABRT, aborted);
    struct itimerval once = {0};
    once.it_value.tv_sec = (time_t)limit;
    once.it_value.tv_usec = (suseconds_t)((limit - floor(limit)) * 1e6);
    setitimer(ITIMER_PROF, &once, NULL);
}

/* The test before this one, of the same function, ran out of time. */
static bool was_late(size_t i)
{
    if (!i || chosen[i - 1].of != chosen[i].of)
        return false;
    const slot *s = &slots[i - 1];
    bool killed = !s->ended && !*s->outcome && now() - s->began > limit * PATIENCE * 0.95;
    return killed || !strcmp(s->outcome, "timeout");
}

size_t allocated_now(void)
{
    return __sanitizer_get_current_allocated_bytes ? __sanitizer_get_current_allocated_bytes() : 0;
}

static void begin_test(void)
{
    size_t i = run->begun++;
    if (i >= chosen_count)
        abort();
    this_test = &slots[i];
    this_test->began = now();
    this_test->line = chosen[i].test->line;
    snprintf(this_test->call, sizeof this_test->call, "%s", case_name(chosen[i].of));
    if (was_late(i)) { /* one endless loop is enough to wait for */
        char message[sizeof this_test->call + 80];
        snprintf(message, sizeof message, "%s was not tested further, after it took too long", this_test->call);
        end_with("timeout", message);
    }
    char seed[256];
    snprintf(seed, sizeof seed, "%s %d", chosen[i].test->name, chosen[i].turn);
    gen_seed(seed);
    at_begin = allocated_now();
    set_alarms();
}

static bool silent; /* nobody reads what LeakSanitizer writes */

void __sanitizer_on_print(const char *text);

/* Called with all that a sanitizer writes: its first words are enough to know that there is a leak. To find out where the
   memory came from would take it half a second. */
void __sanitizer_on_print(const char *text)
{
    if (silent && strstr(text, "detected memory leaks"))
        _exit(LEAKS);
}

/* Asks LeakSanitizer in a process of its own: where it is not allowed to look, it ends the process that asked. Only the
   first leak of a run is written about. */
static bool has_leaks(void)
{
    pid_t child = fork();
    if (child == 0) {
        silent = run->leaked;
        if (silent && __sanitizer_set_report_fd)
            __sanitizer_set_report_fd((void *)(intptr_t)open("/dev/null", O_WRONLY));
        _exit(__lsan_do_recoverable_leak_check() ? LEAKS : 0);
    }
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    bool looked = child > 0 && WIFEXITED(status) && (WEXITSTATUS(status) == LEAKS || WEXITSTATUS(status) == 0);
    run->blind |= !looked;
    return looked && WEXITSTATUS(status) == LEAKS;
}

void search_leaks(void)
{
    if (!__lsan_do_recoverable_leak_check || run->blind || !has_leaks())
        return;
    run->leaked = true;
    static char message[sizeof this_test->message];
    snprintf(message, sizeof message, "%s allocated memory that it did not free\n%s", this_test->call, this_test->shown);
    end_with("leak", message);
}

static void end_test(void)
{
    finish_call();
    fflush(stdout);
    this_test->ended = true;
    if (allocated_now() > at_begin)
        search_leaks();
    setitimer(ITIMER_PROF, &(struct itimerval){0}, NULL);
}

/* ------------------------------------------------------------------ what became of it */

static const char *signal_words(int n)
{
    switch (n) {
    case SIGABRT: return "abort() was called, or an assert failed";
    case SIGSEGV: return "it used memory that is not its own";
    case SIGBUS: return "it used an address where there is no memory";
    case SIGFPE: return "it divided a whole number by zero";
    case SIGILL: return "it came to an instruction that is none";
    case SIGKILL: return "it was killed from outside, perhaps for lack of memory";
    default: return strsignal(n);
    }
}

typedef struct {
    const char *outcome;
    char message[sizeof(slot)];
} finding;

static void found(finding *f, const slot *s, const char *outcome, const char *what, const char *more)
{
    f->outcome = outcome;
    snprintf(f->message, sizeof f->message, "%s%s%s%s%s", s->call, what, more, *s->shown ? "\n" : "", s->shown);
}

/* From what the test left behind and from how Check saw its process end. */
static void judge(finding *f, const slot *s, int type, const char *said)
{
    int number;
    char what[200];
    f->outcome = "pass";
    f->message[0] = '\0';
    if (*s->outcome && *s->message) {
        f->outcome = s->outcome;
        snprintf(f->message, sizeof f->message, "%s", s->message);
    } else if (!strcmp(s->outcome, "timeout") || !strncmp(said, "Test timeout", 12)) {
        snprintf(what, sizeof what, " had not returned after %g seconds", limit);
        found(f, s, "timeout", what, "");
    } else if (type == CK_PASS) {
        if (!s->ended)
            found(f, s, "exit", " called exit(0), so the test never reached its end", "");
    } else if (sscanf(said, "Received signal %d", &number) == 1) {
        snprintf(what, sizeof what, " crashed: %s (signal %d)", signal_words(number), number);
        found(f, s, "crash", what, "");
    } else if (sscanf(said, "Early exit with return value %d", &number) != 1) {
        found(f, s, "fail", ": ", said); /* an assertion of Check's own */
    } else if (number == SANITIZER_EXIT) {
        found(f, s, "sanitizer", *s->touched ? s->touched : " was stopped before it could return", "");
    } else {
        snprintf(what, sizeof what, " called exit(%d), so the test never reached its end", number);
        found(f, s, "exit", what, "");
    }
}

/* As g_strescape does. */
static void write_escaped(FILE *out, const char *s)
{
    static const char letters[] = "\bb\ff\nn\rr\tt\vv\\\\\"\"";
    for (; *s; s++) {
        const char *letter = NULL;
        for (const char *l = letters; *l && !letter; l += 2)
            letter = *l == *s ? l + 1 : NULL;
        if (letter)
            fprintf(out, "\\%c", *letter);
        else if ((unsigned char)*s < 0x20 || (unsigned char)*s >= 0x7f)
            fprintf(out, "\\%03o", (unsigned char)*s);
        else
            fputc(*s, out);
    }
}

static void write_test(FILE *report, size_t i, const finding *f, int line)
{
    char name[200], turn[20] = "";
    if (chosen[i].turn >= 0)
        snprintf(turn, sizeof turn, "[%d]", chosen[i].turn);
    snprintf(name, sizeof name, "%s%s", chosen[i].test->name, turn);
    bool passed = !strcmp(f->outcome, "pass");
    if (report) {
        fprintf(report, "test\t%s\t", f->outcome);
        write_escaped(report, name);
        fprintf(report, "\t%d\t", line);
        write_escaped(report, f->message);
        fputc('\n', report);
        return;
    }
    printf("%sok %zu - %s%s%s\n", passed ? "" : "not ", i + 1, name, passed ? "" : ": ", passed ? "" : f->outcome);
    for (const char *m = f->message; *m;) {
        int n = (int)strcspn(m, "\n");
        printf("# %.*s\n", n, m);
        m += n + (m[n] == '\n');
    }
}

static bool write_tests(FILE *report, SRunner *sr)
{
    static finding f;
    TestResult **results = srunner_results(sr);
    size_t n = (size_t)srunner_ntests_run(sr), passed = 0;
    for (size_t i = 0; i < n && i < chosen_count; i++) {
        judge(&f, &slots[i], tr_rtype(results[i]), tr_msg(results[i]));
        passed += !strcmp(f.outcome, "pass");
        write_test(report, i, &f, slots[i].line ? slots[i].line : chosen[i].test->line);
    }
    if (report && run->blind)
        fprintf(report, "note\tno-leak-check\n");
    else if (run->blind)
        printf("# LeakSanitizer does not work here: leaks were not looked for\n");
    if (report)
        fprintf(report, "end\t%zu\t%zu\n", chosen_count, n);
    else if (n != chosen_count)
        printf("# %zu tests were planned, %zu were run\n", chosen_count, n);
    free(results);
    return passed == chosen_count && n == chosen_count && n > 0;
}

/* ------------------------------------------------------------------ main */

/* Check listens to these; a run must not depend on who started it. */
static void forget_environment(void)
{
    static const char *const names[] = {
        "CK_RUN_SUITE", "CK_RUN_CASE", "CK_INCLUDE_TAGS", "CK_EXCLUDE_TAGS", "CK_FORK", "CK_VERBOSITY",
        "CK_DEFAULT_TIMEOUT", "CK_TIMEOUT_MULTIPLIER", "CK_LOG_FILE_NAME", "CK_XML_LOG_FILE_NAME", "CK_TAP_LOG_FILE_NAME",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
    setenv("CK_MAX_MSG_SIZE", "65536", 1);
}

int main(void)
{
    forget_environment();
    const char *only = getenv("DESCENT_CASE"), *path = getenv("DESCENT_REPORT"), *time = getenv("DESCENT_TIMEOUT");
    only = only && *only ? only : NULL;
    if (time && atof(time) > 0)
        limit = atof(time);
    setvbuf(stdout, printed, _IOFBF, sizeof printed);

    SRunner *sr = srunner_create(suite());
    srunner_set_fork_status(sr, CK_FORK);
    if (only && !case_exists(only)) {
        fprintf(stderr, "there is no TCase %s in this suite\n", only);
        return NO_SUCH_CASE;
    }
    choose(only);
    slots = shared((chosen_count + 1) * sizeof *slots);
    run = shared(sizeof *run);

    FILE *report = path && *path ? fopen(path, "we") : NULL;
    if (path && *path && !report) {
        perror(path);
        return EXIT_FAILURE;
    }
    if (report) {
        fprintf(report, "plan\t%zu\n", chosen_count);
        fflush(report); /* before there are processes that would each write it again */
    } else {
        printf("1..%zu\n", chosen_count);
    }
    srunner_run(sr, NULL, only, CK_SILENT);
    bool all = write_tests(report, sr);
    if (report && (fflush(report) || ferror(report) || fclose(report))) {
        perror(path);
        all = false;
    }
    srunner_free(sr);
    free(cases);
    free(plan);
    free(chosen);
    return all ? EXIT_SUCCESS : EXIT_FAILURE;
}
