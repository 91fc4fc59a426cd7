/* grams.c: Rabin and Karp's search, over a sorted list of hashes and a bit map that says quickly what is not among them. */
#include "grams.h"

#include <stdbool.h>
#include <string.h>

enum { MAP_BITS = 22 };

static const guint64 base = 1099511628211u;

typedef struct {
    guint64 hash;
    const char *needle;
    size_t size;
    guint id;
    bool forgotten;
} gram;

struct grams {
    size_t least;
    guint64 power; /* of base, for the byte that leaves the window */
    GArray *all;
    bool sorted;
    guint8 map[1 << (MAP_BITS - 3)];
};

grams *grams_new(size_t least)
{
    grams *g = g_new0(grams, 1);
    g->least = least;
    g->power = 1;
    for (size_t i = 0; i < least; i++)
        g->power *= base;
    g->all = g_array_new(FALSE, FALSE, sizeof(gram));
    return g;
}

void grams_free(grams *g)
{
    if (!g)
        return;
    g_array_unref(g->all);
    g_free(g);
}

static guint64 hash_of(const char *text, size_t size)
{
    guint64 hash = 0;
    for (size_t i = 0; i < size; i++)
        hash = hash * base + (guint8)text[i];
    return hash;
}

static size_t bit_of(guint64 hash)
{
    return (hash ^ hash >> 29) & ((1u << MAP_BITS) - 1);
}

void grams_add(grams *g, const char *needle, size_t size, guint id)
{
    if (size < g->least)
        return;
    gram one = {hash_of(needle, g->least), needle, size, id, false};
    g_array_append_val(g->all, one);
    size_t bit = bit_of(one.hash);
    g->map[bit / 8] |= (guint8)(1 << bit % 8);
    g->sorted = false;
}

static gint by_hash(gconstpointer a, gconstpointer b)
{
    const gram *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static guint first_with(const GArray *all, guint64 hash)
{
    guint low = 0, high = all->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(all, gram, middle).hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Calls hit(the needle's place among all, at, data). */
static void search(grams *g, const char *text, size_t size,
                   void (*hit)(guint i, size_t at, void *data), void *data)
{
    if (!g->sorted)
        g_array_sort(g->all, by_hash);
    g->sorted = true;
    if (size < g->least)
        return;
    guint64 hash = hash_of(text, g->least);
    for (size_t at = 0;; at++) {
        size_t bit = bit_of(hash);
        if (g->map[bit / 8] & 1 << bit % 8)
            for (guint i = first_with(g->all, hash); i < g->all->len; i++) {
                const gram *one = &g_array_index(g->all, gram, i);
                if (one->hash != hash)
                    break;
                if (!one->forgotten && one->size <= size - at &&
                    memcmp(text + at, one->needle, one->size) == 0)
                    hit(i, at, data);
            }
        if (at + g->least >= size)
            return;
        hash = hash * base + (guint8)text[at + g->least] -
               g->power * (guint8)text[at];
    }
}

static void forget(guint i, size_t, void *data)
{
    grams *g = data;
    g_array_index(g->all, gram, i).forgotten = true;
}

void grams_forget(grams *g, const char *text, size_t size)
{
    search(g, text, size, forget, g);
}

typedef struct {
    const grams *g;
    void (*hit)(guint id, size_t at, void *data);
    void *data;
} finding;

static void found(guint i, size_t at, void *data)
{
    finding *f = data;
    f->hit(g_array_index(f->g->all, gram, i).id, at, f->data);
}

void grams_search(const grams *g, const char *text, size_t size,
                  void (*hit)(guint id, size_t at, void *data), void *data)
{
    /* Sorting changes nothing that anyone sees. */
    search((grams *)g, text, size, found, &(finding){g, hit, data});
}
