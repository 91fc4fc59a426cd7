/* for_courses.c: Canvas and Moodle: their own table, with our marks in it.

   Rules are those of their importers: canvas-lms lib/gradebook_importer.rb, moodle mod/assign/feedback/offline. */
#include "csv.h"
#include "exports.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool same(const char *a, const char *b)
{
    return a && b && !g_ascii_strcasecmp(a, b);
}

/* -------------------------------------------------------------------- Canvas */

typedef struct {
    const class *c;
    csv *table;
    int id, sis, login, name;
    int *columns;     /* of the assignments */
    double *possible; /* points, NAN: not said */
} canvas;

static char *find_columns(canvas *x)
{
    const GPtrArray *all = x->c->course->assignments;
    x->name = csv_column(x->table, "Student");
    x->id = csv_column(x->table, "ID");
    x->sis = csv_column(x->table, "SIS User ID");
    x->login = csv_column(x->table, "SIS Login ID");
    if (x->name != 0 || x->id != 1 || csv_column(x->table, "Section") < 2)
        return g_strdup_printf("%s is no export of Canvas's gradebook: it has "
                               "to begin with Student, ID and have Section.",
                               x->c->course->canvas);
    for (guint i = 0; i < all->len; i++) {
        const assignment *a = all->pdata[i];
        x->columns[i] = a->canvas ? csv_column(x->table, a->canvas) : -1;
        x->possible[i] = NAN;
        if (x->columns[i] < 0)
            return g_strdup_printf(
                "[assignment %s] has %s%s; the column has to be called as in "
                "%s, with its number: Canvas would make a new assignment of "
                "any other name.",
                a->id, a->canvas ? "canvas = " : "no line canvas =",
                a->canvas ? a->canvas : "", x->c->course->canvas);
    }
    return NULL;
}

static bool is_points(const canvas *x, guint row)
{
    const char *name = csv_cell(x->table, row, x->name);
    return name && strstr(name, "Points Possible");
}

static char *read_possible(canvas *x)
{
    for (guint row = 1; row < x->table->rows->len; row++) {
        for (guint i = 0;
             is_points(x, row) && i < x->c->course->assignments->len; i++) {
            const char *text = csv_cell(x->table, row, x->columns[i]);
            if (text && strstr(text, "read only"))
                return g_strdup_printf(
                    "Canvas says that %s is read only.",
                    ((assignment *)x->c->course->assignments->pdata[i])
                        ->canvas);
            if (text)
                x->possible[i] = g_ascii_strtod(text, NULL);
        }
    }
    return NULL;
}

static bool is_student(const canvas *x, const student *s, guint row)
{
    const char *id = csv_cell(x->table, row, x->id);
    const char *sis = csv_cell(x->table, row, x->sis);
    const char *login = csv_cell(x->table, row, x->login);
    if (is_points(x, row) || !id || strspn(id, "0123456789") != strlen(id))
        return false;
    return same(s->lms, id) || same(s->id, id) || same(s->id, sis) ||
           same(s->id, login) || same(s->email, login);
}

/* Its one row; 0: none; -1: several. */
static int row_of(const canvas *x, const student *s)
{
    int found = 0;
    for (guint row = 1; row < x->table->rows->len; row++)
        if (is_student(x, s, row))
            found = found ? -1 : (int)row;
    return found;
}

static void canvas_row(const canvas *x, guint row, const marks *m, GString *to)
{
    for (int k = 0; k <= csv_column(x->table, "Section"); k++) {
        const char *cell = csv_cell(x->table, row, k);
        csv_exact(to, cell ? cell : "");
    }
    for (guint i = 0; i < x->c->course->assignments->len; i++) {
        const char *old = csv_cell(x->table, row, x->columns[i]);
        const marked *a = m ? m->assignments->pdata[i] : NULL;
        double of = isnan(x->possible[i]) && a ? a->points : x->possible[i];
        /* An empty cell would delete a mark that is there. */
        if (!a || isnan(a->percent))
            csv_exact(to, old ? old : "");
        else
            csv_number(to, a->percent / 100 * of);
    }
    csv_end(to);
}

static char *canvas_students(const canvas *x, GString *to)
{
    GHashTable *taken = g_hash_table_new(NULL, NULL);
    GString *lost = g_string_new(NULL);
    guint n = 0;
    for (guint i = 0; i < x->c->marks->len; i++) {
        const marks *m = x->c->marks->pdata[i];
        int row = row_of(x, m->student);
        const char *name =
            row > 0 ? csv_cell(x->table, (guint)row, x->name) : NULL;
        if (row > 0 && name && g_hash_table_add(taken, GINT_TO_POINTER(row))) {
            canvas_row(x, (guint)row, m, to);
        } else {
            if (n++ < 5)
                g_string_append_printf(lost, "%s%s", n > 1 ? ", " : "",
                                       m->student->name);
        }
    }
    g_hash_table_unref(taken);
    char *why = NULL;
    if (n)
        why = g_strdup_printf(
            "%u of your students have no row, or not one of their own, in %s "
            "(%s%s). Canvas would drop them, or make new students of them. The "
            "student has to be Canvas's ID, SIS User ID or SIS Login ID; "
            "sent.csv or the roster can say so.",
            n, x->c->course->canvas, lost->str, n > 5 ? ", …" : "");
    g_string_free(lost, TRUE);
    return why;
}

char *export_canvas(const class *c, GString *to)
{
    if (!c->course->canvas)
        return g_strdup("Canvas finds students by its own numbers. Export its "
                        "gradebook, put the file beside course.ini, and name "
                        "it under [export], canvas = canvas.csv.");
    GError *error = NULL;
    guint n = c->course->assignments->len;
    canvas x = {.c = c, .table = csv_read(c->course->canvas, &error)};
    if (!x.table) {
        char *why = g_strdup(error->message);
        g_error_free(error);
        return why;
    }
    x.columns = g_new0(int, n);
    x.possible = g_new0(double, n);
    char *why = find_columns(&x);
    if (!why)
        why = read_possible(&x);
    if (!why) {
        char **head = x.table->rows->pdata[0];
        for (int k = 0; k <= csv_column(x.table, "Section"); k++)
            csv_exact(to, head[k]);
        for (guint i = 0; i < n; i++)
            csv_exact(to, head[x.columns[i]]);
        csv_end(to);
        for (guint row = 1; row < x.table->rows->len; row++)
            if (is_points(&x, row))
                canvas_row(&x, row, NULL, to);
        why = canvas_students(&x, to);
    }
    g_free(x.columns);
    g_free(x.possible);
    csv_free(x.table);
    return why;
}

/* -------------------------------------------------------------------- Moodle */

typedef struct {
    const class *c;
    guint assignment;
    csv *table;
    int identifier, name, email, number, grade, most, open;
} moodle;

/* "Participant 123" is 123. */
static bool is_participant(const char *identifier, const char *lms)
{
    size_t n = identifier ? strlen(identifier) : 0;
    while (n && g_ascii_isdigit(identifier[n - 1]))
        n--;
    return identifier && lms && identifier[n] &&
           g_str_equal(identifier + n, lms);
}

static bool is_row_of(const moodle *x, const student *s, guint row)
{
    const char *identifier = csv_cell(x->table, row, x->identifier);
    if (is_participant(identifier, s->lms))
        return true;
    const char *email = csv_cell(x->table, row, x->email);
    const char *number = csv_cell(x->table, row, x->number);
    return same(email, s->email) || same(email, s->id) || same(number, s->id) ||
           (!s->lms && same(csv_cell(x->table, row, x->name), s->name));
}

/* The marks of the student whose row this is; several: *twice. */
static const marks *marks_in(const moodle *x, guint row, bool *twice)
{
    const marks *found = NULL;
    for (guint i = 0; i < x->c->marks->len; i++) {
        const marks *m = x->c->marks->pdata[i];
        if (!is_row_of(x, m->student, row))
            continue;
        *twice |= found != NULL;
        found = m;
    }
    return found;
}

static char *moodle_columns(moodle *x, const char *path)
{
    x->identifier = csv_column(x->table, "Identifier");
    x->name = csv_column(x->table, "Full name");
    x->email = csv_column(x->table, "Email address");
    x->number = csv_column(x->table, "ID number");
    x->grade = csv_column(x->table, "Grade");
    x->most = csv_column(x->table, "Maximum Grade");
    x->open = csv_column(x->table, "Grade can be changed");
    if (x->identifier < 0 || x->grade < 0 || x->most < 0 ||
        csv_column(x->table, "Last modified (grade)") < 0)
        return g_strdup_printf("%s is no grading worksheet of Moodle in "
                               "English: Identifier, Grade, Maximum Grade and "
                               "Last modified (grade) have to stand in it.",
                               path);
    return NULL;
}

static char *moodle_row(const moodle *x, guint row, const marked *a,
                        GString *to)
{
    char **cells = x->table->rows->pdata[row];
    const char *most = csv_cell(x->table, row, x->most);
    const char *open = csv_cell(x->table, row, x->open);
    char *end = NULL;
    double of = most ? g_ascii_strtod(most, &end) : 0;
    bool marked = a && !isnan(a->percent);
    if (marked && (!most || end == most || of <= 0))
        return g_strdup_printf("row %u has no Maximum Grade: this assignment "
                               "is not marked by points.",
                               row + 1);
    if (marked && same(open, "No"))
        return g_strdup_printf("row %u is locked in Moodle (Grade can be "
                               "changed: No) and would be skipped.",
                               row + 1);
    for (int k = 0; cells[k]; k++)
        if (k == x->grade && marked)
            csv_number(to, a->percent / 100 * of);
        else
            csv_exact(to, cells[k]);
    csv_end(to);
    return NULL;
}

static char *moodle_rows(const moodle *x, GString *to)
{
    GHashTable *seen = g_hash_table_new(NULL, NULL);
    char *why = NULL;
    for (char **head = x->table->rows->pdata[0]; *head; head++)
        csv_exact(to, *head);
    csv_end(to);
    for (guint row = 1; row < x->table->rows->len && !why; row++) {
        bool twice = false;
        const marks *m = marks_in(x, row, &twice);
        if (twice || (m && !g_hash_table_add(seen, (gpointer)m)))
            why = g_strdup_printf("row %u belongs to more than one student, or "
                                  "a student to more than one row.",
                                  row + 1);
        else
            why = moodle_row(
                x, row, m ? m->assignments->pdata[x->assignment] : NULL, to);
    }
    for (guint i = 0; i < x->c->marks->len && !why; i++) {
        const marks *m = x->c->marks->pdata[i];
        if (!g_hash_table_contains(seen, m))
            why = g_strdup_printf("%s has no row in the worksheet, and would "
                                  "be left out.",
                                  m->student->name);
    }
    g_hash_table_unref(seen);
    return why;
}

char *export_moodle(const class *c, guint which, GString *to)
{
    const assignment *own = c->course->assignments->pdata[which];
    moodle x = {.c = c, .assignment = which};
    const char *path = own->moodle;
    if (!path)
        return g_strdup("Moodle takes back only the worksheet that it handed "
                        "out. Download it (Grading action, Download grading "
                        "worksheet), put it beside course.ini, and name it in "
                        "the assignment: moodle = FILE.");
    GError *error = NULL;
    x.table = csv_read(path, &error);
    if (!x.table) {
        char *why = g_strdup(error->message);
        g_error_free(error);
        return why;
    }
    char *why = moodle_columns(&x, path);
    if (!why)
        why = moodle_rows(&x, to);
    csv_free(x.table);
    return why;
}
