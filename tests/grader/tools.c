/* tools.c: what a script of ours sees when it compiles or links. */
#include "tools.h"

#include <glib/gstdio.h>
#include <string.h>

enum {
    MEMORY_KB = 1536 << 10,
    FILE_BLOCKS = 16 << 11 /* of 512 bytes: objects and diagnostics */
};

places places_of(const cage *c, const char *folder)
{
    if (c->protection->bwrap)
        return (places){g_strdup("/in"), g_strdup("/out"), g_strdup("/include"),
                        g_strdup("/kit")};
    char *here = g_get_current_dir();
    places p = {g_build_filename(here, folder, "in", NULL),
                g_build_filename(here, folder, "out", NULL),
                g_build_filename(here, c->headers, NULL),
                g_build_filename(here, CACHE, NULL)};
    g_free(here);
    return p;
}

void places_clear(places *p)
{
    g_free(p->in);
    g_free(p->out);
    g_free(p->headers);
    g_free(p->kit);
}

/* --------------------------------------------------------------- the tool */

static void add_words(GPtrArray *argv, const char *const words[])
{
    for (size_t i = 0; words[i]; i++)
        g_ptr_array_add(argv, g_strdup(words[i]));
}

static void add_bind(GPtrArray *argv, const char *how, char *from,
                     const char *to)
{
    g_ptr_array_add(argv, g_strdup(how));
    g_ptr_array_add(argv, from);
    g_ptr_array_add(argv, g_strdup(to));
}

/* As a file beside in/ and out/, where no submission writes: for a whole book a script is longer than one argument may be. */
static char *put_script(const char *folder, const char *script)
{
    static int count;
    char *path =
        g_strdup_printf("%s/script-%d", folder, g_atomic_int_add(&count, 1));
    write_file(path, script, strlen(script));
    return path;
}

/* Runs a script with the tools; `linking` decides what it sees. */
run_result run_tools(const cage *c, const char *folder, const char *script,
                     bool linking, double seconds)
{
    GPtrArray *argv = g_ptr_array_new_with_free_func(g_free);
    char *path = put_script(folder, script), *here = g_get_current_dir();
    if (c->protection->bwrap) {
        /* bubblewrap reads the filter from a descriptor. */
        if (c->protection->tools)
            add_words(argv, (const char *const[]){
                                "/bin/sh", "-c", "exec \"$@\" 9<\"$0\"",
                                c->protection->tools, c->protection->bwrap,
                                "--seccomp", "9", NULL});
        else
            g_ptr_array_add(argv, g_strdup(c->protection->bwrap));
        add_words(argv,
                  (const char *const[]){"--unshare-all", "--die-with-parent",
                                        "--new-session", "--clearenv",
                                        "--cap-drop",    "ALL",
                                        "--setenv",      "PATH",
                                        "/usr/bin",      "--setenv",
                                        "LC_ALL",        "C",
                                        "--ro-bind",     "/usr/bin",
                                        "/usr/bin",      "--ro-bind",
                                        "/usr/lib",      "/usr/lib",
                                        "--ro-bind-try", "/usr/lib64",
                                        "/usr/lib64",    "--ro-bind-try",
                                        "/usr/libexec",  "/usr/libexec",
                                        "--ro-bind",     "/usr/include",
                                        "/usr/include",  "--symlink",
                                        "usr/bin",       "/bin",
                                        "--symlink",     "usr/lib",
                                        "/lib",          "--symlink",
                                        "usr/lib64",     "/lib64",
                                        "--dev-bind",    "/dev/null",
                                        "/dev/null",     "--size",
                                        "67108864",      "--tmpfs",
                                        "/tmp",          NULL});
        if (linking)
            add_bind(argv, "--ro-bind", g_strdup(CACHE), "/kit");
        else {
            add_bind(argv, "--ro-bind", g_strdup(c->headers), "/include");
            add_bind(argv, "--ro-bind", g_build_filename(folder, "in", NULL),
                     "/in");
        }
        add_bind(argv, "--bind", g_build_filename(folder, "out", NULL), "/out");
        add_bind(argv, "--ro-bind", g_strdup(path), "/script");
        add_words(argv,
                  (const char *const[]){"--remount-ro", "/", "--chdir",
                                        linking ? "/out" : "/in", "--", NULL});
    }
    add_words(argv, (const char *const[]){"/usr/bin/env", "sh", NULL});
    g_ptr_array_add(argv, c->protection->bwrap
                              ? g_strdup("/script")
                              : g_build_filename(here, path, NULL));
    g_ptr_array_add(argv, NULL);
    char *in = g_build_filename(folder, linking ? "out" : "in", NULL);
    run_result r =
        run(&(run_request){.argv = (const char *const *)argv->pdata,
                           .env = (const char *const[]){"LC_ALL=C", NULL},
                           .folder = c->protection->bwrap ? NULL : in,
                           .seconds = seconds});
    g_unlink(path);
    g_free(path);
    g_free(here);
    g_free(in);
    g_ptr_array_unref(argv);
    return r;
}

GString *script_begin(int cpu)
{
    GString *s = g_string_new(NULL);
    g_string_append_printf(
        s, "ulimit -c 0; ulimit -t %d; ulimit -v %d; ulimit -f %d\n", cpu,
        MEMORY_KB, FILE_BLOCKS);
    return s;
}
