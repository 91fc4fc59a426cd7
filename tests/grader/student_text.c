/* student_text.c: the same as the page, for a terminal or a mail. */
#include "reports.h"
#include "tell.h"
#include "when.h"
#include "words.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 78 };

/* Broken between words, every line after so many spaces. */
static void add_wrapped(GString *to, int indent, const char *text)
{
    char **words = g_strsplit_set(text, " \n", -1);
    glong column = 0;
    for (size_t i = 0; words[i]; i++) {
        if (!*words[i])
            continue;
        glong n = g_utf8_strlen(words[i], -1);
        if (column && column + 1 + n > WIDTH) {
            g_string_append_c(to, '\n');
            column = 0;
        }
        if (column)
            g_string_append_c(to, ' ');
        else
            g_string_append_printf(to, "%*s", indent, "");
        column = (column ? column + 1 : indent) + n;
        g_string_append(to, words[i]);
    }
    g_string_append_c(to, '\n');
    g_strfreev(words);
}

static void add_lines(GString *to, int indent, const char *text)
{
    char **lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++)
        g_string_append_printf(to, "%*s%s\n", *lines[i] ? indent : 0, "",
                               lines[i]);
    g_strfreev(lines);
}

static void add_exercise(GString *to, const marked *a, const mark *m)
{
    char *points = tell_points(m), *example = tell_example(m);
    char *replay = tell_replay(m);
    const mistake *k = tell_mistake(m);
    GPtrArray *notes = tell_notes(a, m);
    g_string_append_printf(to, "  %-5s %-22s %s; %s\n",
                           m->exercise->number ? m->exercise->number : "",
                           m->exercise->fn, tell_word(m), points);
    if (*tell_sentence(m))
        add_wrapped(to, 8, tell_sentence(m));
    if (example)
        add_lines(to, 8, example);
    if (k) {
        char *text = g_strdup_printf("%s: %s", k->title, k->text);
        add_wrapped(to, 10, text);
        g_free(text);
    }
    for (guint i = 0; i < notes->len; i++)
        add_wrapped(to, 8, notes->pdata[i]);
    if (replay)
        g_string_append_printf(to, "        See it yourself: %s\n", replay);
    g_ptr_array_unref(notes);
    g_free(replay);
    g_free(example);
    g_free(points);
}

GString *report_student_text(const class *c, const marks *m)
{
    GString *to = g_string_new(NULL);
    char *judging = tell_judging(c);
    g_string_append_printf(to, "%s\n%s", c->course->name, m->student->name);
    if (!g_str_equal(m->student->name, m->student->id))
        g_string_append_printf(to, " (%s)", m->student->id);
    if (isnan(m->percent))
        g_string_append(to, "\n\nNothing counts yet.\n");
    else
        g_string_append_printf(to, "\n\n%.1f %%\n", m->percent);
    for (guint i = 0; i < m->assignments->len; i++) {
        const marked *a = m->assignments->pdata[i];
        char *late = tell_late(a);
        g_string_append_printf(to, "\n%s: %.2f of %.2f points, %s%s\n",
                               a->assignment->title, a->earned, a->points, late,
                               a->dropped ? "; dropped" : "");
        for (guint k = 0; a->attempt && k < a->attempt->notes->len; k++)
            add_wrapped(to, 2, a->attempt->notes->pdata[k]);
        for (guint k = 0; k < a->marks->len; k++)
            add_exercise(to, a, a->marks->pdata[k]);
        g_free(late);
    }
    g_string_append_c(to, '\n');
    add_wrapped(to, 0, judging);
    g_free(judging);
    return to;
}
