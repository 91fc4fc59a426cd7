/* report.c: says what became of each test.
   The report has one record a line, TAB between fields, texts escaped as by g_strescape:
       plan	N
       test	OUTCOME	NAME	LINE	MESSAGE
       note	TEXT      no-leak-check; outside NAME, changed NAME: of that test
       end	PLANNED	REPORTED
   Outcomes: pass, fail, crash, exit, timeout, sanitizer, leak. */
#define _GNU_SOURCE
#include "plan.h"

#include <signal.h>

static const char *signal_words(int n)
{
    switch (n) {
    case SIGABRT:
        return "abort() was called, or an assert failed";
    case SIGSEGV:
        return "it used memory that is not its own";
    case SIGBUS:
        return "it used an address where there is no memory";
    case SIGFPE:
        return "it divided a whole number by zero";
    case SIGILL:
        return "it came to an instruction that is none";
    case SIGKILL:
        return "it was killed from outside, perhaps for lack of memory";
    default:
        return strsignal(n);
    }
}

typedef struct {
    const char *outcome;
    char message[sizeof(slot)];
} finding;

static void found(finding *f, const slot *s, const char *outcome,
                  const char *what, const char *more)
{
    f->outcome = outcome;
    snprintf(f->message, sizeof f->message, "%s%s%s%s%s", s->call, what, more,
             *s->shown ? "\n" : "", s->shown);
}

/* Where the function under test runs in another process, the end of this one is not its doing. */
static const char *blamed(const char *outcome)
{
    return test_is_over ? "grader" : outcome;
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
    } else if (!strcmp(s->outcome, "timeout") ||
               !strncmp(said, "Test timeout", 12)) {
        snprintf(what, sizeof what, " had not returned after %g seconds",
                 the_run.limit);
        found(f, s, test_is_over ? "stuck" : "timeout", what, "");
    } else if (type == CK_PASS) {
        if (!s->ended)
            found(f, s, blamed("exit"),
                  " called exit(0), so the test never reached its end", "");
    } else if (sscanf(said, "Received signal %d", &number) == 1) {
        snprintf(what, sizeof what, " crashed: %s (signal %d)",
                 signal_words(number), number);
        found(f, s, blamed("crash"), what, "");
    } else if (sscanf(said, "Early exit with return value %d", &number) != 1) {
        found(f, s, "fail", ": ", said); /* an assertion of Check's own */
    } else if (number == SANITIZER_EXIT) {
        found(f, s, "sanitizer",
              *s->touched ? s->touched : " was stopped before it could return",
              "");
    } else {
        snprintf(what, sizeof what,
                 " called exit(%d), so the test never reached its end", number);
        found(f, s, blamed("exit"), what, "");
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
    if (the_run.chosen[i].turn >= 0)
        snprintf(turn, sizeof turn, "[%d]", the_run.chosen[i].turn);
    snprintf(name, sizeof name, "%s%s", the_run.chosen[i].test->name, turn);
    bool passed = !strcmp(f->outcome, "pass");
    if (report) {
        fprintf(report, "test\t%s\t", f->outcome);
        write_escaped(report, name);
        fprintf(report, "\t%d\t", line);
        write_escaped(report, f->message);
        fputc('\n', report);
        return;
    }
    printf("%sok %zu - %s%s%s\n", passed ? "" : "not ", i + 1, name,
           passed ? "" : ": ", passed ? "" : f->outcome);
    for (const char *m = f->message; *m;) {
        int n = (int)strcspn(m, "\n");
        printf("# %.*s\n", n, m);
        m += n + (m[n] == '\n');
    }
}

bool write_report(FILE *report, SRunner *sr)
{
    static finding f;
    TestResult **results = srunner_results(sr);
    size_t n = (size_t)srunner_ntests_run(sr), passed = 0;
    for (size_t i = 0; i < n && i < the_run.count; i++) {
        judge(&f, &the_run.slots[i], tr_rtype(results[i]), tr_msg(results[i]));
        passed += !strcmp(f.outcome, "pass");
        write_test(report, i, &f,
                   the_run.slots[i].line ? the_run.slots[i].line
                                         : the_run.chosen[i].test->line);
    }
    for (size_t i = 0; report && i < n && i < the_run.count; i++) {
        const slot *s = &the_run.slots[i];
        if (s->outside)
            fprintf(report, "note\toutside %s\n", the_run.chosen[i].test->name);
        if (s->changed)
            fprintf(report, "note\tchanged %s\n", the_run.chosen[i].test->name);
    }
    if (report && the_run.all->blind)
        fprintf(report, "note\tno-leak-check\n");
    else if (the_run.all->blind)
        printf(
            "# LeakSanitizer does not work here: leaks were not looked for\n");
    if (report)
        fprintf(report, "end\t%zu\t%zu\n", the_run.count, n);
    else if (n != the_run.count)
        printf("# %zu tests were planned, %zu were run\n", the_run.count, n);
    free(results);
    return passed == the_run.count && n == the_run.count && n > 0;
}
