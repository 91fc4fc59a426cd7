/* protect.c: bubblewrap is tried, the filters are made. */
#include "protect.h"
#include "../runner/run.h"
#include "filters.h"

#define FOLDER "build/grade/"

/* Namespaces may be forbidden on this machine, or in the container that it is. It ends by itself, so it need not die with its
   parent: a bubblewrap that dies while it begins leaves a child behind that waits for it for ever. */
static char *try_bubblewrap(char **why)
{
    char *bwrap = g_find_program_in_path("bwrap");
    if (!bwrap) {
        *why = g_strdup("it is not installed (apt-get install bubblewrap)");
        return NULL;
    }
    run_result r = run(&(run_request){
        .argv =
            (const char *const[]){
                bwrap,       "--unshare-all", "--as-pid-1", "--clearenv",
                "--cap-drop", "ALL",          "--ro-bind",  "/usr",
                "/usr",      "--symlink",     "usr/lib",    "/lib",
                "--symlink", "usr/lib64",     "/lib64",     "--remount-ro",
                "/",         "--",            "/usr/bin/true", NULL},
        .seconds = 10});
    if (!run_ok(&r)) {
        *why =
            g_strdup(r.err_size ? g_strchomp(r.err) : "it does not work here");
        g_clear_pointer(&bwrap, g_free);
    }
    run_clear(&r);
    return bwrap;
}

void protection_find(protection *p)
{
    *p = (protection){.present = g_ptr_array_new_with_free_func(g_free),
                      .missing = g_ptr_array_new_with_free_func(g_free)};
    g_mkdir_with_parents(FOLDER, 0777);
    char *why = NULL;
    p->bwrap = try_bubblewrap(&why);
    if (p->bwrap)
        g_ptr_array_add(p->present, g_strdup("bubblewrap"));
    else
        g_ptr_array_add(p->missing, g_strdup_printf("bubblewrap: %s", why));
    g_free(why);
    p->filter = filter_export(WORKER_FILTER);
    p->loose = filter_export(SANITIZED_FILTER);
    p->tools = filter_export(TOOLS_FILTER);
    if (p->filter && p->tools)
        g_ptr_array_add(p->present, g_strdup("seccomp"));
    else
        g_ptr_array_add(
            p->missing,
            g_strdup("seccomp: libseccomp could not make the filter"));
    g_ptr_array_add(p->present, g_strdup("limits"));
}

void protection_clear(protection *p)
{
    g_free(p->bwrap);
    g_free(p->filter);
    g_free(p->loose);
    g_free(p->tools);
    g_ptr_array_unref(p->present);
    g_ptr_array_unref(p->missing);
}

char *protection_refuses(const protection *p)
{
    if (p->bwrap)
        return NULL;
    return g_strdup_printf(
        "Without bubblewrap, submissions would run with your own rights "
        "and see your files: nobody is judged. (%s)\n"
        "UNPROTECTED=yes goes on all the same.",
        (char *)p->missing->pdata[0]);
}

char *protection_words(const protection *p)
{
    return g_strconcat("limits", p->bwrap ? " bubblewrap" : "",
                       p->filter ? " seccomp" : "", NULL);
}
