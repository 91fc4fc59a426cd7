/* stage.c: runs a program in a new folder, and moves into the old one only what changed. */
#include "stage.h"
#include "build.h"
#include "run.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Written last: the key of the run, and the hash of what it left. */
#define STAMP ".run"

/* The book's programs take less than two seconds, those that measure time less than ten. A learner whose function never
   returns should not wait long to hear it. */
enum { BOOK_SECONDS = 20, LEARNER_SECONDS = 8, SLOW_SECONDS = 60 };
enum { PROGRAM_MB = 2048 };

/* ---------------------------------------------------------------- folders */

static void collect(GPtrArray *found, const char *folder, const char *below)
{
    char *path = g_build_filename(folder, below, NULL);
    GDir *dir = g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        char *inner = g_build_filename(below, name, NULL);
        char *whole = g_build_filename(folder, inner, NULL);
        if (g_file_test(whole, G_FILE_TEST_IS_DIR) &&
            !g_file_test(whole, G_FILE_TEST_IS_SYMLINK))
            collect(found, folder, inner);
        else if (!g_str_equal(name, STAMP))
            g_ptr_array_add(found, g_strdup(inner));
        g_free(whole);
        g_free(inner);
    }
    if (dir)
        g_dir_close(dir);
    g_free(path);
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The files of a folder, as paths that begin in it, in the order of their names. */
static GPtrArray *files_of(const char *folder)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    collect(found, folder, "");
    g_ptr_array_sort(found, by_name);
    return found;
}

/* What a program is, however it came to be made: a library that changed elsewhere leaves it as it was. */
static char *file_hash(const char *path)
{
    char *text = NULL;
    gsize size = 0;
    g_file_get_contents(path, &text, &size, NULL);
    char *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256,
                                             (const guchar *)text, size);
    g_free(text);
    return hash;
}

char *folder_hash(const char *folder)
{
    GPtrArray *files = files_of(folder);
    GChecksum *hash = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < files->len; i++) {
        const char *name = files->pdata[i];
        char *path = g_build_filename(folder, name, NULL), *text = NULL;
        gsize size = 0;
        if (g_file_get_contents(path, &text, &size, NULL)) {
            g_checksum_update(hash, (const guchar *)name,
                              (gssize)strlen(name) + 1);
            g_checksum_update(hash, (const guchar *)&size, sizeof size);
            g_checksum_update(hash, (const guchar *)text, (gssize)size);
        }
        g_free(text);
        g_free(path);
    }
    char *key = g_strdup(g_checksum_get_string(hash));
    g_checksum_free(hash);
    g_ptr_array_unref(files);
    return key;
}

bool folder_copy(const char *from, const char *to)
{
    GPtrArray *old = files_of(to), *new = files_of(from);
    bool done = g_mkdir_with_parents(to, 0777) == 0;
    for (guint i = 0; i < old->len; i++)
        if (!g_ptr_array_find_with_equal_func(new, old->pdata[i], g_str_equal,
                                              NULL)) {
            char *path = g_build_filename(to, old->pdata[i], NULL);
            g_unlink(path);
            g_free(path);
        }
    for (guint i = 0; i < new->len; i++) {
        char *source = g_build_filename(from, new->pdata[i], NULL);
        char *target = g_build_filename(to, new->pdata[i], NULL);
        done = place(source, target) && done;
        g_free(source);
        g_free(target);
    }
    g_ptr_array_unref(old);
    g_ptr_array_unref(new);
    return done;
}

void folder_remove(const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        char *path = g_build_filename(folder, name, NULL);
        if (g_unlink(path) != 0)
            folder_remove(path);
        g_free(path);
    }
    if (dir)
        g_dir_close(dir);
    g_rmdir(folder);
}

/* ---------------------------------------------------------------- the run */

static char *stamp_text(const char *key, const char *folder)
{
    char *left = folder_hash(folder);
    char *text = g_strdup_printf("%s\n%s\n", key, left);
    g_free(left);
    return text;
}

static bool as_it_was(const char *key, const char *folder)
{
    char *path = g_build_filename(folder, STAMP, NULL), *there = NULL;
    bool same = false;
    if (g_file_get_contents(path, &there, NULL, NULL)) {
        char *now = stamp_text(key, folder);
        same = g_str_equal(there, now);
        g_free(now);
    }
    g_free(there);
    g_free(path);
    return same;
}

/* The end of a sentence that begins with the program, and what it said. */
static char *trouble_of(const run_request *what, const run_result *r,
                        bool quiet)
{
    char *why = NULL;
    if (!run_ok(r))
        why = run_trouble(what, r);
    else if (r->cut)
        why = g_strdup_printf("prints more than %d kB", OUTPUT_LIMIT / 1024);
    else if (quiet && r->err_size)
        why = g_strdup("prints to stderr");
    if (!why || !r->err_size)
        return why;
    char *text = g_strdup_printf("%s\n%s", why, r->err);
    g_free(why);
    return text;
}

static char *keep(const char *key, const char *new, const run_result *r,
                  const char *folder)
{
    char *out = g_build_filename(new, "stdout.txt", NULL);
    char *stamp = g_build_filename(folder, STAMP, NULL), *text = NULL;
    bool kept = write_file(out, r->out, r->out_size);
    /* Until the new stamp is written, nothing vouches for the folder. */
    g_unlink(stamp);
    if (kept && folder_copy(new, folder)) {
        text = stamp_text(key, folder);
        kept = write_file(stamp, text, strlen(text));
    } else {
        kept = false;
    }
    g_free(text);
    g_free(stamp);
    g_free(out);
    return kept ? NULL : g_strdup_printf("cannot write to %s", folder);
}

static char *start(const char *key, const char *program, const char *failure,
                   const char *folder, bool quiet, bool slow)
{
    static int count;
    char *new = g_strdup_printf(CACHE "/.stage-%d-%d", (int)getpid(),
                                g_atomic_int_add(&count, 1));
    char *figures = g_strconcat("DESCENT_FIGURES=", new, NULL);
    g_mkdir_with_parents(new, 0777);
    run_request what = {
        .argv = (const char *const[]){program, NULL},
        .env = (const char *const[]){figures, "LC_ALL=C",
                                     "OPENBLAS_NUM_THREADS=1", NULL},
        .seconds = slow    ? SLOW_SECONDS
                   : quiet ? BOOK_SECONDS
                           : LEARNER_SECONDS,
        .megabytes = PROGRAM_MB,
    };
    run_result r = run(&what);
    char *trouble = trouble_of(&what, &r, quiet);
    /* What a busy machine may have done is tried again; a crash would be the same. */
    if (trouble && r.started && !r.timed_out && !r.too_big)
        write_file(failure, trouble, strlen(trouble));
    if (!trouble)
        trouble = keep(key, new, &r, folder);
    run_clear(&r);
    folder_remove(new);
    g_free(figures);
    g_free(new);
    return trouble;
}

char *stage(const char *program, const char *inputs, const char *folder,
            bool quiet, bool slow)
{
    char *made = file_hash(program);
    char *key = key_of(made, inputs, quiet ? "quiet" : "", NULL);
    char *failure = g_strconcat(CACHE "/", key, ".trouble", NULL);
    char *trouble = NULL;
    if (!g_file_get_contents(failure, &trouble, NULL, NULL) &&
        !as_it_was(key, folder))
        trouble = start(key, program, failure, folder, quiet, slow);
    g_free(made);
    g_free(failure);
    g_free(key);
    return trouble;
}
