/* seal.c: the answer key as students get it: machine code without names, and the numbers of the wrong figures. */
#include "build.h"
#include "key.h"
#include "run.h"
#include "sealed.h"
#include "stage.h"
#include "tree.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* Sources without #line, so that objects name no file of the key. */
#define NAKED "build/release-key"

typedef struct {
    const char *to;
    GPtrArray *exercises;
    bool *done;
} sealing;

/* One constant name for all: UBSan keeps it, with the lines. */
static char *naked(const exercise *e)
{
    char *path = g_strdup_printf(NAKED "/%s.c", e->fn);
    char *text = key_naked(e->solution);
    if (text)
        write_file(path, text, strlen(text));
    g_free(text);
    return path;
}

/* AddressSanitizer keeps, for its reports, the names of variables that it watches: "1 32 16 5 theta:7" says how many, and of
   each where, how large, how long its name, name and line. The names become as many x. */
static bool blur(const char *path)
{
    char *bytes = NULL;
    gsize size;
    if (!g_file_get_contents(path, &bytes, &size, NULL))
        return false;
    GRegex *frame =
        g_regex_new("^\\d+( \\d+ \\d+ \\d+ [A-Za-z_]\\S*)+$", 0, 0, NULL);
    for (char *p = bytes; p < bytes + size; p += strlen(p) + 1)
        if (g_ascii_isdigit(*p) && g_regex_match(frame, p, 0, NULL))
            for (char *c = p; *c; c++)
                if (g_ascii_isalpha(*c) || *c == '_')
                    *c = 'x';
    bool done = write_file(path, bytes, size);
    g_regex_unref(frame);
    g_free(bytes);
    return done;
}

/* Of an object without relocations to them, local names go. */
static bool strip(const char *from, const char *to)
{
    run_request what = {.argv = (const char *const[]){
                            "strip", "--strip-unneeded", "--remove-section",
                            ".comment", "-o", to, from, NULL}};
    run_result r = run(&what);
    if (!run_ok(&r))
        fprintf(stderr, "%s cannot be stripped: %s\n", from, r.err);
    bool done = run_ok(&r);
    run_clear(&r);
    return done && blur(to) && g_chmod(to, 0644) == 0;
}

static bool seal(const exercise *e, const char *source, flavour how,
                 const char *to)
{
    product object = build_object(source, how);
    char *folder = g_build_filename(to, SEALED, sealed_machine(),
                                    sealed_flavour(how), NULL);
    char *name = g_strconcat(e->fn, ".o", NULL);
    char *path = g_build_filename(folder, name, NULL);
    g_mkdir_with_parents(folder, 0777);
    if (!object.ok)
        fprintf(stderr, "%s does not compile:\n%s", e->solution, object.log);
    bool done = object.ok && strip(object.path, path);
    g_free(path);
    g_free(name);
    g_free(folder);
    product_clear(&object);
    return done;
}

static void seal_one(size_t i, void *data)
{
    sealing *s = data;
    const exercise *e = s->exercises->pdata[i];
    char *source = naked(e);
    s->done[i] =
        seal(e, source, PLAIN, s->to) && seal(e, source, SANITIZED, s->to);
    g_free(source);
}

/* What a program left in build/reference/data/ID, without the stamp of the run. */
static bool copy_data(const char *id, const char *to)
{
    char *from = g_build_filename("build/reference/data", id, NULL);
    char *own = g_build_filename(to, SEALED, "data", id, NULL);
    bool there = g_file_test(from, G_FILE_TEST_IS_DIR);
    if (!there)
        fprintf(stderr, "%s is missing: run make reference\n", from);
    bool done = there && folder_copy(from, own);
    g_free(own);
    g_free(from);
    return done;
}

static bool copy_all_data(const manifest *m, const char *to)
{
    bool done = true;
    for (guint i = 0; i < m->figures->len; i++) {
        const figure *f = m->figures->pdata[i];
        if (f->mistake)
            done = copy_data(f->id, to) && done;
    }
    for (guint i = 0; i < m->programs->len; i++) {
        const program *p = m->programs->pdata[i];
        if (p->fast)
            done = copy_data(p->id, to) && done;
    }
    return done;
}

bool tree_seal(const char *to, const manifest *m)
{
    GPtrArray *keyed = g_ptr_array_new();
    for (guint i = 0; i < m->exercises->len; i++) {
        exercise *e = m->exercises->pdata[i];
        if (e->solution)
            g_ptr_array_add(keyed, e);
        else
            fprintf(stderr, "%s has no solution in this tree\n", e->fn);
    }
    sealing s = {to, keyed, g_new0(bool, keyed->len + 1)};
    in_parallel(keyed->len, seal_one, &s);
    bool done = keyed->len == m->exercises->len;
    for (guint i = 0; i < keyed->len; i++)
        done = done && s.done[i];
    g_free(s.done);
    g_ptr_array_unref(keyed);
    return copy_all_data(m, to) && done;
}
