/* cage.c: two scripts of ours, each run once for all files of a submission. */
#define _GNU_SOURCE
#include "cage.h"
#include "../runner/run.h"
#include "policy.h"
#include "tools.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    QUICK_CPU = 4, /* seconds for one file among others */
    ALONE_CPU = 10,
    RETRIES = 6
};

/* ---------------------------------------------------------------- compile */

static void add_compile(GString *s, const cage *c, const places *p,
                        const piece *one)
{
    const char **flags = compile_flags(c->how);
    char *all = g_strjoinv(" ", (char **)flags);
    g_string_append_printf(
        s,
        "{ gcc %1$s -fmax-errors=20 -fmax-include-depth=50 -I%2$s -S %3$s.c -o "
        "%4$s/%3$s.s && as %4$s/%3$s.s -o %4$s/%3$s.o; } 2>%4$s/%3$s.log\n"
        "echo $? >%4$s/%3$s.rc\n",
        all, p->headers, one->name, p->out);
    g_free(all);
    g_free(flags);
}

static char *out_path(const char *folder, const piece *one, const char *suffix)
{
    return g_strconcat(folder, "/out/", one->name, suffix, NULL);
}

/* The beginning of a file that we know to be one; NULL when it is not there. */
static char *read_capped(const char *path, size_t most)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    struct stat s;
    if (fd < 0 || fstat(fd, &s) || !S_ISREG(s.st_mode)) {
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    char *text = g_malloc(most + 1);
    size_t n = 0;
    ssize_t got;
    while (n < most && (got = read(fd, text + n, most - n)) > 0)
        n += (size_t)got;
    close(fd);
    text[n] = 0;
    bool cut = (size_t)s.st_size > n;
    char *valid = g_utf8_make_valid(text, (gssize)n);
    g_free(text);
    return cut ? (text = g_strconcat(valid, "…\n", NULL), g_free(valid), text)
               : valid;
}

/* Without a sandbox the paths of this machine stand in it. */
static char *without(char *text, const char *path)
{
    char **parts = g_strsplit(text, path, -1);
    g_free(text);
    text = g_strjoinv("", parts);
    g_strfreev(parts);
    return text;
}

/* True when it came to an end of its own. */
static bool read_compiled(const char *folder, const places *p, piece *one)
{
    char *rc_path = out_path(folder, one, ".rc"),
         *log_path = out_path(folder, one, ".log");
    char *object = out_path(folder, one, ".o");
    char *rc = read_capped(rc_path, 8), *log = read_capped(log_path, CAGE_LOG);
    g_free(one->log);
    one->log = log ? without(without(log, p->in), p->out) : g_strdup("");
    one->stopped = !rc || strstr(one->log, "signal terminated program") ||
                   strstr(one->log, "out of memory") ||
                   strstr(one->log, "virtual memory exhausted") ||
                   atoi(rc) > 128;
    one->compiled =
        rc && atoi(rc) == 0 && g_file_test(object, G_FILE_TEST_IS_REGULAR);
    if (one->compiled) {
        g_free(one->object);
        one->object = g_strdup(object);
    }
    g_free(rc);
    g_free(rc_path);
    g_free(log_path);
    g_free(object);
    return !one->stopped;
}

static void compile(const cage *c, const char *folder, const places *p,
                    size_t n, piece *const list[], int cpu)
{
    /* A status of an earlier try would speak for one that was stopped. */
    for (size_t i = 0; i < n; i++) {
        char *rc = out_path(folder, list[i], ".rc");
        g_unlink(rc);
        g_free(rc);
    }
    GString *script = script_begin(cpu);
    for (guint core = 0; core < c->cores; core++) {
        g_string_append(script, "(\n:\n");
        for (size_t i = core; i < n; i += c->cores)
            add_compile(script, c, p, list[i]);
        g_string_append(script, ")&\n");
    }
    g_string_append(script, "wait\n");
    run_result r =
        run_tools(c, folder, script->str, false, 5 + cpu * (double)n);
    if (!r.started || (r.status && !r.timed_out && !r.too_big))
        for (size_t i = 0; i < n; i++)
            list[i]->is_trouble = true;
    for (size_t i = 0; i < n; i++) {
        read_compiled(folder, p, list[i]);
        if (list[i]->is_trouble) {
            g_free(list[i]->log);
            list[i]->log = g_utf8_make_valid(r.err, -1);
        }
    }
    run_clear(&r);
    g_string_free(script, TRUE);
}

static bool write_sources(const char *folder, size_t n, piece pieces[n])
{
    bool good = true;
    for (const char *const *name = (const char *const[]){"in", "out", NULL};
         *name; name++) {
        char *path = g_build_filename(folder, *name, NULL);
        good &= g_mkdir_with_parents(path, 0755) == 0;
        g_free(path);
    }
    for (size_t i = 0; i < n && good; i++) {
        char *path = g_strconcat(folder, "/in/", pieces[i].name, ".c", NULL);
        good = write_file(path, pieces[i].text, pieces[i].size);
        g_free(path);
    }
    return good;
}

/* ------------------------------------------------------------------- link */

static const char *in_kit(const char *path)
{
    return path + strlen(CACHE "/");
}

static void add_wraps(GString *s, const char *before)
{
    for (size_t i = 0; kit_wraps[i]; i++)
        g_string_append_printf(s, " %s%s", before, kit_wraps[i]);
}

/* Onto the base, in a third of the time; where that is too narrow, from C's library. */
static void add_link(GString *s, const cage *c, const places *p,
                     const piece *one, const bed *b)
{
    const kit *k = c->kit;
    g_string_append_printf(s, "inputs='%s/%s %s.o %s/%s'\n", p->kit,
                           in_kit(b->worker.path), one->name, p->kit,
                           in_kit(k->library.path));
    if (k->base.ok && c->how == PLAIN) {
        g_string_append_printf(
            s, "ld.bfd -static -z noexecstack -o %s.bin %s/%s $inputs",
            one->name, p->kit, in_kit(k->base.path));
        add_wraps(s, "");
        g_string_append_printf(s, " %s %s 2>%s.link ||\n", k->ends[0],
                               k->ends[1], one->name);
    }
    g_string_append_printf(
        s, "gcc %s %s -fno-use-linker-plugin -o %s.bin %s/%s $inputs",
        c->how == SANITIZED
            ? "-fsanitize=address,undefined -static-libasan -static-libubsan"
            : "-static",
        build_linker(), one->name, p->kit, in_kit(k->worker.path));
    add_wraps(s, "-Wl,");
    g_string_append_printf(s, " -lm 2>%s.link\necho $? >%s.linked\n", one->name,
                           one->name);
}

static bool may_run(const piece *p)
{
    return p->compiled && !p->forbidden && !p->oversized && !p->unknown;
}

static void link_all(const cage *c, const char *folder, const places *p,
                     size_t n, piece pieces[n], const bed *const beds[n])
{
    GString *script = script_begin(ALONE_CPU);
    size_t count = 0;
    for (guint core = 0; core < c->cores; core++) {
        g_string_append(script, "(\n:\n");
        for (size_t i = core; i < n; i += c->cores)
            if (may_run(&pieces[i])) {
                add_link(script, c, p, &pieces[i], beds[i]);
                count++;
            }
        g_string_append(script, ")&\n");
    }
    g_string_append(script, "wait\n");
    run_result r = {0};
    if (count)
        r = run_tools(c, folder, script->str, true, 20 + 2 * (double)count);
    for (size_t i = 0; count && i < n; i++) {
        piece *one = &pieces[i];
        if (!may_run(one))
            continue;
        char *rc_path = out_path(folder, one, ".linked"),
             *bin = out_path(folder, one, ".bin");
        char *rc = read_capped(rc_path, 8);
        one->linked =
            rc && atoi(rc) == 0 && g_file_test(bin, G_FILE_TEST_IS_REGULAR);
        if (one->linked) {
            one->worker = bin;
        } else {
            char *log_path = out_path(folder, one, ".link");
            char *log = read_capped(log_path, CAGE_LOG);
            char *all = g_strconcat(
                one->log, log ? log : "the linker did not run\n", NULL);
            g_free(one->log);
            one->log = all;
            one->is_trouble = true;
            g_free(log);
            g_free(log_path);
            g_free(bin);
        }
        g_free(rc);
        g_free(rc_path);
    }
    if (count)
        run_clear(&r);
    g_string_free(script, TRUE);
}

/* ---------------------------------------------------------------- together */

static void look_at(const cage *c, const char *folder, piece *one)
{
    char *assembly = out_path(folder, one, ".s");
    policy_finding f = policy_check(c->kit->book, one->exercise, one->object,
                                    assembly, one->text);
    one->forbidden = c->police ? f.forbidden : NULL;
    if (!c->police)
        g_free(f.forbidden);
    one->oversized = f.memory;
    one->unknown = f.unknown;
    g_free(assembly);
}

void cage_build(const cage *c, const char *folder, size_t n, piece pieces[n],
                const bed *const beds[n])
{
    places p = places_of(c, folder);
    piece **list = g_new0(piece *, n + 1);
    for (size_t i = 0; i < n; i++)
        list[i] = &pieces[i];
    if (!write_sources(folder, n, pieces)) {
        for (size_t i = 0; i < n; i++) {
            pieces[i].is_trouble = true;
            pieces[i].log = g_strdup_printf("%s cannot be written\n", folder);
        }
    } else {
        compile(c, folder, &p, n, list, QUICK_CPU);
        int retries = RETRIES;
        for (size_t i = 0; i < n; i++)
            if (pieces[i].stopped && retries-- > 0)
                compile(c, folder, &p, 1, &list[i], ALONE_CPU);
        for (size_t i = 0; i < n; i++)
            if (pieces[i].compiled)
                look_at(c, folder, &pieces[i]);
        link_all(c, folder, &p, n, pieces, beds);
    }
    g_free(list);
    places_clear(&p);
}

void piece_clear(piece *p)
{
    g_free(p->log);
    g_free(p->forbidden);
    g_free(p->oversized);
    g_free(p->unknown);
    g_free(p->object);
    g_free(p->worker);
}
