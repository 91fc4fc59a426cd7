/* container.c: Gradescope: `descent autograder OUT=file.zip` packs this tree as an autograder; `descent results SUBMISSION=folder
   OUT=results.json` is what it runs, for one submission. */
#include "../runner/build.h"
#include "../runner/run.h"
#include "../runner/stage.h"
#include "teach.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char setup[] =
    "#!/usr/bin/env bash\n"
    "# Runs once, when Gradescope builds the image.\n"
    "set -e\n"
    "apt-get update\n"
    "DEBIAN_FRONTEND=noninteractive apt-get install -y "
    "--no-install-recommends build-essential pkg-config pandoc lua-dkjson "
    "check libglib2.0-dev libjson-glib-dev bubblewrap libseccomp-dev "
    "libarchive-dev libgmime-3.0-dev libyaml-dev libsqlite3-dev\n"
    "cd \"${AUTOGRADER:-/autograder}/source/descent\"\n"
    "make build/tangled build/bin/descent\n";

/* %s: words for the judge. */
static const char autograder[] =
    "#!/usr/bin/env bash\n"
    "# Runs once for each submission.\n"
    "home=${AUTOGRADER:-/autograder}\n"
    "cd \"$home/source/descent\" || exit 1\n"
    "exec build/bin/descent results \"SUBMISSION=$home/submission\" "
    "\"OUT=$home/results/results.json\" %s\n";

static const char *const parts[] = {"Makefile",  "LICENSE",  "README.md",
                                    "book",      "chapters", "solutions",
                                    "exercises", "tests",    NULL};

/* ------------------------------------------------------------------ packing */

static bool put(struct archive *a, const char *name, const char *bytes,
                size_t size, bool runs)
{
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, runs ? 0755 : 0644);
    archive_entry_set_size(e, (la_int64_t)size);
    archive_entry_set_mtime(e, 0, 0);
    bool good = archive_write_header(a, e) == ARCHIVE_OK &&
                archive_write_data(a, bytes, size) == (la_ssize_t)size;
    archive_entry_free(e);
    return good;
}

static bool left_out(const char *name)
{
    return g_str_equal(name, "node_modules") || g_str_equal(name, ".git") ||
           g_str_equal(name, "torture");
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool pack(struct archive *a, const char *path)
{
    bool good = true;
    GDir *dir = g_dir_open(path, 0, NULL);
    if (!dir) {
        char *text, *name = g_build_filename("descent", path, NULL);
        gsize size;
        struct stat s;
        good = stat(path, &s) == 0 &&
               g_file_get_contents(path, &text, &size, NULL);
        if (good) {
            good = put(a, name, text, size, s.st_mode & 0100);
            g_free(text);
        }
        g_free(name);
        return good;
    }
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(dir));)
        if (!left_out(name))
            g_ptr_array_add(names, g_build_filename(path, name, NULL));
    g_dir_close(dir);
    g_ptr_array_sort(names, by_name);
    for (guint i = 0; i < names->len && good; i++)
        good = pack(a, names->pdata[i]);
    g_ptr_array_unref(names);
    return good;
}

int verb_autograder(const manifest *, const options *o)
{
    static const char *const keys[] = {"OUT", "COURSE", "UNPROTECTED", NULL};
    const char *out = option(o, "OUT", "build/autograder.zip");
    const char *course = option(o, "COURSE", NULL);
    if (!options_known(o, keys))
        return 2;
    GString *words = g_string_new(course ? "COURSE=course.ini " : "");
    if (option(o, "UNPROTECTED", NULL))
        g_string_append(words, "UNPROTECTED=yes");
    char *run_it = g_strdup_printf(autograder, words->str), *text = NULL;
    gsize size = 0;
    struct archive *a = archive_write_new();
    archive_write_set_format_zip(a);
    bool good = archive_write_open_filename(a, out) == ARCHIVE_OK &&
                put(a, "setup.sh", setup, strlen(setup), true) &&
                put(a, "run_autograder", run_it, strlen(run_it), true);
    for (size_t i = 0; parts[i] && good; i++)
        good = pack(a, parts[i]);
    if (good && course)
        good = g_file_get_contents(course, &text, &size, NULL) &&
               put(a, "descent/course.ini", text, size, false);
    good = archive_write_close(a) == ARCHIVE_OK && good;
    if (good)
        printf("%s: upload it to Gradescope as the autograder.\n", out);
    else
        fprintf(stderr, "%s could not be written: %s\n", out,
                archive_error_string(a) ? archive_error_string(a)
                                        : "a file could not be read");
    archive_write_free(a);
    g_free(text);
    g_free(run_it);
    g_string_free(words, TRUE);
    return good ? 0 : 2;
}

/* -------------------------------------------------------------- in its place */

/* Gradescope takes a result without a score for a fault of the autograder, and lets it run again. */
static void write_fault(const char *out, const char *why)
{
    char *text = g_strdup_printf(
        "{\n  \"output\": \"The grader failed, not you: %s Ask for this "
        "submission to be run again.\",\n  \"visibility\": \"visible\",\n  "
        "\"stdout_visibility\": \"hidden\"\n}\n",
        why);
    write_file(out, text, strlen(text));
    g_free(text);
}

static bool copied(const char *from, const char *to)
{
    run_request what = {
        .argv = (const char *const[]){"cp", "-a", "--", from, to, NULL},
        .seconds = 300};
    run_result r = run(&what);
    bool good = run_ok(&r);
    run_clear(&r);
    return good;
}

int verb_results(const manifest *, const options *o)
{
    static const char *const keys[] = {"SUBMISSION", "OUT", "COURSE",
                                       "UNPROTECTED", NULL};
    const char *from = option(o, "SUBMISSION", NULL);
    const char *out = option(o, "OUT", NULL);
    if (!options_known(o, keys))
        return 2;
    if (!from || !out) {
        fprintf(stderr, "results wants SUBMISSION=folder OUT=results.json.\n");
        return 2;
    }
    const char *work = "build/grade/gradescope";
    char *course = g_strdup_printf("COURSE=%s", option(o, "COURSE", ""));
    folder_remove(work);
    g_mkdir_with_parents("build/grade/gradescope/sent", 0777);
    bool here = copied(from, "build/grade/gradescope/sent/submission");
    run_request what = {
        .argv = (const char *const[]){"build/bin/descent", "grade",
                                      "SUBMISSIONS=build/grade/gradescope/sent",
                                      "OUT=build/grade/gradescope/out", course,
                                      option(o, "UNPROTECTED", NULL)
                                          ? "UNPROTECTED=yes"
                                          : NULL,
                                      NULL},
        .seconds = 3600};
    run_result r = {.status = -1};
    if (here)
        r = run(&what);
    char *made = g_build_filename(work, "out/exports/gradescope",
                                  "submission.json", NULL);
    bool good = here && run_ok(&r) && place(made, out);
    if (!good) {
        fprintf(stderr, "%s", r.err ? r.err : "the submission is not there\n");
        write_fault(out, "it could not judge here.");
    }
    g_free(made);
    g_free(course);
    run_clear(&r);
    return good ? 0 : 1;
}
