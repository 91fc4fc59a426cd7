/* verdict.c: from a file to a verdict, the cheapest question first. */
#include "verdict.h"
#include "diagnose.h"
#include "recognise.h"
#include "sanitizer.h"
#include "source.h"
#include "symbols.h"

#include <string.h>

const char *outcome_words(outcome o)
{
    static const char *const words[] = {
        [PASSED] = "passed",
        [NOT_STARTED] = "not started",
        [MISSING] = "the file is missing",
        [NO_COMPILE] = "does not compile",
        [HAS_MAIN] = "has a main of its own",
        [NOT_DEFINED] = "does not define the function",
        [NO_LINK] = "does not link",
        [FAILED] = "fails",
        [UNFINISHED] = "did not finish",
        [BROKEN] = "could not be judged",
    };
    return words[o];
}

/* The object's global functions as a sentence. */
static char *what_it_defines(const GPtrArray *symbols)
{
    if (!symbols->len)
        return g_strdup("it defines no function that others can call");
    GString *list = g_string_new("it defines ");
    for (guint i = 0; i < symbols->len; i++)
        g_string_append_printf(list, "%s%s", i ? ", " : "",
                               (char *)symbols->pdata[i]);
    return g_string_free(list, FALSE);
}

/* The outcome is PASSED when nothing speaks against running it. */
static void look_at_object(verdict *v, const product *object)
{
    const exercise *e = v->exercise;
    GPtrArray *symbols = symbols_defined(object->path);
    char *defines = what_it_defines(symbols);
    if (symbols_have(symbols, "main")) {
        v->outcome = HAS_MAIN;
        v->why = g_strdup_printf("%s has a main. The suite brings its own: "
                                 "keep only %s in this file.",
                                 e->file, e->fn);
    } else if (!symbols_have(symbols, e->fn)) {
        v->outcome = NOT_DEFINED;
        v->why = g_strdup_printf("%s does not define %s: %s. The suite calls\n"
                                 "  %s",
                                 e->file, e->fn, defines,
                                 e->prototype ? e->prototype : e->fn);
    }
    g_free(defines);
    g_ptr_array_unref(symbols);
}

char *failure_text(const trial *t, const test *first, const char *file)
{
    GString *text = g_string_new(first->message);
    const char *log = trial_log(t, first);
    char *said = log ? sanitizer_explain(log, file) : NULL;
    if (said)
        g_string_append_printf(text, "%s%s", text->len ? "\n" : "", said);
    g_free(said);
    return g_string_free(text, FALSE);
}

/* Takes the text. */
static char *too_big_text(char *text)
{
    char *more = g_strdup_printf("%s\nIt was stopped because it used more than "
                                 "%d MB of memory.",
                                 text, TRIAL_MB);
    g_free(text);
    return more;
}

/* The report has no end: whose fault is it, and how far did it come? */
static char *unfinished_text(const trial *t, const exercise *e)
{
    GString *text = g_string_new(NULL);
    if (t->timed_out)
        g_string_append_printf(text,
                               "%s was stopped after %d seconds without an end "
                               "of its tests.",
                               e->fn, TRIAL_SECONDS);
    else if (t->too_big)
        g_string_append_printf(text,
                               "%s was stopped: it used more than %d MB of "
                               "memory.",
                               e->fn, TRIAL_MB);
    else
        g_string_append_printf(text,
                               "The tests of %s did not come to their end, so "
                               "it did not pass.",
                               e->fn);
    const test *first = report_first_failure(t->report);
    if (first) {
        char *failure = failure_text(t, first, e->file);
        g_string_append_printf(text, "\n%s", failure);
        g_free(failure);
    }
    return g_string_free(text, FALSE);
}

/* With MINE=1: the same file over the reference's functions. */
static bool passes_alone(const bench *b, const exercise *e,
                         const product *object)
{
    bench reference;
    bool passes = bench_open(&reference, b->book, REFERENCE, b->how, b->seed);
    if (passes) {
        trial t = trial_run(&reference, e, object->path);
        passes = trial_passed(&t);
        trial_clear(&t);
    }
    bench_close(&reference);
    return passes;
}

static void add_not_at_fault(verdict *v)
{
    char *why = g_strdup_printf(
        "%s\nJudged alone, %s passes: the fault is in another function of "
        "yours that it uses. `make check` judges each alone.",
        v->why, v->exercise->fn);
    g_free(v->why);
    v->why = why;
}

static void judge_object(verdict *v, const bench *b, const product *object)
{
    const exercise *e = v->exercise;
    trial t = trial_run(b, e, object->path);
    if (!t.linked) {
        bool own = strstr(t.trouble, e->file) || strstr(t.trouble, e->fn) ||
                   strstr(t.trouble, "multiple definition") ||
                   strstr(t.trouble, "undefined reference");
        v->outcome = own ? NO_LINK : BROKEN;
        v->why = diagnose_link(t.trouble, e);
    } else {
        v->tests = (int)t.report->tests->len;
        v->passed = report_passed(t.report);
        v->no_leak_check = t.report->no_leak_check;
        if (*t.printed)
            v->printed = g_strdup(t.printed);
        const test *first = report_first_failure(t.report);
        if (trial_passed(&t)) {
            v->outcome = PASSED;
        } else if (t.report->whole && first) {
            v->outcome = FAILED;
            v->why = failure_text(&t, first, e->file);
            if (t.too_big)
                v->why = too_big_text(v->why);
            if (b->whose == MINE && passes_alone(b, e, object))
                add_not_at_fault(v);
            else
                v->recognised = recognise(b, e, &t);
        } else if (t.report->whole && t.report->planned == 0) {
            v->outcome = BROKEN;
            v->why = g_strdup_printf("%s has no tests for %s.",
                                     e->chapter->suite, e->fn);
        } else {
            v->outcome = UNFINISHED;
            v->why = unfinished_text(&t, e);
        }
    }
    trial_clear(&t);
}

verdict judge(const bench *b, const exercise *e)
{
    verdict v = {.exercise = e, .outcome = PASSED};
    if (!g_file_test(e->file, G_FILE_TEST_IS_REGULAR)) {
        v.outcome = MISSING;
        v.why = g_strdup_printf(
            "There is no %s. `make tangle` writes a fresh one.", e->file);
        return v;
    }
    if (source_same(e->file, e->stub)) {
        v.outcome = NOT_STARTED;
        v.why = g_strdup_printf("%s is still as it came.", e->file);
        return v;
    }
    product object = build_object(e->file, SANITIZED);
    if (!object.ok) {
        v.outcome = NO_COMPILE;
        v.why = diagnose_errors(object.log, e);
    } else {
        char *warnings = diagnose_warnings(object.log, e, 2);
        v.warnings = *warnings ? g_strdup(warnings) : NULL;
        g_free(warnings);
        look_at_object(&v, &object);
        if (v.outcome == PASSED)
            judge_object(&v, b, &object);
    }
    product_clear(&object);
    return v;
}

void verdict_clear(verdict *v)
{
    g_free(v->why);
    g_free(v->warnings);
    g_free(v->printed);
    *v = (verdict){0};
}
