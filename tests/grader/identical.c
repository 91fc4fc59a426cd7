/* identical.c: equal files, by their hashes. */
#include "../runner/source.h"
#include "items.h"

#include <math.h>
#include <string.h>

/* SHARED: what more students than this have alike was in the lecture. */
enum { SHARED = 5, LEAST = 2, SHORTEST = 60 };

static void pair_free(void *p)
{
    pair *one = p;
    g_ptr_array_unref(one->exercises);
    g_free(one);
}

static char *file_of(const char *work, const student *s, const exercise *e)
{
    const attempt *a = s->attempts->pdata[s->attempts->len - 1];
    return g_strdup_printf("%s/in/%s/%s.c", work, a->folder, e->fn);
}

static bool in_the_key(const char *file, const exercise *e)
{
    bool same = source_same(file, e->stub) ||
                (e->solution && source_same(file, e->solution));
    for (guint i = 0; i < e->alternatives->len && !same; i++)
        same =
            source_same(file, ((alternative *)e->alternatives->pdata[i])->file);
    return same;
}

static bool too_short(const char *file)
{
    char *text = NULL;
    bool is = true;
    if (g_file_get_contents(file, &text, NULL, NULL)) {
        char *bare = source_bare(text), *body = strchr(bare, '{');
        is = !body || strlen(body) < SHORTEST;
        g_free(bare);
    }
    g_free(text);
    return is;
}

static void add_pair(GPtrArray *pairs, const student *one, const student *other,
                     const exercise *e)
{
    pair *found = NULL;
    for (guint i = 0; i < pairs->len && !found; i++) {
        pair *p = pairs->pdata[i];
        if (p->one == one && p->other == other)
            found = p;
    }
    if (!found) {
        found = g_new0(pair, 1);
        *found = (pair){one, other, g_ptr_array_new(), NAN};
        g_ptr_array_add(pairs, found);
    }
    g_ptr_array_add(found->exercises, (gpointer)e);
}

static void group(const class *c, const char *work, const exercise *e,
                  GPtrArray *pairs)
{
    GHashTable *by_hash = g_hash_table_new_full(
        g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < c->students->len; i++) {
        const student *s = c->students->pdata[i];
        const attempt *a =
            s->attempts->len ? s->attempts->pdata[s->attempts->len - 1] : NULL;
        const char *hash = a ? g_hash_table_lookup(a->hashes, e->fn) : NULL;
        if (!hash)
            continue;
        GPtrArray *same = g_hash_table_lookup(by_hash, hash);
        if (!same) {
            same = g_ptr_array_new();
            g_hash_table_insert(by_hash, (gpointer)hash, same);
        }
        g_ptr_array_add(same, (gpointer)s);
    }
    GHashTableIter each;
    gpointer value;
    g_hash_table_iter_init(&each, by_hash);
    while (g_hash_table_iter_next(&each, NULL, &value)) {
        const GPtrArray *same = value;
        if (same->len < 2 || same->len > SHARED)
            continue;
        char *file = file_of(work, same->pdata[0], e);
        if (!too_short(file) && !in_the_key(file, e))
            for (guint i = 0; i < same->len; i++)
                for (guint k = i + 1; k < same->len; k++)
                    add_pair(pairs, same->pdata[i], same->pdata[k], e);
        g_free(file);
    }
    g_hash_table_unref(by_hash);
}

static gint by_count(gconstpointer a, gconstpointer b)
{
    const pair *x = *(pair *const *)a, *y = *(pair *const *)b;
    if (x->exercises->len != y->exercises->len)
        return (gint)y->exercises->len - (gint)x->exercises->len;
    int order = strcmp(x->one->id, y->one->id);
    return order ? order : strcmp(x->other->id, y->other->id);
}

GPtrArray *items_identical(const class *c, const char *work)
{
    GPtrArray *pairs = g_ptr_array_new_with_free_func(pair_free);
    for (guint i = 0; i < c->book->exercises->len; i++) {
        const exercise *e = c->book->exercises->pdata[i];
        if (!e->pen)
            group(c, work, e, pairs);
    }
    for (guint i = pairs->len; i-- > 0;)
        if (((pair *)pairs->pdata[i])->exercises->len < LEAST)
            g_ptr_array_remove_index(pairs, i);
    g_ptr_array_sort(pairs, by_count);
    return pairs;
}
