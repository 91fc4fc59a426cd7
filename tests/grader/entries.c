/* entries.c: reads the folder that intake made. */
#define _GNU_SOURCE
#include "../runner/source.h"
#include "entry.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_SOURCE = 1 << 20 };

/* NULL when there is none; *odd when what is there is no source of a size that anyone writes. */
static char *read_source(const char *path, size_t *size, const char **odd)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        if (errno != ENOENT)
            *odd = "cannot be read as a file";
        return NULL;
    }
    struct stat s;
    char *text = NULL;
    if (fstat(fd, &s) || !S_ISREG(s.st_mode)) {
        *odd = "is not a file";
    } else if (s.st_size > MOST_SOURCE) {
        *odd = "is larger than 1 MB";
    } else {
        text = g_malloc0((size_t)s.st_size + 1);
        ssize_t n, all = 0;
        while ((n = read(fd, text + all, (size_t)(s.st_size - all))) > 0)
            all += n;
        *size = (size_t)all;
    }
    close(fd);
    return text;
}

static const char *known_verdict(const char *word)
{
    static const char *const all[] = {"COMPILE",   "MISSING",   "NOT-STARTED",
                                      "FORBIDDEN", "BAD-INPUT", "GRADER-ERROR"};
    for (size_t i = 0; word && i < G_N_ELEMENTS(all); i++)
        if (g_str_equal(all[i], word))
            return all[i];
    return "BAD-INPUT";
}

static const char *word(JsonObject *o, const char *name)
{
    JsonNode *node = json_object_get_member(o, name);
    return node && JSON_NODE_HOLDS_VALUE(node) &&
                   json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_get_string(node)
               : NULL;
}

static entry *entry_of(entry *list, guint n, const char *fn)
{
    for (guint i = 0; fn && i < n; i++)
        if (g_str_equal(list[i].exercise->fn, fn))
            return &list[i];
    return NULL;
}

static bool read_intake(const char *folder, entry *list, guint n,
                        char **trouble)
{
    char *path = g_build_filename(folder, "intake.json", NULL);
    JsonParser *parser = json_parser_new();
    GError *error = NULL;
    bool there = g_file_test(path, G_FILE_TEST_EXISTS);
    bool good = !there || json_parser_load_from_file(parser, path, &error);
    JsonNode *root = good && there ? json_parser_get_root(parser) : NULL;
    JsonObject *o = root && JSON_NODE_HOLDS_OBJECT(root)
                        ? json_node_get_object(root)
                        : NULL;
    JsonNode *node = o ? json_object_get_member(o, "refused") : NULL;
    JsonArray *refused =
        node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
    for (guint i = 0; refused && i < json_array_get_length(refused); i++) {
        JsonNode *item = json_array_get_element(refused, i);
        JsonObject *one =
            JSON_NODE_HOLDS_OBJECT(item) ? json_node_get_object(item) : NULL;
        entry *e = one ? entry_of(list, n, word(one, "fn")) : NULL;
        if (!e || e->verdict)
            continue;
        e->verdict = known_verdict(word(one, "verdict"));
        const char *why = word(one, "why");
        e->note = g_strdup(why ? why : "The file could not be taken in.");
    }
    if (error) {
        *trouble = g_strdup_printf("%s: %s", path, error->message);
        g_error_free(error);
    }
    g_object_unref(parser);
    g_free(path);
    return good;
}

static void read_entry(const char *folder, entry *e)
{
    char *path = g_strdup_printf("%s/%s.c", folder, e->exercise->fn);
    const char *odd = NULL;
    e->text = read_source(path, &e->size, &odd);
    if (odd) {
        e->verdict = "BAD-INPUT";
        e->note = g_strdup_printf("%s.c %s.", e->exercise->fn, odd);
    } else if (!e->text) {
        e->verdict = "MISSING";
        e->note = g_strdup_printf("There is no %s.c in the submission.",
                                  e->exercise->fn);
    } else if (source_same(path, e->exercise->stub)) {
        e->verdict = "NOT-STARTED";
        e->note = g_strdup_printf("%s.c is still as it came.", e->exercise->fn);
    }
    g_free(path);
}

entry *entries_read(const char *folder, const manifest *m, guint *n,
                    char **trouble)
{
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        *trouble = g_strdup_printf("There is no folder %s.", folder);
        return NULL;
    }
    *n = m->exercises->len;
    entry *list = g_new0(entry, *n + 1);
    for (guint i = 0; i < *n; i++)
        list[i].exercise = m->exercises->pdata[i];
    if (!read_intake(folder, list, *n, trouble)) {
        entries_free(list, *n);
        return NULL;
    }
    for (guint i = 0; i < *n; i++)
        if (!list[i].verdict)
            read_entry(folder, &list[i]);
    return list;
}

void entries_free(entry *list, guint n)
{
    for (guint i = 0; i < n; i++) {
        entry *e = &list[i];
        g_free(e->text);
        report_free(e->report);
        g_free(e->compiler);
        g_free(e->output);
        g_free(e->note);
    }
    g_free(list);
}
