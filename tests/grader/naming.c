/* naming.c: peels a file's name until a function's is left. */
#include "naming.h"
#include "../runner/source.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

static const exercise *of_fn(const manifest *m, const char *name)
{
    for (guint i = 0; i < m->exercises->len; i++) {
        const exercise *e = m->exercises->pdata[i];
        if (g_str_equal(e->fn, name))
            return e;
    }
    return NULL;
}

/* "VecDot" and "vec dot" are vec_dot. */
static const exercise *of_squashed(const manifest *m, const char *name)
{
    char *own = words_squashed(name);
    const exercise *found = NULL;
    for (guint i = 0; *own && i < m->exercises->len && !found; i++) {
        const exercise *e = m->exercises->pdata[i];
        char *other = words_squashed(e->fn);
        if (g_str_equal(own, other))
            found = e;
        g_free(other);
    }
    g_free(own);
    return found;
}

/* The longest function that stands in the name between other words: hw1-vec_dot_final. */
static const exercise *of_part(const manifest *m, const char *name)
{
    const exercise *found = NULL;
    char *small = g_ascii_strdown(name, -1);
    for (guint i = 0; i < m->exercises->len; i++) {
        const exercise *e = m->exercises->pdata[i];
        size_t n = strlen(e->fn);
        const char *at = strstr(small, e->fn);
        bool parted = at && (at == small || !g_ascii_isalnum(at[-1])) &&
                      !g_ascii_isalnum(at[n]);
        if (parted && (!found || n > strlen(found->fn)))
            found = e;
    }
    g_free(small);
    return found;
}

/* Takes off the front or the end of the name what the pattern finds; its first group is a number. */
static bool peel(char **name, const char *pattern, int *number)
{
    GRegex *regex = g_regex_new(pattern, G_REGEX_CASELESS, 0, NULL);
    GMatchInfo *match;
    bool found = g_regex_match(regex, *name, 0, &match);
    if (found) {
        char *digits = g_match_info_fetch(match, 1);
        if (number && digits && *digits)
            *number = atoi(digits);
        g_free(digits);
        char *rest = g_regex_replace_literal(regex, *name, -1, 0, "", 0, NULL);
        g_free(*name);
        *name = rest;
    }
    g_match_info_free(match);
    g_regex_unref(regex);
    return found;
}

static const exercise *known(const manifest *m, const char *name)
{
    const exercise *e = of_fn(m, name);
    return e ? e : of_squashed(m, name);
}

naming naming_by_name(const manifest *m, const char *name)
{
    static const char *const peels[] = {
        "^[^_]*_(?:LATE_)?\\d+_\\d+_", /* Canvas: doejane_12_345_ */
        "^\\s*(?:copy|kopie|copie) (?:of|von|de) ",
        "\\s*[-–]\\s*(?:copy|kopie|copie|copia)\\s*$",
        "\\s*\\((\\d+)\\)\\s*$",
        "[ ._-](\\d{1,3})$",
        "\\s*\\[(\\d+)\\]\\s*$",
    };
    naming n = {0};
    const char *last = strrchr(name, '/');
    char *valid = g_utf8_make_valid(last ? last + 1 : name, -1);
    char *base = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL_COMPOSE);
    size_t size = strlen(base);
    bool ends_c = size > 2 && g_str_has_suffix(base, ".c");
    char *stem = ends_c ? g_strndup(base, size - 2) : NULL;
    n.exercise = stem ? of_fn(m, stem) : NULL;
    n.exact = n.exercise != NULL;
    g_free(stem);
    /* Endings: .c.txt, .C, .cpp; also "vec_dot.c (1)". */
    char *rest = g_strdup(base);
    for (int turn = 0; turn < 6 && !n.exercise; turn++) {
        bool some = peel(&rest, "\\.(?:c|cc|cpp|cxx|txt|bak)\\s*$", NULL);
        n.exercise = known(m, rest);
        for (size_t i = 0; i < G_N_ELEMENTS(peels) && !n.exercise; i++) {
            some |= peel(&rest, peels[i], &n.copy);
            n.exercise = known(m, rest);
        }
        if (!some)
            break;
    }
    if (!n.exercise)
        n.exercise = of_part(m, base);
    g_free(rest);
    g_free(base);
    g_free(valid);
    return n;
}

/* Where the bracket that opens here closes; NULL when it does not. */
static const char *closing(const char *p)
{
    int depth = 0;
    for (; *p; p++) {
        depth += *p == '(';
        depth -= *p == ')';
        if (!depth)
            return p;
    }
    return NULL;
}

static bool defines(const char *bare, const char *fn)
{
    size_t n = strlen(fn);
    for (const char *at = bare; (at = strstr(at, fn)); at += n) {
        bool word = at == bare || !(g_ascii_isalnum(at[-1]) || at[-1] == '_');
        const char *end = word && at[n] == '(' ? closing(at + n) : NULL;
        if (end && end[1] == '{')
            return true;
    }
    return false;
}

GPtrArray *naming_by_text(const manifest *m, const char *text)
{
    GPtrArray *all = g_ptr_array_new();
    char *bare = source_bare(text);
    for (guint i = 0; i < m->exercises->len; i++) {
        const exercise *e = m->exercises->pdata[i];
        if (defines(bare, e->fn))
            g_ptr_array_add(all, (gpointer)e);
    }
    g_free(bare);
    return all;
}
