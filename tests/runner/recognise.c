/* recognise.c: compares a learner's failing tests with those of the answer key's mistakes. */
#include "recognise.h"
#include "run.h"
#include "sanitizer.h"

#include <string.h>

/* Two sums in another order differ in the last digits; two programs with the same mistake do not differ in the ninth. An answer worked
   out with a pencil has five or six digits. */
static const char *precision(const exercise *e)
{
    return e->pen ? "%.5g" : "%.9g";
}

static void append_rounded(GString *text, const char *message,
                           const char *format)
{
    for (const char *p = message; *p;) {
        char *end = NULL;
        bool word = p > message && (g_ascii_isalnum(p[-1]) || p[-1] == '_');
        double value = 0;
        if (!word &&
            (g_ascii_isdigit(*p) || (*p == '.' && g_ascii_isdigit(p[1]))))
            value = g_ascii_strtod(p, &end);
        if (end && end > p) {
            char digits[G_ASCII_DTOSTR_BUF_SIZE];
            g_string_append(
                text, g_ascii_formatd(digits, sizeof digits, format, value));
            p = end;
        } else {
            g_string_append_c(text, *p++);
        }
    }
}

char *behaviour(const trial *t, const exercise *e)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < t->report->tests->len; i++) {
        const test *one = t->report->tests->pdata[i];
        if (test_passed(one))
            continue;
        g_string_append_printf(text, "%s\t%s\t", one->name, one->outcome);
        append_rounded(text, one->message, precision(e));
        const char *log = trial_log(t, one);
        char *kind = log ? sanitizer_kind(log) : g_strdup("");
        append_rounded(text, kind, precision(e));
        g_string_append_c(text, '\n');
        g_free(kind);
    }
    return g_string_free(text, FALSE);
}

typedef struct {
    const bench *b;
    const exercise *e;
    char **found; /* the behaviour of each mistake, or NULL */
} search;

static void try_one(size_t i, void *data)
{
    search *s = data;
    const mistake *k = s->e->mistakes->pdata[i];
    product object = build_object(k->file, SANITIZED);
    if (object.ok) {
        trial t = trial_run(s->b, s->e, object.path);
        if (t.linked && t.report->whole)
            s->found[i] = behaviour(&t, s->e);
        trial_clear(&t);
    }
    product_clear(&object);
}

const mistake *recognise(const bench *b, const exercise *e,
                         const trial *learner)
{
    guint n = e->mistakes->len;
    if (!n || !learner->linked || !learner->report->whole)
        return NULL;
    search s = {b, e, g_new0(char *, n + 1)};
    in_parallel(n, try_one, &s);
    char *own = behaviour(learner, e);
    const mistake *same = NULL;
    for (guint i = 0; i < n; i++) {
        if (!same && s.found[i] && *own && g_str_equal(own, s.found[i]))
            same = e->mistakes->pdata[i];
        g_free(s.found[i]);
    }
    g_free(s.found);
    g_free(own);
    return same;
}
