/* sample.c: `descent sample-class OUT=dir [STUDENTS=n] [CHAPTERS=n]`: a class to try the grader with: right answers, known mistakes, stubs, late
   and double submissions, every packing, and a few that nobody would like to get. The same each time. */
#include "../runner/build.h"
#include "../runner/run.h"
#include "../runner/stage.h"
#include "csv.h"
#include "teach.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    const manifest *m;
    const char *out;
    long chapters; /* the first so many were asked for */
    guint64 random;
    GString *sent, *roster;
    bool failed;
} sampling;

static guint pick(sampling *s, guint n)
{
    s->random = s->random * 6364136223846793005u + 1442695040888963407u;
    return (guint)(s->random >> 33) % n;
}

static const char *const first[] = {
    "Ada",   "Blaise", "Carl",   "Daniel", "Emmy",   "Felix", "Grace", "Hedy",
    "Isaac", "Joan",   "Kurt",   "Lise",   "Maryam", "Niels", "Olga",  "Paul",
    "Rosa",  "Sofja",  "Thales", "Ursula", "Vera",   "Wang",  "Xenia", "Zoë"};
static const char *const last[] = {
    "Abel",   "Bayes",   "Cantor",   "Dirichlet", "Euler",     "Fermat",
    "Galois", "Hilbert", "Ibn Sina", "Jacobi",    "Kepler",    "Lovelace",
    "Markov", "Noether", "O'Neil",   "Poincaré",  "Ramanujan", "Szegő"};

/* What some send instead of an answer. %s is the function's head as the stub has it. */
static const char *const hostile[] = {
    "#include <stdlib.h>\n%s\n{\n    exit(0);\n}\n",
    "%s\n{\n    for (;;)\n        ;\n}\n",
    "#include <stdlib.h>\n__attribute__((constructor)) static void "
    "before(void)\n"
    "{\n    _Exit(0);\n}\n%s\n{\n    before();\n    return 0;\n}\n",
    "#include \"/etc/passwd\"\n%s\n{\n    return 0;\n}\n",
    "%s\n{\n    return *(volatile int *)0;\n}\n",
};

static bool asked_for(const sampling *s, const chapter *c)
{
    return c->exercises->len && c->number < s->chapters;
}

/* The text without #line, as somebody would type it. */
static char *source(const char *path)
{
    char *text = NULL;
    if (!path || !g_file_get_contents(path, &text, NULL, NULL))
        return NULL;
    char **lines = g_strsplit(text, "\n", -1);
    GString *plain = g_string_new(NULL);
    for (size_t i = 0; lines[i]; i++)
        if (!g_str_has_prefix(lines[i], "#line"))
            g_string_append_printf(plain, "%s%s", lines[i],
                                   lines[i + 1] ? "\n" : "");
    g_strfreev(lines);
    g_free(text);
    return g_string_free(plain, FALSE);
}

/* One answer of a student of that ability, from 0 to 99. */
static char *answer(sampling *s, const exercise *e, guint ability)
{
    guint luck = pick(s, 100), turn = pick(s, 16);
    if (luck < ability)
        return source(turn < e->alternatives->len
                          ? ((alternative *)e->alternatives->pdata[turn])->file
                          : e->solution);
    if (luck < ability + (100 - ability) * 2 / 3 && e->mistakes->len)
        return source(
            ((mistake *)e->mistakes->pdata[turn % e->mistakes->len])->file);
    return source(e->stub);
}

static char *attack(sampling *s, const exercise *e)
{
    const char *head = e->prototype ? e->prototype : "";
    char *include =
        g_strdup_printf("#include \"%s\"\n", e->header ? e->header : "types.h");
    char *body = g_strdup_printf(hostile[pick(s, G_N_ELEMENTS(hostile))], head);
    char *text = g_strconcat(include, body, NULL);
    g_free(body);
    g_free(include);
    return text;
}

static void put(sampling *s, const char *path, const char *text)
{
    if (text && !write_file(path, text, strlen(text)))
        s->failed = true;
}

/* Windows's line ends and a mark at the beginning. */
static char *as_windows(const char *text)
{
    char **lines = g_strsplit(text, "\n", -1);
    char *body = g_strjoinv("\r\n", lines);
    char *whole = g_strconcat("\xef\xbb\xbf", body, NULL);
    g_free(body);
    g_strfreev(lines);
    return whole;
}

static void one_attempt(sampling *s, const char *folder, guint ability,
                        guint kind)
{
    for (guint i = 0; i < s->m->exercises->len; i++) {
        const exercise *e = s->m->exercises->pdata[i];
        if (!asked_for(s, e->chapter))
            continue;
        char *text =
            kind == 1 && pick(s, 4) == 0 ? attack(s, e) : answer(s, e, ability);
        const char *name = e->file;
        char *odd = NULL;
        if (kind == 2 && text) {
            char *other = as_windows(text);
            g_free(text);
            text = other;
            name = odd = g_strdup_printf("%s (1).c", e->fn);
        }
        if (kind == 3 && e->chapter->number > 1) /* gave up half-way */
            g_clear_pointer(&text, g_free);
        char *path = g_build_filename(folder, name, NULL);
        put(s, path, text);
        g_free(path);
        g_free(odd);
        g_free(text);
    }
}

/* A folder becomes an archive of the same name. */
static void pack(sampling *s, const char *entry)
{
    char *folder = g_build_filename(s->out, entry, NULL);
    char *archive = g_strconcat("../", entry, ".tar.gz", NULL);
    run_request what = {.argv = (const char *const[]){"tar", "--sort=name",
                                                      "--mtime=@0", "-czf",
                                                      archive, ".", NULL},
                        .folder = folder};
    run_result r = run(&what);
    s->failed |= !run_ok(&r);
    run_clear(&r);
    folder_remove(folder);
    g_free(archive);
    g_free(folder);
}

static void say(sampling *s, const char *entry, const char *id,
                const char *when)
{
    csv_exact(s->sent, entry);
    csv_exact(s->sent, id);
    csv_exact(s->sent, when);
    csv_end(s->sent);
}

static void one_student(sampling *s, guint i)
{
    const char *given = first[i % G_N_ELEMENTS(first)];
    const char *family = last[(i * 7 + i / 24) % G_N_ELEMENTS(last)];
    char *name = g_strdup_printf("%s %s", given, family);
    char *id = g_strdup_printf("s%04u", i + 1);
    char *mail = g_strdup_printf("%s@example.org", id);
    guint ability = 20 + pick(s, 80), kind = pick(s, 12);
    if (kind == 1 && pick(s, 2))
        kind = 0; /* the hostile are few */
    csv_exact(s->roster, id);
    csv_exact(s->roster, name);
    csv_exact(s->roster, mail);
    csv_end(s->roster);
    guint attempts = kind == 4 ? 0 : kind == 5 ? 2 : 1;
    for (guint k = 1; k <= attempts; k++) {
        char *entry =
            attempts > 1 ? g_strdup_printf("%s-%u", id, k) : g_strdup(id);
        char *folder = g_build_filename(s->out, entry, NULL);
        char *when = g_strdup_printf("2025-10-%02uT%02u:%02u:00+02:00",
                                     15 + k + (pick(s, 10) == 0 ? 3 : 0),
                                     pick(s, 24), pick(s, 60));
        one_attempt(s, folder, MIN(ability + 15 * (k - 1), 99), kind);
        if (kind >= 8) {
            pack(s, entry);
            char *archive = g_strconcat(entry, ".tar.gz", NULL);
            say(s, archive, id, when);
            g_free(archive);
        } else {
            say(s, entry, id, when);
        }
        g_free(when);
        g_free(folder);
        g_free(entry);
    }
    g_free(mail);
    g_free(id);
    g_free(name);
}

static char *course_text(const sampling *s)
{
    GString *text = g_string_new(
        "# A course as an instructor would describe it; all that may stand "
        "here: tests/grader/course.h\n"
        "[course]\nname = Descent, a sample class\ntime-zone = Europe/Berlin\n"
        "attempt = last\nroster = roster.csv\n\n"
        "[seeds]\nvisible = 1\n\n"
        "[late]\npolicy = 10 % per day\ngrace = 15 minutes\nat-most = 5 "
        "days\n\n");
    for (guint i = 0; i < s->m->chapters->len; i++) {
        const chapter *c = s->m->chapters->pdata[i];
        if (asked_for(s, c))
            g_string_append_printf(text,
                                   "[assignment %s]\ntitle = %s\nchapters = "
                                   "%02d\ndeadline = 2025-10-17 23:59\n\n",
                                   c->slug, c->title, c->number);
    }
    g_string_append(text, "[extensions]\ns0003 = 3 days\n");
    return g_string_free(text, FALSE);
}

static void write_in(sampling *s, const char *name, const char *text)
{
    char *path = g_build_filename(s->out, name, NULL);
    put(s, path, text);
    g_free(path);
}

int verb_sample_class(const manifest *m, const options *o)
{
    sampling s = {.m = m,
                  .out = option(o, "OUT", NULL),
                  .random = 2025,
                  .sent = g_string_new("entry,student,submitted\r\n"),
                  .roster = g_string_new("student,name,email\r\n")};
    long students;
    if (!options_known(
            o, (const char *const[]){"OUT", "STUDENTS", "CHAPTERS", NULL}) ||
        !option_number(o, "STUDENTS", 30, 1, &students) ||
        !option_number(o, "CHAPTERS", 3, 1, &s.chapters))
        return 2;
    if (!s.out || g_file_test(s.out, G_FILE_TEST_EXISTS)) {
        fprintf(stderr, "make sample-class OUT=folder: a folder that is not "
                        "there yet.\n");
        return 2;
    }
    if (!m->exercises->len || !((exercise *)m->exercises->pdata[0])->solution) {
        fprintf(stderr, "A sample class is made of the answer key, and there "
                        "is none here.\n");
        return 2;
    }
    g_mkdir_with_parents(s.out, 0777);
    for (guint i = 0; i < (guint)students; i++)
        one_student(&s, i);
    char *course = course_text(&s);
    write_in(&s, "course.ini", course);
    write_in(&s, "sent.csv", s.sent->str);
    write_in(&s, "roster.csv", s.roster->str);
    if (s.failed)
        fprintf(stderr, "%s could not be written.\n", s.out);
    else
        printf("%ld students in %s. Now: make grade SUBMISSIONS=%s\n", students,
               s.out, s.out);
    g_free(course);
    g_string_free(s.sent, TRUE);
    g_string_free(s.roster, TRUE);
    return s.failed ? 2 : 0;
}
