/* state.c: a key file, one group an exercise. */
#include "state.h"
#include "source.h"

#include <string.h>

#define STATE ".descent/state.ini"
#define DAY "today" /* the group of what concerns no one exercise */

struct state {
    GKeyFile *file;
    bool changed;
    char *last, *date;
};

state *state_load(void)
{
    state *s = g_new0(state, 1);
    s->file = g_key_file_new();
    g_key_file_load_from_file(s->file, STATE, G_KEY_FILE_NONE, NULL);
    s->last = g_key_file_get_string(s->file, DAY, "last", NULL);
    s->date = g_key_file_get_string(s->file, DAY, "date", NULL);
    return s;
}

void state_close(state *s)
{
    if (s->changed) {
        gsize size;
        char *text = g_key_file_to_data(s->file, &size, NULL);
        write_file(STATE, text, size);
        g_free(text);
    }
    g_key_file_free(s->file);
    g_free(s->last);
    g_free(s->date);
    g_free(s);
}

static void set(state *s, const char *group, const char *key, const char *value)
{
    char *now = g_key_file_get_string(s->file, group, key, NULL);
    if (g_strcmp0(now, value) != 0) {
        g_key_file_set_string(s->file, group, key, value);
        s->changed = true;
    }
    g_free(now);
}

/* What the file says, without comments and spaces; NULL when it is not there. */
static char *content(const exercise *e)
{
    char *text, *key = NULL;
    if (g_file_get_contents(e->file, &text, NULL, NULL)) {
        char *bare = source_bare(text);
        key = key_of(bare, NULL);
        g_free(bare);
        g_free(text);
    }
    return key;
}

progress state_progress(state *s, const exercise *e)
{
    char *kept = g_key_file_get_string(s->file, e->fn, "passed", NULL);
    char *now = kept ? content(e) : NULL;
    bool same = kept && now && g_str_equal(kept, now);
    g_free(kept);
    g_free(now);
    if (same)
        return DONE;
    bool there = g_file_test(e->file, G_FILE_TEST_IS_REGULAR);
    return there && !source_same(e->file, e->stub) ? STARTED : UNTOUCHED;
}

static char *today(void)
{
    GDateTime *now = g_date_time_new_now_local();
    char *text = g_date_time_format(now, "%Y-%m-%d");
    g_date_time_unref(now);
    return text;
}

void state_record(state *s, const verdict *v)
{
    const exercise *e = v->exercise;
    if (v->outcome == NOT_STARTED || v->outcome == MISSING ||
        v->outcome == BROKEN)
        return;
    char *now = content(e), *date = today();
    set(s, e->fn, "verdict", outcome_words(v->outcome));
    set(s, e->fn, "date", date);
    if (v->outcome == PASSED && now) {
        set(s, e->fn, "passed", now);
    } else {
        char *kept = g_key_file_get_string(s->file, e->fn, "passed", NULL);
        if (g_strcmp0(kept, now) == 0 && kept) {
            g_key_file_remove_key(s->file, e->fn, "passed", NULL);
            s->changed = true;
        }
        g_free(kept);
    }
    set(s, DAY, "last", e->fn);
    set(s, DAY, "date", date);
    g_free(now);
    g_free(date);
}

char *state_passed_on(state *s, const exercise *e)
{
    char *again = g_key_file_get_string(s->file, e->fn, "again", NULL);
    return again ? again : g_key_file_get_string(s->file, e->fn, "date", NULL);
}

void state_passed_again(state *s, const exercise *e)
{
    char *date = today();
    set(s, e->fn, "again", date);
    g_free(date);
}

int state_hints(state *s, const exercise *e)
{
    return g_key_file_get_integer(s->file, e->fn, "hints", NULL);
}

void state_set_hints(state *s, const exercise *e, int shown)
{
    char text[16];
    g_snprintf(text, sizeof text, "%d", shown);
    set(s, e->fn, "hints", text);
}

const char *state_last(state *s)
{
    return s->last;
}

const char *state_last_date(state *s)
{
    return s->date;
}

const exercise *state_next(state *s, const manifest *m, const exercise *from)
{
    guint n = m->exercises->len, start = 0;
    const exercise *last =
        !from && s->last ? manifest_exercise(m, s->last) : NULL;
    for (guint i = 0; i < n; i++)
        if (from && m->exercises->pdata[i] == from)
            start = i + 1;
        else if (last && m->exercises->pdata[i] == last)
            start = i;
    for (guint i = 0; i < n; i++) {
        const exercise *e = m->exercises->pdata[(start + i) % n];
        if (state_progress(s, e) != DONE)
            return e;
    }
    return NULL;
}
