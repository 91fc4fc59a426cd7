/* scan.c: all texts of all files, held against the secrets; descent scan PATH… */
#include "scan.h"
#include "key.h"
#include "release.h"
#include "texts.h"

#include <stdio.h>
#include <string.h>

enum { LINES = 5 };

/* What students have in any case. Program text in the first that is tangled into none of the second may be a leak. */
static const char *const public[] = {"chapters", "tests/suites", "book/filters",
                                     "book/theme", NULL};
static const char *const given[] = {"build/stubs",  "build/programs",
                                    "build/given",  "tests/harness",
                                    "tests/runner", NULL};

static void allow(const char *const folders[], bool all, secrets *s)
{
    for (size_t i = 0; folders[i]; i++) {
        GPtrArray *files = texts_files(folders[i]);
        for (guint j = 0; j < files->len; j++) {
            char *text = key_naked(files->pdata[j]);
            if (text)
                secrets_allow(s, text, strlen(text), all);
            g_free(text);
        }
        g_ptr_array_unref(files);
    }
}

secrets *scan_secrets(const manifest *m)
{
    secrets *s = secrets_collect(m);
    allow(public, false, s);
    allow(given, true, s);
    return s;
}

typedef struct {
    const secrets *s;
    scan_result result;
    size_t skip;
    const char *name;
    guint here;
    GHashTable *said;
} scanning;

static void found(int line, const char *what, const char *where, void *data)
{
    scanning *s = data;
    /* The same text is read in several ways. */
    char *key = g_strdup_printf("%s %s", s->name, where);
    if (!g_hash_table_add(s->said, key))
        return;
    s->result.found++;
    if (s->here++ < LINES)
        fprintf(stderr, "%s:%d: %s\n    is the answer key's: %s\n",
                s->name + s->skip, line, what, where);
    else if (s->here == LINES + 1)
        fprintf(stderr, "%s: and more of the same\n", s->name + s->skip);
}

static void look(const char *name, const char *text, size_t size, void *data)
{
    scanning *s = data;
    s->here = 0;
    s->name = name;
    s->result.texts++;
    secrets_look(s->s, text, size, found, s);
}

scan_result scan(const secrets *secrets, const char *path, size_t skip)
{
    scanning s = {.s = secrets, .result.whole = true, .skip = skip};
    s.said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *files = texts_files(path);
    for (guint i = 0; i < files->len; i++)
        s.result.whole = texts_of(files->pdata[i], look, &s) && s.result.whole;
    g_ptr_array_unref(files);
    g_hash_table_unref(s.said);
    return s.result;
}

int verb_scan(const asked *a)
{
    secrets *s = scan_secrets(a->book);
    guint texts = 0, leaks = 0, count = secrets_count(s);
    bool whole = true;
    for (size_t i = 0; a->words[i]; i++) {
        scan_result r = scan(s, a->words[i], 0);
        texts += r.texts;
        leaks += r.found;
        whole = whole && r.whole;
    }
    printf("Looked for %u pieces of the answer key in %u texts: %u found.\n",
           count, texts, leaks);
    secrets_free(s);
    return whole && !leaks && count && texts ? 0 : 1;
}
