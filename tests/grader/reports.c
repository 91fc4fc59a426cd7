/* reports.c: writes all of them, and the class in a few lines of text. */
#include "reports.h"
#include "../runner/build.h"
#include "../runner/stage.h"
#include "items.h"
#include "tell.h"

#include <glib/gstdio.h>
#include <math.h>

GString *report_class_text(const class *c)
{
    analysis *a = items_analyse(c);
    GString *to = g_string_new(NULL);
    char *judging = tell_judging(c);
    g_string_append_printf(to, "%s\n%u students (%s)", c->course->name,
                           c->students->len, c->shape);
    if (a->counted)
        g_string_append_printf(to, "; mean %.1f %%, median %.1f %%", a->mean,
                               a->median);
    g_string_append_printf(to, "\n\n%-24s %6s %6s %6s %6s\n", "exercise",
                           "tried", "pass", "mean", "discr.");
    for (guint i = 0; i < a->items->len; i++) {
        const item *it = a->items->pdata[i];
        char *mean = isnan(it->mean)
                         ? g_strdup("-")
                         : g_strdup_printf("%.0f %%", 100 * it->mean);
        char *discrimination =
            isnan(it->discrimination)
                ? g_strdup("-")
                : g_strdup_printf("%.2f", it->discrimination);
        g_string_append_printf(to, "%-24s %6u %6u %6s %6s\n", it->exercise->fn,
                               it->sent, it->passed, mean, discrimination);
        g_free(mean);
        g_free(discrimination);
    }
    g_string_append_printf(to, "\n%s\n", judging);
    g_free(judging);
    items_free(a);
    return to;
}

static bool put(const char *out, const char *name, GString *text)
{
    char *path = g_build_filename(out, name, NULL);
    bool good = write_file(path, text->str, text->len);
    g_string_free(text, TRUE);
    g_free(path);
    return good;
}

/* The pages of students who are no longer in the class. */
static void remove_old(const class *c, const char *out)
{
    GHashTable *known =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < c->students->len; i++)
        for (int k = 0; k < 2; k++)
            g_hash_table_add(
                known, g_strdup_printf("%s.%s",
                                       ((student *)c->students->pdata[i])->slug,
                                       k ? "txt" : "html"));
    char *folder = g_build_filename(out, "students", NULL);
    GDir *dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        char *path = g_build_filename(folder, name, NULL);
        if (!g_hash_table_contains(known, name))
            g_unlink(path);
        g_free(path);
    }
    if (dir)
        g_dir_close(dir);
    g_free(folder);
    g_hash_table_unref(known);
}

bool reports_write(const class *c, const char *out, const char *work)
{
    bool good = put(out, "class.html", report_class_html(c, work)) &&
                put(out, "class.txt", report_class_text(c));
    for (guint i = 0; i < c->marks->len && good; i++) {
        const marks *m = c->marks->pdata[i];
        char *page = g_strdup_printf("students/%s.html", m->student->slug);
        char *text = g_strdup_printf("students/%s.txt", m->student->slug);
        good = put(out, page, report_student_html(c, m)) &&
               put(out, text, report_student_text(c, m));
        g_free(text);
        g_free(page);
    }
    remove_old(c, out);
    return good;
}
