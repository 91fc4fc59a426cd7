#include "seal.h"

#include "build.h"
#include "picture.h"

#include <stdio.h>
#include <string.h>

/* A file that is not there counts like an empty one. */
static void add_file(GChecksum *sum, const char *path)
{
    char *text = NULL;
    gsize size = 0;
    g_checksum_update(sum, (const guchar *)path, (gssize)strlen(path) + 1);
    if (g_file_get_contents(path, &text, &size, NULL))
        g_checksum_update(sum, (const guchar *)text, (gssize)size);
    g_free(text);
}

static void add_outputs(GChecksum *sum, const manifest *m, const chapter *c)
{
    for (guint i = 0; i < m->programs->len; i++) {
        const program *p = m->programs->pdata[i];
        if (p->chapter != c)
            continue;
        char *path =
            g_strdup_printf("build/reference/data/%s/stdout.txt", p->id);
        add_file(sum, path);
        g_free(path);
    }
}

static void add_pictures(GChecksum *sum, const manifest *m, const chapter *c)
{
    for (guint i = 0; i < m->figures->len; i++) {
        const figure *f = m->figures->pdata[i];
        for (int as = SVG; f->chapter == c && as < TXT; as++) {
            char *path = g_strdup_printf("build/reference/figures/%s.%s",
                                         f->id, medium_name(as));
            add_file(sum, path);
            g_free(path);
        }
    }
}

void seal_chapters(const manifest *m)
{
    for (guint i = 0; i < m->chapters->len; i++) {
        const chapter *c = m->chapters->pdata[i];
        GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
        add_outputs(sum, m, c);
        add_pictures(sum, m, c);
        const char *hash = g_checksum_get_string(sum);
        char *path = g_strdup_printf("build/reference/drawn/%s", c->id);
        write_file(path, hash, strlen(hash));
        g_free(path);
        g_checksum_free(sum);
    }
}
