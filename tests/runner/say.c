/* say.c: colours, wrapping, and the nearest names to a misspelt one. */
#include "say.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDEST = 96, NARROWEST = 40 };

static bool coloured(void)
{
    static int known = -1;
    if (known < 0) {
        const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
        known = isatty(STDOUT_FILENO) && !(no && *no) &&
                !(term && strcmp(term, "dumb") == 0);
    }
    return known;
}

static int width(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
        return CLAMP(size.ws_col, NARROWEST, WIDEST);
    return WIDEST;
}

void say(GString *to, ink how, const char *format, ...)
{
    static const char *const codes[] = {[GOOD] = "\033[32m",
                                        [BAD] = "\033[31m",
                                        [WARN] = "\033[33m",
                                        [DIM] = "\033[2m",
                                        [STRONG] = "\033[1m"};
    bool colour = how != PLAIN_INK && coloured();
    if (colour)
        g_string_append(to, codes[how]);
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(to, format, arguments);
    va_end(arguments);
    if (colour)
        g_string_append(to, "\033[0m");
}

static void spaces(GString *to, int n)
{
    g_string_append_printf(to, "%*s", n, "");
}

void say_wrapped(GString *to, int indent, const char *text)
{
    int room = MAX(width() - indent, NARROWEST / 2);
    char **words = g_strsplit_set(text, " \n\t", -1);
    int column = 0;
    for (size_t i = 0; words[i]; i++) {
        if (!*words[i])
            continue;
        int n = (int)g_utf8_strlen(words[i], -1);
        if (column && column + 1 + n > room) {
            g_string_append_c(to, '\n');
            column = 0;
        }
        if (column)
            g_string_append_c(to, ' ');
        else
            spaces(to, indent);
        g_string_append(to, words[i]);
        column += n + (column > 0);
    }
    g_string_append_c(to, '\n');
    g_strfreev(words);
}

/* A sentence may be broken; columns of numbers, code and the compiler's FILE:LINE:COLUMN: may not. */
static bool breakable(const char *line)
{
    return *line && *line != ' ' && !strchr(line, '{') &&
           !g_regex_match_simple("^[^ ]+:\\d+:\\d+: ", line, 0, 0);
}

void say_indented(GString *to, int indent, const char *text)
{
    char **lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        if (breakable(lines[i])) {
            say_wrapped(to, indent, lines[i]);
            continue;
        }
        if (*lines[i])
            spaces(to, indent);
        g_string_append_printf(to, "%s\n", lines[i]);
    }
    g_strfreev(lines);
}

void say_flush(GString *text)
{
    fwrite(text->str, 1, text->len, stdout);
    fflush(stdout);
    g_string_truncate(text, 0);
}

/* --------------------------------------------------------------- nearest */

/* Insertions, deletions, replacements and swaps of neighbours between two words. */
static int distance(const char *a, const char *b)
{
    size_t m = strlen(a), n = strlen(b);
    int *d = g_new(int, (m + 1) * (n + 1));
    for (size_t i = 0; i <= m; i++)
        for (size_t j = 0; j <= n; j++) {
            int *at = &d[i * (n + 1) + j];
            if (!i || !j) {
                *at = (int)(i + j);
                continue;
            }
            int kept = at[-(int)n - 2] + (a[i - 1] != b[j - 1]);
            *at = MIN(kept, 1 + MIN(at[-1], at[-(int)n - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                *at = MIN(*at, 1 + d[(i - 2) * (n + 1) + j - 2]);
        }
    int last = d[m * (n + 1) + n];
    g_free(d);
    return last;
}

/* A name that holds what was typed, or is held by it, is near whatever its length. */
static int farness(const char *typed, const char *name)
{
    int edits = distance(typed, name) * 10;
    bool part =
        strlen(typed) > 2 && (strstr(name, typed) || strstr(typed, name));
    return part ? MIN(edits, 15) : edits;
}

/* The three nearest; of these, only what is near when anything is. */
char *nearest_names(const char *typed, const GPtrArray *names)
{
    enum { MOST = 3 };
    const char *best[MOST] = {0};
    int far[MOST] = {0}, n = 0;
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        int own = farness(typed, name), at = n < MOST ? n++ : MOST;
        for (; at > 0 && far[at - 1] > own; at--)
            if (at < MOST) {
                far[at] = far[at - 1];
                best[at] = best[at - 1];
            }
        if (at < MOST) {
            far[at] = own;
            best[at] = name;
        }
    }
    GString *list = g_string_new(NULL);
    int near = 10 * (int)(1 + strlen(typed) / 3);
    for (int i = 0; i < n && (far[i] <= near || far[0] > near); i++)
        g_string_append_printf(list, "%s%s", i ? ", " : "", best[i]);
    return g_string_free(list, FALSE);
}
