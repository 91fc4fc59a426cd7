/* class.c: roll and intakes read back, and joined with records. */
#include "class.h"
#include "words.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void attempt_free(void *p)
{
    attempt *a = p;
    g_free(a->folder);
    g_ptr_array_unref(a->notes);
    g_hash_table_unref(a->files);
    g_hash_table_unref(a->hashes);
    g_ptr_array_unref(a->records);
    g_free(a);
}

static void student_free(void *p)
{
    student *s = p;
    g_free(s->id);
    g_free(s->slug);
    g_free(s->name);
    g_free(s->email);
    g_free(s->lms);
    g_ptr_array_unref(s->attempts);
    g_free(s);
}

static student *student_new(class *c, const char *id, const char *name,
                            const char *email)
{
    student *s = g_new0(student, 1);
    *s = (student){.id = g_strdup(id),
                   .slug = words_slug(id),
                   .name = g_strdup(name),
                   .email = g_strdup(email),
                   .attempts = g_ptr_array_new_with_free_func(attempt_free)};
    g_ptr_array_add(c->students, s);
    return s;
}

static student *find(const class *c, const char *id)
{
    for (guint i = 0; i < c->students->len; i++) {
        student *s = c->students->pdata[i];
        if (g_str_equal(s->id, id))
            return s;
    }
    return NULL;
}

/* ------------------------------------------------------------------ reading */

static const char *text(JsonObject *o, const char *name)
{
    JsonNode *n = json_object_get_member(o, name);
    return n && JSON_NODE_HOLDS_VALUE(n) ? json_node_get_string(n) : NULL;
}

static void texts(JsonObject *o, const char *name, GPtrArray *to)
{
    JsonNode *n = json_object_get_member(o, name);
    JsonArray *a =
        n && JSON_NODE_HOLDS_ARRAY(n) ? json_node_get_array(n) : NULL;
    for (guint i = 0; a && i < json_array_get_length(a); i++)
        g_ptr_array_add(to, g_strdup(json_array_get_string_element(a, i)));
}

static void read_file(attempt *a, JsonObject *o)
{
    const char *fn = text(o, "fn");
    GPtrArray *notes = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(notes, g_strdup(text(o, "from")));
    texts(o, "notes", notes);
    g_hash_table_insert(a->files, g_strdup(fn), notes);
    g_hash_table_insert(a->hashes, g_strdup(fn), g_strdup(text(o, "sha256")));
}

static bool read_intake(attempt *a, const char *work, GError **error)
{
    char *path = g_build_filename(work, "in", a->folder, "intake.json", NULL);
    JsonParser *parser = json_parser_new_immutable();
    bool good = json_parser_load_from_file(parser, path, error);
    if (good) {
        JsonObject *o = json_node_get_object(json_parser_get_root(parser));
        JsonArray *files = json_object_get_array_member(o, "files");
        for (guint i = 0; i < json_array_get_length(files); i++)
            read_file(a, json_array_get_object_element(files, i));
        texts(o, "notes", a->notes);
    }
    g_object_unref(parser);
    g_free(path);
    return good;
}

static bool read_sent(class *c, JsonObject *o, const char *work, GError **error)
{
    const char *id = text(o, "student");
    student *s = find(c, id);
    if (!s)
        s = student_new(c, id, text(o, "name"), text(o, "email"));
    if (!s->lms)
        s->lms = g_strdup(text(o, "lms"));
    if (!s->email)
        s->email = g_strdup(text(o, "email"));
    attempt *a = g_new0(attempt, 1);
    JsonNode *when = json_object_get_member(o, "submitted");
    *a = (attempt){
        .number = (int)s->attempts->len + 1,
        .submitted = when && !JSON_NODE_HOLDS_NULL(when)
                         ? json_node_get_int(when)
                         : G_MININT64,
        .said_late = json_object_get_boolean_member(o, "late"),
        .folder = g_strdup(text(o, "folder")),
        .notes = g_ptr_array_new_with_free_func(g_free),
        .files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify)g_ptr_array_unref),
        .hashes =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .records = g_ptr_array_new_with_free_func((GDestroyNotify)record_free),
    };
    g_ptr_array_add(s->attempts, a);
    return read_intake(a, work, error);
}

static gint by_id(gconstpointer a, gconstpointer b)
{
    return strcmp((*(student *const *)a)->id, (*(student *const *)b)->id);
}

/* The roster knows names better than a file name does, and who has sent nothing. */
static void join_roster(class *c)
{
    const GPtrArray *roster = c->course->roster;
    for (guint i = 0; i < c->students->len; i++)
        ((student *)c->students->pdata[i])->enrolled = !roster;
    for (guint i = 0; roster && i < roster->len; i++) {
        const enrolled *e = roster->pdata[i];
        student *s = find(c, e->student);
        if (!s)
            s = student_new(c, e->student, e->name, e->email);
        s->enrolled = true;
        g_free(s->name);
        s->name = words_shown(e->name);
        if (e->email) {
            g_free(s->email);
            s->email = words_shown(e->email);
        }
    }
    g_ptr_array_sort(c->students, by_id);
}

class *class_read(const manifest *m, const course *course, const char *work,
                  GError **error)
{
    class *c = g_new0(class, 1);
    *c = (class){
        .book = m,
        .course = course,
        .students = g_ptr_array_new_with_free_func(student_free),
        .marks = g_ptr_array_new_with_free_func((GDestroyNotify)marks_free),
        .present = g_ptr_array_new_with_free_func(g_free),
        .missing = g_ptr_array_new_with_free_func(g_free),
        .compilers = g_ptr_array_new_with_free_func(g_free),
    };
    char *path = g_build_filename(work, "roll.json", NULL);
    JsonParser *parser = json_parser_new_immutable();
    bool good = json_parser_load_from_file(parser, path, error);
    if (good) {
        JsonObject *o = json_node_get_object(json_parser_get_root(parser));
        JsonArray *all = json_object_get_array_member(o, "sent");
        c->shape = g_strdup(text(o, "shape"));
        for (guint i = 0; good && i < json_array_get_length(all); i++)
            good = read_sent(c, json_array_get_object_element(all, i), work,
                             error);
        join_roster(c);
    }
    g_object_unref(parser);
    g_free(path);
    if (!good)
        g_clear_pointer(&c, class_free);
    return c;
}

void class_free(class *c)
{
    g_ptr_array_unref(c->marks);
    g_ptr_array_unref(c->students);
    g_ptr_array_unref(c->present);
    g_ptr_array_unref(c->missing);
    g_ptr_array_unref(c->compilers);
    g_free(c->shape);
    g_free(c);
}

/* ------------------------------------------------------------------ records */

void class_want(class *c, jobs *j)
{
    for (guint i = 0; i < c->students->len; i++) {
        const student *s = c->students->pdata[i];
        for (guint k = 0; k < s->attempts->len; k++) {
            const attempt *a = s->attempts->pdata[k];
            for (guint n = 0; n < c->course->seeds->len; n++)
                g_free(jobs_want(j, a->folder, c->course->seeds->pdata[n]));
        }
    }
}

static void add_new(GPtrArray *to, const char *word)
{
    if (word && !g_ptr_array_find_with_equal_func(to, word, g_str_equal, NULL))
        g_ptr_array_add(to, g_strdup(word));
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void fetch(class *c, attempt *a, const jobs *j)
{
    bool certain = true;
    for (guint n = 0; n < c->course->seeds->len; n++) {
        char *key = jobs_key(j, a->folder, c->course->seeds->pdata[n]);
        char *json = jobs_record(j, key);
        record *r = json ? record_read(json, NULL) : NULL;
        g_ptr_array_add(a->records, r);
        certain = certain && r && !record_unsure(r);
        for (guint i = 0; r && i < r->present->len; i++)
            add_new(c->present, r->present->pdata[i]);
        for (guint i = 0; r && i < r->missing->len; i++)
            add_new(c->missing, r->missing->pdata[i]);
        if (r)
            add_new(c->compilers, r->compiler);
        g_free(json);
        g_free(key);
    }
    c->waiting += !certain;
}

void class_judge(class *c, const jobs *j)
{
    for (guint i = 0; i < c->students->len; i++) {
        const student *s = c->students->pdata[i];
        for (guint k = 0; k < s->attempts->len; k++)
            fetch(c, s->attempts->pdata[k], j);
    }
    for (guint i = 0; i < c->students->len; i++)
        g_ptr_array_add(c->marks, marks_of(c->course, c->students->pdata[i]));
    g_ptr_array_sort(c->present, by_text);
    g_ptr_array_sort(c->missing, by_text);
    g_ptr_array_sort(c->compilers, by_text);
}
