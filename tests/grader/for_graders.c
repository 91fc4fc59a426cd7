/* for_graders.c: what grading systems read: Gradescope's results.json and Autolab's last line. */
#include "exports.h"
#include "reports.h"
#include "tell.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

static double rounded(double value)
{
    return round(value * 10000) / 10000;
}

static void add(JsonBuilder *b, const char *name, const char *text)
{
    json_builder_set_member_name(b, name);
    char *valid = g_utf8_make_valid(text, -1);
    json_builder_add_string_value(b, valid);
    g_free(valid);
}

static void add_number(JsonBuilder *b, const char *name, double value)
{
    json_builder_set_member_name(b, name);
    json_builder_add_double_value(b, rounded(value));
}

static char *finish(JsonBuilder *b, bool pretty)
{
    JsonNode *root = json_builder_get_root(b);
    char *text = json_to_string(root, pretty);
    json_node_unref(root);
    g_object_unref(b);
    return text;
}

/* What the grader could not judge would come out as points that were lost. */
static char *not_certain(const marks *m)
{
    for (guint i = 0; i < m->assignments->len; i++) {
        const marked *a = m->assignments->pdata[i];
        for (guint k = 0; k < a->marks->len; k++) {
            const mark *one = a->marks->pdata[k];
            if (!one->counts)
                return g_strdup_printf(
                    "%s: %s has not been judged yet by a fault of the grader, "
                    "and would read as points lost. Run make grade again.",
                    m->student->name, one->exercise->fn);
        }
    }
    return NULL;
}

/* ---------------------------------------------------------------- Gradescope */

static char *output_of(const marked *a, const mark *m)
{
    GString *text = g_string_new(tell_sentence(m));
    char *example = tell_example(m), *replay = tell_replay(m);
    const mistake *k = tell_mistake(m);
    GPtrArray *notes = tell_notes(a, m);
    if (example)
        g_string_append_printf(text, "%s%s", text->len ? "\n" : "", example);
    if (k)
        g_string_append_printf(text, "%s%s: %s", text->len ? "\n\n" : "",
                               k->title, k->text);
    for (guint i = 0; i < notes->len; i++)
        g_string_append_printf(text, "%s%s", text->len ? "\n" : "",
                               (char *)notes->pdata[i]);
    if (replay)
        g_string_append_printf(text, "%sSee it yourself: %s",
                               text->len ? "\n\n" : "", replay);
    g_ptr_array_unref(notes);
    g_free(replay);
    g_free(example);
    return g_string_free(text, FALSE);
}

static void add_test(JsonBuilder *b, const marked *a, const mark *m)
{
    char *output = output_of(a, m);
    json_builder_begin_object(b);
    add_number(b, "score", m->earned);
    add_number(b, "max_score", m->points);
    add(b, "status", verdict_is(m->verdict, "PASS") ? "passed" : "failed");
    char *name = g_strdup_printf("%s: %s", m->exercise->fn, tell_word(m));
    add(b, "name", name);
    add(b, "name_format", "text");
    add(b, "number", m->exercise->number ? m->exercise->number : "");
    add(b, "output", output);
    add(b, "output_format", "text");
    add(b, "visibility", "visible");
    json_builder_end_object(b);
    g_free(name);
    g_free(output);
}

char *export_gradescope(const class *c, const marks *m, GString *to)
{
    char *why = not_certain(m);
    if (why)
        return why;
    JsonBuilder *b = json_builder_new();
    double score = 0;
    char *judging = tell_judging(c);
    GString *words = g_string_new(judging);
    json_builder_begin_object(b);
    json_builder_set_member_name(b, "tests");
    json_builder_begin_array(b);
    for (guint i = 0; i < m->assignments->len; i++) {
        const marked *a = m->assignments->pdata[i];
        char *late = tell_late(a);
        score += a->earned * a->factor;
        if (a->late)
            g_string_append_printf(words, "\n%s: %s.", a->assignment->title,
                                   late);
        for (guint k = 0; a->attempt && k < a->attempt->notes->len; k++)
            if (!i ||
                ((marked *)m->assignments->pdata[i - 1])->attempt != a->attempt)
                g_string_append_printf(words, "\n%s",
                                       (char *)a->attempt->notes->pdata[k]);
        for (guint k = 0; k < a->marks->len; k++)
            add_test(b, a, a->marks->pdata[k]);
        g_free(late);
    }
    json_builder_end_array(b);
    add_number(b, "score", score);
    add(b, "output", words->str);
    add(b, "output_format", "text");
    add(b, "visibility", "visible");
    add(b, "stdout_visibility", "hidden");
    json_builder_end_object(b);
    char *text = finish(b, true);
    g_string_append_printf(to, "%s\n", text);
    g_free(text);
    g_free(judging);
    g_string_free(words, TRUE);
    return NULL;
}

/* ------------------------------------------------------------------- Autolab */

static char *not_a_problem(const class *c)
{
    char **known = c->course->autolab;
    for (guint i = 0; i < c->course->assignments->len; i++) {
        const assignment *a = c->course->assignments->pdata[i];
        if (!known || !g_strv_contains((const char *const *)known, a->id))
            return g_strdup_printf(
                "Autolab drops the score of a problem that it does not know. "
                "Name the problems of your assessment under [export], autolab "
                "= %s, …%s",
                a->id,
                known ? ", each as the assignment is called in course.ini."
                      : ".");
    }
    return NULL;
}

char *export_autolab(const class *c, const marks *m, GString *to)
{
    char *why = not_a_problem(c);
    if (!why)
        why = not_certain(m);
    if (why)
        return why;
    GString *text = report_student_text(c, m);
    JsonBuilder *b = json_builder_new();
    json_builder_begin_object(b);
    json_builder_set_member_name(b, "scores");
    json_builder_begin_object(b);
    for (guint i = 0; i < m->assignments->len; i++) {
        const marked *a = m->assignments->pdata[i];
        add_number(b, a->assignment->id, a->earned * a->factor);
    }
    json_builder_end_object(b);
    json_builder_end_object(b);
    char *line = finish(b, false);
    g_string_append_printf(to, "%s\n%s\n", text->str, line);
    g_free(line);
    g_string_free(text, TRUE);
    return NULL;
}
