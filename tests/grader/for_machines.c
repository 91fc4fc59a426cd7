/* for_machines.c: what build systems read: TAP 14, JUnit's XML, GitHub's step summary. */
#include "exports.h"
#include "tell.h"
#include "words.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

/* ----------------------------------------------------------------------- TAP */

/* In a description # begins a directive and \ escapes. */
static char *tap_words(const char *text)
{
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p; p++) {
        if (*p == '#' || *p == '\\')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *p == '\n' ? ' ' : *p);
    }
    return g_string_free(out, FALSE);
}

/* A string of JSON is one of YAML, and the only kind that every reader of TAP's YAML takes. */
static void tap_block(GString *to, int indent, const char *text)
{
    char *plain = words_text(text, 4000), *end = g_strchomp(plain);
    JsonNode *node = json_node_init_string(json_node_alloc(), end);
    char *quoted = json_to_string(node, FALSE);
    g_string_append_printf(to, "%*s---\n%*smessage: %s\n%*s...\n", indent, "",
                           indent, "", quoted, indent, "");
    g_free(quoted);
    json_node_unref(node);
    g_free(plain);
}

static void tap_subtest(GString *to, const mark *m)
{
    const GPtrArray *results = m->shown ? m->shown->results : NULL;
    if (!results || !results->len)
        return;
    g_string_append_printf(to, "# Subtest: %s\n    1..%u\n", m->exercise->fn,
                           results->len);
    for (guint i = 0; i < results->len; i++) {
        const result *r = results->pdata[i];
        bool good = verdict_is(r->verdict, "PASS");
        char *name = tap_words(r->test);
        g_string_append_printf(to, "    %sok %u - %s\n", good ? "" : "not ",
                               i + 1, name);
        if (!good && r->message && *r->message)
            tap_block(to, 6, r->message);
        g_free(name);
    }
}

char *export_tap(const class *, const marks *m, GString *to)
{
    guint all = 0, n = 0;
    for (guint i = 0; i < m->assignments->len; i++)
        all += ((marked *)m->assignments->pdata[i])->marks->len;
    g_string_append_printf(to, "TAP version 14\n1..%u\n", all);
    for (guint i = 0; i < m->assignments->len; i++) {
        const marked *a = m->assignments->pdata[i];
        for (guint k = 0; k < a->marks->len; k++) {
            const mark *one = a->marks->pdata[k];
            bool good = verdict_is(one->verdict, "PASS");
            tap_subtest(to, one);
            if (!one->counts)
                g_string_append_printf(
                    to, "ok %u - %s # SKIP the grader failed here\n", ++n,
                    one->exercise->fn);
            else
                g_string_append_printf(to, "%sok %u - %s\n", good ? "" : "not ",
                                       ++n, one->exercise->fn);
            if (one->counts && !good)
                tap_block(to, 2, tell_word(one));
        }
    }
    return NULL;
}

/* --------------------------------------------------------------------- JUnit */

static void junit_case(GString *to, const student *s, const mark *m)
{
    char *class = words_html(s->id), *example = tell_example(m);
    char *text = words_html(example ? example : tell_sentence(m));
    g_string_append_printf(to,
                           "    <testcase classname=\"%s\" name=\"%s\" "
                           "time=\"0\"",
                           class, m->exercise->fn);
    if (verdict_is(m->verdict, "PASS"))
        g_string_append(to, "/>\n");
    else if (!m->counts)
        g_string_append(to, ">\n      <skipped message=\"the grader failed "
                            "here\"/>\n    </testcase>\n");
    else
        g_string_append_printf(to,
                               ">\n      <failure message=\"%s\" "
                               "type=\"%s\">%s</failure>\n    </testcase>\n",
                               tell_word(m), m->verdict, text);
    g_free(text);
    g_free(example);
    g_free(class);
}

static void junit_student(GString *to, const marks *m)
{
    guint all = 0, failed = 0, skipped = 0;
    GString *cases = g_string_new(NULL);
    for (guint i = 0; i < m->assignments->len; i++) {
        const marked *a = m->assignments->pdata[i];
        for (guint k = 0; k < a->marks->len; k++) {
            const mark *one = a->marks->pdata[k];
            all++;
            skipped += !one->counts;
            failed += one->counts && !verdict_is(one->verdict, "PASS");
            junit_case(cases, m->student, one);
        }
    }
    char *name = words_html(m->student->id);
    g_string_append_printf(to,
                           "  <testsuite name=\"%s\" tests=\"%u\" "
                           "failures=\"%u\" errors=\"0\" skipped=\"%u\" "
                           "time=\"0\">\n%s  </testsuite>\n",
                           name, all, failed, skipped, cases->str);
    g_free(name);
    g_string_free(cases, TRUE);
}

char *export_junit(const class *c, GString *to)
{
    char *name = words_html(c->course->name);
    g_string_append_printf(to,
                           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<testsuites name=\"%s\">\n",
                           name);
    for (guint i = 0; i < c->marks->len; i++)
        junit_student(to, c->marks->pdata[i]);
    g_string_append(to, "</testsuites>\n");
    g_free(name);
    return NULL;
}

/* -------------------------------------------------------------------- GitHub */

enum { SUMMARY = 1024 * 1024 };

/* A cell: no end of cell, no HTML, no link. */
static void cell(GString *to, const char *text)
{
    char *html = words_html(text);
    g_string_append(to, "| ");
    for (const char *p = html; *p; p++) {
        if (strchr("|\\`*_[]~@", *p))
            g_string_append_printf(to, "&#%d;", *p);
        else
            g_string_append_c(to, *p == '\n' ? ' ' : *p);
    }
    g_string_append_c(to, ' ');
    g_free(html);
}

static void github_student(GString *to, const marks *m)
{
    cell(to, m->student->name);
    for (guint i = 0; i < m->assignments->len; i++) {
        const marked *a = m->assignments->pdata[i];
        g_string_append_printf(to, "| %.2f / %.2f ", a->earned, a->points);
    }
    if (isnan(m->percent))
        g_string_append(to, "| not yet |\n");
    else
        g_string_append_printf(to, "| %.1f %% |\n", m->percent);
}

char *export_github(const class *c, GString *to)
{
    g_string_append(to, "## ");
    char *title = words_html(c->course->name);
    g_string_append_printf(to, "%s\n\n| student ", title);
    g_free(title);
    for (guint i = 0; i < c->course->assignments->len; i++)
        cell(to, ((assignment *)c->course->assignments->pdata[i])->title);
    g_string_append(to, "| total |\n| --- ");
    for (guint i = 0; i < c->course->assignments->len; i++)
        g_string_append(to, "| ---: ");
    g_string_append(to, "| ---: |\n");
    for (guint i = 0; i < c->marks->len; i++)
        github_student(to, c->marks->pdata[i]);
    char *judging = tell_judging(c), *shown = words_html(judging);
    g_string_append_printf(to, "\n%s\n", shown);
    g_free(shown);
    g_free(judging);
    return to->len <= SUMMARY
               ? NULL
               : g_strdup("GitHub drops a step summary of more than 1 MB; "
                          "grade fewer students in one step.");
}
