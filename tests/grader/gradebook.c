/* gradebook.c: five tables, and one wide one. */
#include "gradebook.h"
#include "../runner/build.h"
#include "csv.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

static const char schema[] =
    "CREATE TABLE student (id TEXT PRIMARY KEY, name TEXT, email TEXT, lms "
    "TEXT, enrolled INTEGER, percent REAL, report TEXT);"
    "CREATE TABLE attempt (student TEXT REFERENCES student, number INTEGER, "
    "submitted INTEGER, folder TEXT, notes TEXT, PRIMARY KEY (student, "
    "number));"
    "CREATE TABLE assignment (student TEXT REFERENCES student, assignment "
    "TEXT, attempt INTEGER, earned REAL, points REAL, late_seconds INTEGER, "
    "factor REAL, percent REAL, dropped INTEGER, PRIMARY KEY (student, "
    "assignment));"
    "CREATE TABLE exercise (student TEXT REFERENCES student, attempt INTEGER, "
    "assignment TEXT, fn TEXT, verdict TEXT, passed INTEGER, tests INTEGER, "
    "points REAL, earned REAL, counts INTEGER, mistake TEXT, flags TEXT, note "
    "TEXT, PRIMARY KEY (student, assignment, fn));"
    "CREATE TABLE judged (student TEXT REFERENCES student, attempt INTEGER, "
    "seed TEXT, key TEXT, record TEXT, PRIMARY KEY (student, attempt, seed));"
    "CREATE TABLE course (key TEXT PRIMARY KEY, value TEXT);";

/* ------------------------------------------------------------------- SQLite */

typedef struct {
    sqlite3 *db;
    sqlite3_stmt *row;
    int column;
    bool good;
} writer;

static void begin(writer *w, const char *table, int columns)
{
    GString *sql = g_string_new(NULL);
    g_string_printf(sql, "INSERT INTO %s VALUES (?", table);
    for (int i = 1; i < columns; i++)
        g_string_append(sql, ",?");
    g_string_append_c(sql, ')');
    w->column = 0;
    w->good = w->good && sqlite3_prepare_v2(w->db, sql->str, -1, &w->row,
                                            NULL) == SQLITE_OK;
    g_string_free(sql, TRUE);
}

static void put_text(writer *w, const char *text)
{
    if (w->good)
        sqlite3_bind_text(w->row, ++w->column, text, -1, SQLITE_TRANSIENT);
}

static void put_number(writer *w, double value)
{
    if (w->good && isnan(value))
        sqlite3_bind_null(w->row, ++w->column);
    else if (w->good)
        sqlite3_bind_double(w->row, ++w->column, value);
}

static void put_integer(writer *w, gint64 value)
{
    if (w->good && value == G_MININT64)
        sqlite3_bind_null(w->row, ++w->column);
    else if (w->good)
        sqlite3_bind_int64(w->row, ++w->column, value);
}

static void end(writer *w)
{
    w->good = w->good && sqlite3_step(w->row) == SQLITE_DONE;
    sqlite3_finalize(w->row);
    w->row = NULL;
}

static char *joined(const GPtrArray *words, const char *between)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < words->len; i++)
        g_string_append_printf(all, "%s%s", i ? between : "",
                               (const char *)words->pdata[i]);
    return g_string_free(all, FALSE);
}

static void put_exercise(writer *w, const marks *m, const marked *a,
                         const mark *one)
{
    const judged *j = one->shown;
    char *flags = j ? joined(j->flags, " ") : NULL;
    begin(w, "exercise", 13);
    put_text(w, m->student->id);
    put_integer(w, a->attempt ? a->attempt->number : G_MININT64);
    put_text(w, a->assignment->id);
    put_text(w, one->exercise->fn);
    put_text(w, one->verdict);
    put_integer(w, one->passed);
    put_integer(w, one->tests);
    put_number(w, one->points);
    put_number(w, one->earned);
    put_integer(w, one->counts);
    put_text(w, j ? j->mistake : NULL);
    put_text(w, flags);
    put_text(w, j ? j->note : NULL);
    end(w);
    g_free(flags);
}

static void put_assignment(writer *w, const marks *m, const marked *a)
{
    begin(w, "assignment", 9);
    put_text(w, m->student->id);
    put_text(w, a->assignment->id);
    put_integer(w, a->attempt ? a->attempt->number : G_MININT64);
    put_number(w, a->earned);
    put_number(w, a->points);
    put_integer(w, a->late);
    put_number(w, a->factor);
    put_number(w, a->percent);
    put_integer(w, a->dropped);
    end(w);
    for (guint i = 0; i < a->marks->len; i++)
        put_exercise(w, m, a, a->marks->pdata[i]);
}

static void put_attempt(writer *w, const student *s, const attempt *a)
{
    char *notes = joined(a->notes, "\n");
    begin(w, "attempt", 5);
    put_text(w, s->id);
    put_integer(w, a->number);
    put_integer(w, a->submitted);
    put_text(w, a->folder);
    put_text(w, notes);
    end(w);
    for (guint i = 0; i < a->records->len; i++) {
        const record *r = a->records->pdata[i];
        if (!r)
            continue;
        begin(w, "judged", 5);
        put_text(w, s->id);
        put_integer(w, a->number);
        put_text(w, r->seed);
        put_text(w, r->key);
        put_text(w, record_json(r));
        end(w);
    }
    g_free(notes);
}

static void put_student(writer *w, const marks *m)
{
    const student *s = m->student;
    char *report = g_strdup_printf("students/%s.html", s->slug);
    begin(w, "student", 7);
    put_text(w, s->id);
    put_text(w, s->name);
    put_text(w, s->email);
    put_text(w, s->lms);
    put_integer(w, s->enrolled);
    put_number(w, m->percent);
    put_text(w, report);
    end(w);
    for (guint i = 0; i < s->attempts->len; i++)
        put_attempt(w, s, s->attempts->pdata[i]);
    for (guint i = 0; i < m->assignments->len; i++)
        put_assignment(w, m, m->assignments->pdata[i]);
    g_free(report);
}

static void put_fact(writer *w, const char *key, const char *value)
{
    begin(w, "course", 2);
    put_text(w, key);
    put_text(w, value);
    end(w);
}

static void put_course(writer *w, const class *c)
{
    char *present = joined(c->present, ", "),
         *missing = joined(c->missing, ", ");
    char *compilers = joined(c->compilers, "; ");
    char *seeds = joined(c->course->seeds, ", ");
    put_fact(w, "compiler", compilers);
    put_fact(w, "name", c->course->name);
    put_fact(w, "protection missing", missing);
    put_fact(w, "protection present", present);
    put_fact(w, "seeds", seeds);
    g_free(present);
    g_free(missing);
    g_free(compilers);
    g_free(seeds);
}

bool gradebook_sqlite(const class *c, const char *path, GError **error)
{
    char *fresh = g_strconcat(path, ".new", NULL);
    writer w = {0};
    g_unlink(fresh);
    w.good = sqlite3_open(fresh, &w.db) == SQLITE_OK &&
             sqlite3_exec(w.db, "PRAGMA journal_mode = OFF; BEGIN;", NULL, NULL,
                          NULL) == SQLITE_OK &&
             sqlite3_exec(w.db, schema, NULL, NULL, NULL) == SQLITE_OK;
    put_course(&w, c);
    for (guint i = 0; i < c->marks->len; i++)
        put_student(&w, c->marks->pdata[i]);
    w.good =
        w.good && sqlite3_exec(w.db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
    if (!w.good)
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                    "%s cannot be written: %s", path, sqlite3_errmsg(w.db));
    sqlite3_close(w.db);
    bool good = w.good && g_rename(fresh, path) == 0;
    g_free(fresh);
    return good;
}

/* ---------------------------------------------------------------------- CSV */

bool gradebook_csv(const class *c, const char *path)
{
    GString *text = g_string_new(NULL);
    const GPtrArray *assignments = c->course->assignments;
    csv_exact(text, "Student");
    csv_exact(text, "Name");
    csv_exact(text, "Email");
    csv_exact(text, "Total percent");
    for (guint i = 0; i < assignments->len; i++) {
        csv_text(text, ((assignment *)assignments->pdata[i])->title);
        csv_exact(text, "earned");
        csv_exact(text, "of");
        csv_exact(text, "late factor");
    }
    for (guint i = 0; i < assignments->len; i++) {
        const assignment *a = assignments->pdata[i];
        for (guint k = 0; k < a->exercises->len; k++)
            csv_text(text, ((exercise *)a->exercises->pdata[k])->fn);
    }
    csv_end(text);
    for (guint i = 0; i < c->marks->len; i++) {
        const marks *m = c->marks->pdata[i];
        csv_text(text, m->student->id);
        csv_text(text, m->student->name);
        csv_text(text, m->student->email ? m->student->email : "");
        csv_number(text, m->percent);
        for (guint k = 0; k < m->assignments->len; k++) {
            const marked *a = m->assignments->pdata[k];
            csv_number(text, a->percent);
            csv_number(text, a->earned);
            csv_number(text, a->points);
            csv_number(text, a->factor);
        }
        for (guint k = 0; k < m->assignments->len; k++) {
            const marked *a = m->assignments->pdata[k];
            for (guint n = 0; n < a->marks->len; n++) {
                const mark *one = a->marks->pdata[n];
                csv_number(text, one->counts ? one->earned : NAN);
            }
        }
        csv_end(text);
    }
    bool good = write_file(path, text->str, text->len);
    g_string_free(text, TRUE);
    return good;
}
