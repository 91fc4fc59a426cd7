/* exports.c: writes what can be exported, and a README about what cannot. */
#include "exports.h"
#include "../runner/build.h"
#include "../runner/stage.h"

#include <string.h>

typedef struct {
    char *folder;
    GString *readme;
    bool good;
} shelf;

/* Takes the text and the reason. */
static void keep(shelf *p, const char *name, GString *text, char *why)
{
    char *path = g_build_filename(p->folder, name, NULL);
    if (why)
        g_string_append_printf(p->readme, "%s was not written: %s\n\n", name,
                               why);
    else if (!write_file(path, text->str, text->len))
        p->good = false;
    g_free(path);
    g_free(why);
    g_string_free(text, TRUE);
}

static void of_class(shelf *p, const class *c, const char *name,
                     char *(*export)(const class *c, GString *to))
{
    GString *text = g_string_new(NULL);
    char *why = export(c, text);
    keep(p, name, text, why);
}

/* One reason that holds for all is said once. */
static void
of_students(shelf *p, const class *c, const char *folder, const char *ending,
            char *(*export)(const class *c, const marks *m, GString *to))
{
    char *last = g_strdup("");
    for (guint i = 0; i < c->marks->len; i++) {
        const marks *m = c->marks->pdata[i];
        GString *text = g_string_new(NULL);
        char *why = export(c, m, text);
        char *name =
            g_strdup_printf("%s/%s%s", folder, m->student->slug, ending);
        if (why && g_str_equal(why, last)) {
            g_string_free(text, TRUE);
            g_free(why);
        } else {
            g_free(last);
            last = g_strdup(why ? why : "");
            keep(p, name, text, why);
        }
        g_free(name);
    }
    g_free(last);
}

bool exports_write(const class *c, const char *out)
{
    shelf p = {g_build_filename(out, "exports", NULL),
               g_string_new("What each file is: tests/grader/exports.h. What "
                            "is not here, and why:\n\n"),
               true};
    size_t nothing = p.readme->len;
    /* An old file must not be taken for a new one. */
    folder_remove(p.folder);
    of_students(&p, c, "gradescope", ".json", export_gradescope);
    of_students(&p, c, "autolab", ".txt", export_autolab);
    of_students(&p, c, "tap", ".tap", export_tap);
    of_class(&p, c, "junit.xml", export_junit);
    of_class(&p, c, "github.md", export_github);
    of_class(&p, c, "canvas.csv", export_canvas);
    for (guint i = 0; i < c->course->assignments->len; i++) {
        const assignment *a = c->course->assignments->pdata[i];
        GString *text = g_string_new(NULL);
        char *why = export_moodle(c, i, text), *slug = g_strdup(a->id);
        g_strcanon(slug,
                   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                   "0123456789-_",
                   '-');
        char *name = g_strdup_printf("moodle-%s.csv", slug);
        keep(&p, name, text, why);
        g_free(name);
        g_free(slug);
    }
    if (p.readme->len == nothing)
        g_string_append(p.readme, "Nothing is missing.\n");
    keep(&p, "README.txt", g_string_new(p.readme->str), NULL);
    g_string_free(p.readme, TRUE);
    g_free(p.folder);
    return p.good;
}
