/* roll.c: sorts the entries of a folder by student. */
#include "roll.h"
#include "csv.h"
#include "gradescope.h"
#include "mail.h"
#include "pile.h"
#include "when.h"
#include "words.h"

#include <string.h>

typedef struct {
    const char *folder;
    roll *roll;
    GHashTable *students; /* key → sent *: entries that are one submission */
    GHashTable *entries;  /* entry → its sent * */
    csv *said;            /* sent.csv, or NULL */
    gradescope *scope;    /* submission_metadata.yml, or NULL */
    char *prefix;         /* "homework-" of GitHub Classroom, or NULL */
} calling;

static void sent_free(void *p)
{
    sent *s = p;
    g_free(s->student);
    g_free(s->name);
    g_free(s->email);
    g_free(s->lms_id);
    g_ptr_array_unref(s->paths);
    g_ptr_array_unref(s->shown);
    g_free(s);
}

void roll_free(roll *r)
{
    g_ptr_array_unref(r->all);
    g_free(r);
}

/* The submission of that key, new when there is none. */
static sent *sent_of(calling *c, const char *key, const char *student)
{
    sent *s = g_hash_table_lookup(c->students, key);
    if (!s) {
        s = g_new0(sent, 1);
        s->student = g_strdup(student);
        s->name = words_shown(student);
        s->submitted = G_MININT64;
        s->paths = g_ptr_array_new_with_free_func(g_free);
        s->shown = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(c->students, g_strdup(key), s);
        g_ptr_array_add(c->roll->all, s);
    }
    return s;
}

static void add_path(calling *c, sent *s, const char *entry, const char *shown)
{
    g_ptr_array_add(s->paths, g_build_filename(c->folder, entry, NULL));
    g_ptr_array_add(s->shown, g_strdup(shown));
    g_hash_table_insert(c->entries, g_strdup(entry), s);
}

static char **matched(const char *pattern, const char *text)
{
    GRegex *regex = g_regex_new(pattern, G_REGEX_RAW | G_REGEX_DOTALL, 0, NULL);
    GMatchInfo *match;
    char **groups = g_regex_match(regex, text, 0, &match)
                        ? g_match_info_fetch_all(match)
                        : NULL;
    g_match_info_free(match);
    g_regex_unref(regex);
    return groups;
}

/* ------------------------------------------------------------------- shapes */

static bool take_canvas(calling *c, const char *entry)
{
    char **g = matched("^([^_]*)_(LATE_)?(\\d+)_(\\d+)_(.+)$", entry);
    if (!g)
        return false;
    sent *s = sent_of(c, g[3], g[3]);
    g_free(s->name);
    s->name = words_shown(*g[1] ? g[1] : g[3]);
    if (!s->lms_id)
        s->lms_id = g_strdup(g[3]);
    s->said_late |= *g[2] != 0;
    add_path(c, s, entry, g[5]);
    c->roll->shape = "Canvas";
    g_strfreev(g);
    return true;
}

static bool take_moodle(calling *c, const char *entry)
{
    char **g = matched("^(.+)_(\\d+)_assignsubmission_[a-z]+_?(.*)$", entry);
    if (!g)
        return false;
    sent *s = sent_of(c, g[2], g[2]);
    g_free(s->name);
    s->name = words_shown(g[1]);
    if (!s->lms_id)
        s->lms_id = g_strdup(g[2]);
    add_path(c, s, entry, *g[3] ? g[3] : "");
    c->roll->shape = "Moodle";
    g_strfreev(g);
    return true;
}

static bool take_gradescope(calling *c, const char *entry)
{
    const scoped *known = c->scope ? gradescope_entry(c->scope, entry) : NULL;
    if (!known)
        return false;
    const char *student = known->email ? known->email : known->sid;
    sent *s = sent_of(c, entry, student ? student : entry);
    if (known->name) {
        g_free(s->name);
        s->name = words_shown(known->name);
    }
    s->email = g_strdup(known->email);
    s->lms_id = g_strdup(known->sid);
    s->submitted = known->submitted;
    add_path(c, s, entry, "");
    c->roll->shape = "Gradescope";
    return true;
}

static bool take_mail(calling *c, const char *entry)
{
    char *path = g_build_filename(c->folder, entry, NULL), *text = NULL;
    char *from = NULL, *sender = NULL;
    gsize size;
    gint64 when;
    bool taken = false;
    if (pile_is_mail(entry) && g_file_get_contents(path, &text, &size, NULL)) {
        GBytes *bytes = g_bytes_new_take(text, size);
        if (mail_head(bytes, &from, &sender, &when)) {
            sent *s = sent_of(c, entry, from);
            g_free(s->name);
            s->name = words_shown(sender);
            s->email = words_shown(from);
            s->submitted = when;
            add_path(c, s, entry, entry);
            c->roll->shape = "e-mail";
            taken = true;
        }
        g_bytes_unref(bytes);
    }
    g_free(from);
    g_free(sender);
    g_free(path);
    return taken;
}

static void take_plain(calling *c, const char *entry)
{
    const char *student = entry;
    if (c->prefix && g_str_has_prefix(entry, c->prefix)) {
        student += strlen(c->prefix);
        c->roll->shape = "GitHub Classroom";
    }
    char *path = g_build_filename(c->folder, entry, NULL);
    char **g = pile_is_archive(entry)
                   ? matched("^(.+?)(?:\\.tar)?\\.[A-Za-z0-9]+$", student)
                   : NULL;
    bool folder = g_file_test(path, G_FILE_TEST_IS_DIR);
    /* jane/ beside jane.zip: the archive and what was unpacked from it */
    sent *s = sent_of(c, g ? g[1] : student, g ? g[1] : student);
    add_path(c, s, entry, folder ? "" : entry);
    g_strfreev(g);
    g_free(path);
}

/* The one beginning up to a dash that all clones share. */
static char *shared_prefix(const char *folder, const GPtrArray *entries)
{
    char *prefix = NULL;
    guint clones = 0;
    for (guint i = 0; i < entries->len; i++) {
        const char *name = entries->pdata[i];
        char *git = g_build_filename(folder, name, ".git", NULL);
        bool clone = g_file_test(git, G_FILE_TEST_EXISTS);
        g_free(git);
        if (!clone)
            continue;
        clones++;
        if (!prefix)
            prefix = g_strdup(name);
        size_t n = 0;
        while (prefix[n] && prefix[n] == name[n])
            n++;
        while (n && prefix[n - 1] != '-')
            n--;
        prefix[n] = 0;
    }
    if (clones < 2 || !*prefix)
        g_clear_pointer(&prefix, g_free);
    return prefix;
}

/* ----------------------------------------------------------------- sent.csv */

static bool hear(calling *c, GError **error)
{
    if (!c->said)
        return true;
    int entry = csv_column(c->said, "entry");
    int student = csv_column(c->said, "student");
    int submitted = csv_column(c->said, "submitted");
    int name = csv_column(c->said, "name"),
        email = csv_column(c->said, "email");
    if (entry < 0) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    "sent.csv:1: there is no column entry; its header is "
                    "entry,student,submitted");
        return false;
    }
    for (guint i = 1; i < c->said->rows->len; i++) {
        const char *key = csv_cell(c->said, i, entry);
        sent *s = key ? g_hash_table_lookup(c->entries, key) : NULL;
        const char *time = csv_cell(c->said, i, submitted);
        if (!s) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                        "sent.csv: row %u names %s, and there is no such entry "
                        "in %s",
                        i + 1, key ? key : "nothing", c->folder);
            return false;
        }
        if (time && !when_read(time, NULL, &s->submitted)) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                        "sent.csv: row %u: %s is no time with its zone, such "
                        "as 2025-10-03T23:10:00+02:00",
                        i + 1, time);
            return false;
        }
        const char *who = csv_cell(c->said, i, student);
        if (who) {
            g_free(s->student);
            g_free(s->name);
            s->student = g_strdup(who);
            s->name = words_shown(who);
        }
        const char *called = csv_cell(c->said, i, name);
        if (called) {
            g_free(s->name);
            s->name = words_shown(called);
        }
        if (csv_cell(c->said, i, email)) {
            g_free(s->email);
            s->email = words_shown(csv_cell(c->said, i, email));
        }
    }
    return true;
}

/* --------------------------------------------------------------------- call */

static gint by_student(gconstpointer a, gconstpointer b)
{
    const sent *x = *(sent *const *)a, *y = *(sent *const *)b;
    int order = strcmp(x->student, y->student);
    if (!order)
        order = (x->submitted > y->submitted) - (x->submitted < y->submitted);
    return order ? order : strcmp(x->paths->pdata[0], y->paths->pdata[0]);
}

static gint by_bytes(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_ours(const char *entry)
{
    static const char *const names[] = {"course.ini", "moodle.csv",
                                        "submission_metadata.yml", NULL};
    /* No answer is a table: rosters and worksheets lie here too. */
    return *entry == '.' || pile_is_litter(entry) ||
           g_str_has_suffix(entry, ".csv") || g_strv_contains(names, entry);
}

static GPtrArray *entries_of(const char *folder, GError **error)
{
    GDir *dir = g_dir_open(folder, 0, error);
    if (!dir)
        return NULL;
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(dir));) {
        char *as_folder = g_strconcat(name, "/x", NULL);
        if (!is_ours(name) && !pile_is_litter(as_folder))
            g_ptr_array_add(all, g_strdup(name));
        g_free(as_folder);
    }
    g_dir_close(dir);
    g_ptr_array_sort(all, by_bytes);
    return all;
}

/* An instructor who points at one student's tree would get a class of chapters. */
static bool one_tree(const char *folder, GError **error)
{
    static const char *const marks[] = {"exercises", "00-first", "Makefile"};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        char *path = g_build_filename(folder, marks[i], NULL);
        bool there = g_file_test(path, G_FILE_TEST_EXISTS);
        g_free(path);
        if (there) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                        "%s looks like one student's own tree (it has %s). "
                        "SUBMISSIONS= is the folder above, with one entry for "
                        "each student.",
                        folder, marks[i]);
            return true;
        }
    }
    return false;
}

static void take(calling *c, const char *entry)
{
    if (!take_gradescope(c, entry) && !take_moodle(c, entry) &&
        !take_canvas(c, entry) && !take_mail(c, entry))
        take_plain(c, entry);
}

static csv *optional_csv(const char *folder, const char *name, GError **error)
{
    char *path = g_build_filename(folder, name, NULL);
    csv *c =
        g_file_test(path, G_FILE_TEST_EXISTS) ? csv_read(path, error) : NULL;
    g_free(path);
    return c;
}

roll *roll_call(const char *folder, GError **error)
{
    GPtrArray *entries = entries_of(folder, error);
    if (!entries || one_tree(folder, error)) {
        if (entries)
            g_ptr_array_unref(entries);
        return NULL;
    }
    GError *wrong = NULL;
    calling c = {.folder = folder, .roll = g_new0(roll, 1)};
    c.roll->shape = "plain";
    c.roll->all = g_ptr_array_new_with_free_func(sent_free);
    c.students = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    c.entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    c.prefix = shared_prefix(folder, entries);
    c.said = optional_csv(folder, "sent.csv", &wrong);
    if (!wrong)
        c.scope = gradescope_read(folder, &wrong);
    for (guint i = 0; i < entries->len && !wrong; i++)
        take(&c, entries->pdata[i]);
    if (!wrong && hear(&c, &wrong))
        g_ptr_array_sort(c.roll->all, by_student);
    if (c.said)
        csv_free(c.said);
    if (c.scope)
        gradescope_free(c.scope);
    g_free(c.prefix);
    g_hash_table_unref(c.students);
    g_hash_table_unref(c.entries);
    g_ptr_array_unref(entries);
    if (wrong) {
        g_propagate_error(error, wrong);
        g_clear_pointer(&c.roll, roll_free);
    }
    return c.roll;
}
