/* diagnose.c: cuts a compiler's log into its messages and explains the common ones. */
#include "diagnose.h"

#include <string.h>

enum { MOST_ERRORS = 3, MOST_LINES = 6 };

/* $1: the name in the message; $H: the exercise's header; $P: its prototype. The first pattern that matches counts. */
static const struct {
    const char *pattern, *words;
} plain[] = {
    {"expected .*';' before",
     "A semicolon is missing at the end of this line."},
    {"expected '=', ',', ';', 'asm'",
     "Something is missing or too much before this place: often a semicolon "
     "on the line above, or a misspelt type."},
    {"expected declaration or statement at end of input",
     "The file ends inside a block: a closing brace } is missing."},
    {"expected identifier or '\\(' before",
     "This stands outside of every function: often a brace } above closes the "
     "function too early."},
    {"expected '\\)' before|expected '\\(' before",
     "Parentheses do not match in this line."},
    {"expected expression before",
     "Here a value is missing: an operator has nothing on its right side."},
    {"'(\\w+)' undeclared",
     "Nothing called $1 is known here: it is misspelt, or declared further "
     "down, or inside other braces."},
    {"conflicting types for '(\\w+)'",
     "This definition of $1 differs from the prototype in $H:\n  $P"},
    {"redefinition of '(\\w+)'", "$1 is defined twice."},
    {"redeclaration of '(\\w+)'|'(\\w+)' redeclared",
     "This name is declared twice in the same block."},
    {"unknown type name '(\\w+)'",
     "There is no type called $1: a misspelling, or a missing #include."},
    {"(\\S+): No such file or directory",
     "There is no header $1; those of the book are in exercises/include."},
    {"too (few|many) arguments to function '(\\w+)'",
     "The call hands over too $1 arguments: compare it with the prototype."},
    {"incompatible type for argument",
     "An argument has another type than the prototype says."},
    {"assignment of read-only location",
     "This is an input (const): it may be read, not changed."},
    {"lvalue required as left operand",
     "What stands left of = cannot be assigned to. Comparing is ==."},
    {"called object .* is not a function",
     "What stands before the parenthesis is no function: is a * missing?"},
    {"invalid operands to binary",
     "This operator does not work with these types: is an index [i] missing?"},
    {"subscripted value is neither array nor pointer",
     "Only an array can have an index, this is a single value."},
    {"stray '.*' in program",
     "A character that is not C, perhaps copied from a page."},
    {"void value not ignored|'return' with a value, in function returning void",
     "A void function gives no value: it writes into its outputs."},
    {"static declaration of '(\\w+)' follows non-static",
     "$1 must not be static: the suite has to find it."},
};

static char *plain_words(const char *message, const exercise *e)
{
    char *words = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(plain) && !words; i++) {
        GRegex *regex = g_regex_new(plain[i].pattern, 0, 0, NULL);
        GMatchInfo *match;
        if (g_regex_match(regex, message, 0, &match)) {
            char *one = g_match_info_fetch(match, 1);
            GString *s = g_string_new(plain[i].words);
            g_string_replace(s, "$1", one ? one : "", 0);
            g_string_replace(s, "$H", e->header ? e->header : "its header", 0);
            g_string_replace(s, "$P", e->prototype ? e->prototype : "", 0);
            words = g_string_free(s, FALSE);
            g_free(one);
        }
        g_match_info_free(match);
        g_regex_unref(regex);
    }
    return words;
}

/* A message begins with FILE:LINE:COLUMN: kind: */
static bool begins(const char *line, const char *kind)
{
    char *pattern = g_strdup_printf("^[^\\s:]+:\\d+:\\d+: (%s): ", kind);
    bool yes = g_regex_match_simple(pattern, line, 0, 0);
    g_free(pattern);
    return yes;
}

/* The lines of gcc's excerpt: "    5 |   code" and "      |   ^". */
static bool excerpt(const char *line)
{
    return g_regex_match_simple("^ +(\\d+|\\+\\+\\+)? \\|", line, 0, 0);
}

static char *messages(const char *log, const char *kind, const exercise *e,
                      int most)
{
    GString *said = g_string_new(NULL);
    char **lines = g_strsplit(log, "\n", -1);
    int n = 0;
    for (size_t i = 0; lines[i] && n < most; i++) {
        if (!begins(lines[i], kind))
            continue;
        n++;
        g_string_append_printf(said, "%s%s\n", said->len ? "\n" : "", lines[i]);
        char *words = plain_words(lines[i], e);
        for (int k = 0; k < MOST_LINES && lines[i + 1] && excerpt(lines[i + 1]);
             k++)
            g_string_append_printf(said, "%s\n", lines[++i]);
        if (words)
            g_string_append_printf(said, "%s\n", words);
        g_free(words);
    }
    g_strfreev(lines);
    return g_strchomp(g_string_free(said, FALSE));
}

char *diagnose_errors(const char *log, const exercise *e)
{
    char *said = messages(log, "error|fatal error", e, MOST_ERRORS);
    if (*said)
        return said;
    g_free(said);
    return g_strchomp(g_strdup(log));
}

char *diagnose_warnings(const char *log, const exercise *e, int most)
{
    return messages(log, "warning", e, most);
}

/* Every name that the pattern finds, once, with commas. */
static char *names(const char *log, const char *pattern)
{
    GString *list = g_string_new(NULL);
    GHashTable *seen =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GRegex *regex = g_regex_new(pattern, 0, 0, NULL);
    GMatchInfo *match;
    for (g_regex_match(regex, log, 0, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL)) {
        char *name = g_match_info_fetch(match, 1);
        if (!g_hash_table_contains(seen, name))
            g_string_append_printf(list, "%s%s", list->len ? ", " : "", name);
        g_hash_table_add(seen, name);
    }
    g_match_info_free(match);
    g_regex_unref(regex);
    g_hash_table_unref(seen);
    return g_string_free(list, FALSE);
}

char *diagnose_link(const char *log, const exercise *e)
{
    char *missing = names(log, "undefined reference to [`'\"]?(\\w+)");
    char *twice = names(log, "multiple definition of [`'\"]?(\\w+)");
    GString *said = g_string_new(NULL);
    if (*missing)
        g_string_append_printf(
            said,
            "%s calls %s, which neither this file nor the library defines: a "
            "misspelling?",
            e->file, missing);
    if (*twice)
        g_string_append_printf(said,
                               "%s%s defines %s, a name that the library or "
                               "the suite has already: "
                               "make it static, or rename it.",
                               said->len ? "\n" : "", e->file, twice);
    if (!said->len)
        g_string_append(said, log);
    g_free(missing);
    g_free(twice);
    return g_strchomp(g_string_free(said, FALSE));
}
