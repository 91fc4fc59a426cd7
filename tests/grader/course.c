/* course.c: group by group, and a sentence for everything in them that cannot be meant. */
#include "course.h"
#include "csv.h"
#include "ini.h"
#include "when.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const manifest *m;
    course *c;
    ini *file;
} reading;

static char *beside(const reading *r, const char *group, const char *key)
{
    char *name = ini_text(r->file, group, key);
    char *path = name ? g_build_filename(r->c->folder, name, NULL) : NULL;
    if (path && !g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        ini_wrong(r->file, group, key, "there is no file %s", path);
        g_clear_pointer(&path, g_free);
    }
    g_free(name);
    return path;
}

/* -------------------------------------------------------------------- parts */

static bool read_course(reading *r)
{
    course *c = r->c;
    char *zone = ini_text(r->file, "course", "time-zone");
    char *attempt = ini_text(r->file, "course", "attempt");
    char *name = ini_text(r->file, "course", "name");
    bool good = ini_known(
        r->file, "course",
        (const char *const[]){"name", "time-zone", "attempt", "roster", NULL});
    if (name) {
        g_free(c->name);
        c->name = g_strdup(name);
    }
    if (zone) {
        g_time_zone_unref(c->zone);
        c->zone = g_time_zone_new_identifier(zone);
        if (!c->zone) {
            c->zone = g_time_zone_new_utc();
            good = ini_wrong(r->file, "course", "time-zone",
                             "there is no time zone %s; one is called "
                             "Europe/Berlin, America/New_York or UTC",
                             zone);
        }
    }
    if (attempt && strcmp(attempt, "last") && strcmp(attempt, "best"))
        good = ini_wrong(r->file, "course", "attempt",
                         "attempt = %s: it is last or best", attempt);
    c->best = attempt && g_str_equal(attempt, "best");
    g_free(zone);
    g_free(attempt);
    g_free(name);
    return good;
}

static bool add_seeds(reading *r, const char *key)
{
    char **all = ini_list(r->file, "seeds", key);
    bool good = true;
    for (size_t i = 0; all && all[i]; i++) {
        if (!g_ascii_string_to_unsigned(all[i], 10, 0, G_MAXUINT64, NULL, NULL))
            good = ini_wrong(
                r->file, "seeds", key,
                "%s is no seed; a seed is a whole number, 0 or more", all[i]);
        else if (!g_ptr_array_find_with_equal_func(r->c->seeds, all[i],
                                                   g_str_equal, NULL))
            g_ptr_array_add(r->c->seeds, g_strdup(all[i]));
    }
    g_strfreev(all);
    return good;
}

static bool read_seeds(reading *r, const char *seed)
{
    bool good = ini_known(r->file, "seeds",
                          (const char *const[]){"visible", "hidden", NULL}) &&
                add_seeds(r, "visible");
    if (!r->c->seeds->len)
        g_ptr_array_add(r->c->seeds, g_strdup(seed));
    r->c->visible = r->c->seeds->len;
    return good && add_seeds(r, "hidden");
}

static bool read_length(reading *r, const char *key, gint64 *seconds)
{
    char *text = ini_text(r->file, "late", key);
    bool good =
        !text || ini_length(text, seconds) ||
        ini_wrong(r->file, "late", key,
                  "%s = %s: it is a length, such as 15 minutes or 5 days", key,
                  text);
    g_free(text);
    return good;
}

static bool read_late(reading *r)
{
    course *c = r->c;
    bool good =
        ini_known(r->file, "late",
                  (const char *const[]){"policy", "grace", "at-most", NULL}) &&
        read_length(r, "grace", &c->grace) &&
        read_length(r, "at-most", &c->at_most);
    char *policy = ini_text(r->file, "late", "policy");
    char *end = NULL;
    double percent = policy ? g_ascii_strtod(policy, &end) : 0;
    c->reject = policy && g_str_equal(policy, "reject");
    if (policy && !c->reject && strcmp(policy, "none")) {
        char *unit = g_strstrip(end);
        unit += *unit == '%';
        unit += strspn(unit, " ");
        c->late_share = percent / 100;
        c->late_unit = g_str_equal(unit, "per day")    ? 86400
                       : g_str_equal(unit, "per hour") ? 3600
                                                       : 0;
        if (!c->late_unit || percent < 0 || percent > 100 || end == policy)
            good =
                ini_wrong(r->file, "late", "policy",
                          "policy = %s: it is none, reject, or like 10 %% per "
                          "day or 1 %% per hour",
                          policy);
    }
    g_free(policy);
    return good;
}

static void extension_free(void *p)
{
    extension *x = p;
    g_free(x->student);
    g_free(x->assignment);
    g_free(x);
}

static bool read_extensions(reading *r)
{
    char **all = g_key_file_get_keys(r->file->file, "extensions", NULL, NULL);
    bool good = true;
    for (size_t i = 0; all && all[i]; i++) {
        char *text = ini_text(r->file, "extensions", all[i]);
        extension *x = g_new0(extension, 1);
        char *slash = strrchr(all[i], '/');
        x->student = slash ? g_strndup(all[i], (gsize)(slash - all[i]))
                           : g_strdup(all[i]);
        x->assignment = slash ? g_strdup(slash + 1) : NULL;
        g_ptr_array_add(r->c->extensions, x);
        bool meant = !slash;
        for (guint k = 0; k < r->c->assignments->len; k++)
            meant |=
                slash &&
                g_str_equal(slash + 1,
                            ((assignment *)r->c->assignments->pdata[k])->id);
        if (!meant)
            good = ini_wrong(r->file, "extensions", all[i],
                             "there is no assignment %s", slash + 1);
        if (!text || (!ini_length(text, &x->more) &&
                      !when_read(text, r->c->zone, &x->until)))
            good = ini_wrong(r->file, "extensions", all[i],
                             "%s is neither a length (3 days) nor a time "
                             "(2025-10-20 12:00)",
                             text ? text : "nothing");
        g_free(text);
    }
    g_strfreev(all);
    return good;
}

/* -------------------------------------------------------------- assignments */

static void assignment_free(void *p)
{
    assignment *a = p;
    g_free(a->id);
    g_free(a->title);
    g_free(a->canvas);
    g_free(a->moodle);
    g_ptr_array_unref(a->exercises);
    g_free(a);
}

static assignment *assignment_new(course *c, const char *id, const char *title)
{
    assignment *a = g_new0(assignment, 1);
    *a = (assignment){.id = g_strdup(id),
                      .title = g_strdup(title),
                      .deadline = G_MAXINT64,
                      .weight = 1,
                      .exercises = g_ptr_array_new()};
    g_ptr_array_add(c->assignments, a);
    return a;
}

static void add_exercise(assignment *a, const exercise *e)
{
    if (!g_ptr_array_find(a->exercises, e, NULL)) {
        g_ptr_array_add(a->exercises, (gpointer)e);
        a->points += e->points;
    }
}

static bool fill(reading *r, assignment *a, const char *group)
{
    char **chapters = ini_list(r->file, group, "chapters");
    char **exercises = ini_list(r->file, group, "exercises");
    bool good = true;
    for (size_t i = 0; chapters && chapters[i]; i++) {
        const chapter *c = manifest_chapter(r->m, chapters[i]);
        if (!c)
            good = ini_wrong(r->file, group, "chapters",
                             "there is no chapter %s", chapters[i]);
        for (guint k = 0; c && k < c->exercises->len; k++)
            add_exercise(a, c->exercises->pdata[k]);
    }
    for (size_t i = 0; exercises && exercises[i]; i++) {
        const exercise *e = manifest_exercise(r->m, exercises[i]);
        if (e)
            add_exercise(a, e);
        else
            good = ini_wrong(r->file, group, "exercises",
                             "there is no exercise %s", exercises[i]);
    }
    if (good && !a->exercises->len)
        good = ini_wrong(r->file, group, NULL,
                         "[%s] has no exercises: chapters = 01, or exercises = "
                         "vec_dot, vec_axpy",
                         group);
    g_strfreev(chapters);
    g_strfreev(exercises);
    return good;
}

static bool read_assignment(reading *r, const char *group)
{
    const char *id = group + strlen("assignment ");
    char *title = ini_text(r->file, group, "title");
    char *deadline = ini_text(r->file, group, "deadline");
    char *weight = ini_text(r->file, group, "weight"), *end = NULL;
    bool good = ini_known(
        r->file, group,
        (const char *const[]){"title", "chapters", "exercises", "deadline",
                              "weight", "canvas", "moodle", NULL});
    assignment *a = assignment_new(r->c, id, title ? title : id);
    a->canvas = ini_text(r->file, group, "canvas");
    a->moodle = beside(r, group, "moodle");
    good = good && fill(r, a, group);
    if (deadline && !when_read(deadline, r->c->zone, &a->deadline))
        good = ini_wrong(r->file, group, "deadline",
                         "%s is no time; write it like 2025-10-17 23:59",
                         deadline);
    if (weight) {
        a->weight = g_ascii_strtod(weight, &end);
        if (*end || !(a->weight >= 0) || !isfinite(a->weight))
            good = ini_wrong(r->file, group, "weight",
                             "weight = %s: it is a number, 0 or more", weight);
    }
    g_free(title);
    g_free(deadline);
    g_free(weight);
    return good;
}

static void add_chapters(course *c, const manifest *m)
{
    for (guint i = 0; i < m->chapters->len; i++) {
        const chapter *part = m->chapters->pdata[i];
        if (!part->exercises->len)
            continue;
        assignment *a = assignment_new(c, part->slug, part->title);
        for (guint k = 0; k < part->exercises->len; k++)
            add_exercise(a, part->exercises->pdata[k]);
        a->weight = a->points;
    }
}

/* ------------------------------------------------------------------- roster */

static void enrolled_free(void *p)
{
    enrolled *e = p;
    g_free(e->student);
    g_free(e->name);
    g_free(e->email);
    g_free(e);
}

static bool read_roster(reading *r)
{
    char *path = beside(r, "course", "roster");
    csv *c = path ? csv_read(path, &r->file->error) : NULL;
    int student = c ? csv_column(c, "student") : -1;
    if (c && student < 0)
        ini_wrong(r->file, "course", "roster",
                  "%s has no column student; its header is student,name,email",
                  path);
    if (c) {
        r->c->roster = g_ptr_array_new_with_free_func(enrolled_free);
        int name = csv_column(c, "name"), email = csv_column(c, "email");
        for (guint i = 1; i < c->rows->len; i++) {
            if (!csv_cell(c, i, student))
                continue;
            enrolled *e = g_new0(enrolled, 1);
            e->student = g_strdup(csv_cell(c, i, student));
            const char *called = csv_cell(c, i, name);
            e->name = g_strdup(called ? called : e->student);
            e->email = g_strdup(csv_cell(c, i, email));
            g_ptr_array_add(r->c->roster, e);
        }
        csv_free(c);
    }
    g_free(path);
    return !r->file->error;
}

/* --------------------------------------------------------------------- all */

static bool read_groups(reading *r, const char *seed)
{
    static const char *const plain[] = {"course",     "seeds",  "late", "drop",
                                        "extensions", "export", NULL};
    char **groups = g_key_file_get_groups(r->file->file, NULL);
    bool good = read_course(r) && read_seeds(r, seed) && read_late(r);
    for (size_t i = 0; groups[i] && good; i++) {
        if (g_str_has_prefix(groups[i], "assignment "))
            good = read_assignment(r, groups[i]);
        else if (!g_strv_contains(plain, groups[i]))
            good = ini_wrong(r->file, groups[i], NULL,
                             "[%s] means nothing here; known are [assignment "
                             "NAME], [course], [seeds], [late], [drop], "
                             "[extensions] and [export]",
                             groups[i]);
    }
    if (!r->c->assignments->len)
        add_chapters(r->c, r->m);
    char *drop = ini_text(r->file, "drop", "lowest");
    gint64 n = 0;
    if (drop && !g_ascii_string_to_signed(drop, 10, 0, 1000, &n, NULL))
        good = ini_wrong(r->file, "drop", "lowest",
                         "lowest = %s: it is a number of assignments", drop);
    r->c->drop = (int)n;
    g_free(drop);
    good = good &&
           ini_known(r->file, "drop", (const char *const[]){"lowest", NULL}) &&
           ini_known(r->file, "export",
                     (const char *const[]){"canvas", "autolab", NULL}) &&
           read_extensions(r) && read_roster(r);
    r->c->canvas = beside(r, "export", "canvas");
    r->c->autolab = ini_list(r->file, "export", "autolab");
    g_strfreev(groups);
    return good && !r->file->error;
}

course *course_read(const manifest *m, const char *path, const char *seed,
                    GError **error)
{
    course *c = g_new0(course, 1);
    c->name = g_strdup("Descent");
    c->zone = g_time_zone_new_local();
    c->at_most = G_MAXINT64;
    c->seeds = g_ptr_array_new_with_free_func(g_free);
    c->assignments = g_ptr_array_new_with_free_func(assignment_free);
    c->extensions = g_ptr_array_new_with_free_func(extension_free);
    c->folder = path ? g_path_get_dirname(path) : g_strdup(".");
    ini file = {0};
    if (!path) {
        g_ptr_array_add(c->seeds, g_strdup(seed));
        c->visible = 1;
        add_chapters(c, m);
    } else if (ini_open(&file, path)) {
        read_groups(&(reading){m, c, &file}, seed);
    }
    if (file.error) {
        g_propagate_error(error, g_steal_pointer(&file.error));
        g_clear_pointer(&c, course_free);
    }
    ini_close(&file);
    return c;
}

void course_free(course *c)
{
    g_ptr_array_unref(c->extensions);
    g_ptr_array_unref(c->assignments);
    g_ptr_array_unref(c->seeds);
    if (c->roster)
        g_ptr_array_unref(c->roster);
    g_time_zone_unref(c->zone);
    g_strfreev(c->autolab);
    g_free(c->canvas);
    g_free(c->name);
    g_free(c->folder);
    g_free(c);
}
