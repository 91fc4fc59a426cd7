/* signature.c: reads signatures and writes the C that all generated files share. */
#include "signature.h"

#include <string.h>

#define INCLUDE "../../../tests/grader/worker/"

const char *sig_word(JsonObject *o, const char *name)
{
    return json_object_get_string_member(o, name);
}

JsonObject *sig_at(JsonArray *list, guint i)
{
    return json_array_get_object_element(list, i);
}

JsonArray *parameters(JsonObject *signature)
{
    return json_object_get_array_member(signature, "parameters");
}

bool sig_is(JsonObject *p, const char *kind)
{
    return g_str_equal(sig_word(p, "kind"), kind);
}

bool by_value(JsonObject *p)
{
    return sig_is(p, "scalar") || sig_is(p, "struct");
}

bool by_pointer(JsonObject *p)
{
    return sig_is(p, "array") || sig_is(p, "object");
}

bool can_cross(JsonObject *signature)
{
    JsonArray *list = parameters(signature);
    for (guint i = 0; i < json_array_get_length(list); i++) {
        JsonObject *p = sig_at(list, i);
        if (sig_is(p, "text") || strchr(sig_word(p, "type"), '*'))
            return false;
        if (sig_is(p, "callback") &&
            !can_cross(json_object_get_object_member(p, "signature")))
            return false;
    }
    return !strchr(sig_word(signature, "returns"), '*');
}

guint place_of(JsonArray *list, const char *name)
{
    guint i = 0;
    while (!g_str_equal(sig_word(sig_at(list, i), "name"), name))
        i++;
    return i;
}

/* "sizeof(double) * (size_t)(m) * (size_t)(n)" */
void add_bytes(GString *c, JsonObject *p)
{
    g_string_append_printf(c, "sizeof(%s)", sig_word(p, "type"));
    JsonArray *dims = json_object_get_array_member(p, "dims");
    for (guint i = 0; i < json_array_get_length(dims); i++)
        g_string_append_printf(c, " * (size_t)(%s)",
                               json_array_get_string_element(dims, i));
}

/* The size of the function to which this one of the callback is bound, or NULL. */
const char *sig_bound(JsonObject *callback, JsonObject *p)
{
    JsonObject *bind = json_object_get_object_member(callback, "bind");
    const char *name = sig_word(p, "name");
    return sig_is(p, "scalar") && json_object_has_member(bind, name)
               ? sig_word(bind, name)
               : NULL;
}

static void add_parameter(GString *c, JsonObject *p)
{
    g_string_append_printf(
        c, "%s%s %s%s",
        json_object_get_boolean_member(p, "const") ? "const " : "",
        sig_word(p, "type"), sig_is(p, "object") || sig_is(p, "ctx") ? "*" : "",
        sig_word(p, "name"));
    JsonArray *dims = json_object_get_array_member(p, "dims");
    for (guint i = 0; i < json_array_get_length(dims); i++)
        g_string_append_printf(c, "[%s]",
                               json_array_get_string_element(dims, i));
}

/* "double NAME(size_t n, const double x[n])" */
void add_head(GString *c, JsonObject *signature, const char *name)
{
    JsonArray *list = parameters(signature);
    guint n = json_array_get_length(list);
    g_string_append_printf(c, "%s %s(%s", sig_word(signature, "returns"), name,
                           n ? "" : "void");
    for (guint i = 0; i < n; i++) {
        if (i)
            g_string_append(c, ", ");
        add_parameter(c, sig_at(list, i));
    }
    g_string_append(c, ")\n{\n");
}

bool sig_returns(JsonObject *signature)
{
    return !g_str_equal(sig_word(signature, "returns"), "void");
}

void add_top(GString *c, const exercise *e, const char *side)
{
    g_string_append_printf(c,
                           "/* Made from the prototype of %s by "
                           "tests/grader/proxy.c. */\n"
                           "#include \"%s\"\n"
                           "#include \"" INCLUDE "%s.h\"\n\n"
                           "#include <string.h>\n\n",
                           e->fn, e->header, side);
}
