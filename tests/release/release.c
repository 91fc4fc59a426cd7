/* release.c: make release: copies, seals, builds the book in the students' tree itself, looks for leaks, commits, packs. */
#include "release.h"
#include "pack.h"
#include "run.h"
#include "scan.h"
#include "sealed.h"
#include "stage.h"
#include "texts.h"
#include "tree.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define NAME "descent"
/* Says that a folder was made by this verb and may be made again. */
#define MARK ".descent-release"

enum { BOOK_SECONDS = 3600 };

typedef struct {
    const asked *asked;
    const char *out;
    char *tree, *tarball, *commit;
    edition edition;
} work;

/* Runs it in the tree, with the commit's date as today's and no configuration of this machine. */
static char *in_tree(const work *w, const char *const argv[])
{
    char *epoch = g_strconcat("SOURCE_DATE_EPOCH=", w->edition.date, NULL);
    char *author =
        g_strconcat("GIT_AUTHOR_DATE=@", w->edition.date, " +0000", NULL);
    char *committer =
        g_strconcat("GIT_COMMITTER_DATE=@", w->edition.date, " +0000", NULL);
    const char *env[] = {epoch,
                         author,
                         committer,
                         "TZ=UTC",
                         "MAKEFLAGS=",
                         "GIT_CONFIG_GLOBAL=/dev/null",
                         "GIT_CONFIG_SYSTEM=/dev/null",
                         "GIT_AUTHOR_NAME=Descent",
                         "GIT_AUTHOR_EMAIL=descent@example.org",
                         "GIT_COMMITTER_NAME=Descent",
                         "GIT_COMMITTER_EMAIL=descent@example.org",
                         NULL};
    run_request what = {
        .argv = argv, .env = env, .folder = w->tree, .seconds = BOOK_SECONDS};
    run_result r = run(&what);
    char *out = NULL;
    if (run_ok(&r)) {
        out = g_strdup(r.out);
    } else {
        char *why = run_trouble(&what, &r);
        fprintf(stderr, "In %s, %s %s %s:\n%s%s", w->tree, argv[0], argv[1],
                why, r.out ? r.out : "", r.err ? r.err : "");
        g_free(why);
    }
    run_clear(&r);
    g_free(committer);
    g_free(author);
    g_free(epoch);
    return out;
}

static bool does(const work *w, const char *const argv[])
{
    char *out = in_tree(w, argv);
    g_free(out);
    return out;
}

/* ------------------------------------------------------------------ steps */

static bool make_room(const work *w)
{
    char *mark = g_build_filename(w->out, MARK, NULL);
    GDir *dir = g_dir_open(w->out, 0, NULL);
    bool empty = !dir || !g_dir_read_name(dir);
    bool ours = empty || g_file_test(mark, G_FILE_TEST_EXISTS);
    if (dir)
        g_dir_close(dir);
    if (ours) {
        g_mkdir_with_parents(w->out, 0777);
        folder_remove(w->tree);
        g_unlink(w->tarball);
        ours = write_file(mark, "", 0) && g_mkdir(w->tree, 0777) == 0;
    } else {
        fprintf(stderr,
                "OUT=%s is not empty and no release: name a new folder.\n",
                w->out);
    }
    g_free(mark);
    return ours;
}

/* Drawings that are named by their content need not be drawn again. */
static void lend_drawings(const work *w)
{
    GDir *dir = g_dir_open(CACHE, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        bool drawing = g_str_has_suffix(name, ".svg") ||
                       g_str_has_suffix(name, ".pdf") ||
                       g_str_has_suffix(name, ".txt");
        char *from = g_build_filename(CACHE, name, NULL);
        char *to = g_build_filename(w->tree, CACHE, name, NULL);
        if (drawing && *name != '.')
            place(from, to);
        g_free(to);
        g_free(from);
    }
    if (dir)
        g_dir_close(dir);
}

/* The tree's own make, with nothing but the tree. */
static bool build(const work *w)
{
    char **words = w->asked->words, **forms = *words ? words + 1 : words;
    GPtrArray *argv = g_ptr_array_new();
    g_ptr_array_add(argv, (gpointer) "make");
    g_ptr_array_add(argv, (gpointer) "reference");
    for (size_t i = 0; forms[i]; i++)
        g_ptr_array_add(argv, forms[i]);
    g_ptr_array_add(argv, NULL);
    bool done = does(w, (const char *const *)argv->pdata);
    g_ptr_array_unref(argv);
    char *epub = g_build_filename(w->tree, "build/book/descent.epub", NULL);
    if (done && g_file_test(epub, G_FILE_TEST_EXISTS))
        done = pack_epub(epub, g_ascii_strtoll(w->edition.date, NULL, 10));
    g_free(epub);
    return done && does(w, (const char *const[]){"build/bin/descent", "library",
                                                 "reference-san", NULL});
}

/* What the sealed objects print and draw is what the solutions do: both trees have the same hash for each chapter. */
static bool same_figures(const work *w)
{
    bool same = true;
    const manifest *m = w->asked->book;
    for (guint i = 0; i < m->chapters->len; i++) {
        const chapter *c = m->chapters->pdata[i];
        char *ours = g_build_filename("build/reference/drawn", c->id, NULL);
        char *theirs = g_build_filename(w->tree, ours, NULL);
        char *a = NULL, *b = NULL;
        g_file_get_contents(ours, &a, NULL, NULL);
        g_file_get_contents(theirs, &b, NULL, NULL);
        if (!a || !b || strcmp(a, b)) {
            fprintf(stderr,
                    "%s: with the sealed objects its programs print or draw "
                    "something else than with the solutions.\n",
                    c->source);
            same = false;
        }
        g_free(a);
        g_free(b);
        g_free(ours);
        g_free(theirs);
    }
    return same;
}

static bool no_leak(const work *w, const secrets *s, const char *path)
{
    scan_result r = scan(s, path, strlen(w->out) + 1);
    char *what = g_path_get_basename(path);
    if (r.found)
        fprintf(stderr,
                "%s is no release: %u pieces of the answer key are in "
                "it.\n",
                what, r.found);
    else if (r.whole)
        printf("%-16s none of %u pieces of the answer key in %u texts\n", what,
               secrets_count(s), r.texts);
    g_free(what);
    return r.whole && !r.found;
}

/* Of what was made only the book stays. */
static void prune(const work *w)
{
    char *made = g_build_filename(w->tree, "build", NULL);
    GDir *dir = g_dir_open(made, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        char *path = g_build_filename(made, name, NULL);
        if (!g_str_equal(name, "book") && g_unlink(path) != 0)
            folder_remove(path);
        g_free(path);
    }
    if (dir)
        g_dir_close(dir);
    g_free(made);
}

static bool commit(work *w)
{
    char *message =
        g_strdup_printf("Begin Descent\n\nEdition %s.", w->edition.commit);
    bool done =
        does(w, (const char *const[]){"git", "init", "--quiet", "--template=",
                                      "--initial-branch=main", NULL}) &&
        does(w, (const char *const[]){"git", "add", "--all", NULL}) &&
        does(w, (const char *const[]){"git", "commit", "--quiet",
                                      "--no-gpg-sign", "-m", message, NULL});
    if (done)
        w->commit =
            in_tree(w, (const char *const[]){"git", "rev-parse", "--short=10",
                                             "HEAD", NULL});
    g_free(message);
    return w->commit;
}

/* ------------------------------------------------------------------ report */

static void say_result(const work *w)
{
    printf("\n%s\n    the students' tree: a Git repository with one commit, "
           "%s\n%s\n    the same, and the book in build/book/\n\n"
           "To publish it:  git -C %s push URL main\n",
           w->tree, g_strchomp(w->commit), w->tarball, w->tree);
}

static bool make_release(work *w)
{
    const manifest *m = w->asked->book;
    gint64 date = g_ascii_strtoll(w->edition.date, NULL, 10);
    secrets *s = scan_secrets(m);
    printf("Edition %s. The book is made in the students' tree itself; that "
           "takes a while.\n",
           w->edition.commit);
    fflush(stdout);
    bool done = make_room(w) && tree_copy(w->tree, &w->edition) &&
                tree_seal(w->tree, m);
    if (done)
        lend_drawings(w);
    done = done && build(w) && same_figures(w) && no_leak(w, s, w->tree);
    if (done)
        prune(w);
    done = done && commit(w) && pack_tar(w->tree, w->tarball, date) &&
           no_leak(w, s, w->tarball);
    secrets_free(s);
    return done;
}

int verb_release(const asked *a)
{
    work w = {.asked = a, .out = a->words[0] ? a->words[0] : "build/release"};
    if (!edition_read(&w.edition)) {
        edition_clear(&w.edition);
        return 2;
    }
    w.tree = g_build_filename(w.out, NAME, NULL);
    w.tarball = g_strconcat(w.tree, ".tar.gz", NULL);
    bool done = make_release(&w);
    if (done)
        say_result(&w);
    else /* nothing that could be handed out by mistake */
        g_unlink(w.tarball);
    g_free(w.commit);
    g_free(w.tarball);
    g_free(w.tree);
    edition_clear(&w.edition);
    return done ? 0 : 1;
}
