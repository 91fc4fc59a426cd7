/* report.c: reads the harness's report; what is not a record of the format makes it not whole. */
#include "report.h"

#include <stdlib.h>
#include <string.h>

static void test_free(void *p)
{
    test *t = p;
    g_free(t->outcome);
    g_free(t->name);
    g_free(t->message);
    g_free(t);
}

static test *read_test(char **field)
{
    test *t = g_new0(test, 1);
    t->outcome = g_strdup(field[1]);
    t->name = g_strcompress(field[2]);
    t->line = atoi(field[3]);
    t->message = g_strcompress(field[4]);
    g_strchomp(t->message);
    return t;
}

report *report_parse(const char *text)
{
    report *r = g_new0(report, 1);
    r->tests = g_ptr_array_new_with_free_func(test_free);
    r->planned = -1;
    bool ended = false, odd = false;
    char **lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        char **field = g_strsplit(lines[i], "\t", 5);
        guint n = g_strv_length(field);
        if (n == 2 && !strcmp(field[0], "plan") && r->planned < 0)
            r->planned = atoi(field[1]);
        else if (n == 5 && !strcmp(field[0], "test") && !ended)
            g_ptr_array_add(r->tests, read_test(field));
        else if (n == 3 && !strcmp(field[0], "end") && !ended)
            ended =
                atoi(field[1]) == r->planned && atoi(field[2]) == r->planned;
        else if (n == 2 && !strcmp(field[0], "note")) {
            r->no_leak_check |= !strcmp(field[1], "no-leak-check");
            r->outside |= g_str_has_prefix(field[1], "outside ");
            r->changed |= g_str_has_prefix(field[1], "changed ");
        }
        else if (*lines[i])
            odd = true;
        g_strfreev(field);
    }
    g_strfreev(lines);
    r->whole = ended && !odd && r->planned == (int)r->tests->len;
    return r;
}

void report_free(report *r)
{
    if (!r)
        return;
    g_ptr_array_unref(r->tests);
    g_free(r);
}

bool test_passed(const test *t)
{
    return strcmp(t->outcome, "pass") == 0;
}

int report_passed(const report *r)
{
    int n = 0;
    for (guint i = 0; i < r->tests->len; i++)
        n += test_passed(r->tests->pdata[i]);
    return n;
}

const test *report_first_failure(const report *r)
{
    for (guint i = 0; i < r->tests->len; i++)
        if (!test_passed(r->tests->pdata[i]))
            return r->tests->pdata[i];
    return NULL;
}

bool report_all_passed(const report *r)
{
    return r->whole && r->planned > 0 && !report_first_failure(r);
}
