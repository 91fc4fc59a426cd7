/* menu.c: bare make: the verbs, read from the Makefile's own comments, and where the learner is.

       ##% The learner's day
       check: book ## judge your exercises [CH=01] [EX=vec_dot]

   A `##` line of its own above a rule serves as well. */
#include "say.h"
#include "state.h"
#include "verbs.h"

#include <stdio.h>
#include <string.h>

static void say_verb(GString *text, const char *verb, const char *words)
{
    g_string_append(text, "  ");
    say(text, STRONG, "make %-12s", verb);
    g_string_append_printf(text, " %s\n", words);
}

/* "name" of a rule line, or NULL. */
static char *rule_name(const char *line)
{
    size_t n = strcspn(line, ": \t=");
    bool rule = n && line[n] == ':' && line[n + 1] != '=' && *line != '.' &&
                *line != '\t' && *line != '#';
    return rule ? g_strndup(line, n) : NULL;
}

static void say_makefile(GString *text)
{
    char *makefile;
    if (!g_file_get_contents("Makefile", &makefile, NULL, NULL))
        return;
    char **lines = g_strsplit(makefile, "\n", -1);
    const char *above = NULL;
    for (size_t i = 0; lines[i]; i++) {
        char *name = rule_name(lines[i]);
        char *words = strstr(lines[i], "## ");
        if (g_str_has_prefix(lines[i], "##% ")) {
            g_string_append_c(text, '\n');
            say(text, DIM, "  %s\n", lines[i] + 4);
        } else if (g_str_has_prefix(lines[i], "## ")) {
            above = lines[i] + 3;
        } else if (name && (words || above)) {
            say_verb(text, name, words ? words + 3 : above);
        }
        if (!g_str_has_prefix(lines[i], "## ") &&
            !g_str_has_prefix(lines[i], ".PHONY"))
            above = NULL;
        g_free(name);
    }
    g_strfreev(lines);
    g_free(makefile);
}

static void say_where(GString *text, const manifest *m)
{
    state *s = state_load();
    const char *last = state_last(s);
    const exercise *was = last ? manifest_exercise(m, last) : NULL;
    const exercise *next = state_next(s, m, NULL);
    guint done = 0;
    for (guint i = 0; i < m->exercises->len; i++)
        done += state_progress(s, m->exercises->pdata[i]) == DONE;
    g_string_append_c(text, '\n');
    if (was)
        g_string_append_printf(text, "  Last: %s %s, chapter %02d %s%s%s.\n",
                               was->number, was->fn, was->chapter->number,
                               was->chapter->title,
                               state_last_date(s) ? ", on " : "",
                               state_last_date(s) ? state_last_date(s) : "");
    g_string_append_printf(text, "  %u of %u exercises have passed.\n", done,
                           m->exercises->len);
    if (next) {
        g_string_append_printf(text, "  Next: %s %s in %s, then ", next->number,
                               next->fn, next->file);
        say(text, STRONG, "make check EX=%s\n", next->fn);
    }
    state_close(s);
}

int verb_menu(const manifest *m)
{
    GString *text = g_string_new(NULL);
    say(text, STRONG, "Descent");
    g_string_append(
        text, ": mathematics for machine learning, one C function at a time\n");
    say_makefile(text);
    if (m && m->exercises->len)
        say_where(text, m);
    else
        g_string_append(text, "\n  The book is not made yet. Begin with: make "
                              "deps book\n");
    say_flush(text);
    g_string_free(text, TRUE);
    return 0;
}
