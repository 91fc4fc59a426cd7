/* workshop.c: made once a process. */
#include "workshop.h"

static void free_bed(void *p)
{
    bed_clear(p);
    g_free(p);
}

workshop *workshop_open(const manifest *m, char **trouble)
{
    static workshop *made;
    if (made && made->kit.book == m)
        return made;
    workshop *w = g_new0(workshop, 1);
    if (!kit_open(&w->kit, m)) {
        *trouble = g_strdup_printf("The grader's own sources do not build:\n%s",
                                   w->kit.trouble ? w->kit.trouble : "");
        kit_close(&w->kit);
        g_free(w);
        return NULL;
    }
    protection_find(&w->protection);
    w->beds = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_bed);
    return made = w;
}

const bed *workshop_bed(workshop *w, const exercise *e)
{
    bed *b = g_hash_table_lookup(w->beds, e->fn);
    if (!b) {
        b = g_new0(bed, 1);
        kit_bed(&w->kit, e, b);
        g_hash_table_insert(w->beds, (gpointer)e->fn, b);
    }
    return b;
}
