/* key.c: solutions/NN-slug.md by lines, build/key/FN/NAME.c by exercises, course.ini by its hidden seeds. */
#include "key.h"

#include <stdio.h>
#include <string.h>

#define KEY "solutions"
#define COURSE "course.ini" /* unless COURSE= of make says another */

/* A seed of fewer digits is found everywhere. */
enum { SEED_DIGITS = 4 };

/* What has been read of a source and not handed over yet. */
typedef struct {
    const key_reader *to;
    const char *source;
    GString *paragraph;
    int began, line;
    bool code, diff;
} reading;

static char *place(const reading *r, int line)
{
    return g_strdup_printf("%s:%d", r->source, line);
}

static void end_paragraph(reading *r)
{
    if (r->paragraph->len) {
        char *where = place(r, r->began);
        r->to->words(r->paragraph->str, where, r->to->data);
        g_free(where);
    }
    g_string_truncate(r->paragraph, 0);
}

/* Of an opening div only the title is words that somebody reads. */
static void read_title(reading *r, const char *line)
{
    const char *title = strstr(line, "title=\"");
    if (!title)
        return;
    title += strlen("title=\"");
    char *text = g_strndup(title, strcspn(title, "\""));
    char *where = place(r, r->line);
    r->to->words(text, where, r->to->data);
    g_free(where);
    g_free(text);
}

static void read_code(reading *r, const char *line)
{
    /* Of a diff: what is wrong. What is right stands in the solution. */
    if (r->diff && *line != '+')
        return;
    char *where = place(r, r->line);
    r->to->line(r->diff ? line + 1 : line, where, r->to->data);
    g_free(where);
}

static void read_line(reading *r, const char *line)
{
    bool fence = g_str_has_prefix(line, "```");
    if (fence) {
        end_paragraph(r);
        r->diff = !r->code && strstr(line, ".diff");
        r->code = !r->code;
    } else if (r->code) {
        read_code(r, line);
    } else if (!*line || g_str_has_prefix(line, ":::")) {
        end_paragraph(r);
        read_title(r, line);
    } else {
        if (!r->paragraph->len)
            r->began = r->line;
        g_string_append_printf(r->paragraph, "%s\n", line);
    }
}

static void read_source(const key_reader *to, const char *source)
{
    char *text = NULL;
    if (!g_file_get_contents(source, &text, NULL, NULL))
        return;
    reading r = {.to = to, .source = source, .paragraph = g_string_new(NULL)};
    char **lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        r.line = (int)i + 1;
        read_line(&r, lines[i]);
    }
    end_paragraph(&r);
    g_strfreev(lines);
    g_string_free(r.paragraph, TRUE);
    g_free(text);
}

/* ---------------------------------------------------------------- programs */

char *key_naked(const char *path)
{
    char *text = NULL;
    if (!path || !g_file_get_contents(path, &text, NULL, NULL))
        return NULL;
    GRegex *regex = g_regex_new("^#line .*\n", G_REGEX_MULTILINE, 0, NULL);
    char *bare = g_regex_replace_literal(regex, text, -1, 0, "", 0, NULL);
    g_regex_unref(regex);
    g_free(text);
    return bare;
}

static void read_program(const key_reader *to, const exercise *e,
                         const char *path)
{
    char *text = key_naked(path), *stub = key_naked(e->stub);
    if (text && stub && e->prototype)
        to->program(text, stub, e->prototype, path, to->data);
    g_free(text);
    g_free(stub);
}

static void read_exercise(const key_reader *to, const exercise *e)
{
    read_program(to, e, e->solution);
    for (guint i = 0; i < e->alternatives->len; i++)
        read_program(to, e, ((alternative *)e->alternatives->pdata[i])->file);
    for (guint i = 0; i < e->mistakes->len; i++)
        read_program(to, e, ((mistake *)e->mistakes->pdata[i])->file);
}

/* ------------------------------------------------------------------- seeds */

static void read_seed(const key_reader *to, const char *file, const char *seed)
{
    if (strlen(seed) >= SEED_DIGITS)
        to->seed(seed, to->data);
    else if (*seed)
        fprintf(stderr,
                "%s: the hidden seed %s is too short to be looked for; choose "
                "one of %d digits or more.\n",
                file, seed, SEED_DIGITS);
}

static void read_seeds(const key_reader *to)
{
    const char *file = g_getenv("COURSE");
    GKeyFile *course = g_key_file_new();
    file = file && *file ? file : COURSE;
    g_key_file_load_from_file(course, file, G_KEY_FILE_NONE, NULL);
    char **groups = g_key_file_get_groups(course, NULL);
    for (size_t i = 0; groups[i]; i++) {
        char **keys = g_key_file_get_keys(course, groups[i], NULL, NULL);
        for (size_t j = 0; keys[j]; j++) {
            char *name = g_strdup_printf("%s %s", groups[i], keys[j]);
            char *value =
                g_key_file_get_string(course, groups[i], keys[j], NULL);
            if (strstr(name, "hidden") && strstr(name, "seed")) {
                char **words = g_strsplit_set(value, " ,;\t", -1);
                for (size_t k = 0; words[k]; k++)
                    read_seed(to, file, words[k]);
                g_strfreev(words);
            }
            g_free(value);
            g_free(name);
        }
        g_strfreev(keys);
    }
    g_strfreev(groups);
    g_key_file_free(course);
}

void key_read(const manifest *m, const key_reader *to)
{
    GDir *dir = g_dir_open(KEY, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        char *path = g_build_filename(KEY, name, NULL);
        if (g_str_has_suffix(name, ".md"))
            read_source(to, path);
        g_free(path);
    }
    if (dir)
        g_dir_close(dir);
    for (guint i = 0; i < m->exercises->len; i++)
        read_exercise(to, m->exercises->pdata[i]);
    read_seeds(to);
}
