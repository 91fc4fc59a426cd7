/* source.c: a scanner that knows comments, strings and #include, and no more of C. */
#include "source.h"

#include <string.h>

/* The end of the comment that begins here, or NULL when none does. */
static const char *past_comment(const char *p)
{
    if (p[0] != '/' || (p[1] != '/' && p[1] != '*'))
        return NULL;
    if (p[1] == '/')
        return p + strcspn(p, "\n");
    const char *end = strstr(p + 2, "*/");
    return end ? end + 2 : p + strlen(p);
}

/* The end of the string or character literal that begins here. */
static const char *past_literal(const char *p)
{
    char quote = *p++;
    while (*p && *p != quote && *p != '\n')
        p += p[0] == '\\' && p[1] ? 2 : 1;
    return *p == quote ? p + 1 : p;
}

static bool is_word(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

char *source_bare(const char *text)
{
    GString *bare = g_string_new(NULL);
    for (const char *p = text; *p;) {
        const char *end = past_comment(p);
        if (!end && (*p == '"' || *p == '\'')) {
            end = past_literal(p);
            g_string_append_len(bare, p, end - p);
        } else if (!end && g_ascii_isspace(*p)) {
            end = p + 1;
        } else if (!end) {
            /* A space stays where it parts two words: "int x" is not "intx". */
            bool parted = p > text && !is_word(p[-1]);
            if (is_word(*p) && parted && bare->len &&
                is_word(bare->str[bare->len - 1]))
                g_string_append_c(bare, ' ');
            g_string_append_c(bare, *p);
            end = p + 1;
        }
        p = end;
    }
    return g_string_free(bare, FALSE);
}

bool source_same(const char *a, const char *b)
{
    char *text_a = NULL, *text_b = NULL;
    bool same = false;
    if (g_file_get_contents(a, &text_a, NULL, NULL) &&
        g_file_get_contents(b, &text_b, NULL, NULL)) {
        char *bare_a = source_bare(text_a), *bare_b = source_bare(text_b);
        same = g_str_equal(bare_a, bare_b);
        g_free(bare_a);
        g_free(bare_b);
    }
    g_free(text_a);
    g_free(text_b);
    return same;
}

static void hash_file(GChecksum *hash, const char *path,
                      const char *const folders[], GHashTable *seen);

static bool hash_in(GChecksum *hash, const char *folder, const char *name,
                    const char *const folders[], GHashTable *seen)
{
    char *path = g_build_filename(folder, name, NULL);
    bool there = g_file_test(path, G_FILE_TEST_IS_REGULAR);
    if (there)
        hash_file(hash, path, folders, seen);
    g_free(path);
    return there;
}

/* A header is looked for where the compiler would; one that is found nowhere is the system's. */
static void hash_include(GChecksum *hash, const char *from, const char *name,
                         const char *const folders[], GHashTable *seen)
{
    char *own = g_path_get_dirname(from);
    bool found = hash_in(hash, own, name, folders, seen);
    g_free(own);
    for (size_t i = 0; !found && folders[i]; i++)
        found = hash_in(hash, folders[i], name, folders, seen);
}

static void hash_includes(GChecksum *hash, const char *path, const char *text,
                          const char *const folders[], GHashTable *seen)
{
    bool fresh = true; /* nothing but white space since the line began */
    for (const char *p = text; *p;) {
        const char *end = past_comment(p);
        if (end) {
            p = end;
        } else if (fresh && *p == '#') {
            p += 1 + strspn(p + 1, " \t");
            if (!g_str_has_prefix(p, "include"))
                continue;
            p += strlen("include");
            p += strspn(p, " \t");
            size_t n = *p ? strcspn(p + 1, "\">\n") : 0;
            if (*p == '"' || *p == '<') {
                char *name = g_strndup(p + 1, n);
                hash_include(hash, path, name, folders, seen);
                g_free(name);
                p += 1 + n;
            }
            fresh = false;
        } else if (*p == '"' || *p == '\'') {
            p = past_literal(p);
            fresh = false;
        } else {
            fresh = *p == '\n' || (fresh && g_ascii_isspace(*p));
            p++;
        }
    }
}

static void hash_file(GChecksum *hash, const char *path,
                      const char *const folders[], GHashTable *seen)
{
    if (!g_hash_table_add(seen, g_strdup(path)))
        return;
    char *text;
    gsize size;
    if (!g_file_get_contents(path, &text, &size, NULL))
        return;
    g_checksum_update(hash, (const guchar *)path, (gssize)strlen(path) + 1);
    g_checksum_update(hash, (const guchar *)&size, sizeof size);
    g_checksum_update(hash, (const guchar *)text, (gssize)size);
    hash_includes(hash, path, text, folders, seen);
    g_free(text);
}

void source_hash(GChecksum *hash, const char *path, const char *const folders[])
{
    GHashTable *seen =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    hash_file(hash, path, folders, seen);
    g_hash_table_unref(seen);
}
