/* sanitizer.c: finds the learner's line in a log and says what happened there. */
#include "sanitizer.h"

#include <glib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The first match's group, or NULL. */
static char *find(const char *text, const char *pattern, int group)
{
    GMatchInfo *match;
    GRegex *regex = g_regex_new(pattern, G_REGEX_MULTILINE, 0, NULL);
    char *found = NULL;
    if (g_regex_match(regex, text, 0, &match))
        found = g_match_info_fetch(match, group);
    g_match_info_free(match);
    g_regex_unref(regex);
    return found;
}

typedef struct {
    int line, column; /* from 1; 0: not known */
} place;

/* The place of the first frame, or runtime error, that lies in the file. */
static place place_in(const char *text, const char *file)
{
    char *name = g_regex_escape_string(file, -1);
    char *pattern = g_strconcat(name, ":(\\d+)(?::(\\d+))?", NULL);
    char *line = find(text, pattern, 1), *column = find(text, pattern, 2);
    place p = {line ? atoi(line) : 0, column ? atoi(column) : 0};
    g_free(line);
    g_free(column);
    g_free(pattern);
    g_free(name);
    return p;
}

/* The line, and a mark under the column where it is known; a tab stays a tab, so that the mark stands where it should:

       8 |         sum += x[i] * y[i];
         |                 ^                                                                       */
static char *show_line(const char *file, place p)
{
    int line = p.line;
    char *text = NULL, *shown = NULL;
    if (line > 0 && g_file_get_contents(file, &text, NULL, NULL)) {
        char **lines = g_strsplit(text, "\n", line + 1);
        if ((int)g_strv_length(lines) >= line)
            shown =
                g_strdup_printf("%5d | %s", line, g_strchomp(lines[line - 1]));
        if (shown && p.column > 0 &&
            (size_t)p.column <= strlen(lines[line - 1])) {
            GString *mark = g_string_new("\n      | ");
            for (int i = 0; i < p.column - 1; i++)
                g_string_append_c(mark,
                                  lines[line - 1][i] == '\t' ? '\t' : ' ');
            g_string_append_c(mark, '^');
            char *marked = g_strconcat(shown, mark->str, NULL);
            g_free(shown);
            g_string_free(mark, TRUE);
            shown = marked;
        }
        g_strfreev(lines);
    }
    g_free(text);
    return shown ? shown : g_strdup("");
}

static char *say(const char *file, place p, const char *what)
{
    if (!p.line)
        return g_strdup_printf("%s %s", file, what);
    char *shown = show_line(file, p);
    char *said = g_strdup_printf("%s:%d %s%s%s", file, p.line, what,
                                 *shown ? "\n" : "", shown);
    g_free(shown);
    return said;
}

/* ------------------------------------------------------------------ UBSan */

static const struct {
    const char *pattern, *words; /* $1, $2: groups of the pattern */
} undefined[] = {
    {"signed integer overflow: (.*) cannot be represented in type '(.*)'",
     "computes $1, which is too large for $2 (signed overflow)"},
    {"index (-\\d+) out of bounds for type '(.*)'",
     "uses the index $1, before the beginning of an array ($2)"},
    {"index (\\d+) out of bounds for type '(.*)'",
     "uses the index $1, which is outside of its row or array ($2); the first "
     "index is 0, the last one less than the size"},
    {"division by zero", "divides a whole number by zero"},
    {"(load of|store to|member access within) null pointer.*",
     "uses a pointer that is NULL"},
    {"null pointer passed as argument (\\d+).*",
     "hands NULL to a function that needs an array (argument $1)"},
    {"applying (?:non-)?zero offset.*null pointer.*",
     "computes a place in an array that is NULL"},
    {"shift exponent (-?\\d+) is (too large|negative).*",
     "shifts by $1 bits, which is $2"},
    {"variable length array bound evaluates to non-positive value (-?\\d+)",
     "declares an array of $1 entries; it needs at least one"},
    {"load of value (\\S+), which is not a valid value for type '(.*)'",
     "reads a $2 that was never given a value"},
    {"(?:load|store).*misaligned address.*",
     "uses an address that no number of that type can have"},
    {"(.*) is outside the range of representable values of type '(.*)'",
     "turns $1 into $2, which cannot hold it"},
};

static char *explain_undefined(const char *log, const char *file)
{
    char *error = find(log, "runtime error: (.*)$", 1);
    if (!error)
        return NULL;
    char *words = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(undefined) && !words; i++) {
        char *one = find(error, undefined[i].pattern, 1);
        char *two = find(error, undefined[i].pattern, 2);
        char *all = find(error, undefined[i].pattern, 0);
        if (all) {
            GString *s = g_string_new(undefined[i].words);
            if (two && strstr(two, "[*]")) /* says nothing of the size */
                g_string_replace(s, " ($2)", "", 0);
            g_string_replace(s, "$1", one ? one : "", 0);
            g_string_replace(s, "$2", two ? two : "", 0);
            words = g_string_free(s, FALSE);
        }
        g_free(one);
        g_free(two);
        g_free(all);
    }
    if (!words)
        words = g_strdup_printf("does what C does not define: %s", error);
    char *said = say(file, place_in(log, file), words);
    g_free(words);
    g_free(error);
    return said;
}

/* -------------------------------------------------------- AddressSanitizer */

/* Where the place lies, counted in numbers when all sizes are those of doubles; "" when the log does not say. */
static char *where(const char *log)
{
    const char *pattern = "located (\\d+) bytes (?:to the )?(right of|left of|"
                          "after|before|inside of|inside) (\\d+)-byte region";
    char *offset = find(log, pattern, 1), *side = find(log, pattern, 2);
    char *region = find(log, pattern, 3), *said = NULL;
    guint64 off = offset ? g_ascii_strtoull(offset, NULL, 10) : 0;
    guint64 size = region ? g_ascii_strtoull(region, NULL, 10) : 0;
    bool after = side && (side[0] == 'r' || side[0] == 'a');
    if (!offset)
        said = g_strdup("");
    else if (after && off % 8 == 0 && size % 8 == 0)
        said = g_strdup_printf("entry %u of an array of %u numbers (the first "
                               "is entry 0): %s its end",
                               (guint)(size / 8 + off / 8), (guint)(size / 8),
                               off ? "beyond" : "one past");
    else if (side[0] == 'i')
        said = g_strdup_printf("inside of an array of %s bytes", region);
    else
        said = g_strdup_printf(
            "%s%s %s an array of %s bytes", off ? offset : "just",
            off ? " bytes" : "",
            after ? "past the end of" : "before the beginning of", region);
    g_free(offset);
    g_free(side);
    g_free(region);
    return said;
}

static char *access_words(const char *log)
{
    /* A poisoned place is a guard of the harness, which has said in its own words which array this is next to. */
    bool guard = strstr(log, "use-after-poison");
    char *write = find(log, "^WRITE of size", 0);
    char *place = guard ? g_strdup("") : where(log);
    char *said = g_strdup_printf("%s %s", write ? "writes" : "reads",
                                 *place ? place : "outside of its array");
    g_free(write);
    g_free(place);
    return said;
}

/* "memory allocated at line 12", with the learner's line of the part of the log that begins so. */
static char *allocated(const char *log, const char *heading, const char *file)
{
    const char *from = strstr(log, heading);
    int line = from ? place_in(from, file).line : 0;
    return line ? g_strdup_printf(" (line %d)", line) : g_strdup("");
}

static char *explain_address(const char *log, const char *file)
{
    char *kind = find(log, "ERROR: AddressSanitizer: (attempting )?(\\S+)", 2);
    if (!kind)
        return NULL;
    char *words, *freed = allocated(log, "freed by thread", file);
    if (strstr(kind, "buffer-overflow") || strstr(kind, "use-after-poison") ||
        strstr(kind, "container-overflow") || strstr(kind, "underflow"))
        words = access_words(log);
    else if (strstr(kind, "use-after-free"))
        words = g_strdup_printf("uses memory after it was freed%s", freed);
    else if (strstr(kind, "double-free"))
        words = g_strdup_printf("frees what was freed before%s", freed);
    else if (strstr(kind, "free"))
        words = g_strdup("frees what malloc did not give");
    else if (strstr(kind, "stack-overflow"))
        words = g_strdup("uses up the stack: a function that calls itself "
                         "without end, or a local array that is too large");
    else if (strstr(kind, "stack-use-after"))
        words = g_strdup("uses a local variable after its block has ended");
    else if (strstr(kind, "SEGV"))
        words = g_strdup("uses an address where there is no memory: a pointer "
                         "that is NULL or was never set, or an index far "
                         "outside of its array");
    else if (strstr(kind, "FPE"))
        words = g_strdup("divides a whole number by zero");
    else if (strstr(kind, "overlap"))
        words = g_strdup("copies between places that overlap");
    else if (strstr(kind, "negative-size") || strstr(kind, "too-big") ||
             strstr(kind, "calloc-overflow") || strstr(kind, "out-of-memory") ||
             strstr(kind, "requested"))
        words = g_strdup("asks for an amount of memory that cannot be right "
                         "(a size below zero, or an overflow?)");
    else
        words = g_strdup_printf("was stopped by AddressSanitizer (%s)", kind);
    char *said = say(file, place_in(log, file), words);
    g_free(words);
    g_free(freed);
    g_free(kind);
    return said;
}

static char *explain_leak(const char *log, const char *file)
{
    if (!strstr(log, "LeakSanitizer: detected memory leaks"))
        return NULL;
    place p = place_in(log, file);
    char *bytes = find(log, "leak of (\\d+) byte", 1);
    char *words = g_strdup_printf(
        p.line ? "allocates %s bytes that are never freed"
             : "causes %s bytes to be allocated that are never freed",
        bytes ? bytes : "some");
    char *said = say(file, p, words);
    g_free(words);
    g_free(bytes);
    return said;
}

char *sanitizer_explain(const char *log, const char *file)
{
    char *said = explain_undefined(log, file);
    if (!said)
        said = explain_address(log, file);
    return said ? said : explain_leak(log, file);
}

char *sanitizer_kind(const char *log)
{
    char *undefined_kind = find(log, "runtime error: (.*)$", 1);
    char *address = find(log, "ERROR: \\w+: ((attempting )?\\S+)", 1);
    char *access = find(log, "^(READ|WRITE) of size", 1);
    char *place = where(log);
    char *leak = find(log, "leak of (\\d+) byte", 1);
    char *kind = g_strjoin(" ", undefined_kind ? undefined_kind : "",
                           address ? address : "", access ? access : "", place,
                           leak ? leak : "", NULL);
    g_free(undefined_kind);
    g_free(address);
    g_free(access);
    g_free(place);
    g_free(leak);
    return kind;
}
