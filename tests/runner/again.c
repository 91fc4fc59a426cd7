/* again.c: make again: what passed long ago is written once more, from its contract alone, in again/. What lies in exercises/
   stays as it is, and so does what lies in again/. */
#include "run.h"
#include "say.h"
#include "state.h"
#include "verbs.h"
#include "verdict_say.h"

#include <stdio.h>

#define FOLDER "again"
enum { SOME = 6 };

static char *path_again(const exercise *e)
{
    return g_strdup_printf(FOLDER "/%s.c", e->fn);
}

static gint by_date(gconstpointer a, gconstpointer b, gpointer data)
{
    const exercise *e = *(exercise *const *)a, *f = *(exercise *const *)b;
    char *one = state_passed_on(data, e), *other = state_passed_on(data, f);
    int order = g_strcmp0(one, other);
    g_free(one);
    g_free(other);
    return order; /* the sort is stable: of one day, in the order of the book */
}

/* Functions that have passed, of the chapter that is asked for or of the whole book; longest ago first. */
static GPtrArray *passed(const asked *a, state *s)
{
    GPtrArray *all = g_ptr_array_new();
    for (guint i = 0; i < a->book->exercises->len; i++) {
        exercise *e = a->book->exercises->pdata[i];
        bool wanted = !a->chapter || e->chapter == a->chapter;
        if (wanted && !e->pen && state_progress(s, e) == DONE)
            g_ptr_array_add(all, e);
    }
    g_ptr_array_sort_with_data(all, by_date, s);
    return all;
}

static void say_some(GString *to, const asked *a, state *s)
{
    GPtrArray *all = passed(a, s);
    if (!all->len)
        g_string_append(to, "Nothing has passed yet that could be written "
                            "again. `make next` says what is next.\n");
    else
        g_string_append(to, "Longest ago; write them from their contracts, "
                            "with exercises/ and the book closed:\n\n");
    for (guint i = 0; i < all->len && i < SOME; i++) {
        const exercise *e = all->pdata[i];
        char *date = state_passed_on(s, e);
        g_string_append_printf(to, "  %-5s ", e->number);
        say(to, STRONG, "make again EX=%s", e->fn);
        g_string_append_printf(to, "   passed on %s\n",
                               date ? date : "a day not noted");
        g_free(date);
    }
    g_ptr_array_unref(all);
}

static bool put_stub(GString *to, const exercise *e, const char *path)
{
    char *text;
    gsize size;
    GError *error = NULL;
    if (!g_file_get_contents(e->stub, &text, &size, &error)) {
        fprintf(stderr, "%s\nmake tangle writes it.\n", error->message);
        g_error_free(error);
        return false;
    }
    write_file(path, text, size);
    g_free(text);
    g_string_append_printf(to,
                           "%s is fresh. Write it from its contract alone, "
                           "then: make again EX=%s\n",
                           path, e->fn);
    return true;
}

/* 0 when it passes. */
static int judge_again(GString *to, const asked *a, state *s, exercise *twin)
{
    bench b;
    int status = 2;
    if (bench_open(&b, a->book, a->mine ? MINE : REFERENCE, SANITIZED,
                   a->seed)) {
        verdict v = judge(&b, twin);
        verdict_say(to, &v);
        status = v.outcome == PASSED ? 0 : 1;
        if (v.outcome == NOT_STARTED)
            g_string_append_printf(to, "  Edit %s, then: make again EX=%s\n",
                                   twin->file, twin->fn);
        if (v.outcome == PASSED)
            state_passed_again(s, twin);
        verdict_clear(&v);
    } else {
        fprintf(stderr,
                "The library that exercises are judged with does not "
                "build:\n%s\n",
                b.library.log);
    }
    bench_close(&b);
    return status;
}

int verb_again(const asked *a)
{
    state *s = state_load();
    GString *text = g_string_new(NULL);
    int status = 0;
    if (a->exercise) {
        char *path = path_again(a->exercise);
        exercise twin = *a->exercise;
        twin.file = path;
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            status = judge_again(text, a, s, &twin);
        else
            status = put_stub(text, a->exercise, path) ? 0 : 2;
        g_free(path);
    } else {
        say_some(text, a, s);
    }
    say_flush(text);
    g_string_free(text, TRUE);
    state_close(s);
    return status;
}
