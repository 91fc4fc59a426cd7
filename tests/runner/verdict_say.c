/* verdict_say.c: a verdict as its learner reads it. */
#include "verdict_say.h"
#include "say.h"

enum { PRINTED_LINES = 20 };

/* Where to read on. */
static void say_help(GString *to, const exercise *e)
{
    const char *page = e->chapter->page;
    g_string_append(to, "    ");
    if (e->equation_number && page)
        g_string_append_printf(to, "Equation %s: build/book/%s#%s      ",
                               e->equation_number, page, e->equation_id);
    else if (page && e->anchor)
        g_string_append_printf(to, "%s %s: build/book/%s#%s      ",
                               e->pen ? "Pen" : "Exercise", e->number, page,
                               e->anchor);
    if (e->hints->len)
        g_string_append_printf(to, "next hint: make hint EX=%s", e->fn);
    g_string_append_c(to, '\n');
}

/* "The first product is missing: your sum agrees …" */
static void say_mistake(GString *to, const mistake *k)
{
    char *text = g_strdup(k->text ? k->text : "");
    if (g_ascii_isupper(text[0]) && g_ascii_islower(text[1]))
        text[0] = g_ascii_tolower(text[0]);
    bool asks = g_str_has_suffix(k->title, "?");
    char *all = g_strdup_printf("%s%s %s", k->title, asks ? "" : ":", text);
    say_wrapped(to, 4, all);
    g_free(all);
    g_free(text);
}

static void say_printed(GString *to, const char *printed)
{
    char **lines = g_strsplit(printed, "\n", -1);
    say(to, DIM, "  Your program printed:\n");
    size_t n = g_strv_length(lines);
    for (size_t i = 0; i < n && i < PRINTED_LINES; i++)
        if (*lines[i] || i + 1 < n)
            g_string_append_printf(to, "    %s\n", lines[i]);
    if (n > PRINTED_LINES)
        g_string_append_printf(to, "    … and %zu lines more\n",
                               n - PRINTED_LINES);
    g_strfreev(lines);
}

/* "passes 9 of 12" and what else stands on an exercise's line. */
static void say_line(GString *to, const verdict *v)
{
    const exercise *e = v->exercise;
    bool passed = v->outcome == PASSED, idle = v->outcome == NOT_STARTED;
    say(to,
        passed ? GOOD
        : idle ? DIM
               : BAD,
        "%s",
        passed ? "✓"
        : idle ? "·"
               : "✗");
    g_string_append_printf(to, " %s ", e->number ? e->number : "");
    say(to, STRONG, "%s", e->fn);
    if (passed)
        say(to, DIM, "  %d test%s", v->tests, v->tests == 1 ? "" : "s");
    else if (v->outcome == FAILED)
        g_string_append_printf(to, "  passes %d of %d", v->passed, v->tests);
    else
        say(to, idle ? DIM : PLAIN_INK, "  %s", outcome_words(v->outcome));
    g_string_append_c(to, '\n');
}

static void say_warnings(GString *to, const verdict *v)
{
    say(to, DIM, "  gcc warns:\n");
    say_indented(to, 4, v->warnings);
}

static void say_failure(GString *to, const verdict *v)
{
    g_string_append_c(to, '\n');
    say_indented(to, 2, v->why);
    if (v->recognised)
        say_mistake(to, v->recognised);
    if (v->warnings)
        say_warnings(to, v);
    if (v->outcome == FAILED || v->outcome == UNFINISHED)
        say_help(to, v->exercise);
    g_string_append_c(to, '\n');
}

void verdict_say(GString *to, const verdict *v)
{
    say_line(to, v);
    if (v->printed)
        say_printed(to, v->printed);
    if (v->outcome == PASSED) {
        if (v->warnings)
            say_warnings(to, v);
    } else if (v->outcome != NOT_STARTED) {
        say_failure(to, v);
    }
}
