/* grade.c: `descent grade SUBMISSIONS=path`: intake, judging, marks, and everything that is made of them. */
#include "../runner/run.h"
#include "../runner/stage.h"
#include "class.h"
#include "course.h"
#include "exports.h"
#include "gradebook.h"
#include "protect.h"
#include "reports.h"
#include "teach.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

enum { INTAKE_SECONDS = 3600 };

typedef struct {
    const manifest *m;
    const char *submissions, *out, *hosts, *there, *slurm, *profile, *further;
    long at_once;
    bool wraps; /* bubblewrap works here */
    char *work;
    course *course;
    store *store;
    jobs jobs;
    class *class;
} grading;

static int refuse(GError *error)
{
    fprintf(stderr, "%s\n", error->message);
    g_error_free(error);
    return 2;
}

/* ------------------------------------------------------------------- intake */

/* What reads strangers' archives sees the disk, writes only into its folder, and has no network. */
static bool take_in(const grading *g)
{
    char *from = g_strconcat("SUBMISSIONS=", g->submissions, NULL);
    char *into = g_strconcat("INTO=", g->work, NULL);
    char *work = g_canonicalize_filename(g->work, NULL);
    const char *argv[] = {"bwrap",
                          "--unshare-all",
                          "--die-with-parent",
                          "--ro-bind",
                          "/",
                          "/",
                          "--dev",
                          "/dev",
                          "--bind",
                          work,
                          work,
                          "build/bin/descent",
                          "intake",
                          from,
                          into,
                          NULL};
    size_t skip = g->wraps ? 0 : 11;
    run_request what = {.argv = argv + skip, .seconds = INTAKE_SECONDS};
    run_result r = run(&what);
    bool good = run_ok(&r);
    if (!good) {
        char *why = run_trouble(&what, &r);
        if (r.err_size)
            fprintf(stderr, "%s", r.err);
        else
            fprintf(stderr, "taking in the submissions %s\n", why);
        g_free(why);
    }
    run_clear(&r);
    g_free(work);
    g_free(into);
    g_free(from);
    return good;
}

/* ------------------------------------------------------------------ judging */

/* These words go to another machine's shell. */
static bool plain(const char *word)
{
    return g_regex_match_simple("^[A-Za-z0-9._/,@:=-]+$", word, 0, 0);
}

static bool judge_all(grading *g)
{
    jobs *j = &g->jobs;
    if (g->hosts) {
        if (!plain(g->work) || *g->work == '/' || !plain(g->hosts) ||
            (g->there && !plain(g->there))) {
            fprintf(stderr, "With HOSTS=, OUT= is a folder inside of the "
                            "project, of letters, digits, dots and dashes.\n");
            return false;
        }
        if (!jobs_there(j, g->hosts, g->there, (guint)g->at_once))
            return false;
    }
    if (jobs_here(j, (guint)g->at_once))
        return true;
    fprintf(stderr, "%s\n", j->stop);
    return false;
}

static bool write_slurm(const grading *g)
{
    char *script = g_build_filename(g->out, "slurm.sh", NULL);
    bool good = jobs_slurm(&g->jobs, script);
    if (good)
        printf("%u jobs. Now: sbatch --wait %s, then the same make grade "
               "without SLURM=.\n",
               g->jobs.all->len, script);
    g_free(script);
    return good;
}

/* ------------------------------------------------------------------- making */

static bool make_all(const grading *g, guint judged_now, GError **error)
{
    char *sqlite = g_build_filename(g->out, "gradebook.sqlite", NULL);
    char *sheet = g_build_filename(g->out, "gradebook.csv", NULL);
    bool good = gradebook_sqlite(g->class, sqlite, error) &&
                gradebook_csv(g->class, sheet) &&
                reports_write(g->class, g->out, g->work) &&
                exports_write(g->class, g->out);
    if (good) {
        printf("%u students, %u submissions judged now, %u known already.\n",
               g->class->students->len, judged_now, g->jobs.known);
        printf("  %s\n  %s/class.html\n", sheet, g->out);
        if (g->class->missing->len)
            printf("  Protection that is missing on this machine: see the "
                   "class report.\n");
    }
    if (g->class->waiting)
        printf("  %u submission%s could not be judged by a fault of the "
               "grader: nothing was taken off, and the next make grade tries "
               "again.\n",
               g->class->waiting, g->class->waiting == 1 ? "" : "s");
    g_free(sheet);
    g_free(sqlite);
    return good;
}

/* Before anything is unpacked, which needs a sandbox too, wherever it is judged afterwards. */
static bool may_begin(grading *g)
{
    protection here;
    protection_find(&here);
    g->wraps = here.bwrap;
    char *why = g->further ? NULL : protection_refuses(&here);
    protection_clear(&here);
    if (why)
        fprintf(stderr, "%s\n", why);
    g_free(why);
    return !why;
}

static int grade(grading *g)
{
    GError *error = NULL;
    if (!may_begin(g))
        return 2;
    g_mkdir_with_parents(g->work, 0777);
    char *in = g_build_filename(g->work, "in", NULL);
    char *unpacked = g_build_filename(g->work, "class", NULL);
    folder_remove(unpacked);
    bool taken = take_in(g);
    g_free(unpacked);
    g_free(in);
    if (!taken)
        return 2;
    char *records = g_build_filename(g->work, "records.sqlite", NULL);
    g->store = store_open(records, &error);
    g_free(records);
    if (!g->store)
        return refuse(error);
    jobs_init(&g->jobs, g->m, g->work, g->profile, g->further, g->store);
    g->class = class_read(g->m, g->course, g->work, &error);
    if (!g->class)
        return refuse(error);
    class_want(g->class, &g->jobs);
    jobs_merge(&g->jobs);
    guint asked = g->jobs.all->len;
    if (g->slurm)
        return write_slurm(g) ? 0 : 2;
    if (!judge_all(g))
        return 2;
    class_judge(g->class, &g->jobs);
    if (!make_all(g, asked, &error))
        return error ? refuse(error) : 2;
    return g->class->waiting ? 1 : 0;
}

/* --------------------------------------------------------------------- verb */

/* COURSE=, or course.ini among the submissions or beside their archive. */
static char *course_path(const options *o, const char *submissions)
{
    const char *given = option(o, "COURSE", NULL);
    if (given)
        return g_strdup(given);
    bool folder = g_file_test(submissions, G_FILE_TEST_IS_DIR);
    char *home =
        folder ? g_strdup(submissions) : g_path_get_dirname(submissions);
    char *path = g_build_filename(home, "course.ini", NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        g_clear_pointer(&path, g_free);
    g_free(home);
    return path;
}

int verb_grade(const manifest *m, const options *o)
{
    static const char *const keys[] = {
        "SUBMISSIONS", "OUT",     "JOBS",  "SEED",        "HOSTS", "THERE",
        "COURSE",      "PROFILE", "SLURM", "UNPROTECTED", NULL};
    grading g = {.m = m};
    if (!options_known(o, keys) ||
        !option_number(o, "JOBS", g_get_num_processors(), 1, &g.at_once))
        return 2;
    g.submissions = option(o, "SUBMISSIONS", NULL);
    g.out = option(o, "OUT", "build/gradebook");
    g.hosts = option(o, "HOSTS", NULL);
    g.there = option(o, "THERE", NULL);
    g.slurm = option(o, "SLURM", NULL);
    g.profile = option(o, "PROFILE", "default");
    g.further = option(o, "UNPROTECTED", NULL) ? "UNPROTECTED=yes" : NULL;
    if (!g.submissions) {
        fprintf(stderr, "make grade SUBMISSIONS=folder: one entry for each "
                        "student, or the archive that Canvas, Moodle or "
                        "Gradescope handed out. To try it: make sample-class "
                        "OUT=../class.\n");
        return 2;
    }
    GError *error = NULL;
    char *path = course_path(o, g.submissions);
    g.course = course_read(m, path, option(o, "SEED", "1"), &error);
    g_free(path);
    if (!g.course)
        return refuse(error);
    g.work = g_build_filename(g.out, ".work", NULL);
    int status = grade(&g);
    if (g.jobs.all)
        jobs_clear(&g.jobs);
    if (g.class)
        class_free(g.class);
    if (g.store)
        store_close(g.store);
    course_free(g.course);
    g_free(g.work);
    return status;
}
