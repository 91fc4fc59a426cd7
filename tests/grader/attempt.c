/* attempt.c: starts the host; its report is the only thing that is believed. */
#include "attempt.h"
#include "../runner/run.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum { HOST_SECONDS = 900 };
/* A function's time is its worker's processor time; a call that crosses costs more on the clock, on a busy machine much more. */
#define PATIENCE "75"

static void add_variable(GPtrArray *env, const char *name, const char *value)
{
    if (value)
        g_ptr_array_add(env, g_strconcat(name, "=", value, NULL));
}

static GPtrArray *environment(const attempt_request *what, const bed *b,
                              const char *worker, const char *report)
{
    GPtrArray *env = g_ptr_array_new_with_free_func(g_free);
    char *words = protection_words(what->protection);
    add_variable(env, "DESCENT_CASE", what->fn);
    add_variable(env, "DESCENT_REPORT", report);
    add_variable(env, "DESCENT_TIMEOUT", what->seconds);
    add_variable(env, "DESCENT_PATIENCE", PATIENCE);
    add_variable(env, "SEED", what->seed);
    add_variable(env, "DESCENT_WORKER", worker);
    add_variable(env, "DESCENT_SANDBOX", words);
    add_variable(env, "DESCENT_BWRAP", what->protection->bwrap);
    add_variable(env, "DESCENT_BPF",
                 what->sanitized ? what->protection->loose
                                 : what->protection->filter);
    /* The sanitizers' runtime needs another root and looser limits: a sandbox a test. */
    if (!what->sanitized)
        add_variable(env, "DESCENT_KEEPER", b->keeper);
    if (what->sanitized) {
        add_variable(env, "DESCENT_BINDS", "/usr/lib /usr/lib64 /lib /lib64");
        add_variable(env, "DESCENT_ASAN",
                     "detect_leaks=0:exitcode=99:allocator_may_return_null=1:"
                     "symbolize=0:handle_abort=0:hard_rss_limit_mb=0");
    }
    g_free(words);
    g_ptr_array_add(env, NULL);
    return env;
}

attempt attempt_run(const attempt_request *what, const bed *b,
                    const char *worker)
{
    static int count;
    attempt a = {0};
    char *report = g_strdup_printf("%s/report-%d-%d", what->folder,
                                   (int)getpid(), g_atomic_int_add(&count, 1));
    GPtrArray *env = environment(what, b, worker, report);
    run_result r =
        run(&(run_request){.argv = (const char *const[]){b->host.path, NULL},
                           .env = (const char *const *)env->pdata,
                           .seconds = HOST_SECONDS});
    char *text = NULL;
    if (!g_file_get_contents(report, &text, NULL, NULL))
        text = g_strdup("");
    g_unlink(report);
    a.started = r.started;
    a.timed_out = r.timed_out;
    a.report = report_parse(text);
    a.printed = g_utf8_make_valid(r.out, (gssize)r.out_size);
    if (!a.report->whole) {
        char *said = g_utf8_make_valid(r.err, (gssize)r.err_size);
        a.trouble = g_strdup_printf(
            "the host's report has no end: status %d, signal %d %s", r.status,
            r.signal, said);
        g_free(said);
    }
    run_clear(&r);
    g_free(text);
    g_free(report);
    g_ptr_array_unref(env);
    return a;
}

void attempt_clear(attempt *a)
{
    report_free(a->report);
    g_free(a->printed);
    g_free(a->trouble);
    *a = (attempt){0};
}

const char *outcome_verdict(const char *outcome)
{
    static const struct {
        const char *outcome, *verdict;
    } table[] = {
        {"pass", "PASS"},         {"fail", "FAIL"},
        {"leak", "FAIL"},         {"sanitizer", "FAIL"},
        {"crash", "CRASH"},       {"exit", "EARLY-EXIT"},
        {"timeout", "TIMEOUT"},   {"memory", "MEMORY"},
        {"stuck", "TIMEOUT"},     {"output", "OUTPUT"},
        {"protocol", "PROTOCOL"}, {"forbidden", "FORBIDDEN"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
        if (g_str_equal(table[i].outcome, outcome))
            return table[i].verdict;
    return "GRADER-ERROR";
}

/* A fault of ours counts for nobody; who breaks the rules in one test did so in all; else the first that failed. */
const char *attempt_verdict(const attempt *a)
{
    if (report_all_passed(a->report))
        return "PASS";
    if (!a->report->whole || a->report->planned == 0)
        return a->timed_out ? "TIMEOUT" : "GRADER-ERROR";
    static const char *const first[] = {"GRADER-ERROR", "PROTOCOL",
                                        "FORBIDDEN"};
    for (size_t k = 0; k < G_N_ELEMENTS(first); k++)
        for (guint i = 0; i < a->report->tests->len; i++) {
            const test *t = a->report->tests->pdata[i];
            if (g_str_equal(outcome_verdict(t->outcome), first[k]))
                return first[k];
        }
    return outcome_verdict(report_first_failure(a->report)->outcome);
}

bool attempt_was_stuck(const attempt *a)
{
    for (guint i = 0; i < a->report->tests->len; i++) {
        const test *t = a->report->tests->pdata[i];
        if (g_str_equal(t->outcome, "stuck"))
            return true;
    }
    return a->timed_out;
}
