/* proxy.c: writes the C of both sides from the manifest's signature. Names of ours end in an underscore. */
#include "proxy.h"
#include "../runner/build.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define FOLDER "build/grade/proxies/"
#define INCLUDE "../../../tests/grader/worker/"

/* ------------------------------------------------------------- signatures */

static const char *word(JsonObject *o, const char *name)
{
    return json_object_get_string_member(o, name);
}

static JsonObject *at(JsonArray *list, guint i)
{
    return json_array_get_object_element(list, i);
}

static JsonArray *parameters(JsonObject *signature)
{
    return json_object_get_array_member(signature, "parameters");
}

static bool is(JsonObject *p, const char *kind)
{
    return g_str_equal(word(p, "kind"), kind);
}

static bool by_value(JsonObject *p)
{
    return is(p, "scalar") || is(p, "struct");
}

static bool by_pointer(JsonObject *p)
{
    return is(p, "array") || is(p, "object");
}

static bool can_cross(JsonObject *signature)
{
    JsonArray *list = parameters(signature);
    for (guint i = 0; i < json_array_get_length(list); i++) {
        JsonObject *p = at(list, i);
        if (is(p, "text") || strchr(word(p, "type"), '*'))
            return false;
        if (is(p, "callback") &&
            !can_cross(json_object_get_object_member(p, "signature")))
            return false;
    }
    return !strchr(word(signature, "returns"), '*');
}

static guint place_of(JsonArray *list, const char *name)
{
    guint i = 0;
    while (!g_str_equal(word(at(list, i), "name"), name))
        i++;
    return i;
}

/* "sizeof(double) * (size_t)(m) * (size_t)(n)" */
static void add_bytes(GString *c, JsonObject *p)
{
    g_string_append_printf(c, "sizeof(%s)", word(p, "type"));
    JsonArray *dims = json_object_get_array_member(p, "dims");
    for (guint i = 0; i < json_array_get_length(dims); i++)
        g_string_append_printf(c, " * (size_t)(%s)",
                               json_array_get_string_element(dims, i));
}

/* The size of the function to which this one of the callback is bound, or NULL. */
static const char *bound(JsonObject *callback, JsonObject *p)
{
    JsonObject *bind = json_object_get_object_member(callback, "bind");
    const char *name = word(p, "name");
    return is(p, "scalar") && json_object_has_member(bind, name)
               ? word(bind, name)
               : NULL;
}

static void add_parameter(GString *c, JsonObject *p)
{
    g_string_append_printf(
        c, "%s%s %s%s",
        json_object_get_boolean_member(p, "const") ? "const " : "",
        word(p, "type"), is(p, "object") || is(p, "ctx") ? "*" : "",
        word(p, "name"));
    JsonArray *dims = json_object_get_array_member(p, "dims");
    for (guint i = 0; i < json_array_get_length(dims); i++)
        g_string_append_printf(c, "[%s]",
                               json_array_get_string_element(dims, i));
}

/* "double NAME(size_t n, const double x[n])" */
static void add_head(GString *c, JsonObject *signature, const char *name)
{
    JsonArray *list = parameters(signature);
    guint n = json_array_get_length(list);
    g_string_append_printf(c, "%s %s(%s", word(signature, "returns"), name,
                           n ? "" : "void");
    for (guint i = 0; i < n; i++) {
        if (i)
            g_string_append(c, ", ");
        add_parameter(c, at(list, i));
    }
    g_string_append(c, ")\n{\n");
}

static bool returns(JsonObject *signature)
{
    return !g_str_equal(word(signature, "returns"), "void");
}

static void add_top(GString *c, const exercise *e, const char *side)
{
    g_string_append_printf(c,
                           "/* Made from the prototype of %s by "
                           "tests/grader/proxy.c. */\n"
                           "#include \"%s\"\n"
                           "#include \"" INCLUDE "%s.h\"\n\n"
                           "#include <string.h>\n\n",
                           e->fn, e->header, side);
}

/* --------------------------------------------------------------- the host */

/* The callback's sizes, from the function's arguments: "const size_t d = …;". */
static void add_bound_sizes(GString *c, JsonArray *outer, JsonObject *callback,
                            const char *format)
{
    JsonArray *inner =
        parameters(json_object_get_object_member(callback, "signature"));
    for (guint k = 0; k < json_array_get_length(inner); k++) {
        JsonObject *q = at(inner, k);
        const char *to = bound(callback, q);
        if (to)
            g_string_append_printf(c, format, word(q, "name"),
                                   place_of(outer, to));
    }
}

/* Who calls the suite's own callback. */
static void add_server(GString *c, JsonArray *outer, guint place)
{
    JsonObject *callback = at(outer, place);
    JsonObject *signature =
        json_object_get_object_member(callback, "signature");
    JsonArray *inner = parameters(signature);
    guint n = json_array_get_length(inner);
    g_string_append_printf(c,
                           "static void serve_%s_(const argument list_[], char "
                           "*in_, char *out_)\n{\n",
                           word(callback, "name"));
    add_bound_sizes(c, outer, callback,
                    "    const size_t %s = *(const size_t *)list_[%u].at;\n");
    for (guint k = 0; k < n; k++) {
        JsonObject *q = at(inner, k);
        const char *type = word(q, "type"), *name = word(q, "name");
        if (bound(callback, q) || is(q, "ctx"))
            continue;
        if (by_value(q))
            g_string_append_printf(c,
                                   "    %s %s = *(%s *)next_item(&in_, "
                                   "sizeof(%s));\n",
                                   type, name, type, type);
        else {
            g_string_append_printf(c, "    void *%s = next_item(&in_, ", name);
            add_bytes(c, q);
            g_string_append(c, ");\n");
        }
    }
    g_string_append(c, "    ");
    if (returns(signature))
        g_string_append_printf(c, "%s result_ = ", word(signature, "returns"));
    g_string_append_printf(c, "(*(%s *)list_[%u].at)(", word(callback, "type"),
                           place);
    for (guint k = 0; k < n; k++) {
        JsonObject *q = at(inner, k);
        g_string_append(c, k ? ", " : "");
        if (is(q, "ctx"))
            g_string_append_printf(c, "list_[%u].at", place + 1);
        else
            g_string_append(c, word(q, "name"));
    }
    g_string_append(c, ");\n");
    if (returns(signature))
        g_string_append(c, "    memcpy(next_item(&out_, sizeof result_), "
                           "&result_, sizeof result_);\n");
    for (guint k = 0; k < n; k++) {
        JsonObject *q = at(inner, k);
        if (!by_pointer(q) || json_object_get_boolean_member(q, "const"))
            continue;
        for (int i = 0; i < 2; i++) {
            g_string_append(c, i ? "), " : "    memcpy(next_item(&out_, ");
            if (i)
                g_string_append_printf(c, "%s, ", word(q, "name"));
            add_bytes(c, q);
        }
        g_string_append(c, ");\n");
    }
    g_string_append(c, "    (void)list_, (void)in_, (void)out_;\n}\n\n");
}

/* What a call of it takes (in) or gives (out). */
static void add_sum(GString *c, JsonObject *callback, bool out)
{
    JsonObject *signature =
        json_object_get_object_member(callback, "signature");
    JsonArray *inner = parameters(signature);
    g_string_append(c, "0");
    if (out && returns(signature))
        g_string_append_printf(c, " + padded(sizeof(%s))",
                               word(signature, "returns"));
    for (guint k = 0; k < json_array_get_length(inner); k++) {
        JsonObject *q = at(inner, k);
        bool crosses = by_pointer(q)
                           ? !out || !json_object_get_boolean_member(q, "const")
                           : !out && by_value(q) && !bound(callback, q);
        if (!crosses)
            continue;
        g_string_append(c, " + padded(");
        add_bytes(c, q);
        g_string_append(c, ")");
    }
}

/* Through a name of our own, for a size may be called as the one that it is bound to. */
static void add_callback_sizes(GString *c, JsonArray *list, guint i)
{
    JsonObject *p = at(list, i);
    const char *name = word(p, "name");
    JsonArray *inner =
        parameters(json_object_get_object_member(p, "signature"));
    guint n = json_array_get_length(inner);
    g_string_append_printf(c, "    size_t in_%s_, out_%s_;\n    {\n", name,
                           name);
    for (guint k = 0; k < n; k++)
        if (bound(p, at(inner, k)))
            g_string_append_printf(c, "        const size_t %s_ = %s;\n",
                                   word(at(inner, k), "name"),
                                   bound(p, at(inner, k)));
    g_string_append(c, "        {\n");
    for (guint k = 0; k < n; k++)
        if (bound(p, at(inner, k)))
            g_string_append_printf(c,
                                   "            const size_t %1$s = %1$s_;\n"
                                   "            (void)%1$s;\n",
                                   word(at(inner, k), "name"));
    g_string_append_printf(c, "            in_%s_ = ", name);
    add_sum(c, p, false);
    g_string_append_printf(c, ";\n            out_%s_ = ", name);
    add_sum(c, p, true);
    g_string_append(c, ";\n        }\n    }\n");
}

static void add_argument(GString *c, JsonObject *p)
{
    const char *name = word(p, "name");
    if (by_value(p)) {
        g_string_append_printf(c, "{A_VALUE, \"%s\", &%s, sizeof %s}", name,
                               name, name);
    } else if (by_pointer(p)) {
        g_string_append_printf(c, "{A_POINTER, \"%s\", (void *)%s, ", name,
                               name);
        add_bytes(c, p);
        g_string_append(c, "}");
    } else if (is(p, "ctx")) {
        g_string_append_printf(c, "{A_CONTEXT, \"%s\", %s}", name, name);
    } else {
        g_string_append_printf(c,
                               "{A_CALLBACK, \"%s\", &%s, sizeof %s, in_%s_, "
                               "out_%s_, serve_%s_, (const char *const[]){",
                               name, name, name, name, name, name);
        JsonArray *inner =
            parameters(json_object_get_object_member(p, "signature"));
        for (guint k = 0; k < json_array_get_length(inner); k++)
            g_string_append_printf(
                c, "\"%s\", ",
                is(at(inner, k), "ctx") ? "ctx" : word(at(inner, k), "name"));
        g_string_append(c, "NULL}}");
    }
}

static char *host_text(const exercise *e)
{
    GString *c = g_string_new(NULL);
    JsonArray *list = parameters(e->signature);
    guint n = json_array_get_length(list);
    add_top(c, e, "host");
    for (guint i = 0; i < n; i++)
        if (is(at(list, i), "callback"))
            add_server(c, list, i);
    add_head(c, e->signature, e->fn);
    for (guint i = 0; i < n; i++)
        if (is(at(list, i), "callback"))
            add_callback_sizes(c, list, i);
    g_string_append(c, "    const argument list_[] = {\n");
    for (guint i = 0; i < n; i++) {
        g_string_append(c, "        ");
        add_argument(c, at(list, i));
        g_string_append(c, ",\n");
    }
    g_string_append(c, n ? "    };\n" : "        {0}};\n");
    bool result = returns(e->signature);
    if (result)
        g_string_append_printf(c, "    %s result_;\n",
                               word(e->signature, "returns"));
    g_string_append_printf(c, "    proxy_call(\"%s\", %u, list_, %s);\n", e->fn,
                           n, result ? "&result_, sizeof result_" : "NULL, 0");
    g_string_append(c, result ? "    return result_;\n}\n" : "}\n");
    return g_string_free(c, FALSE);
}

/* ------------------------------------------------------------- the worker */

/* What the student calls in the place of the suite's callback. */
static void add_caller(GString *c, JsonArray *outer, guint place)
{
    JsonObject *callback = at(outer, place);
    JsonObject *signature =
        json_object_get_object_member(callback, "signature");
    JsonArray *inner = parameters(signature);
    guint n = json_array_get_length(inner);
    char *name = g_strdup_printf("back_%s_", word(callback, "name"));
    g_string_append(c, "static ");
    add_head(c, signature, name);
    g_free(name);
    g_string_append_printf(c,
                           "    void *const *at_ = call_arguments();\n"
                           "    back_begin(%u);\n",
                           place);
    for (guint k = 0; k < n; k++) {
        JsonObject *q = at(inner, k);
        const char *to = bound(callback, q);
        if (to)
            g_string_append_printf(
                c, "    back_same(%u, %s, *(const size_t *)at_[%u]);\n", k,
                word(q, "name"), place_of(outer, to));
        else if (is(q, "ctx"))
            g_string_append_printf(
                c, "    back_same(%u, (uintptr_t)%s, (uintptr_t)at_[%u]);\n", k,
                word(q, "name"), place + 1);
    }
    for (guint k = 0; k < n; k++) {
        JsonObject *q = at(inner, k);
        if (is(q, "ctx") || bound(callback, q))
            continue;
        g_string_append_printf(c, "    back_give(%s%s, ",
                               by_value(q) ? "&" : "", word(q, "name"));
        add_bytes(c, q);
        g_string_append(c, ");\n");
    }
    g_string_append(c, "    back_ask();\n");
    if (returns(signature))
        g_string_append_printf(c,
                               "    %s result_;\n"
                               "    back_take(&result_, sizeof result_);\n",
                               word(signature, "returns"));
    for (guint k = 0; k < n; k++) {
        JsonObject *q = at(inner, k);
        if (!by_pointer(q) || json_object_get_boolean_member(q, "const"))
            continue;
        g_string_append_printf(c, "    back_take(%s, ", word(q, "name"));
        add_bytes(c, q);
        g_string_append(c, ");\n");
    }
    g_string_append(c, returns(signature) ? "    return result_;\n}\n\n"
                                          : "}\n\n");
}

static void add_run(GString *c, const exercise *e, JsonArray *list, guint n)
{
    g_string_append(c,
                    "static void run_(void *const at_[], void *to_)\n{\n    ");
    if (returns(e->signature))
        g_string_append_printf(c,
                               "%s result_ = ", word(e->signature, "returns"));
    g_string_append_printf(c, "%s(", e->fn);
    for (guint i = 0; i < n; i++) {
        JsonObject *p = at(list, i);
        g_string_append(c, i ? ", " : "");
        if (by_value(p))
            g_string_append_printf(c, "*(const %s *)at_[%u]", word(p, "type"),
                                   i);
        else if (is(p, "callback"))
            g_string_append_printf(c, "back_%s_", word(p, "name"));
        else
            g_string_append_printf(c, "at_[%u]", i);
    }
    g_string_append(c, ");\n");
    if (returns(e->signature))
        g_string_append(c, "    memcpy(to_, &result_, sizeof result_);\n");
    g_string_append(c, "    (void)at_, (void)to_;\n}\n\n");
}

static char *worker_text(const exercise *e)
{
    GString *c = g_string_new(NULL);
    JsonArray *list = parameters(e->signature);
    guint n = json_array_get_length(list);
    add_top(c, e, "worker");
    for (guint i = 0; i < n; i++)
        if (is(at(list, i), "callback"))
            add_caller(c, list, i);
    add_run(c, e, list, n);
    g_string_append(c, "static const parameter list_[] = {\n");
    for (guint i = 0; i < n; i++) {
        JsonObject *p = at(list, i);
        if (by_value(p))
            g_string_append_printf(c, "    {VALUE, sizeof(%s)},\n",
                                   word(p, "type"));
        else
            g_string_append_printf(c, "    {%s, 0},\n",
                                   by_pointer(p)       ? "POINTER"
                                   : is(p, "callback") ? "CALLBACK"
                                                       : "CONTEXT");
    }
    g_string_append(c, n ? "};\n" : "    {0}};\n");
    char *size =
        returns(e->signature)
            ? g_strdup_printf("sizeof(%s)", word(e->signature, "returns"))
            : g_strdup("0");
    g_string_append_printf(
        c, "const worker_function the_function = {%u, list_, %s, run_};\n", n,
        size);
    g_free(size);
    return g_string_free(c, FALSE);
}

/* ------------------------------------------------------------------ files */

static char *written(const exercise *e, const char *side, char *text)
{
    char *path = g_strconcat(FOLDER, e->fn, "-", side, ".c", NULL);
    if (!write_file(path, text, strlen(text))) {
        g_free(path);
        path = NULL;
    }
    g_free(text);
    return path;
}

bool proxies_write(const exercise *e, proxies *p)
{
    *p = (proxies){0};
    if (!e->signature || !can_cross(e->signature))
        return false;
    p->host = written(e, "host", host_text(e));
    p->worker = written(e, "worker", worker_text(e));
    return p->host && p->worker;
}

void proxies_clear(proxies *p)
{
    g_free(p->host);
    g_free(p->worker);
    *p = (proxies){0};
}
