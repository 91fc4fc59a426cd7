/* judge.c: from a folder to a record: compile all that was started at once, then run each against its host. */
#include "judge.h"
#include "../runner/diagnose.h"
#include "../runner/run.h"
#include "entry.h"
#include "workplace.h"
#include "workshop.h"

#include <string.h>

/* Bump it when the way of judging changes, so that no earlier record counts. */
#define EDITION "judge 1"

typedef struct {
    const judge_options *how;
    const char *folder;
    workshop *shop;
    cage cage;
    entry *list;
    guint n;
    workplace work;
    int stuck; /* attempts, so far */
} session;

/* ---------------------------------------------------------- what decides */

static void add_text(GChecksum *sum, const char *text)
{
    g_checksum_update(sum, (const guchar *)(text ? text : ""),
                      text ? (gssize)strlen(text) + 1 : 1);
}

static void add_mistakes(GChecksum *sum, const exercise *e)
{
    for (guint i = 0; i < e->mistakes->len; i++) {
        const mistake *k = e->mistakes->pdata[i];
        char *text = NULL;
        g_file_get_contents(k->file, &text, NULL, NULL);
        add_text(sum, k->name);
        add_text(sum, text);
        g_free(text);
    }
}

static char *make_key(const session *s)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    char *identity = compile_identity(),
         *words = protection_words(&s->shop->protection);
    for (const char *const *t =
             (const char *const[]){EDITION, s->how->seed, s->how->profile,
                                   identity, words, s->shop->kit.worker.path,
                                   s->shop->kit.library.path,
                                   s->shop->kit.keeper.path, NULL};
         *t; t++)
        add_text(sum, *t);
    for (guint i = 0; i < s->n; i++) {
        const entry *e = &s->list[i];
        char *points = g_strdup_printf("%g", e->exercise->points);
        add_text(sum, e->exercise->fn);
        add_text(sum, points);
        add_text(sum, e->verdict);
        add_text(sum, e->verdict ? e->note : NULL);
        if (!e->verdict) {
            g_checksum_update(sum, (const guchar *)e->text, (gssize)e->size);
            add_text(sum, e->bed->host.path);
            add_text(sum, e->bed->worker.path);
            add_mistakes(sum, e->exercise);
        }
        g_free(points);
    }
    char *key = g_strdup(g_checksum_get_string(sum));
    g_checksum_free(sum);
    g_free(identity);
    g_free(words);
    return key;
}

/* "gcc (Debian 12.2.0-14) 12.2.0" */
static char *compiler_words(void)
{
    run_result r = run(
        &(run_request){.argv = (const char *const[]){"gcc", "--version", NULL},
                       .seconds = 10});
    char *line = g_strndup(r.out, strcspn(r.out, "\n")),
         *valid = g_utf8_make_valid(line, -1);
    g_free(line);
    run_clear(&r);
    return valid;
}

/* ------------------------------------------------------------- a session */

static void lay_bed(session *s, entry *e)
{
    e->bed = workshop_bed(s->shop, e->exercise);
    if (!e->bed->host.ok) {
        e->verdict = "GRADER-ERROR";
        e->note = g_strdup_printf("The host of %s does not build: %s",
                                  e->exercise->fn, e->bed->host.log);
    }
}

static bool begin(session *s, const char *folder, const judge_options *how,
                  char **trouble)
{
    *s = (session){.how = how, .folder = folder, .work.fd = -1};
    s->shop = workshop_open(how->book, trouble);
    s->list = s->shop ? entries_read(folder, how->book, &s->n, trouble) : NULL;
    if (!s->list)
        return false;
    for (guint i = 0; i < s->n; i++) {
        if (!s->list[i].exercise->solution) {
            *trouble = g_strdup("This tree has no answer key (solutions/), and "
                                "nobody can be graded without one.");
            return false;
        }
        if (!s->list[i].verdict)
            lay_bed(s, &s->list[i]);
    }
    s->cage = (cage){&s->shop->protection,
                     &s->shop->kit,
                     PLAIN,
                     !g_str_equal(how->profile, "unpoliced"),
                     how->one_core ? 1 : g_get_num_processors(),
                     s->shop->headers};
    return true;
}

static void end(session *s)
{
    if (s->list)
        entries_free(s->list, s->n);
    workplace_close(&s->work);
}

/* --------------------------------------------------------------- verdicts */

/* gcc's words with the name that the file has for the student. */
static char *named(const char *log, const exercise *e)
{
    char *own = g_strconcat(e->fn, ".c:", NULL),
         *known = g_strconcat(e->file, ":", NULL);
    char **parts = g_strsplit(log, own, -1);
    char *text = g_strjoinv(known, parts);
    g_strfreev(parts);
    g_free(own);
    g_free(known);
    return text;
}

static void judge_piece(entry *e, piece *p)
{
    e->compiler = g_strdup(p->log);
    if (p->is_trouble) {
        e->verdict = "GRADER-ERROR";
        e->note = g_strdup_printf(
            "%s could not be compiled: the machine's fault, not the file's.",
            e->exercise->fn);
    } else if (!p->compiled) {
        e->verdict = "COMPILE";
        char *log = named(p->log, e->exercise);
        e->note =
            p->stopped
                ? g_strdup_printf("%s.c was given up: the compiler took too "
                                  "much time, memory or space over it.",
                                  e->exercise->fn)
                : diagnose_errors(log, e->exercise);
        g_free(log);
    } else if (p->forbidden) {
        e->verdict = "FORBIDDEN";
        e->note = g_strdup_printf("%s.", p->forbidden);
    } else if (p->oversized) {
        e->verdict = "MEMORY";
        e->note = g_strdup_printf("%s.", p->oversized);
    } else if (p->unknown) {
        e->verdict = "COMPILE";
        e->note = g_strdup(p->unknown);
    }
}

/* Who waits on purpose in every exercise shall not be waited for again in each. */
enum { RETRIES = 2, STUCK_RETRIES = 6, PAUSE = 100 * 1000 };

/* Again and again this worker ended before it began, and a worker of ours does not: what ended it is in the file. */
static void blame_worker(attempt *a)
{
    for (guint i = 0; i < a->report->tests->len; i++) {
        test *t = a->report->tests->pdata[i];
        if (g_str_equal(t->outcome, "start")) {
            g_free(t->outcome);
            t->outcome = g_strdup("exit");
        }
    }
}

/* A fault of the machine may be a passing one. */
static bool may_pass(session *s, const attempt *a)
{
    if (attempt_was_stuck(a))
        return g_atomic_int_add(&s->stuck, 1) < STUCK_RETRIES;
    return g_str_equal(attempt_verdict(a), "GRADER-ERROR");
}

static void run_piece(session *s, entry *e, const piece *p)
{
    attempt_request what = {.protection = &s->shop->protection,
                            .folder = s->work.folder,
                            .fn = e->exercise->fn,
                            .seed = s->how->seed};
    attempt a = attempt_run(&what, e->bed, p->worker);
    for (int i = 0; i < RETRIES && may_pass(s, &a); i++) {
        attempt_clear(&a);
        g_usleep(PAUSE << i);
        a = attempt_run(&what, e->bed, p->worker);
    }
    if (g_str_equal(attempt_verdict(&a), "GRADER-ERROR") &&
        canary_breathes(&s->shop->kit, &s->shop->protection))
        blame_worker(&a);
    e->verdict = attempt_verdict(&a);
    const test *first = report_first_failure(a.report);
    for (guint i = 0; i < a.report->tests->len && first; i++) {
        const test *t = a.report->tests->pdata[i];
        if (g_str_equal(outcome_verdict(t->outcome), e->verdict)) {
            first = t;
            break;
        }
    }
    e->note = g_strdup(first ? first->message : a.trouble);
    e->output = a.printed;
    e->report = a.report;
    a.printed = NULL;
    a.report = report_parse("");
    attempt_clear(&a);
}

static void look_closer(const session *s, entry *e)
{
    if (!e->report || g_str_equal(e->verdict, "PASS") ||
        g_str_equal(e->verdict, "GRADER-ERROR"))
        return;
    e->mistake = known_mistake(&s->cage, e, s->how->seed, s->work.folder);
    /* An abort explains itself. */
    bool odd = g_str_equal(e->verdict, "FAIL") ||
               (g_str_equal(e->verdict, "CRASH") &&
                !strstr(e->note, "abort() was called"));
    char *more = odd && !e->mistake
                     ? explain(&s->cage, e, s->how->seed, s->work.folder)
                     : NULL;
    if (more) {
        char *both = g_strdup_printf("%s\n%s", e->note, more);
        g_free(e->note);
        e->note = both;
    }
    g_free(more);
}

typedef struct {
    session *s;
    piece *pieces;
    entry **of;
} work;

static void judge_one(size_t i, void *data)
{
    work *w = data;
    judge_piece(w->of[i], &w->pieces[i]);
    if (!w->of[i]->verdict) {
        run_piece(w->s, w->of[i], &w->pieces[i]);
        look_closer(w->s, w->of[i]);
    }
}

static void judge_all(session *s)
{
    piece *pieces = g_new0(piece, s->n + 1);
    const bed **beds = g_new0(const bed *, s->n + 1);
    entry **of = g_new0(entry *, s->n + 1);
    guint n = 0;
    for (guint i = 0; i < s->n; i++) {
        entry *e = &s->list[i];
        if (e->verdict)
            continue;
        pieces[n] = (piece){.exercise = e->exercise,
                            .name = e->exercise->fn,
                            .text = e->text,
                            .size = e->size};
        beds[n] = e->bed;
        of[n++] = e;
    }
    if (n)
        cage_build(&s->cage, s->work.folder, n, pieces, beds);
    work w = {s, pieces, of};
    if (s->how->one_core)
        for (guint i = 0; i < n; i++)
            judge_one(i, &w);
    else
        in_parallel(n, judge_one, &w);
    for (guint i = 0; i < n; i++)
        piece_clear(&pieces[i]);
    g_free(pieces);
    g_free(beds);
    g_free(of);
}

bool judge_submission(const char *folder, const judge_options *how,
                      JsonNode **record, char **trouble)
{
    session s;
    *trouble = NULL;
    bool good = begin(&s, folder, how, trouble);
    if (good && !how->unprotected) {
        *trouble = protection_refuses(&s.shop->protection);
        good = !*trouble;
    }
    good = good && workplace_open(&s.work, folder, trouble);
    good = good && canaries_sing(&s.shop->kit, &s.shop->protection, trouble);
    if (good) {
        char *key = make_key(&s), *compiler = compiler_words();
        judge_all(&s);
        *record =
            record_make(key, how, compiler, &s.shop->protection, s.list, s.n);
        g_free(key);
        g_free(compiler);
    }
    end(&s);
    return good;
}

char *judge_key(const char *folder, const judge_options *how, char **trouble)
{
    session s;
    *trouble = NULL;
    char *key = begin(&s, folder, how, trouble) ? make_key(&s) : NULL;
    end(&s);
    return key;
}
