/* asked.c: words of the command line, each either KEY=VALUE or a plain word. */
#include "asked.h"
#include "say.h"

#include <stdio.h>
#include <string.h>

static bool no_exercise(const manifest *m, const char *name)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; i < m->exercises->len; i++)
        g_ptr_array_add(names,
                        (gpointer)((exercise *)m->exercises->pdata[i])->fn);
    char *near = nearest_names(name, names);
    fprintf(stderr, "There is no exercise %s; nearest: %s.\n", name,
            *near ? near : "none, the book has no exercises");
    g_free(near);
    g_ptr_array_unref(names);
    return false;
}

static bool no_chapter(const manifest *m, const char *name)
{
    GPtrArray *names = g_ptr_array_new();
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < m->chapters->len; i++) {
        chapter *c = m->chapters->pdata[i];
        if (!c->exercises->len)
            continue;
        g_ptr_array_add(names, (gpointer)c->slug);
        g_string_append_printf(all, "%s%02d (%s)", i ? ", " : "", c->number,
                               c->slug);
    }
    char *near = nearest_names(name, names);
    bool number = g_ascii_isdigit(*name);
    fprintf(stderr, "There is no chapter %s%s%s. Chapters: %s.\n", name,
            number ? "" : "; nearest: ", number ? "" : near, all->str);
    g_free(near);
    g_string_free(all, TRUE);
    g_ptr_array_unref(names);
    return false;
}

/* 1, yes, true and the like. */
static bool truth(const char *value)
{
    return strcmp(value, "0") && g_ascii_strcasecmp(value, "no") &&
           g_ascii_strcasecmp(value, "false");
}

static bool read_seed(asked *a, const char *value)
{
    if (!g_ascii_string_to_unsigned(value, 10, 0, G_MAXUINT64, NULL, NULL)) {
        fprintf(stderr, "SEED=%s: a seed is a whole number, 0 or more.\n",
                value);
        return false;
    }
    a->seed = value;
    return true;
}

static bool read_seeds(asked *a, const char *value)
{
    guint64 n;
    if (!g_ascii_string_to_unsigned(value, 10, 1, 100000, &n, NULL)) {
        fprintf(stderr, "SEEDS=%s: how many seeds, from 1 to 100000.\n", value);
        return false;
    }
    a->seeds = (unsigned)n;
    return true;
}

static bool read_impl(asked *a, const char *value)
{
    if (strcmp(value, "reference") && strcmp(value, "mine")) {
        fprintf(stderr, "IMPL=%s: it is reference or mine.\n", value);
        return false;
    }
    a->impl = value;
    return true;
}

static bool read_profile(asked *a, const char *value)
{
    if (strcmp(value, "default") && strcmp(value, "unpoliced")) {
        fprintf(stderr, "PROFILE=%s: it is default or unpoliced.\n", value);
        return false;
    }
    a->profile = value;
    return true;
}

static bool read_pair(asked *a, const char *key, const char *value)
{
    if (!*value)
        return true;
    if (!strcmp(key, "CH"))
        return (a->chapter = manifest_chapter(a->book, value)) ||
               no_chapter(a->book, value);
    if (!strcmp(key, "EX"))
        return (a->exercise = manifest_exercise(a->book, value)) ||
               no_exercise(a->book, value);
    if (!strcmp(key, "SEED"))
        return read_seed(a, value);
    if (!strcmp(key, "SEEDS"))
        return read_seeds(a, value);
    if (!strcmp(key, "IMPL"))
        return read_impl(a, value);
    if (!strcmp(key, "PROFILE"))
        return read_profile(a, value);
    if (!strcmp(key, "UNPROTECTED"))
        return a->unprotected = truth(value), true;
    if (!strcmp(key, "MINE"))
        a->mine = truth(value);
    else if (!strcmp(key, "SHOW"))
        a->show = truth(value);
    else
        fprintf(stderr,
                "%s= means nothing here; known are CH, EX, MINE, SEED, "
                "SEEDS, IMPL, SHOW, PROFILE and UNPROTECTED.\n",
                key);
    return !strcmp(key, "MINE") || !strcmp(key, "SHOW");
}

bool asked_read(asked *a, const manifest *m, int argc, char **argv)
{
    *a = (asked){.book = m, .seed = "1", .profile = "default", .words = g_new0(char *, argc + 1)};
    int words = 0;
    for (int i = 0; i < argc; i++) {
        char *equals = strchr(argv[i], '=');
        if (!strcmp(argv[i], "--show")) {
            a->show = true;
        } else if (!equals) {
            if (*argv[i])
                a->words[words++] = argv[i];
        } else {
            char *key = g_strndup(argv[i], (gsize)(equals - argv[i]));
            bool good = read_pair(a, key, g_strstrip(equals + 1));
            g_free(key);
            if (!good)
                return false;
        }
    }
    if (a->chapter && a->exercise && a->exercise->chapter != a->chapter) {
        fprintf(stderr, "%s is in chapter %02d, not %02d.\n", a->exercise->fn,
                a->exercise->chapter->number, a->chapter->number);
        return false;
    }
    return true;
}
