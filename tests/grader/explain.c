/* explain.c: the same file once more, with the sanitizers in the worker. What they say explains; it decides nothing. */
#include "../runner/sanitizer.h"
#include "entry.h"

#include <string.h>

/* The sanitizers' part of what was printed: from the first report to its end. */
static char *report_in(const char *printed)
{
    const char *asan = strstr(printed, "ERROR: AddressSanitizer"),
               *ubsan = strstr(printed, ": runtime error: ");
    const char *at = asan && (!ubsan || asan < ubsan) ? asan : ubsan;
    if (!at)
        return NULL;
    while (at > printed && at[-1] != '\n')
        at--;
    const char *stop = strstr(at, "\nShadow bytes");
    return stop ? g_strndup(at, (gsize)(stop - at)) : g_strdup(at);
}

/* The worker knows the file by its plain name; the sentence says the name that the student has. */
static char *sentence(const char *log, const char *folder, const exercise *e)
{
    char *plain = g_strconcat(e->fn, ".c", NULL),
         *path = g_strdup_printf("%s/in/%s", folder, plain);
    char **parts = g_strsplit(log, plain, -1);
    char *renamed = g_strjoinv(path, parts),
         *said = sanitizer_explain(renamed, path);
    g_strfreev(parts);
    if (said) {
        parts = g_strsplit(said, path, -1);
        g_free(said);
        said = g_strjoinv(e->file, parts);
        g_strfreev(parts);
    }
    g_free(renamed);
    g_free(path);
    g_free(plain);
    return said;
}

char *explain(const cage *c, entry *e, const char *seed, const char *folder)
{
    cage sanitizing = *c;
    sanitizing.how = SANITIZED;
    sanitizing.police = false;
    char *within = g_strdup_printf("%s/explain-%s", folder, e->exercise->fn),
         *said = NULL;
    piece p = {.exercise = e->exercise,
               .name = e->exercise->fn,
               .text = e->text,
               .size = e->size};
    cage_build(&sanitizing, within, 1, &p, &(const bed *){e->bed});
    if (p.linked) {
        attempt a = attempt_run(&(attempt_request){.protection = c->protection,
                                                   .folder = within,
                                                   .fn = e->exercise->fn,
                                                   .seed = seed,
                                                   .sanitized = true},
                                e->bed, p.worker);
        char *log = report_in(a.printed);
        said = log ? sentence(log, within, e->exercise) : NULL;
        g_free(log);
        attempt_clear(&a);
    }
    piece_clear(&p);
    g_free(within);
    return said;
}
