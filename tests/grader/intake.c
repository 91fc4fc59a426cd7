/* intake.c: chooses one file per exercise, and writes the folder and its intake.json. */
#include "intake.h"
#include "../runner/build.h"
#include "../runner/source.h"
#include "../runner/stage.h"
#include "decode.h"
#include "naming.h"
#include "words.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <unistd.h>

/* One file that may be the answer to an exercise. */
typedef struct {
    const piece *from;
    naming as;
    decoded got;
    char *shown;   /* its name, fit to be shown */
    bool stub;     /* as it was handed out */
    bool in_place; /* under its chapter's folder */
} candidate;

typedef struct {
    const manifest *m;
    GHashTable *by_fn; /* fn → GPtrArray of candidate */
    GPtrArray *strays; /* candidate without a name */
    GPtrArray *notes;  /* char * */
    GHashTable
        *refused; /* fn → sentence, for an exercise without a file of its own */
    JsonBuilder *json;
    char *folder; /* being written */
    bool failed;
} taking;

static void candidate_free(void *p)
{
    candidate *c = p;
    decoded_clear(&c->got);
    g_free(c->shown);
    g_free(c);
}

static GPtrArray *candidates_of(const taking *t, const exercise *e)
{
    GPtrArray *list = g_hash_table_lookup(t->by_fn, e->fn);
    if (!list) {
        list = g_ptr_array_new_with_free_func(candidate_free);
        g_hash_table_insert(t->by_fn, (gpointer)e->fn, list);
    }
    return list;
}

static bool is_stub(const char *text, const exercise *e)
{
    char *stub = NULL;
    bool same = false;
    if (g_file_get_contents(e->stub, &stub, NULL, NULL)) {
        char *a = source_bare(text), *b = source_bare(stub);
        same = g_str_equal(a, b);
        g_free(a);
        g_free(b);
    }
    g_free(stub);
    return same;
}

static void claim(taking *t, candidate *c, const exercise *e)
{
    char *tail = strchr(e->file, '/');
    c->as.exercise = e;
    c->in_place = tail && g_str_has_suffix(c->from->name, tail);
    c->stub = c->got.text && !c->got.why && is_stub(c->got.text, e);
    g_ptr_array_add(candidates_of(t, e), c);
}

static void look_at(taking *t, const piece *from)
{
    candidate *c = g_new0(candidate, 1);
    c->from = from;
    c->shown = words_shown(from->name);
    c->as = naming_by_name(t->m, from->name);
    char *base = g_path_get_basename(c->shown);
    if (from->data)
        c->got = decode(from->data, base);
    else
        c->got = (decoded){
            .notes = g_ptr_array_new_with_free_func(g_free),
            .why = from->unread
                       ? g_strdup_printf("%s could not be read on the grading "
                                         "machine.",
                                         base)
                       : g_strdup_printf("%s is larger than %d kB.", base,
                                         PILE_FILE / 1024)};
    g_free(base);
    if (c->as.exercise)
        claim(t, c, c->as.exercise);
    else
        g_ptr_array_add(t->strays, c);
}

/* A file whose name says nothing: one function in it says all, several are one too many. */
static void place_stray(taking *t, candidate *c)
{
    GPtrArray *all = c->got.text && !c->got.why
                         ? naming_by_text(t->m, c->got.text)
                         : g_ptr_array_new();
    if (all->len == 1) {
        claim(t, c, all->pdata[0]);
        g_ptr_array_unref(all);
        return;
    }
    for (guint i = 0; i < all->len; i++) {
        const exercise *e = all->pdata[i];
        if (!g_hash_table_contains(t->refused, e->fn))
            g_hash_table_insert(
                t->refused, (gpointer)e->fn,
                g_strdup_printf("%s holds %u functions of the book. Each must "
                                "be alone in a file of its own: this one in "
                                "%s.c.",
                                c->shown, all->len, e->fn));
    }
    g_ptr_array_unref(all);
    candidate_free(c);
}

/* ---------------------------------------------------------- one of several */

static int rank(const candidate *c)
{
    return 8 * (c->got.text && !c->got.why) + 4 * !c->stub +
           2 * (c->as.exact && c->in_place) + c->as.exact;
}

/* A higher copy is the later download; of names that say nothing of the kind, the shorter path and then the alphabet. */
static gint better(gconstpointer a, gconstpointer b)
{
    const candidate *x = *(candidate *const *)a, *y = *(candidate *const *)b;
    bool works = rank(x) >= 12 && rank(y) >= 12;
    if (works && x->as.copy != y->as.copy)
        return y->as.copy - x->as.copy;
    if (rank(x) != rank(y))
        return rank(y) - rank(x);
    size_t n = strlen(x->from->name), k = strlen(y->from->name);
    if (n != k)
        return n < k ? -1 : 1;
    return strcmp(x->from->name, y->from->name);
}

static void say_others(taking *t, const GPtrArray *list)
{
    const candidate *best = list->pdata[0];
    for (guint i = 1; i < list->len; i++) {
        const candidate *other = list->pdata[i];
        bool same = best->got.text && other->got.text &&
                    g_str_equal(best->got.text, other->got.text);
        if (!same && !other->stub)
            g_ptr_array_add(t->notes,
                            g_strdup_printf("There are several files for %s: "
                                            "%s was judged, %s was not.",
                                            best->as.exercise->fn, best->shown,
                                            other->shown));
    }
}

/* ------------------------------------------------------------------ writing */

static void add_string(JsonBuilder *b, const char *name, const char *value)
{
    json_builder_set_member_name(b, name);
    json_builder_add_string_value(b, value);
}

static void add_notes(JsonBuilder *b, const GPtrArray *notes)
{
    json_builder_set_member_name(b, "notes");
    json_builder_begin_array(b);
    for (guint i = 0; i < notes->len; i++)
        json_builder_add_string_value(b, notes->pdata[i]);
    json_builder_end_array(b);
}

static void write_source(taking *t, const exercise *e)
{
    GPtrArray *list = g_hash_table_lookup(t->by_fn, e->fn);
    const candidate *c = list && list->len ? list->pdata[0] : NULL;
    if (!c || !c->got.text || c->got.why)
        return;
    char *path = g_strdup_printf("%s/%s.c", t->folder, e->fn);
    char *hash =
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, c->got.text, -1);
    if (!write_file(path, c->got.text, strlen(c->got.text)))
        t->failed = true;
    json_builder_begin_object(t->json);
    add_string(t->json, "fn", e->fn);
    add_string(t->json, "sha256", hash);
    add_string(t->json, "from", c->shown);
    add_notes(t->json, c->got.notes);
    json_builder_end_object(t->json);
    g_free(hash);
    g_free(path);
}

static void write_refused(JsonBuilder *b, const char *fn, const char *verdict,
                          const char *why)
{
    json_builder_begin_object(b);
    add_string(b, "fn", fn);
    add_string(b, "verdict", verdict);
    add_string(b, "why", why);
    json_builder_end_object(b);
}

/* What was sent and cannot be judged; and, when a part of the submission was lost, whatever is not there. */
static void refuse(taking *t, const exercise *e, const pile *sent)
{
    GPtrArray *list = g_hash_table_lookup(t->by_fn, e->fn);
    const candidate *c = list && list->len ? list->pdata[0] : NULL;
    const char *several = g_hash_table_lookup(t->refused, e->fn);
    if (c && c->got.why)
        write_refused(t->json, e->fn,
                      c->from->unread ? "GRADER-ERROR" : "BAD-INPUT",
                      c->got.why);
    else if (!c && several)
        write_refused(t->json, e->fn, "BAD-INPUT", several);
    else if (!c && sent && sent->broken && sent->notes->len)
        write_refused(t->json, e->fn, "BAD-INPUT", sent->notes->pdata[0]);
}

static char *finish(taking *t, const char *folder)
{
    json_builder_end_object(t->json);
    JsonNode *root = json_builder_get_root(t->json);
    char *text = json_to_string(root, TRUE);
    char *path = g_build_filename(t->folder, "intake.json", NULL);
    if (!write_file(path, text, strlen(text)))
        t->failed = true;
    char *hash = folder_hash(t->folder);
    char *home = g_build_filename(folder, hash, NULL);
    if (t->failed || (g_rename(t->folder, home) != 0 &&
                      !g_file_test(home, G_FILE_TEST_IS_DIR)))
        g_clear_pointer(&hash, g_free);
    folder_remove(t->folder);
    g_free(home);
    g_free(path);
    g_free(text);
    json_node_unref(root);
    g_object_unref(t->json);
    g_free(t->folder);
    return hash;
}

static void begin(taking *t, const manifest *m, const char *folder)
{
    static int count;
    *t = (taking){
        .m = m,
        .json = json_builder_new(),
        .folder = g_strdup_printf("%s/.new-%d-%d", folder, (int)getpid(),
                                  g_atomic_int_add(&count, 1)),
    };
    g_mkdir_with_parents(t->folder, 0777);
    json_builder_begin_object(t->json);
    json_builder_set_member_name(t->json, "format");
    json_builder_add_int_value(t->json, 1);
}

char *intake(const manifest *m, const pile *sent, const char *folder)
{
    taking t;
    begin(&t, m, folder);
    t.by_fn = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                    (GDestroyNotify)g_ptr_array_unref);
    t.refused = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    t.strays = g_ptr_array_new();
    t.notes = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < sent->notes->len; i++)
        g_ptr_array_add(t.notes, g_strdup(sent->notes->pdata[i]));
    for (guint i = 0; i < sent->pieces->len; i++)
        look_at(&t, sent->pieces->pdata[i]);
    for (guint i = 0; i < t.strays->len; i++)
        place_stray(&t, t.strays->pdata[i]);
    json_builder_set_member_name(t.json, "files");
    json_builder_begin_array(t.json);
    for (guint i = 0; i < m->exercises->len; i++) {
        const exercise *e = m->exercises->pdata[i];
        GPtrArray *list = g_hash_table_lookup(t.by_fn, e->fn);
        if (list && list->len > 1) {
            g_ptr_array_sort(list, better);
            say_others(&t, list);
        }
        write_source(&t, e);
    }
    json_builder_end_array(t.json);
    json_builder_set_member_name(t.json, "refused");
    json_builder_begin_array(t.json);
    for (guint i = 0; i < m->exercises->len; i++)
        refuse(&t, m->exercises->pdata[i], sent);
    json_builder_end_array(t.json);
    add_notes(t.json, t.notes);
    char *hash = finish(&t, folder);
    g_hash_table_unref(t.by_fn);
    g_hash_table_unref(t.refused);
    g_ptr_array_unref(t.strays);
    g_ptr_array_unref(t.notes);
    return hash;
}

char *intake_failed(const manifest *m, const char *why, const char *folder)
{
    taking t;
    begin(&t, m, folder);
    json_builder_set_member_name(t.json, "files");
    json_builder_begin_array(t.json);
    json_builder_end_array(t.json);
    json_builder_set_member_name(t.json, "refused");
    json_builder_begin_array(t.json);
    for (guint i = 0; i < m->exercises->len; i++)
        write_refused(t.json, ((exercise *)m->exercises->pdata[i])->fn,
                      "GRADER-ERROR", why);
    json_builder_end_array(t.json);
    return finish(&t, folder);
}
