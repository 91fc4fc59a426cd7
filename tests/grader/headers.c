/* headers.c: made in the sandbox, for a header must have the same name when it is used; kept by content. */
#include "headers.h"
#include "../runner/stage.h"
#include "tools.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HEADERS "exercises/include"

static char *script_for(const kit *k)
{
    const char **flags = compile_flags(PLAIN);
    char *all = g_strjoinv(" ", (char **)flags);
    GString *s = g_string_new(NULL);
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < k->book->exercises->len; i++) {
        const exercise *e = k->book->exercises->pdata[i];
        if (e->header && g_hash_table_add(seen, (gpointer)e->header))
            g_string_append_printf(s,
                                   "gcc %1$s -I/include -x c-header "
                                   "/include/%2$s -o /out/%2$s.gch\n",
                                   all, e->header);
    }
    g_hash_table_unref(seen);
    g_free(all);
    g_free(flags);
    return g_string_free(s, FALSE);
}

static bool make(const protection *p, const kit *k, const char *work,
                 const char *to)
{
    cage c = {.protection = p, .kit = k, .headers = HEADERS};
    char *in = g_build_filename(work, "in", NULL),
         *out = g_build_filename(work, "out", NULL), *script = script_for(k);
    bool good =
        folder_copy(HEADERS, out) && g_mkdir_with_parents(in, 0755) == 0;
    run_result r = {0};
    if (good) {
        r = run_tools(&c, work, script, false, 60);
        good = run_ok(&r) && g_rename(out, to) == 0;
        run_clear(&r);
    }
    g_free(script);
    g_free(out);
    g_free(in);
    return good;
}

char *headers_folder(const protection *p, const kit *k)
{
    if (!p->bwrap)
        return g_strdup(HEADERS);
    char *hash = folder_hash(HEADERS), *identity = compile_identity(),
         *script = script_for(k);
    char *key = key_of("headers 1", hash, identity, script, NULL);
    char *path = g_strconcat(CACHE "/", key, ".include", NULL),
         *work = g_strdup_printf(CACHE "/.headers-%d", (int)getpid());
    if (!g_file_test(path, G_FILE_TEST_IS_DIR) && !make(p, k, work, path) &&
        !g_file_test(path, G_FILE_TEST_IS_DIR)) {
        g_free(path);
        path = g_strdup(HEADERS);
    }
    folder_remove(work);
    g_free(work);
    g_free(key);
    g_free(script);
    g_free(identity);
    g_free(hash);
    return path;
}
