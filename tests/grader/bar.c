/* bar.c: one line of standard error, drawn over itself. */
#include "bar.h"
#include "when.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 30 };

static void draw(bar *b)
{
    gint64 spent = g_get_monotonic_time() - b->began;
    guint full = b->all ? b->done * WIDTH / b->all : WIDTH;
    char *left =
        b->done ? when_length(spent / 1000000 * (b->all - b->done) / b->done)
                : g_strdup("?");
    fprintf(stderr, "\r\033[K  ");
    for (guint i = 0; i < WIDTH; i++)
        fputs(i < full ? "█" : "░", stderr);
    fprintf(stderr, " %u of %u judged, %s left", b->done, b->all, left);
    fflush(stderr);
    g_free(left);
}

void bar_begin(bar *b, guint all)
{
    const char *term = getenv("TERM");
    *b = (bar){.all = all, .began = g_get_monotonic_time()};
    g_mutex_init(&b->lock);
    b->shown = all && isatty(STDERR_FILENO) && term && strcmp(term, "dumb");
    if (b->shown)
        draw(b);
}

void bar_step(bar *b)
{
    g_mutex_lock(&b->lock);
    b->done++;
    if (b->shown)
        draw(b);
    g_mutex_unlock(&b->lock);
}

void bar_end(bar *b)
{
    if (b->shown)
        fputs("\r\033[K", stderr);
    g_mutex_clear(&b->lock);
}
