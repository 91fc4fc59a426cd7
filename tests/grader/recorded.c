/* recorded.c: json-glib behind plain structs. */
#include "recorded.h"

#include <json-glib/json-glib.h>
#include <string.h>

static const char *text(JsonObject *o, const char *name)
{
    JsonNode *n = json_object_get_member(o, name);
    bool is = n && JSON_NODE_HOLDS_VALUE(n) &&
              json_node_get_value_type(n) == G_TYPE_STRING;
    return is ? json_node_get_string(n) : NULL;
}

static double number(JsonObject *o, const char *name)
{
    JsonNode *n = json_object_get_member(o, name);
    bool is = n && JSON_NODE_HOLDS_VALUE(n) &&
              json_node_get_value_type(n) != G_TYPE_STRING;
    return is ? json_node_get_double(n) : 0;
}

static JsonArray *array(JsonObject *o, const char *name)
{
    JsonNode *n = o ? json_object_get_member(o, name) : NULL;
    return n && JSON_NODE_HOLDS_ARRAY(n) ? json_node_get_array(n) : NULL;
}

static GPtrArray *texts(JsonObject *o, const char *name)
{
    GPtrArray *all = g_ptr_array_new();
    JsonArray *a = array(o, name);
    for (guint i = 0; a && i < json_array_get_length(a); i++) {
        JsonNode *n = json_array_get_element(a, i);
        if (JSON_NODE_HOLDS_VALUE(n) && json_node_get_string(n))
            g_ptr_array_add(all, (gpointer)json_node_get_string(n));
    }
    return all;
}

static JsonObject *object_at(JsonArray *a, guint i)
{
    JsonNode *n = json_array_get_element(a, i);
    return JSON_NODE_HOLDS_OBJECT(n) ? json_node_get_object(n) : NULL;
}

static void judged_free(void *p)
{
    judged *j = p;
    g_ptr_array_unref(j->results);
    g_ptr_array_unref(j->flags);
    g_free(j);
}

static judged *read_judged(JsonObject *o)
{
    judged *j = g_new0(judged, 1);
    *j = (judged){
        .fn = text(o, "fn"),
        .verdict = text(o, "verdict"),
        .passed = (int)number(o, "passed"),
        .tests = (int)number(o, "tests"),
        .points = number(o, "points"),
        .earned = number(o, "earned"),
        .results = g_ptr_array_new_with_free_func(g_free),
        .mistake = text(o, "mistake"),
        .compiler = text(o, "compiler"),
        .output = text(o, "output"),
        .note = text(o, "note"),
        .flags = texts(o, "flags"),
    };
    JsonArray *a = array(o, "results");
    for (guint i = 0; a && i < json_array_get_length(a); i++) {
        JsonObject *one = object_at(a, i);
        if (!one || !text(one, "test") || !text(one, "verdict"))
            continue;
        result *r = g_new0(result, 1);
        *r = (result){text(one, "test"), text(one, "verdict"),
                      text(one, "message")};
        g_ptr_array_add(j->results, r);
    }
    return j;
}

static char *seed_of(JsonObject *o)
{
    const char *word = text(o, "seed");
    return word ? g_strdup(word) : g_strdup_printf("%.0f", number(o, "seed"));
}

record *record_read(const char *words, GError **error)
{
    JsonParser *parser = json_parser_new_immutable();
    if (!json_parser_load_from_data(parser, words, -1, error)) {
        g_object_unref(parser);
        return NULL;
    }
    JsonNode *root = json_parser_get_root(parser);
    JsonObject *o = root && JSON_NODE_HOLDS_OBJECT(root)
                        ? json_node_get_object(root)
                        : NULL;
    JsonArray *all = array(o, "exercises");
    if (!all || !text(o, "key") || number(o, "format") != 1) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    "this is no record of format 1");
        g_object_unref(parser);
        return NULL;
    }
    JsonNode *guard = json_object_get_member(o, "protection");
    JsonObject *protection = guard && JSON_NODE_HOLDS_OBJECT(guard)
                                 ? json_node_get_object(guard)
                                 : NULL;
    record *r = g_new0(record, 1);
    *r = (record){
        .key = text(o, "key"),
        .compiler = text(o, "compiler"),
        .profile = text(o, "profile"),
        .canaries = text(o, "canaries"),
        .seed = seed_of(o),
        .present = texts(protection, "present"),
        .missing = texts(protection, "missing"),
        .exercises = g_ptr_array_new_with_free_func(judged_free),
        .text = g_strdup(words),
        .parser = parser,
    };
    for (guint i = 0; i < json_array_get_length(all); i++) {
        JsonObject *one = object_at(all, i);
        if (one && text(one, "fn") && text(one, "verdict"))
            g_ptr_array_add(r->exercises, read_judged(one));
    }
    return r;
}

void record_free(record *r)
{
    if (!r)
        return;
    g_free(r->seed);
    g_free(r->text);
    g_ptr_array_unref(r->present);
    g_ptr_array_unref(r->missing);
    g_ptr_array_unref(r->exercises);
    g_object_unref(r->parser);
    g_free(r);
}

const char *record_json(const record *r)
{
    return r->text;
}

const judged *record_of(const record *r, const char *fn)
{
    for (guint i = 0; i < r->exercises->len; i++) {
        const judged *j = r->exercises->pdata[i];
        if (g_str_equal(j->fn, fn))
            return j;
    }
    return NULL;
}

bool verdict_is(const char *verdict, const char *name)
{
    return verdict && g_str_equal(verdict, name);
}

bool record_unsure(const record *r)
{
    for (guint i = 0; i < r->exercises->len; i++)
        if (verdict_is(((judged *)r->exercises->pdata[i])->verdict,
                       "GRADER-ERROR"))
            return true;
    return false;
}
