/* proxy_host.c: the side of the suite: what it calls in the place of the function. Names of ours end in an underscore. */
#include "signature.h"

/* The callback's sizes, from the function's arguments: "const size_t d = …;". */
static void add_bound_sizes(GString *c, JsonArray *outer, JsonObject *callback,
                            const char *format)
{
    JsonArray *inner =
        parameters(json_object_get_object_member(callback, "signature"));
    for (guint k = 0; k < json_array_get_length(inner); k++) {
        JsonObject *q = sig_at(inner, k);
        const char *to = sig_bound(callback, q);
        if (to)
            g_string_append_printf(c, format, sig_word(q, "name"),
                                   place_of(outer, to));
    }
}

/* Who calls the suite's own callback. */
static void add_server(GString *c, JsonArray *outer, guint place)
{
    JsonObject *callback = sig_at(outer, place);
    JsonObject *signature =
        json_object_get_object_member(callback, "signature");
    JsonArray *inner = parameters(signature);
    guint n = json_array_get_length(inner);
    g_string_append_printf(c,
                           "static void serve_%s_(const argument list_[], char "
                           "*in_, char *out_)\n{\n",
                           sig_word(callback, "name"));
    add_bound_sizes(c, outer, callback,
                    "    const size_t %s = *(const size_t *)list_[%u].at;\n");
    for (guint k = 0; k < n; k++) {
        JsonObject *q = sig_at(inner, k);
        const char *type = sig_word(q, "type"), *name = sig_word(q, "name");
        if (sig_bound(callback, q) || sig_is(q, "ctx"))
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
    if (sig_returns(signature))
        g_string_append_printf(c,
                               "%s result_ = ", sig_word(signature, "returns"));
    g_string_append_printf(c, "(*(%s *)list_[%u].at)(",
                           sig_word(callback, "type"), place);
    for (guint k = 0; k < n; k++) {
        JsonObject *q = sig_at(inner, k);
        g_string_append(c, k ? ", " : "");
        if (sig_is(q, "ctx"))
            g_string_append_printf(c, "list_[%u].at", place + 1);
        else
            g_string_append(c, sig_word(q, "name"));
    }
    g_string_append(c, ");\n");
    if (sig_returns(signature))
        g_string_append(c, "    memcpy(next_item(&out_, sizeof result_), "
                           "&result_, sizeof result_);\n");
    for (guint k = 0; k < n; k++) {
        JsonObject *q = sig_at(inner, k);
        if (!by_pointer(q) || json_object_get_boolean_member(q, "const"))
            continue;
        for (int i = 0; i < 2; i++) {
            g_string_append(c, i ? "), " : "    memcpy(next_item(&out_, ");
            if (i)
                g_string_append_printf(c, "%s, ", sig_word(q, "name"));
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
    if (out && sig_returns(signature))
        g_string_append_printf(c, " + padded(sizeof(%s))",
                               sig_word(signature, "returns"));
    for (guint k = 0; k < json_array_get_length(inner); k++) {
        JsonObject *q = sig_at(inner, k);
        bool crosses = by_pointer(q)
                           ? !out || !json_object_get_boolean_member(q, "const")
                           : !out && by_value(q) && !sig_bound(callback, q);
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
    JsonObject *p = sig_at(list, i);
    const char *name = sig_word(p, "name");
    JsonArray *inner =
        parameters(json_object_get_object_member(p, "signature"));
    guint n = json_array_get_length(inner);
    g_string_append_printf(c, "    size_t in_%s_, out_%s_;\n    {\n", name,
                           name);
    for (guint k = 0; k < n; k++)
        if (sig_bound(p, sig_at(inner, k)))
            g_string_append_printf(c, "        const size_t %s_ = %s;\n",
                                   sig_word(sig_at(inner, k), "name"),
                                   sig_bound(p, sig_at(inner, k)));
    g_string_append(c, "        {\n");
    for (guint k = 0; k < n; k++)
        if (sig_bound(p, sig_at(inner, k)))
            g_string_append_printf(c,
                                   "            const size_t %1$s = %1$s_;\n"
                                   "            (void)%1$s;\n",
                                   sig_word(sig_at(inner, k), "name"));
    g_string_append_printf(c, "            in_%s_ = ", name);
    add_sum(c, p, false);
    g_string_append_printf(c, ";\n            out_%s_ = ", name);
    add_sum(c, p, true);
    g_string_append(c, ";\n        }\n    }\n");
}

static void add_argument(GString *c, JsonObject *p)
{
    const char *name = sig_word(p, "name");
    if (by_value(p)) {
        g_string_append_printf(c, "{A_VALUE, \"%s\", &%s, sizeof %s}", name,
                               name, name);
    } else if (by_pointer(p)) {
        g_string_append_printf(c, "{A_POINTER, \"%s\", (void *)%s, ", name,
                               name);
        add_bytes(c, p);
        g_string_append(c, json_object_get_boolean_member(p, "const")
                               ? "}"
                               : ", .writable = true}");
    } else if (sig_is(p, "ctx")) {
        g_string_append_printf(c, "{A_CONTEXT, \"%s\", %s}", name, name);
    } else {
        g_string_append_printf(c,
                               "{A_CALLBACK, \"%s\", &%s, sizeof %s, in_%s_, "
                               "out_%s_, serve_%s_, (const char *const[]){",
                               name, name, name, name, name, name);
        JsonArray *inner =
            parameters(json_object_get_object_member(p, "signature"));
        for (guint k = 0; k < json_array_get_length(inner); k++)
            g_string_append_printf(c, "\"%s\", ",
                                   sig_is(sig_at(inner, k), "ctx")
                                       ? "ctx"
                                       : sig_word(sig_at(inner, k), "name"));
        g_string_append(c, "NULL}}");
    }
}

char *host_text(const exercise *e)
{
    GString *c = g_string_new(NULL);
    JsonArray *list = parameters(e->signature);
    guint n = json_array_get_length(list);
    add_top(c, e, "host");
    for (guint i = 0; i < n; i++)
        if (sig_is(sig_at(list, i), "callback"))
            add_server(c, list, i);
    add_head(c, e->signature, e->fn);
    for (guint i = 0; i < n; i++)
        if (sig_is(sig_at(list, i), "callback"))
            add_callback_sizes(c, list, i);
    g_string_append(c, "    const argument list_[] = {\n");
    for (guint i = 0; i < n; i++) {
        g_string_append(c, "        ");
        add_argument(c, sig_at(list, i));
        g_string_append(c, ",\n");
    }
    g_string_append(c, n ? "    };\n" : "        {0}};\n");
    bool result = sig_returns(e->signature);
    if (result)
        g_string_append_printf(c, "    %s result_;\n",
                               sig_word(e->signature, "returns"));
    g_string_append_printf(c, "    proxy_call(\"%s\", %u, list_, %s);\n", e->fn,
                           n, result ? "&result_, sizeof result_" : "NULL, 0");
    g_string_append(c, result ? "    return result_;\n}\n" : "}\n");
    return g_string_free(c, FALSE);
}
