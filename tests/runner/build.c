/* build.c: gcc and ar behind a cache of products named by their content. The flags have their one home here. */
#include "build.h"
#include "run.h"
#include "source.h"

#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CC "gcc"
#define AR "ar"

enum { COMPILE_SECONDS = 60, COMPILE_MB = 2048 };

static const char *const base[] = {"-std=c2x",
                                   "-Wall",
                                   "-Wextra",
                                   "-Wpedantic",
                                   "-O2",
                                   "-ffp-contract=off",
                                   "-fdiagnostics-color=never",
                                   NULL};
static const char *const sanitizing[] = {"-g", "-fsanitize=address,undefined",
                                         "-fno-sanitize-recover=all",
                                         "-fno-omit-frame-pointer", NULL};
static const char *const fast[] = {"-O3", "-march=native", "-ffp-contract=fast",
                                   NULL};
static const char *const folders[] = {"exercises/include", "tests/harness",
                                      NULL};

void product_clear(product *p)
{
    g_free(p->path);
    g_free(p->log);
    *p = (product){0};
}

/* ------------------------------------------------------------------- keys */

static void hash_text(GChecksum *hash, const char *text)
{
    g_checksum_update(hash, (const guchar *)text, (gssize)strlen(text) + 1);
}

static void hash_file(GChecksum *hash, const char *path)
{
    char *text;
    gsize size;
    if (g_file_get_contents(path, &text, &size, NULL)) {
        g_checksum_update(hash, (const guchar *)&size, sizeof size);
        g_checksum_update(hash, (const guchar *)text, (gssize)size);
        g_free(text);
    }
}

static char *key_end(GChecksum *hash)
{
    char *key = g_strdup(g_checksum_get_string(hash));
    g_checksum_free(hash);
    return key;
}

char *key_of(const char *first, ...)
{
    GChecksum *hash = g_checksum_new(G_CHECKSUM_SHA256);
    va_list more;
    va_start(more, first);
    for (const char *text = first; text; text = va_arg(more, const char *))
        hash_text(hash, text);
    va_end(more);
    return key_end(hash);
}

/* Which compiler this is, without asking it: where it lies, its size and its time. */
static const char *compiler(void)
{
    static gsize known;
    static char *identity;
    if (g_once_init_enter(&known)) {
        char *found = g_find_program_in_path(CC);
        struct stat s = {0};
        if (found)
            stat(found, &s);
        identity = g_strdup_printf("%s %lld %lld", found ? found : "none",
                                   (long long)s.st_size, (long long)s.st_mtime);
        g_free(found);
        g_once_init_leave(&known, 1);
    }
    return identity;
}

/* What -march=native depends on: the lines about the first processor that say what it is and what it can do. */
static const char *processor(void)
{
    static gsize known;
    static char *identity;
    if (g_once_init_enter(&known)) {
        GString *text = g_string_new(NULL);
        char *all = NULL;
        g_file_get_contents("/proc/cpuinfo", &all, NULL, NULL);
        char **lines = g_strsplit(all ? all : "", "\n", -1);
        for (size_t i = 0; lines[i] && *lines[i]; i++)
            if (g_str_has_prefix(lines[i], "model") ||
                g_str_has_prefix(lines[i], "flags") ||
                g_str_has_prefix(lines[i], "Features"))
                g_string_append(text, lines[i]);
        g_strfreev(lines);
        g_free(all);
        identity = g_string_free(text, FALSE);
        g_once_init_leave(&known, 1);
    }
    return identity;
}

static GPtrArray *command(const char *first)
{
    GPtrArray *argv = g_ptr_array_new();
    g_ptr_array_add(argv, (gpointer)first);
    return argv;
}

static void add_all(GPtrArray *argv, const char *const words[])
{
    for (size_t i = 0; words[i]; i++)
        g_ptr_array_add(argv, (gpointer)words[i]);
}

static GChecksum *hash_command(const GPtrArray *argv)
{
    GChecksum *hash = g_checksum_new(G_CHECKSUM_SHA256);
    hash_text(hash, compiler());
    for (guint i = 0; i < argv->len; i++)
        hash_text(hash, argv->pdata[i]);
    return hash;
}

/* What lies in the cache is named by its content; any other file is read. Flags are words of the command already. */
static void hash_inputs(GChecksum *hash, const char *const inputs[])
{
    for (size_t i = 0; inputs[i]; i++) {
        hash_text(hash, inputs[i]);
        if (*inputs[i] != '-' && !g_str_has_prefix(inputs[i], CACHE "/"))
            hash_file(hash, inputs[i]);
    }
}

/* ------------------------------------------------------------------ cache */

static char *in_cache(const char *key, const char *suffix)
{
    return g_strconcat(CACHE "/", key, suffix, NULL);
}

/* KEY.suffix is a product, KEY.log what was said about it; a log without a product is a failure. */
static bool look_up(const char *key, const char *suffix, product *p)
{
    char *path = in_cache(key, suffix), *log = in_cache(key, ".log");
    bool made = g_file_test(path, G_FILE_TEST_EXISTS);
    bool logged = g_file_get_contents(log, &p->log, NULL, NULL);
    g_free(log);
    p->ok = made;
    p->path = made ? path : NULL;
    if (!made)
        g_free(path);
    if (made && !logged)
        p->log = g_strdup("");
    return made || logged;
}

static GMutex busy_lock;
static GCond busy_changed;
static GHashTable *busy;

/* Two jobs that want the same product: the second waits, and finds it. */
static void claim(const char *key)
{
    g_mutex_lock(&busy_lock);
    if (!busy)
        busy = g_hash_table_new(g_str_hash, g_str_equal);
    while (!g_hash_table_add(busy, (gpointer)key))
        g_cond_wait(&busy_changed, &busy_lock);
    g_mutex_unlock(&busy_lock);
}

static void release(const char *key)
{
    g_mutex_lock(&busy_lock);
    g_hash_table_remove(busy, key);
    g_cond_broadcast(&busy_changed);
    g_mutex_unlock(&busy_lock);
}

/* Runs the command with `-o temporary` (ar: `temporary`) put in at `at`, and keeps what it makes under the key. */
static void make(GPtrArray *argv, guint at, const char *key, const char *suffix,
                 product *p)
{
    static int count;
    g_mkdir_with_parents(CACHE, 0777);
    char *temporary = g_strdup_printf(CACHE "/.new-%d-%d%s", (int)getpid(),
                                      g_atomic_int_add(&count, 1), suffix);
    argv->pdata[at] = temporary;
    g_ptr_array_add(argv, NULL);
    run_request what = {
        .argv = (const char *const *)argv->pdata,
        .env = (const char *const[]){"LC_ALL=C", NULL},
        .seconds = COMPILE_SECONDS,
        .megabytes = COMPILE_MB,
    };
    run_result r = run(&what);
    p->log = g_strndup(r.err, r.err_size);
    p->ok = run_ok(&r);
    if (p->ok) {
        p->path = in_cache(key, suffix);
        if (g_rename(temporary, p->path) != 0)
            p->ok = false;
    } else if (!r.started || r.signal || r.timed_out || r.too_big) {
        char *trouble = run_trouble(&what, &r);
        char *log = g_strdup_printf("%s %s\n%s", what.argv[0], trouble, p->log);
        g_free(p->log);
        g_free(trouble);
        p->log = log;
    }
    /* A failure of the machine is not one of the source: it is not kept. */
    if (r.status >= 0 && !r.timed_out && !r.too_big && (!p->ok || *p->log)) {
        char *log = in_cache(key, ".log");
        write_file(log, p->log, strlen(p->log));
        g_free(log);
    }
    if (!p->ok)
        g_unlink(temporary);
    g_free(temporary);
    run_clear(&r);
}

/* Takes the command and the hash of all it depends on. */
static product cached(GPtrArray *argv, guint at, GChecksum *hash,
                      const char *suffix)
{
    product p = {0};
    char *key = key_end(hash);
    if (!look_up(key, suffix, &p)) {
        claim(key);
        if (!look_up(key, suffix, &p))
            make(argv, at, key, suffix, &p);
        release(key);
    }
    g_free(key);
    g_ptr_array_unref(argv);
    return p;
}

/* --------------------------------------------------------------- products */

const char **compile_flags(flavour how)
{
    GPtrArray *all = g_ptr_array_new();
    add_all(all, base);
    if (how == SANITIZED)
        add_all(all, sanitizing);
    g_ptr_array_add(all, NULL);
    return (const char **)g_ptr_array_free(all, FALSE);
}

char *compile_identity(void)
{
    char *flags = g_strjoinv(" ", (char **)base);
    char *all = g_strconcat(compiler(), " ", flags, NULL);
    g_free(flags);
    return all;
}

product build_object(const char *source, flavour how)
{
    GPtrArray *argv = command(CC);
    add_all(argv, base);
    if (how == SANITIZED)
        add_all(argv, sanitizing);
    if (how == FAST)
        add_all(argv, fast);
    add_all(argv, (const char *const[]){"-Iexercises/include", NULL});
    if (g_str_has_prefix(source, "tests/"))
        add_all(argv, (const char *const[]){"-Itests/harness", NULL});
    add_all(argv, (const char *const[]){"-c", source, "-o", "", NULL});
    GChecksum *hash = hash_command(argv);
    if (how == FAST)
        hash_text(hash, processor());
    source_hash(hash, source, folders);
    return cached(argv, argv->len - 1, hash, ".o");
}

typedef struct {
    const char *const *sources;
    product *products;
    flavour how;
} batch;

static void build_one(size_t i, void *data)
{
    batch *b = data;
    b->products[i] = build_object(b->sources[i], b->how);
}

void build_objects(size_t n, const char *const sources[n], flavour how,
                   product products[n])
{
    batch b = {sources, products, how};
    in_parallel(n, build_one, &b);
}

product build_archive(const char *const objects[])
{
    GPtrArray *argv = command(AR);
    add_all(argv, (const char *const[]){"rcsD", "", NULL});
    add_all(argv, objects);
    GChecksum *hash = hash_command(argv);
    hash_inputs(hash, objects);
    return cached(argv, 2, hash, ".a");
}

/* gold, where it is installed, links a sanitized program in a third of the usual linker's time. */
static bool have_gold(void)
{
    static gsize known;
    if (g_once_init_enter(&known)) {
        char *gold = g_find_program_in_path("ld.gold");
        gsize answer = gold ? 2 : 1;
        g_free(gold);
        g_once_init_leave(&known, answer);
    }
    return known == 2;
}

bool have_library(const char *name)
{
    char *file = g_strdup_printf("lib%s.so", name);
    char *ask = g_strconcat("-print-file-name=", file, NULL);
    run_request what = {.argv = (const char *const[]){CC, ask, NULL}};
    run_result r = run(&what);
    /* A library that is not there is answered by its name alone. */
    bool found = run_ok(&r) && strchr(r.out, '/');
    run_clear(&r);
    g_free(ask);
    g_free(file);
    return found;
}

const char *build_linker(void)
{
    return have_gold() ? "-fuse-ld=gold" : "";
}

product build_program(const char *const inputs[], flavour how)
{
    GPtrArray *argv = command(CC);
    if (how == SANITIZED)
        add_all(argv, sanitizing);
    if (have_gold())
        g_ptr_array_add(argv, (gpointer) "-fuse-ld=gold");
    add_all(argv,
            (const char *const[]){"-fno-use-linker-plugin", "-o", "", NULL});
    guint at = argv->len - 1;
    add_all(argv, inputs);
    g_ptr_array_add(argv, (gpointer) "-lm");
    GChecksum *hash = hash_command(argv);
    hash_inputs(hash, inputs);
    return cached(argv, at, hash, ".bin");
}

/* ------------------------------------------------------------------ files */

bool write_file(const char *path, const char *text, size_t size)
{
    char *there;
    gsize n;
    if (g_file_get_contents(path, &there, &n, NULL)) {
        bool same = n == size && memcmp(there, text, size) == 0;
        g_free(there);
        if (same)
            return true;
    }
    char *folder = g_path_get_dirname(path);
    g_mkdir_with_parents(folder, 0777);
    g_free(folder);
    return g_file_set_contents_full(path, text, (gssize)size,
                                    G_FILE_SET_CONTENTS_CONSISTENT, 0666, NULL);
}

bool place(const char *from, const char *to)
{
    char *text;
    gsize size;
    if (!g_file_get_contents(from, &text, &size, NULL))
        return false;
    bool done = write_file(to, text, size);
    g_free(text);
    return done;
}
