/* similar.c: Dolos (https://dolos.ugent.be, npm install -g @dodona/dolos) over one text a student, where it is installed. */
#include "../runner/build.h"
#include "../runner/run.h"
#include "../runner/stage.h"
#include "csv.h"
#include "items.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SECONDS = 900, SHOWN = 15 };

/* All that the student wrote and that is not the stub's, one file after the other. */
static char *write_text(const class *c, const student *s, const char *work)
{
    const attempt *a = s->attempts->pdata[s->attempts->len - 1];
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < c->book->exercises->len; i++) {
        const exercise *e = c->book->exercises->pdata[i];
        char *path = g_strdup_printf("%s/in/%s/%s.c", work, a->folder, e->fn);
        char *text = NULL;
        const mark *m = NULL;
        for (guint k = 0; k < c->marks->len && !m; k++)
            if (((marks *)c->marks->pdata[k])->student == s)
                m = marks_exercise(c->marks->pdata[k], e);
        bool own = m && !verdict_is(m->verdict, "NOT-STARTED");
        if (!e->pen && own && g_file_get_contents(path, &text, NULL, NULL))
            g_string_append(all, text);
        g_free(text);
        g_free(path);
    }
    char *to = NULL;
    if (all->len) {
        to = g_strdup_printf("%s/similar/%s.c", work, s->slug);
        write_file(to, all->str, all->len);
    }
    g_string_free(all, TRUE);
    return to;
}

static const student *of_path(const class *c, const char *path)
{
    char *base = g_path_get_basename(path ? path : "");
    const student *found = NULL;
    for (guint i = 0; i < c->students->len && !found; i++) {
        const student *s = c->students->pdata[i];
        size_t n = strlen(s->slug);
        if (!strncmp(base, s->slug, n) && g_str_equal(base + n, ".c"))
            found = s;
    }
    g_free(base);
    return found;
}

static gint by_similarity(gconstpointer a, gconstpointer b)
{
    const pair *x = *(pair *const *)a, *y = *(pair *const *)b;
    return (x->similarity < y->similarity) - (x->similarity > y->similarity);
}

static void pair_free(void *p)
{
    g_free(p);
}

static GPtrArray *read_pairs(const class *c, const char *path)
{
    csv *table = csv_read(path, NULL);
    if (!table)
        return NULL;
    GPtrArray *all = g_ptr_array_new_with_free_func(pair_free);
    int left = csv_column(table, "leftFilePath");
    int right = csv_column(table, "rightFilePath");
    int alike = csv_column(table, "similarity");
    for (guint i = 1; i < table->rows->len; i++) {
        const student *one = of_path(c, csv_cell(table, i, left));
        const student *other = of_path(c, csv_cell(table, i, right));
        const char *number = csv_cell(table, i, alike);
        if (!one || !other || !number)
            continue;
        pair *p = g_new0(pair, 1);
        *p = (pair){one, other, NULL, g_ascii_strtod(number, NULL)};
        g_ptr_array_add(all, p);
    }
    csv_free(table);
    g_ptr_array_sort(all, by_similarity);
    if (all->len > SHOWN)
        g_ptr_array_set_size(all, SHOWN);
    return all;
}

GPtrArray *items_similar(const class *c, const char *work)
{
    char *dolos = g_find_program_in_path("dolos");
    if (!dolos)
        return NULL;
    char *texts = g_build_filename(work, "similar", NULL);
    char *report = g_build_filename(work, "dolos", NULL);
    char *pairs = g_build_filename(report, "pairs.csv", NULL);
    folder_remove(texts);
    folder_remove(report);
    GPtrArray *argv = g_ptr_array_new_with_free_func(g_free);
    for (const char *const *word =
             (const char *const[]){dolos, "run", "--language", "c",
                                   "--output-format", "csv",
                                   "--output-destination", report, NULL};
         *word; word++)
        g_ptr_array_add(argv, g_strdup(*word));
    for (guint i = 0; i < c->students->len; i++) {
        const student *s = c->students->pdata[i];
        char *path = s->attempts->len ? write_text(c, s, work) : NULL;
        if (path)
            g_ptr_array_add(argv, path);
    }
    g_ptr_array_add(argv, NULL);
    run_result r = run(&(run_request){.argv = (const char *const *)argv->pdata,
                                      .seconds = SECONDS});
    GPtrArray *all = run_ok(&r) ? read_pairs(c, pairs) : NULL;
    run_clear(&r);
    g_ptr_array_unref(argv);
    g_free(pairs);
    g_free(report);
    g_free(texts);
    g_free(dolos);
    return all;
}
