/* check.c: make check: judges, says what it found, remembers it. */
#include "run.h"
#include "say.h"
#include "state.h"
#include "verbs.h"
#include "verdict_say.h"

#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------ what is asked */

static GPtrArray *exercises_asked(const asked *a, state *s, guint *left_out)
{
    GPtrArray *all = g_ptr_array_new();
    *left_out = 0;
    for (guint i = 0; i < a->book->exercises->len; i++) {
        exercise *e = a->book->exercises->pdata[i];
        if (a->exercise  ? e == a->exercise
            : a->chapter ? e->chapter == a->chapter
                         : state_progress(s, e) != UNTOUCHED)
            g_ptr_array_add(all, e);
        else if (!a->exercise && !a->chapter)
            ++*left_out;
    }
    return all;
}

typedef struct {
    const bench *b;
    GPtrArray *exercises;
    verdict *verdicts;
    bool *done;
    guint said; /* verdicts so far that were said, in order */
    GMutex lock;
} session;

/* What is done is said as soon as all before it is. */
static void judge_one(size_t i, void *data)
{
    session *s = data;
    verdict v = judge(s->b, s->exercises->pdata[i]);
    g_mutex_lock(&s->lock);
    s->verdicts[i] = v;
    s->done[i] = true;
    GString *text = g_string_new(NULL);
    while (s->said < s->exercises->len && s->done[s->said])
        verdict_say(text, &s->verdicts[s->said++]);
    say_flush(text);
    g_string_free(text, TRUE);
    g_mutex_unlock(&s->lock);
}

static bool has_figures(const manifest *m, const chapter *c)
{
    for (guint i = 0; i < m->figures->len; i++)
        if (((figure *)m->figures->pdata[i])->chapter == c)
            return true;
    return false;
}

/* The functions of a chapter; its questions for pen and paper draw nothing. */
static bool functions_done(state *s, const chapter *c)
{
    for (guint i = 0; i < c->exercises->len; i++) {
        const exercise *e = c->exercises->pdata[i];
        if (!e->pen && state_progress(s, e) != DONE)
            return false;
    }
    return true;
}

/* After one exercise: where to go. */
static void say_next(GString *to, const asked *a, state *s, const verdict *v)
{
    const exercise *e = v->exercise;
    if (v->outcome == NOT_STARTED) {
        g_string_append_printf(to, "  Edit %s, then: make check EX=%s\n",
                               e->file, e->fn);
        if (e->hints->len)
            g_string_append_printf(to, "  A hint: make hint EX=%s\n", e->fn);
        return;
    }
    if (v->outcome != PASSED)
        return;
    const exercise *next = state_next(s, a->book, e);
    if (next)
        g_string_append_printf(to, "  next: make check EX=%s (%s)\n", next->fn,
                               next->file);
    if (has_figures(a->book, e->chapter) && functions_done(s, e->chapter))
        g_string_append_printf(to,
                               "  the figures, drawn by your functions: make "
                               "plots CH=%02d\n",
                               e->chapter->number);
    if (!next)
        g_string_append(to, "  Every exercise of the book has passed.\n");
}

static void say_sum(GString *to, const verdict *v, guint n, guint left_out)
{
    guint passed = 0, idle = 0;
    for (guint i = 0; i < n; i++) {
        passed += v[i].outcome == PASSED;
        idle += v[i].outcome == NOT_STARTED;
    }
    say(to, passed == n ? GOOD : PLAIN_INK, "%u of %u passed", passed, n);
    if (idle)
        g_string_append_printf(to, ", %u not started", idle);
    if (left_out)
        g_string_append_printf(to, "; %u of the book not started", left_out);
    g_string_append(to, ".\n");
}

static void say_how_to_begin(GString *to, const asked *a)
{
    const manifest *m = a->book;
    if (!m->exercises->len) {
        g_string_append(to, "The book has no exercises yet.\n");
        return;
    }
    const exercise *e = m->exercises->pdata[0];
    g_string_append_printf(
        to,
        "No exercise is started yet. The first is %s %s: read %s%s, edit\n"
        "%s, then: make check EX=%s\n",
        e->number, e->fn, e->chapter->page ? "build/book/" : "",
        e->chapter->page ? e->chapter->page : e->chapter->title, e->file,
        e->fn);
}

/* MINE=1: whose functions stand behind the one on trial. */
static void say_library(GString *to, const manifest *m)
{
    guint mine = 0, n = m->exercises->len;
    for (guint i = 0; i < n; i++)
        mine += library_uses_mine(m->exercises->pdata[i], SANITIZED);
    say(to, DIM,
        "Linked with your own library: %u function%s yours, %u the "
        "reference's.\n",
        mine, mine == 1 ? " is" : "s are", n - mine);
    say_flush(to);
}

/* ------------------------------------------------------------------- check */

static bool judge_all(const asked *a, state *s, GPtrArray *exercises,
                      guint left_out, GString *text)
{
    bench b;
    bool passed =
        bench_open(&b, a->book, a->mine ? MINE : REFERENCE, SANITIZED, a->seed);
    if (!passed) {
        g_string_append_printf(text,
                               "The library that exercises are judged with "
                               "does not build:\n%s\n",
                               b.library.log);
        bench_close(&b);
        return false;
    }
    if (a->mine)
        say_library(text, a->book);
    guint n = exercises->len;
    session all = {.b = &b,
                   .exercises = exercises,
                   .verdicts = g_new0(verdict, n),
                   .done = g_new0(bool, n)};
    in_parallel(n, judge_one, &all);
    bool blind = false;
    for (guint i = 0; i < n; i++) {
        blind |= all.verdicts[i].no_leak_check;
        passed = passed && all.verdicts[i].outcome == PASSED;
        state_record(s, &all.verdicts[i]);
    }
    if (a->exercise)
        say_next(text, a, s, &all.verdicts[0]);
    else
        say_sum(text, all.verdicts, n, left_out);
    if (blind)
        say(text, DIM,
            "Leaks were not looked for: LeakSanitizer does not work on this "
            "machine.\n");
    for (guint i = 0; i < n; i++)
        verdict_clear(&all.verdicts[i]);
    g_free(all.verdicts);
    g_free(all.done);
    bench_close(&b);
    return passed;
}

int verb_check(const asked *a)
{
    state *s = state_load();
    guint left_out;
    GPtrArray *exercises = exercises_asked(a, s, &left_out);
    GString *text = g_string_new(NULL);
    bool passed = true; /* with nothing started, nothing is wrong */
    if (exercises->len)
        passed = judge_all(a, s, exercises, left_out, text);
    else
        say_how_to_begin(text, a);
    say_flush(text);
    g_string_free(text, TRUE);
    g_ptr_array_unref(exercises);
    state_close(s);
    return passed ? 0 : 1;
}
