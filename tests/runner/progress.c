/* progress.c: make progress: a line for each chapter, and below it what is left. */
#include "say.h"
#include "state.h"
#include "verbs.h"

#include <stdio.h>

typedef struct {
    int done, started, all, stars, stars_done;
    double points, points_done;
} sums;

static void count(sums *n, const exercise *e, progress p)
{
    n->all++;
    n->stars += e->stars;
    n->points += e->points;
    if (p == DONE) {
        n->done++;
        n->stars_done += e->stars;
        n->points_done += e->points;
    }
    n->started += p == STARTED;
}

static sums count_chapter(state *s, const chapter *c)
{
    sums n = {0};
    for (guint i = 0; i < c->exercises->len; i++)
        count(&n, c->exercises->pdata[i],
              state_progress(s, c->exercises->pdata[i]));
    return n;
}

static void say_bar(GString *text, const sums *n, int width)
{
    for (int i = 0; i < n->all; i++) {
        if (i < n->done)
            say(text, GOOD, "█");
        else if (i < n->done + n->started)
            say(text, WARN, "▒");
        else
            say(text, DIM, "·");
    }
    g_string_append_printf(text, "%*s", MAX(width - n->all, 0), "");
}

static int title_width(const manifest *m)
{
    glong widest = 0;
    for (guint i = 0; i < m->chapters->len; i++)
        widest =
            MAX(widest,
                g_utf8_strlen(((chapter *)m->chapters->pdata[i])->title, -1));
    return (int)MIN(widest, 40);
}

static void say_sums(GString *text, const sums *n)
{
    g_string_append_printf(text, "  %3d of %-3d  %3d of %-3d  %5.1f of %.1f\n",
                           n->done, n->all, n->stars_done, n->stars,
                           n->points_done, n->points);
}

static void say_head(GString *text, int indent)
{
    say(text, DIM, "%*s  %-10s  %-10s  %s\n", indent, "", "    passed",
        "     stars", "    points");
}

/* The names of one chapter that are started and have not passed. */
static void say_started(GString *text, state *s, const chapter *c)
{
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < c->exercises->len; i++) {
        const exercise *e = c->exercises->pdata[i];
        if (state_progress(s, e) == STARTED)
            g_string_append_printf(names, "%s%s", names->len ? ", " : "",
                                   e->fn);
    }
    if (names->len)
        say(text, DIM, "     started: %s\n", names->str);
    g_string_free(names, TRUE);
}

int verb_progress(const asked *a)
{
    state *s = state_load();
    const manifest *m = a->book;
    GString *text = g_string_new(NULL);
    int widest = title_width(m), bar = 0;
    sums total = {0};
    for (guint i = 0; i < m->chapters->len; i++)
        bar = MAX(bar, (int)((chapter *)m->chapters->pdata[i])->exercises->len);
    say_head(text, widest + bar + 7);
    for (guint i = 0; i < m->chapters->len; i++) {
        const chapter *c = m->chapters->pdata[i];
        if (a->chapter && c != a->chapter)
            continue;
        sums n = count_chapter(s, c);
        if (!n.all)
            continue;
        int pad = widest - (int)g_utf8_strlen(c->title, -1);
        g_string_append_printf(text, "  %02d %s%*s  ", c->number, c->title,
                               MAX(pad, 0), "");
        say_bar(text, &n, bar);
        say_sums(text, &n);
        say_started(text, s, c);
        total.all += n.all;
        total.done += n.done;
        total.stars += n.stars;
        total.stars_done += n.stars_done;
        total.points += n.points;
        total.points_done += n.points_done;
    }
    g_string_append_printf(text, "%*s", widest + bar + 7, "");
    say_sums(text, &total);
    say(text, DIM, "  █ passed  ▒ started  · not started\n");
    say_flush(text);
    g_string_free(text, TRUE);
    state_close(s);
    return 0;
}
