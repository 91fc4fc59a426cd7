/* csv.c: a reader in three states, and a writer. */
#include "csv.h"
#include "decode.h"

#include <math.h>
#include <string.h>

static void add_row(csv *c, GPtrArray **cells)
{
    bool blank = (*cells)->len == 1 && !*(char *)(*cells)->pdata[0];
    g_ptr_array_add(*cells, NULL);
    char **row = (char **)g_ptr_array_free(*cells, FALSE);
    if (blank)
        g_strfreev(row);
    else
        g_ptr_array_add(c->rows, row);
    *cells = g_ptr_array_new();
}

static bool parse(csv *c, const char *text, char separator, int *line)
{
    GString *field = g_string_new(NULL);
    GPtrArray *cells = g_ptr_array_new();
    bool quoted = false, some = false;
    *line = 1;
    for (const char *p = text;; p++) {
        *line += *p == '\n';
        if (quoted && *p) {
            if (*p == '"' && p[1] == '"')
                g_string_append_c(field, *p++);
            else if (*p == '"')
                quoted = false;
            else
                g_string_append_c(field, *p);
        } else if (*p == '"' && !field->len) {
            quoted = true;
        } else if (*p == separator || *p == '\n' || !*p) {
            if (*p != '\0' || field->len || cells->len || some)
                g_ptr_array_add(cells, g_strdup(field->str));
            g_string_truncate(field, 0);
            some = *p == separator;
            if (*p != separator && cells->len)
                add_row(c, &cells);
            if (!*p)
                break;
        } else {
            g_string_append_c(field, *p);
        }
    }
    g_string_free(field, TRUE);
    g_ptr_array_set_free_func(cells, g_free);
    g_ptr_array_unref(cells);
    return !quoted;
}

csv *csv_read(const char *path, GError **error)
{
    char *raw;
    gsize size;
    if (!g_file_get_contents(path, &raw, &size, error))
        return NULL;
    GBytes *bytes = g_bytes_new_take(raw, size);
    char *name = g_path_get_basename(path);
    decoded d = decode(bytes, name);
    g_bytes_unref(bytes);
    csv *c = NULL;
    int line = 0;
    if (!d.text || d.why) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, d.why);
    } else {
        c = g_new0(csv, 1);
        c->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
        size_t first = strcspn(d.text, "\n");
        char *head = g_strndup(d.text, first);
        char separator = !strchr(head, ',') && strchr(head, ';')    ? ';'
                         : !strchr(head, ',') && strchr(head, '\t') ? '\t'
                                                                    : ',';
        if (!parse(c, d.text, separator, &line)) {
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                        "%s:%d: a quotation mark is not closed", path, line);
            g_clear_pointer(&c, csv_free);
        }
        g_free(head);
    }
    decoded_clear(&d);
    g_free(name);
    return c;
}

void csv_free(csv *c)
{
    g_ptr_array_unref(c->rows);
    g_free(c);
}

int csv_column(const csv *c, const char *name)
{
    char **head = c->rows->len ? c->rows->pdata[0] : NULL;
    for (int i = 0; head && head[i]; i++) {
        char *own = g_strstrip(g_strdup(head[i]));
        bool same = !g_ascii_strcasecmp(own, name);
        g_free(own);
        if (same)
            return i;
    }
    return -1;
}

const char *csv_cell(const csv *c, guint row, int column)
{
    char **cells = c->rows->pdata[row];
    if (column < 0 || (guint)column >= g_strv_length(cells))
        return NULL;
    return *cells[column] ? cells[column] : NULL;
}

/* ------------------------------------------------------------------ writing */

static void append(GString *line, const char *field, bool apostrophe)
{
    bool fresh = !line->len || line->str[line->len - 1] == '\n';
    if (!fresh)
        g_string_append_c(line, ',');
    bool quote = apostrophe || strpbrk(field, ",\"\r\n") ||
                 (*field && (g_ascii_isspace(*field) ||
                             g_ascii_isspace(field[strlen(field) - 1])));
    if (!quote && !(fresh && !*field)) {
        g_string_append(line, field);
        return;
    }
    g_string_append_c(line, '"');
    if (apostrophe)
        g_string_append_c(line, '\'');
    for (const char *p = field; *p; p++) {
        if (*p == '"')
            g_string_append_c(line, '"');
        g_string_append_c(line, *p);
    }
    g_string_append_c(line, '"');
}

void csv_text(GString *line, const char *field)
{
    const char *first = field + strspn(field, " \t\r\n");
    append(line, field, *first && strchr("=+-@|%", *first));
}

void csv_exact(GString *line, const char *field)
{
    append(line, field, false);
}

void csv_number(GString *line, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    append(line,
           isnan(value) ? ""
                        : g_ascii_formatd(digits, sizeof digits, "%.2f", value),
           false);
}

void csv_end(GString *line)
{
    g_string_append(line, "\r\n");
}
