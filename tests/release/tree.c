/* tree.c: copies what git lists, cuts what is the teacher's, fills in the edition. */
#include "tree.h"
#include "build.h"
#include "run.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TEMPLATES "book/release/"
#define OPEN "# [teacher"
#define CLOSE "# teacher]"

/* Pathspecs of git. exercises/ is not among them: the tree's own `make tangle` writes it, as it came. */
static const char *const students[] = {"Makefile",
                                       "LICENSE",
                                       ".gitignore",
                                       ".clang-format",
                                       "chapters",
                                       "book/filters",
                                       "book/theme",
                                       "book/metadata.yaml",
                                       "book/packages.txt",
                                       "book/deps.sh",
                                       "book/release",
                                       ":(glob)tests/suites/*.c",
                                       ":(glob)tests/harness/*.[ch]",
                                       ":(glob)tests/runner/*.[ch]"};

/* What git prints, or NULL; free it. */
static char *git(const char *const words[], size_t n, gsize *size)
{
    const char **argv = g_new0(const char *, n + 2);
    argv[0] = "git";
    memcpy(argv + 1, words, n * sizeof *words);
    run_result r = run(&(run_request){.argv = argv, .seconds = 60});
    char *out = run_ok(&r) && !r.cut ? g_memdup2(r.out, r.out_size + 1) : NULL;
    if (!out)
        fprintf(stderr, "git %s: %s\n", words[0], r.err ? r.err : "");
    if (size)
        *size = r.out_size;
    run_clear(&r);
    g_free(argv);
    return out;
}

/* A command, then the students' paths. */
static char *git_of_students(const char *const command[], size_t n, gsize *size)
{
    const char *words[n + G_N_ELEMENTS(students)];
    memcpy(words, command, n * sizeof *words);
    memcpy(words + n, students, sizeof students);
    return git(words, G_N_ELEMENTS(words), size);
}

bool edition_read(edition *e)
{
    *e = (edition){0};
    char *log =
        git((const char *const[]){"log", "-1", "--format=%H %ct"}, 3, NULL);
    char *changes = git_of_students(
        (const char *const[]){"status", "--porcelain", "--"}, 3, NULL);
    char **words = log ? g_strsplit(g_strchomp(log), " ", 2) : NULL;
    bool known = changes && words && words[0] && words[1];
    if (known) {
        e->commit = g_strdup_printf("%.10s%s", words[0],
                                    *changes ? " with changes" : "");
        e->date = g_strdup(words[1]);
    } else {
        fprintf(stderr, "A release is made of what git knows, and of a "
                        "commit: work in a clone, and commit.\n");
    }
    g_strfreev(words);
    g_free(changes);
    g_free(log);
    return known;
}

void edition_clear(edition *e)
{
    g_free(e->commit);
    g_free(e->date);
}

/* Without the lines from OPEN to CLOSE; NULL after it has said which of the two is alone. */
static char *cut(const char *path, const char *text)
{
    GString *kept = g_string_new(NULL);
    char **lines = g_strsplit(text, "\n", -1);
    int opened = 0, alone = 0;
    for (int i = 0; lines[i] && !alone; i++) {
        if (g_str_equal(lines[i], OPEN)) {
            alone = opened;
            opened = i + 1;
        } else if (g_str_equal(lines[i], CLOSE)) {
            alone = opened ? 0 : i + 1;
            opened = 0;
        } else if (!opened) {
            bool twice = !*lines[i] && g_str_has_suffix(kept->str, "\n\n");
            if (!twice)
                g_string_append_printf(kept, "%s%s", lines[i],
                                       lines[i + 1] ? "\n" : "");
        }
    }
    alone = alone ? alone : opened;
    if (alone)
        fprintf(stderr,
                "%s:%d: this bracket has no partner; what students should not "
                "get stands between lines \"%s\" and \"%s\".\n",
                path, alone, OPEN, CLOSE);
    g_strfreev(lines);
    return g_string_free(kept, alone != 0);
}

static char *fill_in(const char *text, const edition *e)
{
    GDateTime *day =
        g_date_time_new_from_unix_utc(g_ascii_strtoll(e->date, NULL, 10));
    char *date = g_date_time_format(day, "%Y-%m-%d");
    GString *filled = g_string_new(text);
    g_string_replace(filled, "{{commit}}", e->commit, 0);
    g_string_replace(filled, "{{date}}", date, 0);
    g_free(date);
    g_date_time_unref(day);
    return g_string_free(filled, FALSE);
}

static bool is_text(const char *text, gsize size)
{
    return !memchr(text, 0, size) && g_utf8_validate(text, (gssize)size, NULL);
}

static bool copy(const char *path, const char *to, const edition *e)
{
    bool template = g_str_has_prefix(path, TEMPLATES);
    const char *inner = template ? path + strlen(TEMPLATES) : path;
    char *target = g_build_filename(to, inner, NULL), *text = NULL;
    gsize size;
    if (!g_file_get_contents(path, &text, &size, NULL)) {
        g_free(target); /* git knows it, but it was removed */
        return true;
    }
    if (is_text(text, size) && strstr(text, "teacher")) {
        char *kept = cut(path, text);
        g_free(text);
        text = kept;
        size = text ? strlen(text) : 0;
    }
    if (text && template && is_text(text, size)) {
        char *filled = fill_in(text, e);
        g_free(text);
        text = filled;
        size = strlen(text);
    }
    bool done = text && write_file(target, text, size) &&
                g_chmod(target, g_access(path, X_OK) ? 0644 : 0755) == 0;
    if (text && !done)
        fprintf(stderr, "%s cannot be written\n", target);
    g_free(text);
    g_free(target);
    return done;
}

bool tree_copy(const char *to, const edition *e)
{
    gsize size = 0;
    char *list = git_of_students((const char *const[]){"ls-files", "-z", "--"},
                                 3, &size);
    bool done = list;
    for (const char *path = list; done && path < list + size;
         path += strlen(path) + 1)
        done = copy(path, to, e);
    g_free(list);
    return done;
}
