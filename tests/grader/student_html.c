/* student_html.c: one student's page. */
#include "page.h"
#include "reports.h"
#include "tell.h"
#include "when.h"
#include "words.h"

#include <math.h>
#include <string.h>

static const char *colour(const mark *m)
{
    if (verdict_is(m->verdict, "PASS"))
        return "good";
    if (verdict_is(m->verdict, "NOT-STARTED") ||
        verdict_is(m->verdict, "MISSING"))
        return "idle";
    return verdict_is(m->verdict, "GRADER-ERROR") ? "warn" : "bad";
}

static void add_percent(GString *page, double percent)
{
    if (isnan(percent))
        g_string_append(page, "—");
    else
        g_string_append_printf(page, "%.1f %%", percent);
}

static void add_table(GString *page, const class *c, const marks *m)
{
    g_string_append(page,
                    "<div class=\"scroll\"><table>\n<tr><th>assignment<th "
                    "class=\"n\">points<th class=\"n\">of<th>handed in<th "
                    "class=\"n\">mark<th class=\"n\">weight</tr>\n");
    for (guint i = 0; i < m->assignments->len; i++) {
        const marked *a = m->assignments->pdata[i];
        char *late = tell_late(a);
        char *when = a->attempt && a->attempt->submitted != G_MININT64
                         ? when_text(a->attempt->submitted, c->course->zone)
                         : g_strdup("");
        g_string_append_printf(page, "<tr><td>");
        page_text(page, a->assignment->title);
        g_string_append_printf(page,
                               "<td class=\"n\">%.2f<td class=\"n\">%.2f<td>",
                               a->earned, a->points);
        page_text(page, when);
        g_string_append(page, *when ? "<br><span class=\"soft\">"
                                    : "<span class=\"soft\">");
        page_text(page, late);
        g_string_append(page, "</span><td class=\"n\">");
        add_percent(page, a->percent);
        g_string_append_printf(page, "%s<td class=\"n\">%.4g</tr>\n",
                               a->dropped ? " (dropped)" : "",
                               a->assignment->weight);
        g_free(when);
        g_free(late);
    }
    g_string_append(page, "</table></div>\n");
}

static void add_list(GString *page, const GPtrArray *notes)
{
    if (!notes->len)
        return;
    g_string_append(page, "<ul class=\"soft\">\n");
    for (guint i = 0; i < notes->len; i++)
        page_element(page, "li", NULL, notes->pdata[i]);
    g_string_append(page, "</ul>\n");
}

static void add_mistake(GString *page, const class *c, const mark *m)
{
    const mistake *k = tell_mistake(m);
    if (!k)
        return;
    g_string_append(page, "<div class=\"mistake\"><p><strong>");
    page_text(page, k->title);
    g_string_append(page, ".</strong> ");
    page_text(page, k->text);
    g_string_append(page, "</p></div>\n");
    const figure *f = tell_figure(c, m);
    if (!f)
        return;
    char *file = tell_figure_file(f);
    g_string_append(page, "<figure>\n");
    page_figure(page, file, f->id, f->alt);
    g_string_append(page, "<figcaption>What this mistake does, beside what is "
                          "right: ");
    page_text(page, f->caption ? f->caption : "");
    g_string_append(page, "</figcaption></figure>\n");
    g_free(file);
}

static void add_output(GString *page, const mark *m)
{
    const judged *j = m->shown;
    if (!j || !j->output || !*j->output)
        return;
    char *text = words_text(j->output, 1500);
    g_string_append(page, "<p class=\"soft\">Your program printed:</p>\n");
    page_element(page, "pre", NULL, text);
    g_free(text);
}

static void add_exercise(GString *page, const class *c, const marked *a,
                         const mark *m)
{
    char *points = tell_points(m), *example = tell_example(m);
    char *replay = tell_replay(m);
    GPtrArray *notes = tell_notes(a, m);
    g_string_append(page, "<article><header><h3>");
    page_text(page, m->exercise->number ? m->exercise->number : "");
    g_string_append(page, " <code>");
    page_text(page, m->exercise->fn);
    g_string_append(page, "</code></h3>");
    page_element(page, "span", colour(m), tell_word(m));
    page_element(page, "span", "points", points);
    g_string_append(page, "</header>\n");
    if (*tell_sentence(m))
        page_element(page, "p", NULL, tell_sentence(m));
    if (example)
        page_element(page, "pre", NULL, example);
    add_mistake(page, c, m);
    add_list(page, notes);
    if (!verdict_is(m->verdict, "PASS"))
        add_output(page, m);
    if (replay) {
        g_string_append(page, "<p>See it yourself: <code>");
        page_text(page, replay);
        g_string_append(page, "</code></p>\n");
    }
    g_string_append(page, "</article>\n");
    g_ptr_array_unref(notes);
    g_free(replay);
    g_free(example);
    g_free(points);
}

static void add_assignment(GString *page, const class *c, const marked *a)
{
    page_element(page, "h2", NULL, a->assignment->title);
    if (a->attempt && a->attempt->notes->len) {
        g_string_append(page, "<p class=\"soft\">About what you sent:</p>\n");
        add_list(page, a->attempt->notes);
    }
    for (guint i = 0; i < a->marks->len; i++)
        add_exercise(page, c, a, a->marks->pdata[i]);
}

GString *report_student_html(const class *c, const marks *m)
{
    const student *s = m->student;
    char *title = g_strdup_printf("%s: %s", c->course->name, s->name);
    char *judging = tell_judging(c);
    GString *page = page_begin(title);
    page_element(page, "p", "kicker", c->course->name);
    page_element(page, "h1", NULL, s->name);
    if (!g_str_equal(s->id, s->name))
        page_element(page, "p", "soft", s->id);
    g_string_append(page, "<p class=\"sum\">");
    add_percent(page, m->percent);
    g_string_append(page, "</p>\n");
    if (s->attempts->len > 1)
        g_string_append_printf(
            page, "<p class=\"soft\">%u attempts; the %s one counts.</p>\n",
            s->attempts->len, c->course->best ? "best" : "last");
    add_table(page, c, m);
    for (guint i = 0; i < m->assignments->len; i++)
        add_assignment(page, c, m->assignments->pdata[i]);
    page_element(page, "footer", "soft", judging);
    page_end(page);
    g_free(judging);
    g_free(title);
    return page;
}
