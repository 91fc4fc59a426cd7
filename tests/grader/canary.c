/* canary.c: before anybody is judged, six programs of our own must get the verdicts that stand in their first lines. */
#include "entry.h"

#include "../runner/run.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#define FOLDER "tests/grader/canary/"
#define STAMP "build/grade/canaries"

enum { FRESH_SECONDS = 15 * 60, RETRIES = 4, PAUSE = 100 * 1000 };

static const char prototype[] =
    "double canary(size_t n, double y[n], const double x[n])";
static const char signature[] = "{\"returns\":\"double\",\"parameters\":["
                                "{\"name\":\"n\",\"kind\":\"scalar\",\"type\":"
                                "\"size_t\",\"const\":false,\"dims\":[]},"
                                "{\"name\":\"y\",\"kind\":\"array\",\"type\":"
                                "\"double\",\"const\":false,\"dims\":[\"n\"]},"
                                "{\"name\":\"x\",\"kind\":\"array\",\"type\":"
                                "\"double\",\"const\":true,\"dims\":[\"n\"]}]}";

/* The first word of the comment on the first line. */
static char *wanted(const char *source)
{
    char *text = NULL, *word = NULL;
    if (g_file_get_contents(source, &text, NULL, NULL) &&
        g_str_has_prefix(text, "/* "))
        word = g_strndup(text + 3, strcspn(text + 3, ":\n"));
    g_free(text);
    return word ? word : g_strdup("");
}

static char *verdict_of(const kit *k, const protection *p, const bed *b,
                        const char *name, char **why)
{
    char *source = g_strconcat(FOLDER, name, ".c", NULL), *verdict = NULL;
    product object = build_object(source, PLAIN);
    product worker =
        object.ok ? kit_link(k, b->worker.path, object.path) : (product){0};
    if (worker.ok) {
        attempt a = attempt_run(
            &(attempt_request){.protection = p,
                               .folder = "build/grade",
                               .fn = "canary",
                               .seed = "1",
                               .seconds =
                                   g_str_equal(name, "late") ? "0.05" : "4"},
            b, worker.path);
        verdict = g_strdup(attempt_verdict(&a));
        const test *first = report_first_failure(a.report);
        *why = g_strdup(first ? first->message : a.trouble ? a.trouble : "");
        attempt_clear(&a);
    } else {
        *why = g_strdup(object.ok ? worker.log : object.log);
    }
    product_clear(&object);
    product_clear(&worker);
    g_free(source);
    return verdict ? verdict : g_strdup("none");
}

static bool sing(const kit *k, const protection *p, const bed *b,
                 char **trouble)
{
    static const char *const all[] = {"pass", "fail", "crash",
                                      "late", "exit", "system"};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        if (!p->filter && g_str_equal(all[i], "system"))
            continue;
        char *source = g_strconcat(FOLDER, all[i], ".c", NULL), *why = NULL;
        char *want = wanted(source), *got = verdict_of(k, p, b, all[i], &why);
        /* On a machine that is short of something, once more: a canary that was not heard has not passed. */
        for (int again = 0; again < RETRIES && g_str_equal(got, "GRADER-ERROR");
             again++) {
            g_free(got);
            g_free(why);
            g_usleep(PAUSE << again);
            got = verdict_of(k, p, b, all[i], &why);
        }
        if (strcmp(want, got))
            *trouble = g_strdup_printf("The canary %s got the verdict %s and "
                                       "must get %s, so nobody is judged. %s",
                                       source, got, want, g_strchomp(why));
        g_free(source);
        g_free(want);
        g_free(got);
        g_free(why);
        if (*trouble)
            return false;
    }
    return true;
}

/* What a canary's fate depends on besides our own sources: the machine as it runs now. */
static char *circumstances(const bed *b, const kit *k, const protection *p)
{
    struct utsname u;
    struct stat s = {0};
    uname(&u);
    if (p->bwrap)
        stat(p->bwrap, &s);
    char *boot = NULL, *words = protection_words(p);
    if (!g_file_get_contents("/proc/sys/kernel/random/boot_id", &boot, NULL,
                             NULL))
        boot = g_strdup("");
    char *machine = g_strdup_printf("%s %s %s %lld %lld %d", u.nodename,
                                    u.release, boot, (long long)s.st_mtime,
                                    (long long)s.st_size, (int)getuid());
    char *key = key_of("canaries 1", machine, words, b->host.path,
                       k->worker.path, k->keeper.path, NULL);
    g_free(machine);
    g_free(boot);
    g_free(words);
    return key;
}

static bool sang_lately(const char *key)
{
    char *text = NULL;
    GStatBuf s;
    bool same = g_file_get_contents(STAMP, &text, NULL, NULL) &&
                g_str_equal(text, key) && g_stat(STAMP, &s) == 0 &&
                s.st_mtime <= time(NULL) &&
                time(NULL) - s.st_mtime < FRESH_SECONDS;
    g_free(text);
    return same;
}

static bool with_bed(const kit *k, bed *b, char **trouble)
{
    JsonNode *node = json_from_string(signature, NULL);
    exercise e = {.fn = "canary",
                  .header = "../../../" FOLDER "canary.h",
                  .prototype = prototype,
                  .signature = json_node_get_object(node)};
    bool good = kit_bed_of(k, &e, FOLDER "suite.c", b);
    if (!good)
        *trouble =
            g_strdup_printf("The canaries do not build: %s", b->host.log);
    json_node_unref(node);
    return good;
}

/* The quick way to link is one that we go only where it is seen to work. */
static void try_base(kit *k, const protection *p, const bed *b)
{
    char *why = NULL,
         *got = k->base.ok ? verdict_of(k, p, b, "pass", &why) : NULL;
    if (g_strcmp0(got, "PASS"))
        k->base.ok = false;
    g_free(got);
    g_free(why);
}

bool canaries_sing(kit *k, const protection *p, char **trouble)
{
    bed b;
    bool good = with_bed(k, &b, trouble);
    char *key = good ? circumstances(&b, k, p) : NULL;
    if (good && !sang_lately(key)) {
        g_unlink(STAMP);
        try_base(k, p, &b);
        good = sing(k, p, &b, trouble);
        if (good)
            write_file(STAMP, key, strlen(key));
    }
    g_free(key);
    bed_clear(&b);
    return good;
}

bool canary_breathes(const kit *k, const protection *p)
{
    bed b;
    char *why = NULL, *got = NULL;
    if (with_bed(k, &b, &why))
        got = verdict_of(k, p, &b, "pass", &why);
    bool good = g_strcmp0(got, "PASS") == 0;
    bed_clear(&b);
    g_free(got);
    g_free(why);
    return good;
}
