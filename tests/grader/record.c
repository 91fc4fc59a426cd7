/* record.c: a judged submission as JSON. */
#include "entry.h"

#include <math.h>
#include <string.h>

enum { KEPT_MESSAGE = 4 * 1024, KEPT_OUTPUT = 4 * 1024 };

/* At most so many bytes, cut at a character. */
static char *capped(const char *text, size_t most)
{
    if (!text)
        return g_strdup("");
    if (strlen(text) <= most)
        return g_strdup(text);
    const char *end = g_utf8_find_prev_char(text, text + most);
    return g_strdup_printf("%.*s…", (int)(end - text), text);
}

static void set_text(JsonObject *o, const char *name, const char *text,
                     size_t most)
{
    char *short_text = capped(text, most);
    json_object_set_string_member(o, name, short_text);
    g_free(short_text);
}

static JsonArray *words(const GPtrArray *list)
{
    JsonArray *a = json_array_new();
    for (guint i = 0; i < list->len; i++)
        json_array_add_string_element(a, list->pdata[i]);
    return a;
}

static JsonArray *results(const entry *e, int *passed)
{
    JsonArray *a = json_array_new();
    for (guint i = 0; e->report && i < e->report->tests->len; i++) {
        const test *t = e->report->tests->pdata[i];
        JsonObject *o = json_object_new();
        json_object_set_string_member(o, "test", t->name);
        json_object_set_string_member(o, "verdict",
                                      outcome_verdict(t->outcome));
        if (!test_passed(t))
            set_text(o, "message", t->message, KEPT_MESSAGE);
        *passed += test_passed(t);
        json_array_add_object_element(a, o);
    }
    return a;
}

/* A share of the points by tests, and half of them at most for who writes where nothing is theirs. */
static double earned(const entry *e, int passed)
{
    int planned = e->report ? e->report->planned : 0;
    if (planned <= 0 || !e->report->whole ||
        g_str_equal(e->verdict, "GRADER-ERROR"))
        return 0;
    double share = (double)passed / planned;
    if ((e->report->outside || e->report->changed) && share > 0.5)
        share = 0.5;
    return round(e->exercise->points * share * 1e6) / 1e6;
}

static JsonObject *exercise_object(const entry *e)
{
    JsonObject *o = json_object_new();
    int passed = 0;
    JsonArray *all = results(e, &passed);
    json_object_set_string_member(o, "fn", e->exercise->fn);
    json_object_set_string_member(o, "verdict", e->verdict);
    json_object_set_int_member(o, "passed", passed);
    json_object_set_int_member(
        o, "tests",
        e->report && e->report->planned > 0 ? e->report->planned : 0);
    json_object_set_double_member(o, "points", e->exercise->points);
    json_object_set_double_member(o, "earned", earned(e, passed));
    json_object_set_array_member(o, "results", all);
    if (e->mistake)
        json_object_set_string_member(o, "mistake", e->mistake->name);
    else
        json_object_set_null_member(o, "mistake");
    set_text(o, "compiler", e->compiler, CAGE_LOG);
    set_text(o, "output", e->output, KEPT_OUTPUT);
    set_text(o, "note", e->note, KEPT_MESSAGE);
    JsonArray *flags = json_array_new();
    if (e->report && e->report->outside)
        json_array_add_string_element(flags, "out-of-bounds");
    if (e->report && e->report->changed)
        json_array_add_string_element(flags, "input-modified");
    json_object_set_array_member(o, "flags", flags);
    return o;
}

JsonNode *record_make(const char *key, const judge_options *how,
                      const char *compiler, const protection *p,
                      const entry *list, guint n)
{
    JsonObject *o = json_object_new(), *protected = json_object_new();
    JsonArray *exercises = json_array_new();
    for (guint i = 0; i < n; i++)
        json_array_add_object_element(exercises, exercise_object(&list[i]));
    json_object_set_array_member(protected, "present", words(p->present));
    json_object_set_array_member(protected, "missing", words(p->missing));
    json_object_set_int_member(o, "format", 1);
    json_object_set_string_member(o, "key", key);
    json_object_set_int_member(o, "seed",
                               (gint64)g_ascii_strtoull(how->seed, NULL, 10));
    json_object_set_string_member(o, "compiler", compiler);
    json_object_set_string_member(o, "profile", how->profile);
    json_object_set_object_member(o, "protection", protected);
    json_object_set_string_member(o, "canaries", "ok");
    json_object_set_array_member(o, "exercises", exercises);
    JsonNode *node = json_node_new(JSON_NODE_OBJECT);
    json_node_take_object(node, o);
    return node;
}

char *record_text(JsonNode *record)
{
    JsonGenerator *g = json_generator_new();
    json_generator_set_root(g, record);
    json_generator_set_pretty(g, TRUE);
    json_generator_set_indent(g, 1);
    char *text = json_generator_to_data(g, NULL);
    char *line = g_strconcat(text, "\n", NULL);
    g_free(text);
    g_object_unref(g);
    return line;
}
