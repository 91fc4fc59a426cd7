/* ini.c: GKeyFile, and its text once more to count the lines that GKeyFile forgets. */
#include "ini.h"

#include <string.h>

bool ini_open(ini *i, const char *path)
{
    *i = (ini){.path = path, .file = g_key_file_new()};
    if (!g_file_get_contents(path, &i->text, NULL, &i->error))
        return false;
    if (g_key_file_load_from_data(i->file, i->text, (gsize)-1, G_KEY_FILE_NONE,
                                  &i->error))
        return true;
    g_prefix_error(&i->error, "%s: ", path);
    return false;
}

void ini_close(ini *i)
{
    g_free(i->text);
    if (i->file)
        g_key_file_free(i->file);
    g_clear_error(&i->error);
}

static int line_of(const ini *i, const char *group, const char *key)
{
    char **lines = g_strsplit(i->text, "\n", -1);
    char *head = g_strdup_printf("[%s]", group);
    bool inside = false;
    int found = 1;
    for (int k = 0; lines[k]; k++) {
        char *line = g_strstrip(lines[k]);
        if (*line == '[') {
            inside = g_str_equal(line, head);
            if (inside && (found = k + 1) && !key)
                break;
        } else if (inside && key && g_str_has_prefix(line, key)) {
            const char *rest = line + strlen(key);
            if (rest[strspn(rest, " \t")] == '=') {
                found = k + 1;
                break;
            }
        }
    }
    g_free(head);
    g_strfreev(lines);
    return found;
}

bool ini_wrong(ini *i, const char *group, const char *key, const char *format,
               ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (!i->error)
        g_set_error(&i->error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s:%d: %s",
                    i->path, line_of(i, group, key), what);
    g_free(what);
    return false;
}

/* Free it; NULL when it is not there. A comment after the value is not part of it. */
char *ini_text(const ini *i, const char *group, const char *key)
{
    char *text = g_key_file_get_string(i->file, group, key, NULL);
    if (!text)
        return NULL;
    char *comment = strstr(text, " #");
    if (comment)
        *comment = 0;
    g_strstrip(text);
    if (!*text)
        g_clear_pointer(&text, g_free);
    return text;
}

char **ini_list(const ini *i, const char *group, const char *key)
{
    char *text = ini_text(i, group, key);
    if (!text)
        return NULL;
    char **all = g_strsplit_set(text, ",;", -1);
    GPtrArray *some = g_ptr_array_new();
    for (size_t k = 0; all[k]; k++)
        if (*g_strstrip(all[k]))
            g_ptr_array_add(some, g_strdup(all[k]));
    g_ptr_array_add(some, NULL);
    g_strfreev(all);
    g_free(text);
    return (char **)g_ptr_array_free(some, FALSE);
}

/* "15 minutes", "3 days". */
bool ini_length(const char *text, gint64 *seconds)
{
    static const struct {
        const char *word;
        gint64 seconds;
    } units[] = {
        {"minute", 60}, {"hour", 3600}, {"day", 86400}, {"week", 604800}};
    char *end;
    double n = g_ascii_strtod(text + (*text == '+'), &end);
    while (*end == ' ')
        end++;
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        size_t k = strlen(units[i].word);
        bool is = !strncmp(end, units[i].word, k) &&
                  (!end[k] || g_str_equal(end + k, "s"));
        if (is && n >= 0 && end > text) {
            *seconds = (gint64)(n * (double)units[i].seconds);
            return true;
        }
    }
    return false;
}

bool ini_known(ini *i, const char *group, const char *const keys[])
{
    char **all = g_key_file_get_keys(i->file, group, NULL, NULL);
    bool good = true;
    for (size_t k = 0; all && all[k] && good; k++)
        if (!g_strv_contains(keys, all[k])) {
            char *known = g_strjoinv(", ", (char **)keys);
            good = ini_wrong(i, group, all[k],
                             "%s means nothing in [%s]; known are %s", all[k],
                             group, known);
            g_free(known);
        }
    g_strfreev(all);
    return good;
}
