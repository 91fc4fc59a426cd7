/* jobs.c: a queue of judges, each a process of its own. */
#include "jobs.h"
#include "../runner/build.h"
#include "../runner/run.h"
#include "bar.h"
#include "judge.h"
#include "recorded.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* A judge bounds its own tests; this is for a judge that hangs. */
enum { JUDGE_SECONDS = 3600, TRIES = 2, REFUSED = 1, STOPS = 6 };

static void job_free(void *p)
{
    job *one = p;
    g_free(one->key);
    g_free(one->folder);
    g_free(one->seed);
    g_free(one);
}

void jobs_init(jobs *j, const manifest *book, const char *work,
               const char *profile, const char *further, store *s)
{
    *j = (jobs){
        .book = book,
        .work = work,
        .profile = profile,
        .further = further,
        .store = s,
        .keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .all = g_ptr_array_new_with_free_func(job_free)};
    char *results = g_build_filename(work, "results", NULL);
    g_mkdir_with_parents(results, 0777);
    g_free(results);
}

void jobs_clear(jobs *j)
{
    g_ptr_array_unref(j->all);
    g_hash_table_unref(j->keys);
    g_free(j->stop);
}

static bool stored(const jobs *j, const char *key)
{
    char *json = store_get(j->store, key);
    bool there = json != NULL;
    g_free(json);
    return there;
}

static bool asked_for(const jobs *j, const char *key)
{
    for (guint i = 0; i < j->all->len; i++)
        if (g_str_equal(((job *)j->all->pdata[i])->key, key))
            return true;
    return false;
}

char *jobs_key(const jobs *j, const char *folder, const char *seed)
{
    char *name = g_strdup_printf("%s/%s", folder, seed);
    const char *known = g_hash_table_lookup(j->keys, name);
    if (known) {
        g_free(name);
        return g_strdup(known);
    }
    char *dir = g_build_filename(j->work, "in", folder, NULL), *trouble = NULL;
    judge_options how = {.book = j->book,
                         .seed = seed,
                         .profile = j->profile,
                         .unprotected = j->further != NULL};
    char *key = judge_key(dir, &how, &trouble);
    if (!key)
        key = g_strdup("");
    g_hash_table_insert(j->keys, name, g_strdup(key));
    g_free(trouble);
    g_free(dir);
    return key;
}

char *jobs_want(jobs *j, const char *folder, const char *seed)
{
    char *key = jobs_key(j, folder, seed);
    if (stored(j, key)) {
        j->known++;
    } else if (!asked_for(j, key)) {
        job *one = g_new0(job, 1);
        *one = (job){g_strdup(key), g_strdup(folder), g_strdup(seed)};
        g_ptr_array_add(j->all, one);
    }
    return key;
}

/* ------------------------------------------------------------------ results */

static char *result_path(const jobs *j, const char *key)
{
    return g_strdup_printf("%s/results/%s.json", j->work, key);
}

typedef enum { TAKEN, UNSURE, NO_RECORD } taken;

/* Takes a certain record into the store; one that is not stays a file, for the reports, and is made anew next time. */
static taken take(const jobs *j, const char *key)
{
    char *path = result_path(j, key), *text = NULL;
    taken how = NO_RECORD;
    GError *error = NULL;
    if (g_file_get_contents(path, &text, NULL, NULL)) {
        record *r = record_read(text, NULL);
        if (r && g_str_equal(r->key, key))
            how = record_unsure(r) ? UNSURE : TAKEN;
        record_free(r);
        if (how == TAKEN && !store_put(j->store, key, text, &error)) {
            fprintf(stderr, "%s\n", error->message);
            g_error_free(error);
            how = UNSURE;
        }
        if (how != UNSURE)
            g_unlink(path);
    }
    g_free(text);
    g_free(path);
    return how;
}

char *jobs_record(const jobs *j, const char *key)
{
    char *json = store_get(j->store, key);
    if (!json) {
        char *path = result_path(j, key);
        g_file_get_contents(path, &json, NULL, NULL);
        g_free(path);
    }
    return json;
}

void jobs_merge(jobs *j)
{
    for (guint i = j->all->len; i-- > 0;) {
        const job *one = j->all->pdata[i];
        if (take(j, one->key) == TAKEN)
            g_ptr_array_remove_index(j->all, i);
    }
}

/* --------------------------------------------------------------------- here */

typedef struct {
    jobs *j;
    bar bar;
    bool many; /* submissions at once: each on one core */
    guint next, good, refused;
    GMutex lock;
} queue;

/* The judge would not: once may be this submission's fault, but when it has judged nobody yet, it will not judge the next either. */
static void refused(queue *q, const char *why)
{
    g_mutex_lock(&q->lock);
    if (++q->refused >= STOPS && !q->good && !q->j->stop)
        q->j->stop = g_strchomp(g_strdup(*why ? why : "the judge gave up"));
    g_mutex_unlock(&q->lock);
}

static taken do_once(queue *q, const job *one)
{
    const jobs *j = q->j;
    char *dir = g_build_filename(j->work, "in", one->folder, NULL);
    char *out = result_path(j, one->key);
    char *seed = g_strconcat("SEED=", one->seed, NULL);
    char *profile = g_strconcat("PROFILE=", j->profile, NULL);
    run_request what = {
        .argv =
            (const char *const[]){"build/bin/descent", "judge", dir, out, seed,
                                  profile, q->many ? "CORES=1" : "CORES=all",
                                  j->further, NULL},
        .seconds = JUDGE_SECONDS,
    };
    run_result r = run(&what);
    taken how = run_ok(&r) ? take(j, one->key) : NO_RECORD;
    if (run_ok(&r))
        g_atomic_int_inc((gint *)&q->good);
    else if (r.status == REFUSED)
        refused(q, r.err);
    if (how == NO_RECORD && !q->j->stop) {
        char *why = run_trouble(&what, &r);
        fprintf(stderr, "judging %.12s %s\n%s", one->key, why,
                r.err ? r.err : "");
        g_free(why);
    }
    run_clear(&r);
    g_free(profile);
    g_free(seed);
    g_free(out);
    g_free(dir);
    return how;
}

static gpointer work(gpointer data)
{
    queue *q = data;
    for (;;) {
        g_mutex_lock(&q->lock);
        bool more = !q->j->stop && q->next < q->j->all->len;
        const job *one = more ? q->j->all->pdata[q->next++] : NULL;
        g_mutex_unlock(&q->lock);
        if (!one)
            return NULL;
        taken how = NO_RECORD;
        for (int i = 0; i < TRIES && how != TAKEN && !q->j->stop; i++)
            how = do_once(q, one);
        if (how != TAKEN)
            g_atomic_int_inc((gint *)&q->j->unsure);
        bar_step(&q->bar);
    }
}

bool jobs_here(jobs *j, guint at_once)
{
    queue q = {.j = j, .many = MIN(at_once, j->all->len) > 1};
    g_mutex_init(&q.lock);
    bar_begin(&q.bar, j->all->len);
    guint n = MIN(at_once, j->all->len);
    GThread **threads = g_new0(GThread *, n);
    for (guint i = 0; i < n; i++)
        threads[i] = g_thread_new("judge", work, &q);
    for (guint i = 0; i < n; i++)
        g_thread_join(threads[i]);
    g_free(threads);
    bar_end(&q.bar);
    g_mutex_clear(&q.lock);
    return !j->stop;
}
