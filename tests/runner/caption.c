/* caption.c: see caption.h. */
#include "caption.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What stands behind "key = " on a line of its own; NULL: no such line. Free it. */
static char *value_of(const char *printed, const char *key)
{
    char **lines = g_strsplit(printed, "\n", -1);
    char *value = NULL;
    for (char **line = lines; *line && !value; line++) {
        char *equals = strchr(*line, '=');
        if (!equals)
            continue;
        *equals = '\0';
        if (g_str_equal(g_strstrip(*line), key))
            value = g_strdup(g_strstrip(equals + 1));
    }
    g_strfreev(lines);
    return value;
}

static char *grouped(double value, const char *unit)
{
    char *digits = g_strdup_printf("%.0f", fabs(value));
    GString *text = g_string_new(value < 0 ? "−" : "");
    g_string_append(text, unit);
    for (size_t left = strlen(digits), i = 0; left > 0; i++, left--) {
        if (i > 0 && left % 3 == 0)
            g_string_append_c(text, ',');
        g_string_append_c(text, digits[i]);
    }
    g_free(digits);
    return g_string_free(text, FALSE);
}

/* A format of C is one conversion of a double, with words on either side. */
static char *number(const char *value, const char *format)
{
    char *end, place[G_ASCII_DTOSTR_BUF_SIZE], *shown = NULL;
    double x = g_ascii_strtod(value, &end);
    if (!*value || *end)
        return g_strdup(value);
    if (g_str_equal(format, "thousands") || g_str_equal(format, "dollars"))
        return grouped(x, *format == 'd' ? "$" : "");
    GRegex *regex = g_regex_new(
        "^([^%]*)(%[-+ #0]*\\d{0,2}(?:\\.\\d{0,2})?[feEgG])([^%]*)$", 0, 0, NULL);
    GMatchInfo *match;
    if (g_regex_match(regex, format, 0, &match)) {
        char **part = g_match_info_fetch_all(match);
        g_ascii_formatd(place, sizeof place, part[2], x);
        shown = g_strconcat(part[1], place, part[3], NULL);
        g_strfreev(part);
    }
    g_match_info_free(match);
    g_regex_unref(regex);
    return shown ? shown : g_strdup(value);
}

static gboolean put_value(const GMatchInfo *match, GString *text, gpointer ctx)
{
    char *program = g_match_info_fetch(match, 1);
    char *key = g_match_info_fetch(match, 2);
    char *format = g_match_info_fetch(match, 3);
    const char *printed = g_hash_table_lookup(ctx, program);
    char *value = printed ? value_of(printed, key) : NULL;
    char *shown = value ? number(value, format) : g_strdup("…");
    g_string_append(text, shown);
    g_free(shown);
    g_free(value);
    g_free(format);
    g_free(key);
    g_free(program);
    return FALSE;
}

static char *first_sentence(const char *text)
{
    GRegex *regex =
        g_regex_new("^(.{16,}?[.?!])(\\s|$)", G_REGEX_DOTALL, 0, NULL);
    GMatchInfo *match;
    char *sentence = g_regex_match(regex, text, 0, &match)
                         ? g_match_info_fetch(match, 1)
                         : g_strdup(text);
    g_match_info_free(match);
    g_regex_unref(regex);
    return sentence;
}

char *caption_sentence(const char *caption, GHashTable *printed)
{
    GRegex *regex = g_regex_new("\\{\\{(\\S+) (\\S+) (.*?)\\}\\}", 0, 0, NULL);
    char *whole = g_regex_replace_eval(regex, caption ? caption : "", -1, 0, 0,
                                       put_value, printed, NULL);
    char *sentence = first_sentence(whole);
    g_free(whole);
    g_regex_unref(regex);
    return sentence;
}
