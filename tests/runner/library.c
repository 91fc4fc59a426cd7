/* library.c: one object per function, put into an archive. */
#include "library.h"
#include "run.h"
#include "sealed.h"
#include "source.h"
#include "symbols.h"

const char *impl_name(impl whose)
{
    return whose == MINE ? "mine" : "reference";
}

const char *flavour_suffix(flavour how)
{
    return how == SANITIZED ? "-san" : how == FAST ? "-fast" : "";
}

static bool object_defines(const product *object, const char *fn)
{
    if (!object->ok)
        return false;
    GPtrArray *symbols = symbols_defined(object->path);
    bool defines = symbols_have(symbols, fn) && !symbols_have(symbols, "main");
    g_ptr_array_unref(symbols);
    return defines;
}

bool library_uses_mine(const exercise *e, flavour how)
{
    if (!g_file_test(e->file, G_FILE_TEST_EXISTS) ||
        source_same(e->file, e->stub))
        return false;
    product object = build_object(e->file, how);
    bool use = object_defines(&object, e->fn);
    product_clear(&object);
    return use;
}

typedef struct {
    const manifest *m;
    impl whose;
    flavour how;
    product *objects;
} work;

static void make_one(size_t i, void *data)
{
    work *w = data;
    const manifest *m = w->m;
    if (i < m->given->len) {
        w->objects[i] = build_object(m->given->pdata[i], w->how);
        return;
    }
    const exercise *e = m->exercises->pdata[i - m->given->len];
    char *sealed = e->solution ? NULL : sealed_object(e, w->how);
    if (w->whose == MINE && library_uses_mine(e, w->how))
        w->objects[i] = build_object(e->file, w->how);
    else if (e->solution)
        w->objects[i] = build_object(e->solution, w->how);
    else if (sealed)
        w->objects[i] = (product){true, g_steal_pointer(&sealed), g_strdup("")};
    else /* neither key nor release: what is not written yet is the stub */
        w->objects[i] = build_object(e->stub, w->how);
    g_free(sealed);
}

static void keep_log(GString *log, const product *p)
{
    if (p->log && *p->log)
        g_string_append_printf(log, "%s%s", log->len ? "\n" : "", p->log);
}

static bool whole_key(const manifest *m)
{
    for (guint i = 0; i < m->exercises->len; i++)
        if (!((exercise *)m->exercises->pdata[i])->solution)
            return false;
    return true;
}

product library_build(const manifest *m, impl whose, flavour how)
{
    char *trouble = whole_key(m) ? NULL : sealed_trouble();
    if (trouble)
        return (product){.log = trouble};
    size_t n = m->given->len + m->exercises->len;
    product *objects = g_new0(product, n);
    in_parallel(n, make_one, &(work){m, whose, how, objects});

    const char **paths = g_new0(const char *, n + 1);
    GString *log = g_string_new(NULL);
    size_t made = 0;
    for (size_t i = 0; i < n; i++) {
        if (objects[i].ok)
            paths[made++] = objects[i].path;
        else
            keep_log(log, &objects[i]);
    }
    product archive = {0};
    if (made == n) {
        archive = build_archive(paths);
        if (!archive.ok)
            keep_log(log, &archive);
    }
    if (archive.ok) {
        char *where =
            g_strdup_printf("build/%s%s/libdescent.a", impl_name(whose),
                            flavour_suffix(how));
        if (!place(archive.path, where)) {
            archive.ok = false;
            g_string_append_printf(log, "%s cannot be written\n", where);
        }
        g_free(where);
    }
    g_free(archive.log);
    archive.log = g_string_free(log, FALSE);
    for (size_t i = 0; i < n; i++)
        product_clear(&objects[i]);
    g_free(objects);
    g_free(paths);
    return archive;
}
