/* gradescope.c: libyaml's events, of which three levels matter: the entry, its :submitters:, their fields. */
#include "gradescope.h"
#include "when.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

struct gradescope {
    GHashTable *entries; /* name → scoped * */
};

static void scoped_free(void *p)
{
    scoped *s = p;
    g_free(s->name);
    g_free(s->sid);
    g_free(s->email);
    g_free(s);
}

void gradescope_free(gradescope *g)
{
    g_hash_table_unref(g->entries);
    g_free(g);
}

const scoped *gradescope_entry(const gradescope *g, const char *entry)
{
    return g_hash_table_lookup(g->entries, entry);
}

typedef struct {
    gradescope *g;
    scoped *now;     /* the entry that is being read */
    char *key;       /* the last key of a mapping, while its value is awaited */
    int depth;       /* of mappings and lists */
    int submitters;  /* the depth in which they stand, or 0 */
    GString *is_map; /* 'm' or 's' a level */
} reading;

/* Ruby writes symbols: ":name". */
static bool called(const char *key, const char *name)
{
    return key && g_str_equal(key + (*key == ':'), name);
}

static void set(char **field, const char *value)
{
    if (!*field && *value)
        *field = g_strdup(value);
}

static void take_value(reading *r, const char *value)
{
    if (!r->now)
        return;
    if (r->submitters) {
        if (called(r->key, "name"))
            set(&r->now->name, value);
        else if (called(r->key, "sid"))
            set(&r->now->sid, value);
        else if (called(r->key, "email"))
            set(&r->now->email, value);
    } else if (r->depth == 2 && called(r->key, "created_at")) {
        when_read(value, NULL, &r->now->submitted);
    }
}

static bool in_map(const reading *r)
{
    return r->is_map->len && r->is_map->str[r->is_map->len - 1] == 'm';
}

static void scalar(reading *r, const char *text)
{
    if (in_map(r) && !r->key) {
        r->key = g_strdup(text);
        return;
    }
    take_value(r, text);
    if (in_map(r))
        g_clear_pointer(&r->key, g_free);
}

static void deeper(reading *r, char kind)
{
    if (r->depth == 1 && r->key) {
        r->now = g_new0(scoped, 1);
        r->now->submitted = G_MININT64;
        g_hash_table_replace(r->g->entries, g_strdup(r->key), r->now);
    }
    if (r->depth == 2 && called(r->key, "submitters"))
        r->submitters = r->depth;
    g_clear_pointer(&r->key, g_free);
    g_string_append_c(r->is_map, kind);
    r->depth++;
}

static void back(reading *r)
{
    g_clear_pointer(&r->key, g_free);
    g_string_truncate(r->is_map, r->is_map->len - 1);
    r->depth--;
    if (r->depth <= r->submitters)
        r->submitters = 0;
    if (r->depth <= 1)
        r->now = NULL;
}

static bool parse(gradescope *g, const char *text, size_t size, int *line)
{
    reading r = {.g = g, .is_map = g_string_new(NULL)};
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    bool good = true, done = false;
    while (good && !done) {
        yaml_event_t e;
        good = yaml_parser_parse(&parser, &e) && r.depth < 20;
        if (!good) {
            *line = (int)parser.problem_mark.line + 1;
            break;
        }
        if (e.type == YAML_SCALAR_EVENT)
            scalar(&r, (const char *)e.data.scalar.value);
        else if (e.type == YAML_MAPPING_START_EVENT)
            deeper(&r, 'm');
        else if (e.type == YAML_SEQUENCE_START_EVENT)
            deeper(&r, 's');
        else if (e.type == YAML_MAPPING_END_EVENT ||
                 e.type == YAML_SEQUENCE_END_EVENT)
            back(&r);
        done = e.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&e);
    }
    yaml_parser_delete(&parser);
    g_free(r.key);
    g_string_free(r.is_map, TRUE);
    return good;
}

gradescope *gradescope_read(const char *folder, GError **error)
{
    char *path = g_build_filename(folder, "submission_metadata.yml", NULL);
    gradescope *g = NULL;
    char *text;
    gsize size;
    int line = 0;
    if (g_file_test(path, G_FILE_TEST_EXISTS) &&
        g_file_get_contents(path, &text, &size, error)) {
        g = g_new0(gradescope, 1);
        g->entries =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, scoped_free);
        if (!parse(g, text, size, &line)) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                        "%s:%d: this is no YAML as Gradescope writes it", path,
                        line);
            g_clear_pointer(&g, gradescope_free);
        }
        g_free(text);
    }
    g_free(path);
    return g;
}
