/* proxy_worker.c: the side of the student's object: who calls it. Names of ours end in an underscore. */
#include "signature.h"

/* What the student calls in the place of the suite's callback. */
static void add_caller(GString *c, JsonArray *outer, guint place)
{
    JsonObject *callback = sig_at(outer, place);
    JsonObject *signature =
        json_object_get_object_member(callback, "signature");
    JsonArray *inner = parameters(signature);
    guint n = json_array_get_length(inner);
    char *name = g_strdup_printf("back_%s_", sig_word(callback, "name"));
    g_string_append(c, "static ");
    add_head(c, signature, name);
    g_free(name);
    g_string_append_printf(c,
                           "    void *const *at_ = call_arguments();\n"
                           "    back_begin(%u);\n",
                           place);
    for (guint k = 0; k < n; k++) {
        JsonObject *q = sig_at(inner, k);
        const char *to = sig_bound(callback, q);
        if (to)
            g_string_append_printf(
                c, "    back_same(%u, %s, *(const size_t *)at_[%u]);\n", k,
                sig_word(q, "name"), place_of(outer, to));
        else if (sig_is(q, "ctx"))
            g_string_append_printf(
                c, "    back_same(%u, (uintptr_t)%s, (uintptr_t)at_[%u]);\n", k,
                sig_word(q, "name"), place + 1);
    }
    for (guint k = 0; k < n; k++) {
        JsonObject *q = sig_at(inner, k);
        if (sig_is(q, "ctx") || sig_bound(callback, q))
            continue;
        g_string_append_printf(c, "    back_give(%s%s, ",
                               by_value(q) ? "&" : "", sig_word(q, "name"));
        add_bytes(c, q);
        g_string_append(c, ");\n");
    }
    g_string_append(c, "    back_ask();\n");
    if (sig_returns(signature))
        g_string_append_printf(c,
                               "    %s result_;\n"
                               "    back_take(&result_, sizeof result_);\n",
                               sig_word(signature, "returns"));
    for (guint k = 0; k < n; k++) {
        JsonObject *q = sig_at(inner, k);
        if (!by_pointer(q) || json_object_get_boolean_member(q, "const"))
            continue;
        g_string_append_printf(c, "    back_take(%s, ", sig_word(q, "name"));
        add_bytes(c, q);
        g_string_append(c, ");\n");
    }
    g_string_append(c, sig_returns(signature) ? "    return result_;\n}\n\n"
                                              : "}\n\n");
}

static void add_run(GString *c, const exercise *e, JsonArray *list, guint n)
{
    g_string_append(c,
                    "static void run_(void *const at_[], void *to_)\n{\n    ");
    if (sig_returns(e->signature))
        g_string_append_printf(
            c, "%s result_ = ", sig_word(e->signature, "returns"));
    g_string_append_printf(c, "%s(", e->fn);
    for (guint i = 0; i < n; i++) {
        JsonObject *p = sig_at(list, i);
        g_string_append(c, i ? ", " : "");
        if (by_value(p))
            g_string_append_printf(c, "*(const %s *)at_[%u]",
                                   sig_word(p, "type"), i);
        else if (sig_is(p, "callback"))
            g_string_append_printf(c, "back_%s_", sig_word(p, "name"));
        else
            g_string_append_printf(c, "at_[%u]", i);
    }
    g_string_append(c, ");\n");
    if (sig_returns(e->signature))
        g_string_append(c, "    memcpy(to_, &result_, sizeof result_);\n");
    g_string_append(c, "    (void)at_, (void)to_;\n}\n\n");
}

char *worker_text(const exercise *e)
{
    GString *c = g_string_new(NULL);
    JsonArray *list = parameters(e->signature);
    guint n = json_array_get_length(list);
    add_top(c, e, "worker");
    for (guint i = 0; i < n; i++)
        if (sig_is(sig_at(list, i), "callback"))
            add_caller(c, list, i);
    add_run(c, e, list, n);
    g_string_append(c, "static const parameter list_[] = {\n");
    for (guint i = 0; i < n; i++) {
        JsonObject *p = sig_at(list, i);
        if (by_value(p))
            g_string_append_printf(c, "    {VALUE, sizeof(%s)},\n",
                                   sig_word(p, "type"));
        else
            g_string_append_printf(c, "    {%s, 0},\n",
                                   by_pointer(p)           ? "POINTER"
                                   : sig_is(p, "callback") ? "CALLBACK"
                                                           : "CONTEXT");
    }
    g_string_append(c, n ? "};\n" : "    {0}};\n");
    char *size =
        sig_returns(e->signature)
            ? g_strdup_printf("sizeof(%s)", sig_word(e->signature, "returns"))
            : g_strdup("0");
    g_string_append_printf(
        c, "const worker_function the_function = {%u, list_, %s, run_};\n", n,
        size);
    g_free(size);
    return g_string_free(c, FALSE);
}
