/* complaint.c: finds in a chapter what was tangled out of it. */
#include "complaint.h"

#include <stdlib.h>
#include <string.h>

int complaint_line(const char *source, const char *path)
{
    char *text = NULL, *mark = g_strconcat("file=", path, NULL);
    int line = 1;
    if (g_file_get_contents(source, &text, NULL, NULL)) {
        const char *at = text;
        while ((at = strstr(at, mark)) && at[strlen(mark)] != ' ' &&
               at[strlen(mark)] != '}')
            at++;
        for (const char *p = text; at && p < at; p++)
            line += *p == '\n';
    }
    g_free(mark);
    g_free(text);
    return line;
}

static char *nth_line(const char *path, int n)
{
    char *text = NULL, *line = NULL;
    if (g_file_get_contents(path, &text, NULL, NULL)) {
        char **lines = g_strsplit(text, "\n", -1);
        if (n >= 1 && (guint)n <= g_strv_length(lines))
            line = g_strdup(g_strstrip(lines[n - 1]));
        g_strfreev(lines);
    }
    g_free(text);
    return line;
}

/* Where line n of a script stands in its chapter: the first such line after the script's fence. */
static int line_of_script(const char *source, const char *script, int n)
{
    int fence = complaint_line(source, script), found = fence;
    char *wanted = nth_line(script, n), *text = NULL;
    if (wanted && *wanted && g_file_get_contents(source, &text, NULL, NULL)) {
        char **lines = g_strsplit(text, "\n", -1);
        int count = (int)g_strv_length(lines);
        for (int i = fence; i < count && found == fence; i++)
            if (g_str_equal(g_strstrip(lines[i]), wanted))
                found = i + 1;
        g_strfreev(lines);
    }
    g_free(text);
    g_free(wanted);
    return found;
}

static char *indented(const char *text)
{
    char **lines = g_strsplit(text, "\n", -1);
    GString *out = g_string_new(NULL);
    for (size_t i = 0; lines[i]; i++)
        if (*lines[i])
            g_string_append_printf(out, "    %s\n", lines[i]);
    g_strfreev(lines);
    return g_string_free(out, FALSE);
}

char *complaint(const char *source, int line, const char *subject,
                const char *what)
{
    char **parts = g_strsplit(what, "\n", 2);
    char *more = indented(parts[0] && parts[1] ? parts[1] : "");
    char *text = g_strdup_printf("%s:%d: %s %s\n%s", source, line, subject,
                                 parts[0] ? parts[0] : "", more);
    g_free(more);
    g_strfreev(parts);
    return text;
}

char *complaint_of_script(const figure *f, const char *said)
{
    const char *source = f->chapter ? f->chapter->source : "?";
    int line = complaint_line(source, f->script);
    GRegex *regex =
        g_regex_new("\"([^\"\n]*)\"(?:,)? line (\\d+): (.*)", 0, 0, NULL);
    GMatchInfo *match;
    char *what = NULL;
    for (g_regex_match(regex, said, 0, &match);
         !what && g_match_info_matches(match); g_match_info_next(match, NULL)) {
        char *path = g_match_info_fetch(match, 1);
        char *n = g_match_info_fetch(match, 2);
        if (g_str_has_suffix(path, f->script)) {
            line = line_of_script(source, f->script, atoi(n));
            char *first = g_match_info_fetch(match, 3);
            what = g_strdup_printf("%s\n%s", first, said);
            g_free(first);
        }
        g_free(path);
        g_free(n);
    }
    g_match_info_free(match);
    g_regex_unref(regex);
    char *subject = g_strdup_printf("figure %s:", f->id);
    char *text = complaint(source, line, subject, what ? what : said);
    g_free(subject);
    g_free(what);
    return text;
}
