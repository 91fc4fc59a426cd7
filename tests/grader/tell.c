/* tell.c: one table of verdicts, and sentences around numbers. */
#include "tell.h"
#include "when.h"
#include "words.h"

#include <math.h>
#include <string.h>

enum { LONGEST = 4000 };

static const struct {
    const char *verdict, *word, *sentence;
} table[] = {
    {"PASS", "passes", ""},
    {"FAIL", "fails", ""},
    {"COMPILE", "does not compile",
     "The compiler could not make a program of this file. `make check` shows "
     "the same before you hand in."},
    {"MISSING", "not handed in", "There is no file for it in your submission."},
    {"NOT-STARTED", "not started", "The file is as it was handed out."},
    {"FORBIDDEN", "not allowed",
     "The file holds or calls something that an answer may not: its function "
     "alone, calls of the mathematics and string library and of earlier "
     "functions of the book."},
    {"TIMEOUT", "takes too long",
     "A test had to be stopped: most often a loop whose end is never reached."},
    {"MEMORY", "takes too much memory",
     "A test was stopped at the limit of memory."},
    {"OUTPUT", "prints too much",
     "A test was stopped because it printed without end."},
    {"CRASH", "crashes",
     "The program was ended by the system in the middle of a test: most often "
     "an index outside of its array."},
    {"EARLY-EXIT", "ends early",
     "The program ended itself in the middle of a test. A function returns; "
     "it never calls exit."},
    {"PROTOCOL", "disturbs its judge",
     "The program spoke on the channel that its judge listens on. A person "
     "will look at it."},
    {"BAD-INPUT", "cannot be read", ""},
    {"GRADER-ERROR", "not judged yet",
     "The grader failed here, not you: this exercise counts for nothing until "
     "it has been judged again."},
};

static int row_of(const mark *m)
{
    for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
        if (verdict_is(m->verdict, table[i].verdict))
            return (int)i;
    return -1;
}

const char *tell_word(const mark *m)
{
    int i = row_of(m);
    return i < 0 ? m->verdict : table[i].word;
}

const char *tell_sentence(const mark *m)
{
    int i = row_of(m);
    return i < 0 ? "" : table[i].sentence;
}

char *tell_points(const mark *m)
{
    GString *text = g_string_new(NULL);
    if (m->tests)
        g_string_append_printf(text, "%d of %d test%s, ", m->passed, m->tests,
                               m->tests == 1 ? "" : "s");
    if (m->counts)
        g_string_append_printf(text, "%.2f of %.2f points", m->earned,
                               m->points);
    else
        g_string_append(text, "does not count");
    return g_string_free(text, FALSE);
}

char *tell_example(const mark *m)
{
    const judged *j = m->shown;
    if (!j || verdict_is(m->verdict, "PASS") ||
        verdict_is(m->verdict, "MISSING") ||
        verdict_is(m->verdict, "NOT-STARTED"))
        return NULL;
    const char *said = NULL;
    for (guint i = 0; i < j->results->len && !said; i++) {
        const result *r = j->results->pdata[i];
        if (!verdict_is(r->verdict, "PASS") && r->message && *r->message)
            said = r->message;
    }
    if (!said && j->compiler && *j->compiler)
        said = j->compiler;
    if (!said && j->note && *j->note)
        said = j->note;
    return said ? words_text(said, LONGEST) : NULL;
}

const mistake *tell_mistake(const mark *m)
{
    const judged *j = m->shown;
    bool wrong = j && j->mistake && !verdict_is(m->verdict, "PASS");
    return wrong ? exercise_mistake(m->exercise, j->mistake) : NULL;
}

char *tell_figure_file(const figure *f)
{
    return g_strdup_printf("build/reference/figures/%s.svg", f->id);
}

const figure *tell_figure(const class *c, const mark *m)
{
    const mistake *k = tell_mistake(m);
    for (guint i = 0; k && i < c->book->figures->len; i++) {
        const figure *f = c->book->figures->pdata[i];
        if (!f->fn || !f->mistake || strcmp(f->fn, m->exercise->fn) ||
            strcmp(f->mistake, k->name))
            continue;
        char *file = tell_figure_file(f);
        bool drawn = g_file_test(file, G_FILE_TEST_EXISTS);
        g_free(file);
        return drawn ? f : NULL;
    }
    return NULL;
}

char *tell_replay(const mark *m)
{
    static const char *const runs[] = {"FAIL",      "COMPILE",    "TIMEOUT",
                                       "MEMORY",    "OUTPUT",     "CRASH",
                                       "FORBIDDEN", "EARLY-EXIT", NULL};
    if (!m->shown || m->hidden || !g_strv_contains(runs, m->verdict))
        return NULL;
    bool usual = !m->seed || g_str_equal(m->seed, "1");
    return g_strdup_printf("make check EX=%s%s%s", m->exercise->fn,
                           usual ? "" : " SEED=", usual ? "" : m->seed);
}

char *tell_late(const marked *m)
{
    if (!m->attempt)
        return g_strdup("nothing was handed in");
    if (m->late == 0)
        return g_strdup(m->attempt->submitted == G_MININT64 &&
                                m->assignment->deadline != G_MAXINT64
                            ? "time unknown, taken as in time"
                            : "in time");
    char *by = m->late < 0 ? g_strdup("late") : when_length(m->late);
    char *text =
        m->factor <= 0
            ? g_strdup_printf("%s%s: too late to count", by,
                              m->late < 0 ? "" : " late")
            : g_strdup_printf("%s%s: %.4g %% of the mark are left", by,
                              m->late < 0 ? "" : " late", 100 * m->factor);
    g_free(by);
    return text;
}

static void add(GPtrArray *to, char *text)
{
    g_ptr_array_add(to, text);
}

GPtrArray *tell_notes(const marked *a, const mark *m)
{
    GPtrArray *notes = g_ptr_array_new_with_free_func(g_free);
    const GPtrArray *file =
        a->attempt ? g_hash_table_lookup(a->attempt->files, m->exercise->fn)
                   : NULL;
    const char *from = file ? file->pdata[0] : NULL;
    char *usual = g_strconcat(m->exercise->fn, ".c", NULL);
    if (from && !g_str_has_suffix(from, usual))
        add(notes, g_strdup_printf("Taken from %s; it should be called %s.",
                                   from, usual));
    for (guint i = 1; file && i < file->len; i++)
        add(notes, g_strdup(file->pdata[i]));
    const judged *j = m->shown;
    for (guint i = 0; j && i < j->flags->len; i++) {
        const char *flag = j->flags->pdata[i];
        if (g_str_equal(flag, "out-of-bounds"))
            add(notes, g_strdup("It writes outside of an array: at most half "
                                "of the points are given."));
        else if (g_str_equal(flag, "input-modified"))
            add(notes, g_strdup("It changes an input: at most half of the "
                                "points are given."));
        else
            add(notes, g_strdup_printf("Flagged: %s.", flag));
    }
    if (m->hidden && m->shown && !verdict_is(m->verdict, "PASS"))
        add(notes, g_strdup("It passes with the numbers of make check and "
                            "fails with others: it must hold for all."));
    g_free(usual);
    return notes;
}

static char *joined(const GPtrArray *words)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < words->len; i++)
        g_string_append_printf(all, "%s%s", i ? ", " : "",
                               (const char *)words->pdata[i]);
    return g_string_free(all, FALSE);
}

char *tell_judging(const class *c)
{
    char *present = joined(c->present), *missing = joined(c->missing);
    char *compilers = joined(c->compilers);
    guint hidden = c->course->seeds->len - c->course->visible;
    GString *text = g_string_new(NULL);
    g_string_append_printf(text,
                           "Judged one exercise at a time with %s, by "
                           "tests drawn with %u published seed%s",
                           *compilers ? compilers : "an unknown compiler",
                           c->course->visible,
                           c->course->visible == 1 ? "" : "s");
    if (hidden)
        g_string_append_printf(text, " and %u that %s not", hidden,
                               hidden == 1 ? "is" : "are");
    g_string_append_printf(text, ". Protection: %s.",
                           *present ? present : "none");
    if (*missing)
        g_string_append_printf(text, " MISSING on the grading machine: %s.",
                               missing);
    g_free(present);
    g_free(missing);
    g_free(compilers);
    return g_string_free(text, FALSE);
}
