/* class_html.c: the class on one page. */
#include "items.h"
#include "page.h"
#include "reports.h"
#include "tell.h"
#include "words.h"

#include <math.h>
#include <string.h>

static void add_percent(GString *page, double percent)
{
    if (isnan(percent))
        g_string_append(page, "—");
    else
        g_string_append_printf(page, "%.1f %%", percent);
}

/* ---------------------------------------------------------------- watch out */

/* What a person should see before the marks go out. */
static void add_attention(GString *page, const class *c)
{
    GString *list = g_string_new(NULL);
    if (c->missing->len) {
        char *judging = tell_judging(c);
        page_element(list, "li", "bad", judging);
        g_free(judging);
    }
    if (c->compilers->len > 1)
        page_element(list, "li", "bad",
                     "Not all was judged with the same compiler.");
    if (c->waiting)
        g_string_append_printf(
            list,
            "<li class=\"warn\">%u submissions could not be judged whole; run "
            "make grade again.\n",
            c->waiting);
    for (guint i = 0; i < c->marks->len; i++) {
        const marks *m = c->marks->pdata[i];
        bool hostile = false;
        for (guint k = 0; k < m->assignments->len; k++) {
            const marked *a = m->assignments->pdata[k];
            for (guint n = 0; n < a->marks->len; n++)
                hostile |= verdict_is(((mark *)a->marks->pdata[n])->verdict,
                                      "PROTOCOL");
        }
        if (hostile || !m->student->enrolled) {
            g_string_append(list, "<li>");
            page_text(list, m->student->name);
            g_string_append(list, hostile ? ": a file disturbed its judge; "
                                            "read it.\n"
                                          : ": not on the roster.\n");
        }
    }
    if (list->len)
        g_string_append_printf(
            page, "<h2>To be looked at</h2>\n<ul>\n%s</ul>\n", list->str);
    g_string_free(list, TRUE);
}

/* ------------------------------------------------------------------- totals */

static void add_totals(GString *page, const class *c, const analysis *a)
{
    guint sent = 0, most = 1;
    for (guint i = 0; i < c->students->len; i++)
        sent += ((student *)c->students->pdata[i])->attempts->len > 0;
    for (int i = 0; i < 10; i++)
        most = MAX(most, a->tenths[i]);
    g_string_append_printf(page,
                           "<p class=\"sum\">%u students, %u of them "
                           "handed in (%s)</p>\n",
                           c->students->len, sent, c->shape);
    if (!a->counted)
        return;
    g_string_append_printf(
        page,
        "<p>Mean %.1f %%, median %.1f %%, standard deviation "
        "%.1f.</p>\n<table>\n",
        a->mean, a->median, isnan(a->deviation) ? 0 : a->deviation);
    for (int i = 9; i >= 0; i--)
        g_string_append_printf(
            page,
            "<tr><td class=\"n\">%d–%d %%<td class=\"n\">%u<td "
            "style=\"width:70%%\"><span class=\"track\"><i "
            "style=\"width:%u%%\"></i></span></tr>\n",
            10 * i, 10 * i + 10, a->tenths[i], 100 * a->tenths[i] / most);
    g_string_append(page, "</table>\n");
}

/* -------------------------------------------------------------------- items */

static void add_counts(GString *page, GHashTable *table, const char *skip)
{
    GList *keys =
        g_list_sort(g_hash_table_get_keys(table), (GCompareFunc)strcmp);
    bool first = true;
    for (GList *k = keys; k; k = k->next) {
        if (skip && g_str_equal(k->data, skip))
            continue;
        g_string_append_printf(
            page, "%s%u ", first ? "" : ", ",
            GPOINTER_TO_UINT(g_hash_table_lookup(table, k->data)));
        page_text(page, k->data);
        first = false;
    }
    g_list_free(keys);
}

static const char *hint(const item *it)
{
    if (it->sent >= 10 && it->passed == it->sent)
        return "all who tried pass";
    if (it->sent >= 10 && it->mean < 0.3)
        return "hard, or unclear";
    if (it->sent >= 10 && it->discrimination < 0.1)
        return "says little about who knows the rest";
    return "";
}

static void add_items(GString *page, const analysis *a)
{
    g_string_append(
        page,
        "<h2>Exercises</h2>\n<p class=\"soft\">Tried: students whose file was "
        "judged. Mean: of the points, among them. Discrimination: correlation "
        "with the points of all other exercises; below 0.1 an exercise does "
        "not tell who knows the rest.</p>\n<div class=\"scroll\"><table>\n"
        "<tr><th>exercise<th class=\"n\">tried<th class=\"n\">pass<th "
        "class=\"n\">mean<th class=\"n\">discr.<th>otherwise</tr>\n");
    for (guint i = 0; i < a->items->len; i++) {
        const item *it = a->items->pdata[i];
        g_string_append(page, "<tr><td><code>");
        page_text(page, it->exercise->fn);
        g_string_append_printf(page,
                               "</code><td class=\"n\">%u<td class=\"n\">%u<td "
                               "class=\"n\">",
                               it->sent, it->passed);
        if (isnan(it->mean))
            g_string_append(page, "—");
        else
            g_string_append_printf(page, "%.0f %%", 100 * it->mean);
        g_string_append(page, "<td class=\"n\">");
        if (isnan(it->discrimination))
            g_string_append(page, "—");
        else
            g_string_append_printf(page, "%.2f", it->discrimination);
        g_string_append(page, "<td class=\"soft\">");
        add_counts(page, it->verdicts, "PASS");
        if (*hint(it)) {
            g_string_append(page, " <span class=\"warn\">");
            page_text(page, hint(it));
            g_string_append(page, "</span>");
        }
        g_string_append(page, "</tr>\n");
    }
    g_string_append(page, "</table></div>\n");
}

static void add_mistakes(GString *page, const analysis *a)
{
    GString *rows = g_string_new(NULL);
    for (guint i = 0; i < a->items->len; i++) {
        const item *it = a->items->pdata[i];
        for (guint k = 0; k < it->exercise->mistakes->len; k++) {
            const mistake *m = it->exercise->mistakes->pdata[k];
            guint n =
                GPOINTER_TO_UINT(g_hash_table_lookup(it->mistakes, m->name));
            if (!n)
                continue;
            g_string_append_printf(rows, "<tr><td class=\"n\">%u<td><code>", n);
            page_text(rows, it->exercise->fn);
            g_string_append(rows, "</code><td>");
            page_text(rows, m->title ? m->title : m->name);
            g_string_append(rows, "</tr>\n");
        }
    }
    if (rows->len)
        g_string_append_printf(page,
                               "<h2>Mistakes that were recognised</h2>\n"
                               "<table>\n<tr><th class=\"n\">made by<th>in<th>"
                               "</tr>\n%s</table>\n",
                               rows->str);
    g_string_free(rows, TRUE);
}

/* -------------------------------------------------------------------- pairs */

static void add_pairs(GString *page, const GPtrArray *pairs, const char *title,
                      const char *words)
{
    page_element(page, "h2", NULL, title);
    page_element(page, "p", "soft", words);
    if (!pairs->len) {
        g_string_append(page, "<p>None.</p>\n");
        return;
    }
    g_string_append(page, "<table>\n");
    for (guint i = 0; i < pairs->len; i++) {
        const pair *p = pairs->pdata[i];
        g_string_append(page, "<tr><td>");
        page_text(page, p->one->name);
        g_string_append(page, "<td>");
        page_text(page, p->other->name);
        g_string_append(page, "<td class=\"soft\">");
        if (!isnan(p->similarity))
            g_string_append_printf(page, "%.0f %%", 100 * p->similarity);
        for (guint k = 0; p->exercises && k < p->exercises->len; k++) {
            g_string_append(page, k ? ", " : "");
            page_text(page, ((exercise *)p->exercises->pdata[k])->fn);
        }
        g_string_append(page, "</tr>\n");
    }
    g_string_append(page, "</table>\n");
}

static void add_students(GString *page, const class *c)
{
    g_string_append(page, "<h2>Students</h2>\n<div class=\"scroll\"><table>\n"
                          "<tr><th>student<th class=\"n\">total");
    for (guint i = 0; i < c->course->assignments->len; i++) {
        g_string_append(page, "<th class=\"n\">");
        page_text(page,
                  ((assignment *)c->course->assignments->pdata[i])->title);
    }
    g_string_append(page, "</tr>\n");
    for (guint i = 0; i < c->marks->len; i++) {
        const marks *m = c->marks->pdata[i];
        /* A slug is letters, digits, dots, dashes, + and @. */
        g_string_append_printf(page, "<tr><td><a href=\"students/%s.html\">",
                               m->student->slug);
        page_text(page, m->student->name);
        g_string_append(page, "</a><td class=\"n\">");
        add_percent(page, m->percent);
        for (guint k = 0; k < m->assignments->len; k++) {
            const marked *a = m->assignments->pdata[k];
            g_string_append(page, "<td class=\"n\">");
            add_percent(page, a->percent);
            if (a->late)
                g_string_append(page, " <span class=\"warn\">late</span>");
        }
        g_string_append(page, "</tr>\n");
    }
    g_string_append(page, "</table></div>\n");
}

GString *report_class_html(const class *c, const char *work)
{
    analysis *a = items_analyse(c);
    GPtrArray *same = items_identical(c, work);
    GPtrArray *alike = items_similar(c, work);
    char *judging = tell_judging(c);
    GString *page = page_begin(c->course->name);
    page_element(page, "p", "kicker", "The class");
    page_element(page, "h1", NULL, c->course->name);
    add_totals(page, c, a);
    add_attention(page, c);
    add_students(page, c);
    add_items(page, a);
    add_mistakes(page, a);
    add_pairs(
        page, same, "Identical files",
        "Pairs whose files are the same to the last comment in two or "
        "more exercises, where that is neither the stub nor in the answer "
        "key. It is a reason to ask, not a proof.");
    if (alike)
        add_pairs(page, alike, "Similar programs",
                  "The most similar pairs by Dolos, over all that they wrote. "
                  "Short functions are alike by themselves.");
    else
        page_element(page, "p", "soft",
                     "Similarity was not computed: Dolos is not installed (npm "
                     "install -g @dodona/dolos).");
    page_element(page, "footer", "soft", judging);
    page_end(page);
    g_free(judging);
    if (alike)
        g_ptr_array_unref(alike);
    g_ptr_array_unref(same);
    items_free(a);
    return page;
}
