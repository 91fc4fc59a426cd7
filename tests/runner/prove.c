/* prove.c: the answer key held against the suites, as TAP: stubs fail, solutions and alternatives pass, mistakes are rejected in
   their own test case with a message that names the call. SHOW=1 adds what a learner who made the mistake would read. With
   SEEDS=n only right programs are tried, without sanitizers, each with the seeds 1 to n: no suite may reject one by chance. */
#include "recognise.h"
#include "run.h"
#include "verbs.h"
#include "verdict.h"

#include <stdio.h>
#include <string.h>

typedef enum { STUB, SOLUTION, ALTERNATIVE, MISTAKE } kind;

/* One line of the proof. */
typedef struct {
    kind kind;
    const exercise *exercise;
    const char *file, *name;
    const mistake *mistake;
    bool ok, done;
    char *behaviour; /* of a mistake */
    GString *text;   /* description, then comments */
} claim;

typedef struct {
    const asked *asked;
    const bench *bench;
    GPtrArray *claims;
    guint said;
    GMutex lock;
} proof;

static void add(GPtrArray *claims, claim c)
{
    claim *own = g_new(claim, 1);
    *own = c;
    own->text = g_string_new(NULL);
    g_ptr_array_add(claims, own);
}

static void claim_free(void *p)
{
    claim *c = p;
    g_string_free(c->text, TRUE);
    g_free(c->behaviour);
    g_free(c);
}

static void add_right(GPtrArray *claims, const exercise *e)
{
    add(claims, (claim){.kind = SOLUTION, .exercise = e, .file = e->solution});
    for (guint i = 0; i < e->alternatives->len; i++) {
        alternative *a = e->alternatives->pdata[i];
        add(claims, (claim){.kind = ALTERNATIVE,
                            .exercise = e,
                            .file = a->file,
                            .name = a->name});
    }
}

static void add_claims(GPtrArray *claims, const exercise *e)
{
    add(claims, (claim){.kind = STUB, .exercise = e, .file = e->stub});
    add_right(claims, e);
    for (guint i = 0; i < e->mistakes->len; i++) {
        mistake *k = e->mistakes->pdata[i];
        add(claims, (claim){.kind = MISTAKE,
                            .exercise = e,
                            .file = k->file,
                            .name = k->name,
                            .mistake = k});
    }
}

/* ------------------------------------------------------------- one claim */

static void comment(claim *c, const char *text)
{
    char **lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++)
        g_string_append_printf(c->text, "#     %s\n", lines[i]);
    g_strfreev(lines);
}

static void describe(claim *c)
{
    static const char *const kinds[] = {"stub", "solution", "alternative",
                                        "mistake"};
    g_string_append_printf(c->text, "%s %s", c->exercise->fn, kinds[c->kind]);
    if (c->name)
        g_string_append_printf(c->text, " %s", c->name);
}

/* TAP gives # a meaning of its own. */
static void describe_more(claim *c, const char *text)
{
    char *line = g_strndup(text, strcspn(text, "\n"));
    g_strdelimit(line, "#", '.');
    g_string_append(c->text, line);
    g_free(line);
}

static void prove_passes(claim *c, const product *object, const trial *t,
                         unsigned seed)
{
    bool quiet = !*object->log;
    c->ok = trial_passed(t) && quiet;
    g_string_append(c->text, " passes");
    if (trial_passed(t))
        g_string_append_printf(c->text, " %d test%s", t->report->planned,
                               t->report->planned == 1 ? "" : "s");
    if (seed)
        g_string_append_printf(
            c->text, trial_passed(t) ? " with %u seeds" : " with SEED=%u",
            seed);
    g_string_append_c(c->text, '\n');
    if (!quiet) {
        comment(c, "it compiles with warnings:");
        comment(c, object->log);
    }
    const test *first = report_first_failure(t->report);
    if (first) {
        char *text = failure_text(t, first, c->file);
        g_string_append_printf(c->text, "# %s, tests/suites line %d, %s:\n",
                               first->name, first->line, first->outcome);
        comment(c, text);
        g_free(text);
    } else if (!c->ok && quiet) {
        comment(c, "its tests did not come to their end, or there are none");
    }
}

/* Rejected by a test that ran, with a message that begins to explain: it names the function. */
static void prove_rejected(claim *c, const trial *t, bool show)
{
    const test *first = report_first_failure(t->report);
    bool named = first && strstr(first->message, c->exercise->fn);
    c->ok = t->report->whole && named;
    g_string_append(c->text, " is rejected");
    if (first) {
        g_string_append_printf(c->text, ": %s, ", first->outcome);
        describe_more(c, first->message);
    }
    g_string_append_c(c->text, '\n');
    if (!first)
        comment(c, t->report->whole && t->report->planned
                       ? "every test passes"
                       : "its tests did not come to their end, or there are "
                         "none");
    else if (!t->report->whole)
        comment(c, "its report has no end");
    else if (!named)
        comment(c, "the message does not name the function");
    if (first && (show || !c->ok)) {
        char *text = failure_text(t, first, c->file);
        g_string_append_printf(c->text, "# fails %d of %d; first %s, %s:%d\n",
                               t->report->planned - report_passed(t->report),
                               t->report->planned, first->name,
                               c->exercise->chapter->suite, first->line);
        comment(c, text);
        if (c->mistake) {
            char *said = g_strdup_printf("  %s: %s", c->mistake->title,
                                         c->mistake->text);
            comment(c, said);
            g_free(said);
        }
        g_free(text);
    }
}

static void prove_claim(claim *c, const proof *p)
{
    describe(c);
    if (!c->file || !g_file_test(c->file, G_FILE_TEST_EXISTS)) {
        g_string_append(c->text, " is there\n");
        return;
    }
    product object = build_object(c->file, p->bench->how);
    if (!object.ok) {
        g_string_append(c->text, " compiles\n");
        comment(c, object.log);
        product_clear(&object);
        return;
    }
    unsigned seed = 0;
    trial t = p->asked->seeds ? trial_sweep(p->bench, c->exercise, object.path,
                                            p->asked->seeds, &seed)
                              : trial_run(p->bench, c->exercise, object.path);
    if (!t.linked) {
        g_string_append(c->text, " links\n");
        comment(c, t.trouble);
    } else if (c->kind == SOLUTION || c->kind == ALTERNATIVE) {
        prove_passes(c, &object, &t, seed);
    } else {
        prove_rejected(c, &t, p->asked->show);
        if (c->kind == MISTAKE)
            c->behaviour = behaviour(&t, c->exercise);
    }
    trial_clear(&t);
    product_clear(&object);
}

/* ------------------------------------------------------------ all of them */

static void prove_one(size_t i, void *data)
{
    proof *p = data;
    claim *mine = p->claims->pdata[i];
    prove_claim(mine, p);
    g_mutex_lock(&p->lock);
    mine->done = true;
    while (p->said < p->claims->len &&
           ((claim *)p->claims->pdata[p->said])->done) {
        claim *c = p->claims->pdata[p->said++];
        printf("%sok %u - %s", c->ok ? "" : "not ", p->said, c->text->str);
    }
    fflush(stdout);
    g_mutex_unlock(&p->lock);
}

/* Two mistakes that no test tells apart: a learner would read the first one's words for both. */
static void note_twins(const GPtrArray *claims)
{
    for (guint i = 0; i < claims->len; i++)
        for (guint j = i + 1; j < claims->len; j++) {
            const claim *a = claims->pdata[i], *b = claims->pdata[j];
            if (a->exercise == b->exercise && a->behaviour && b->behaviour &&
                g_str_equal(a->behaviour, b->behaviour))
                printf("# %s: the mistakes %s and %s fail in the same way; "
                       "only the first is ever recognised\n",
                       a->exercise->fn, a->name, b->name);
        }
}

int verb_prove(const asked *a)
{
    GPtrArray *claims = g_ptr_array_new_with_free_func(claim_free);
    for (guint i = 0; i < a->book->exercises->len; i++) {
        exercise *e = a->book->exercises->pdata[i];
        bool wanted = a->exercise  ? e == a->exercise
                      : a->chapter ? e->chapter == a->chapter
                                   : true;
        if (wanted && e->solution)
            (a->seeds ? add_right : add_claims)(claims, e);
    }
    printf("TAP version 13\n1..%u%s\n", claims->len,
           claims->len ? "" : " # SKIP there is no answer key here");
    fflush(stdout);
    bench b;
    proof p = {.asked = a, .bench = &b, .claims = claims};
    bool ok = true;
    if (!bench_open(&b, a->book, REFERENCE, a->seeds ? PLAIN : SANITIZED,
                    a->seed)) {
        printf("Bail out! The reference library does not build.\n%s\n",
               b.library.log);
        ok = false;
    } else {
        in_parallel(claims->len, prove_one, &p);
        for (guint i = 0; i < claims->len; i++)
            ok = ok && ((claim *)claims->pdata[i])->ok;
        note_twins(claims);
    }
    bench_close(&b);
    g_ptr_array_unref(claims);
    return ok ? 0 : 1;
}
