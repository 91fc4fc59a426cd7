/* manifest.c: build/manifest.json as plain structs. The strings stay in the JSON tree, which lives as long as the manifest. */
#include "manifest.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#define MANIFEST "build/manifest.json"

typedef struct {
    manifest m; /* first, so that a manifest * is a whole * */
    JsonParser *parser;
} whole;

static JsonNode *member(JsonObject *o, const char *name)
{
    JsonNode *node = o ? json_object_get_member(o, name) : NULL;
    return node && !JSON_NODE_HOLDS_NULL(node) ? node : NULL;
}

static const char *text(JsonObject *o, const char *name)
{
    JsonNode *node = member(o, name);
    return node && JSON_NODE_HOLDS_VALUE(node) ? json_node_get_string(node)
                                               : NULL;
}

static double number(JsonObject *o, const char *name)
{
    JsonNode *node = member(o, name);
    return node && JSON_NODE_HOLDS_VALUE(node) ? json_node_get_double(node) : 0;
}

static JsonObject *object(JsonObject *o, const char *name)
{
    JsonNode *node = member(o, name);
    return node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node)
                                                : NULL;
}

/* The objects of an array; an empty Lua table comes as {} and counts as an empty list. */
static GPtrArray *list(JsonObject *o, const char *name,
                       void *(*read)(JsonNode *element, whole *w), whole *w,
                       GDestroyNotify free_element)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(free_element);
    JsonNode *node = member(o, name);
    JsonArray *array =
        node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
    for (guint i = 0; array && i < json_array_get_length(array); i++) {
        void *element = read(json_array_get_element(array, i), w);
        if (element)
            g_ptr_array_add(all, element);
    }
    return all;
}

static JsonObject *as_object(JsonNode *node)
{
    return JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

static void *read_text(JsonNode *node, whole *)
{
    return JSON_NODE_HOLDS_VALUE(node) ? (void *)json_node_get_string(node)
                                       : NULL;
}

static void *read_alternative(JsonNode *node, whole *)
{
    JsonObject *o = as_object(node);
    alternative *a = g_new0(alternative, 1);
    a->name = text(o, "name");
    a->file = text(o, "file");
    return a;
}

static void *read_mistake(JsonNode *node, whole *)
{
    JsonObject *o = as_object(node);
    mistake *k = g_new0(mistake, 1);
    k->name = text(o, "name");
    k->title = text(o, "title");
    k->text = text(o, "text");
    k->file = text(o, "file");
    return k;
}

static void exercise_free(void *p)
{
    exercise *e = p;
    g_ptr_array_unref(e->uses);
    g_ptr_array_unref(e->hints);
    g_ptr_array_unref(e->alternatives);
    g_ptr_array_unref(e->mistakes);
    g_free(e);
}

static void *read_exercise(JsonNode *node, whole *w)
{
    JsonObject *o = as_object(node), *equation = object(o, "equation");
    const char *fn = text(o, "fn"), *in = text(o, "chapter");
    chapter *c = in ? manifest_chapter(&w->m, in) : NULL;
    if (!fn || !c)
        return NULL;
    exercise *e = g_new0(exercise, 1);
    *e = (exercise){
        .fn = fn,
        .number = text(o, "number"),
        .title = text(o, "title"),
        .file = text(o, "file"),
        .stub = text(o, "stub"),
        .header = text(o, "header"),
        .prototype = text(o, "prototype"),
        .contract = text(o, "contract"),
        .anchor = text(o, "anchor"),
        .equation_id = text(equation, "id"),
        .equation_number = text(equation, "number"),
        .solution = text(o, "solution"),
        .signature = object(o, "signature"),
        .chapter = c,
        .pen = g_strcmp0(text(o, "kind"), "pen") == 0,
        .stars = (int)number(o, "stars"),
        .minutes = (int)number(o, "minutes"),
        .points = number(o, "points"),
        .uses = list(o, "uses", read_text, w, NULL),
        .hints = list(o, "hints", read_text, w, NULL),
        .alternatives = list(o, "alternatives", read_alternative, w, g_free),
        .mistakes = list(o, "mistakes", read_mistake, w, g_free),
    };
    g_ptr_array_add(c->exercises, e);
    return e;
}

static void chapter_free(void *p)
{
    chapter *c = p;
    g_ptr_array_unref(c->exercises);
    g_free(c);
}

static void *read_chapter(JsonNode *node, whole *)
{
    JsonObject *o = as_object(node), *min = object(o, "minutes");
    if (!text(o, "id"))
        return NULL;
    chapter *c = g_new0(chapter, 1);
    *c = (chapter){
        .number = (int)number(o, "number"),
        .slug = text(o, "slug"),
        .id = text(o, "id"),
        .title = text(o, "title"),
        .subtitle = text(o, "subtitle"),
        .question = text(o, "question"),
        .source = text(o, "source"),
        .suite = text(o, "suite"),
        .page = text(o, "page"),
        .minutes = {(int)number(min, "recall"), (int)number(min, "read"),
                    (int)number(min, "exercises"), (int)number(min, "pen"),
                    (int)number(min, "figures"), (int)number(min, "project")},
        .exercises = g_ptr_array_new(),
    };
    return c;
}

static void *read_program(JsonNode *node, whole *w)
{
    JsonObject *o = as_object(node);
    const char *in = text(o, "chapter");
    JsonNode *demo = member(o, "demo"), *fast = member(o, "fast");
    program *p = g_new0(program, 1);
    p->id = text(o, "id");
    p->file = text(o, "file");
    p->chapter = in ? manifest_chapter(&w->m, in) : NULL;
    p->with = text(o, "with");
    p->demo = demo && json_node_get_boolean(demo);
    p->fast = fast && json_node_get_boolean(fast);
    return p;
}

static void *read_figure(JsonNode *node, whole *w)
{
    JsonObject *o = as_object(node);
    const char *in = text(o, "chapter"), *by = text(o, "program");
    JsonNode *wide = member(o, "wide");
    figure *f = g_new0(figure, 1);
    *f = (figure){
        .id = text(o, "id"),
        .number = text(o, "number"),
        .of = text(o, "of"),
        .script = text(o, "script"),
        .alt = text(o, "alt"),
        .caption = text(o, "caption"),
        .fn = text(o, "fn"),
        .mistake = text(o, "mistake"),
        .program = by ? manifest_program(&w->m, by) : NULL,
        .chapter = in ? manifest_chapter(&w->m, in) : NULL,
        .ratio = number(o, "ratio"),
        .wide = wide && json_node_get_boolean(wide),
    };
    return f;
}

/* Exercises before pens, and both as they stand in the manifest. */
static void put_pens_last(chapter *c)
{
    GPtrArray *sorted = g_ptr_array_new();
    for (int pens = 0; pens < 2; pens++)
        for (guint i = 0; i < c->exercises->len; i++) {
            exercise *e = c->exercises->pdata[i];
            if (e->pen == (pens == 1))
                g_ptr_array_add(sorted, e);
        }
    g_ptr_array_unref(c->exercises);
    c->exercises = sorted;
}

manifest *manifest_load(GError **error)
{
    whole *w = g_new0(whole, 1);
    w->parser = json_parser_new_immutable();
    if (!json_parser_load_from_file(w->parser, MANIFEST, error)) {
        g_object_unref(w->parser);
        g_free(w);
        return NULL;
    }
    JsonNode *root = json_parser_get_root(w->parser);
    JsonObject *o = root ? as_object(root) : NULL;
    manifest *m = &w->m;
    m->chapters = list(o, "chapters", read_chapter, w, chapter_free);
    m->exercises = list(o, "exercises", read_exercise, w, exercise_free);
    m->programs = list(o, "programs", read_program, w, g_free);
    m->figures = list(o, "figures", read_figure, w, g_free);
    m->given = list(o, "given", read_text, w, NULL);

    /* The order of the book, whatever that of the file. */
    GPtrArray *ordered = g_ptr_array_new_with_free_func(exercise_free);
    for (guint i = 0; i < m->chapters->len; i++) {
        chapter *c = m->chapters->pdata[i];
        put_pens_last(c);
        for (guint j = 0; j < c->exercises->len; j++)
            g_ptr_array_add(ordered, c->exercises->pdata[j]);
    }
    g_ptr_array_set_free_func(m->exercises, NULL);
    g_ptr_array_unref(m->exercises);
    m->exercises = ordered;
    return m;
}

void manifest_free(manifest *m)
{
    if (!m)
        return;
    whole *w = (whole *)m;
    g_ptr_array_unref(m->exercises);
    g_ptr_array_unref(m->chapters);
    g_ptr_array_unref(m->programs);
    g_ptr_array_unref(m->figures);
    g_ptr_array_unref(m->given);
    g_object_unref(w->parser);
    g_free(w);
}

chapter *manifest_chapter(const manifest *m, const char *name)
{
    char *end;
    long number = strtol(name, &end, 10);
    bool numeric = *name && !*end;
    for (guint i = 0; i < m->chapters->len; i++) {
        chapter *c = m->chapters->pdata[i];
        if (numeric ? c->number == number
                    : g_str_equal(name, c->id) || g_strcmp0(name, c->slug) == 0)
            return c;
    }
    return NULL;
}

exercise *manifest_exercise(const manifest *m, const char *name)
{
    char *fn = g_path_get_basename(name);
    if (g_str_has_suffix(fn, ".c"))
        fn[strlen(fn) - 2] = 0;
    exercise *found = NULL;
    for (guint i = 0; i < m->exercises->len && !found; i++) {
        exercise *e = m->exercises->pdata[i];
        if (g_str_equal(e->fn, fn) || g_strcmp0(e->number, name) == 0)
            found = e;
    }
    g_free(fn);
    return found;
}

program *manifest_program(const manifest *m, const char *id)
{
    for (guint i = 0; i < m->programs->len; i++) {
        program *p = m->programs->pdata[i];
        if (g_strcmp0(p->id, id) == 0)
            return p;
    }
    return NULL;
}

figure *manifest_figure(const manifest *m, const char *id)
{
    for (guint i = 0; i < m->figures->len; i++) {
        figure *f = m->figures->pdata[i];
        if (g_strcmp0(f->id, id) == 0)
            return f;
    }
    return NULL;
}

mistake *exercise_mistake(const exercise *e, const char *name)
{
    for (guint i = 0; i < e->mistakes->len; i++) {
        mistake *k = e->mistakes->pdata[i];
        if (g_strcmp0(k->name, name) == 0)
            return k;
    }
    return NULL;
}
