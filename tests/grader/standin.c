/* standin.c: judges without isolation, until the real judge is here. */
#include "../runner/build.h"
#include "../runner/diagnose.h"
#include "../runner/recognise.h"
#include "../runner/source.h"
#include "../runner/stage.h"
#include "../runner/symbols.h"
#include "../runner/trial.h"
#include "../runner/verdict.h"
#include "judge.h"
#include "teach.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

char *judge_key(const char *dir, const judge_options *how, char **trouble)
{
    const manifest *m = how->book;
    const char *seed = how->seed, *profile = how->profile;
    *trouble = NULL;
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < m->exercises->len; i++) {
        exercise *e = m->exercises->pdata[i];
        char *path = g_strdup_printf("%s/%s.c", dir, e->fn), *text = NULL;
        if (g_file_get_contents(path, &text, NULL, NULL))
            g_string_append_printf(all, "%s\n%s\n", e->fn, text);
        g_free(text);
        g_free(path);
    }
    char *path = g_build_filename(dir, "intake.json", NULL), *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    char *refused = text ? strstr(text, "\"refused\"") : NULL;
    char *key = key_of("standin", all->str, refused ? refused : "", seed,
                       profile, NULL);
    g_free(text);
    g_string_free(all, TRUE);
    return key;
}

static void add(JsonBuilder *b, const char *n, const char *v)
{
    json_builder_set_member_name(b, n);
    if (v) {
        char *valid = g_utf8_make_valid(v, -1);
        json_builder_add_string_value(b, valid);
        g_free(valid);
    } else
        json_builder_add_null_value(b);
}

static const char *refusal(JsonArray *refused, const char *fn, const char **why)
{
    for (guint i = 0; refused && i < json_array_get_length(refused); i++) {
        JsonObject *o = json_array_get_object_element(refused, i);
        if (g_str_equal(json_object_get_string_member(o, "fn"), fn)) {
            *why = json_object_get_string_member(o, "why");
            return json_object_get_string_member(o, "verdict");
        }
    }
    return NULL;
}

static void judge_one(JsonBuilder *b, const bench *bn, exercise *e,
                      const char *dir, JsonArray *refused)
{
    char *path = g_strdup_printf("%s/%s.c", dir, e->fn);
    const char *why = NULL, *verdict = refusal(refused, e->fn, &why);
    json_builder_begin_object(b);
    add(b, "fn", e->fn);
    int passed = 0, tests = 0;
    char *compiler = NULL, *output = NULL;
    const mistake *k = NULL;
    trial t = {0};
    if (!verdict && !g_file_test(path, G_FILE_TEST_EXISTS))
        verdict = "MISSING";
    else if (!verdict && source_same(path, e->stub))
        verdict = "NOT-STARTED";
    else if (!verdict) {
        product o = build_object(path, SANITIZED);
        if (!o.ok) {
            verdict = "COMPILE";
            compiler = diagnose_errors(o.log, e);
        } else {
            GPtrArray *s = symbols_defined(o.path);
            if (!symbols_have(s, e->fn)) {
                verdict = "FORBIDDEN";
                why = "It does not define its function.";
            } else {
                t = trial_run(bn, e, o.path);
                verdict = !t.linked          ? "FORBIDDEN"
                          : trial_passed(&t) ? "PASS"
                          : t.timed_out      ? "TIMEOUT"
                                             : "FAIL";
                if (t.linked) {
                    passed = report_passed(t.report);
                    tests = MAX(t.report->planned, (int)t.report->tests->len);
                    k = trial_passed(&t) ? NULL : recognise(bn, e, &t);
                    output = t.printed;
                }
            }
            g_ptr_array_unref(s);
        }
    }
    add(b, "verdict", verdict);
    json_builder_set_member_name(b, "passed");
    json_builder_add_int_value(b, passed);
    json_builder_set_member_name(b, "tests");
    json_builder_add_int_value(b, tests);
    json_builder_set_member_name(b, "points");
    json_builder_add_double_value(b, e->points);
    json_builder_set_member_name(b, "earned");
    json_builder_add_double_value(b, tests ? e->points * passed / tests : 0);
    json_builder_set_member_name(b, "results");
    json_builder_begin_array(b);
    for (guint i = 0; t.linked && i < t.report->tests->len; i++) {
        test *one = t.report->tests->pdata[i];
        json_builder_begin_object(b);
        add(b, "test", one->name);
        add(b, "verdict",
            test_passed(one)                     ? "PASS"
            : g_str_equal(one->outcome, "crash") ? "CRASH"
                                                 : "FAIL");
        if (!test_passed(one))
            add(b, "message", one->message);
        json_builder_end_object(b);
    }
    json_builder_end_array(b);
    add(b, "mistake", k ? k->name : NULL);
    add(b, "compiler", compiler ? compiler : "");
    add(b, "output", output ? output : "");
    add(b, "note", why ? why : "");
    json_builder_set_member_name(b, "flags");
    json_builder_begin_array(b);
    json_builder_end_array(b);
    json_builder_end_object(b);
}

int verb_judge(const manifest *m, const options *o)
{
    const char *dir = o->words[0], *out = o->words[1];
    const char *seed = option(o, "SEED", "1");
    bench bn;
    if (!bench_open(&bn, m, REFERENCE, seed))
        return 3;
    char *ij = g_build_filename(dir, "intake.json", NULL);
    JsonParser *p = json_parser_new();
    json_parser_load_from_file(p, ij, NULL);
    JsonObject *io = json_node_get_object(json_parser_get_root(p));
    JsonBuilder *b = json_builder_new();
    json_builder_begin_object(b);
    json_builder_set_member_name(b, "format");
    json_builder_add_int_value(b, 1);
    char *no;
    char *key = judge_key(
        dir, &(judge_options){m, seed, option(o, "PROFILE", "default"), true},
        &no);
    add(b, "key", key);
    json_builder_set_member_name(b, "seed");
    json_builder_add_int_value(b, atoi(seed));
    add(b, "compiler", "gcc");
    add(b, "profile", "default");
    json_builder_set_member_name(b, "protection");
    json_builder_begin_object(b);
    json_builder_set_member_name(b, "present");
    json_builder_begin_array(b);
    json_builder_end_array(b);
    json_builder_set_member_name(b, "missing");
    json_builder_begin_array(b);
    json_builder_add_string_value(b, "bubblewrap");
    json_builder_end_array(b);
    json_builder_end_object(b);
    add(b, "canaries", "ok");
    json_builder_set_member_name(b, "exercises");
    json_builder_begin_array(b);
    for (guint i = 0; i < m->exercises->len; i++)
        judge_one(b, &bn, m->exercises->pdata[i], dir,
                  json_object_get_array_member(io, "refused"));
    json_builder_end_array(b);
    json_builder_end_object(b);
    char *text = json_to_string(json_builder_get_root(b), TRUE);
    write_file(out, text, strlen(text));
    return 0;
}
