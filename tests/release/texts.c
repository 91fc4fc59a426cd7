/* texts.c: libarchive unpacks, pdftotext reads, markup and escapes are taken away. */
#include "texts.h"
#include "run.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PDF_SECONDS = 300 };

typedef struct {
    texts_look *look;
    void *data;
    bool whole;
} reader;

/* ------------------------------------------------------------ plain texts */

/* "&lt;", "&#60;" or "&#x3c;" at p: appends the sign and returns the rest. */
static const char *entity(const char *p, GString *to)
{
    static const struct {
        const char *name, *sign;
    } known[] = {{"&lt;", "<"},    {"&gt;", ">"},   {"&amp;", "&"},
                 {"&quot;", "\""}, {"&apos;", "'"}, {"&nbsp;", " "}};
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (g_str_has_prefix(p, known[i].name)) {
            g_string_append(to, known[i].sign);
            return p + strlen(known[i].name);
        }
    if (p[1] == '#') {
        char *end;
        bool hex = p[2] == 'x' || p[2] == 'X';
        unsigned long code = strtoul(p + 2 + hex, &end, hex ? 16 : 10);
        if (*end == ';' && code < 0x110000) {
            g_string_append_unichar(to, (gunichar)code);
            return end + 1;
        }
    }
    g_string_append_c(to, *p);
    return p + 1;
}

/* A tag is < with a letter, a slash or a ! behind it; the < of a program stays. */
static GString *without_markup(const char *text, size_t size)
{
    GString *bare = g_string_sized_new(size);
    for (const char *p = text; p < text + size;) {
        bool tag = *p == '<' && (g_ascii_isalpha(p[1]) || p[1] == '/' ||
                                 p[1] == '!' || p[1] == '?');
        const char *end = tag ? strchr(p, '>') : NULL;
        if (end)
            p = end + 1;
        else if (*p == '&')
            p = entity(p, bare);
        else
            g_string_append_c(bare, *p++);
    }
    return bare;
}

/* As in JSON, JavaScript and C: \n is white space, \" a quote, \u0041 a sign. */
static GString *without_escapes(const char *text, size_t size)
{
    GString *bare = g_string_sized_new(size);
    for (const char *p = text; p < text + size; p++) {
        char *end;
        if (*p != '\\') {
            g_string_append_c(bare, *p);
        } else if (p[1] == 'u') {
            char digits[5] = {0};
            strncpy(digits, p + 2, 4);
            gunichar code = (gunichar)strtoul(digits, &end, 16);
            if (end == digits + 4)
                g_string_append_unichar(bare, code);
            p += 1 + (end - digits);
        } else {
            p++;
            g_string_append_c(bare, strchr("nrtbf", *p) ? ' ' : *p);
        }
    }
    return bare;
}

static void look_at(const reader *r, const char *name, const char *text,
                    size_t size)
{
    r->look(name, text, size, r->data);
    if (memchr(text, 0, size))
        return;
    GString *bare = memchr(text, '<', size) || memchr(text, '&', size)
                        ? without_markup(text, size)
                        : NULL;
    if (bare)
        r->look(name, bare->str, bare->len, r->data);
    if (memchr(text, '\\', size)) {
        GString *plain = bare ? without_escapes(bare->str, bare->len)
                              : without_escapes(text, size);
        r->look(name, plain->str, plain->len, r->data);
        g_string_free(plain, TRUE);
    }
    if (bare)
        g_string_free(bare, TRUE);
}

/* ------------------------------------------------------- what is packed */

static void read_bytes(reader *r, const char *name, const char *bytes,
                       size_t size);

static void complain(reader *r, const char *name, const char *why)
{
    fprintf(stderr, "%s cannot be read: %s\n", name, why);
    r->whole = false;
}

static void read_entry(reader *r, struct archive *from, const char *name)
{
    GByteArray *all = g_byte_array_new();
    char part[1 << 16];
    la_ssize_t n;
    while ((n = archive_read_data(from, part, sizeof part)) > 0)
        g_byte_array_append(all, (const guint8 *)part, (guint)n);
    g_byte_array_append(all, (const guint8 *)"", 1);
    if (n < 0)
        complain(r, name, archive_error_string(from));
    else
        read_bytes(r, name, (const char *)all->data, all->len - 1);
    g_byte_array_unref(all);
}

static void read_archive(reader *r, const char *name, const char *bytes,
                         size_t size)
{
    struct archive *from = archive_read_new();
    struct archive_entry *entry;
    archive_read_support_filter_all(from);
    archive_read_support_format_tar(from);
    archive_read_support_format_zip(from);
    int status = archive_read_open_memory(from, bytes, size);
    while (status == ARCHIVE_OK &&
           (status = archive_read_next_header(from, &entry)) == ARCHIVE_OK) {
        char *inner =
            g_strdup_printf("%s: %s", name, archive_entry_pathname(entry));
        read_entry(r, from, inner);
        g_free(inner);
    }
    if (status != ARCHIVE_EOF)
        complain(r, name, archive_error_string(from));
    archive_read_free(from);
}

static void read_pdf(reader *r, const char *name, const char *bytes,
                     size_t size)
{
    char *folder = g_dir_make_tmp("descent-pdf-XXXXXX", NULL), *text = NULL;
    char *pdf = g_build_filename(folder, "a.pdf", NULL);
    char *txt = g_build_filename(folder, "a.txt", NULL);
    gsize n = 0;
    g_file_set_contents(pdf, bytes, (gssize)size, NULL);
    run_request what = {
        .argv = (const char *const[]){"pdftotext", "-nopgbrk", pdf, txt, NULL},
        .seconds = PDF_SECONDS};
    run_result done = run(&what);
    if (run_ok(&done) && g_file_get_contents(txt, &text, &n, NULL))
        look_at(r, name, text, n);
    else
        complain(r, name, "pdftotext does not read it");
    run_clear(&done);
    g_unlink(pdf);
    g_unlink(txt);
    g_rmdir(folder);
    g_free(text);
    g_free(txt);
    g_free(pdf);
    g_free(folder);
}

static bool begins(const char *bytes, size_t size, const char *mark, size_t n)
{
    return size >= n && memcmp(bytes, mark, n) == 0;
}

static bool ends(const char *name, const char *const endings[])
{
    for (size_t i = 0; endings[i]; i++)
        if (g_str_has_suffix(name, endings[i]))
            return true;
    return false;
}

static void read_bytes(reader *r, const char *name, const char *bytes,
                       size_t size)
{
    bool packed =
        begins(bytes, size, "\x1f\x8b", 2) ||
        begins(bytes, size, "PK\3\4", 4) ||
        ends(name, (const char *const[]){".tar", ".xz", ".bz2", ".zst", NULL});
    look_at(r, name, bytes, size);
    if (packed)
        read_archive(r, name, bytes, size);
    else if (begins(bytes, size, "%PDF", 4))
        read_pdf(r, name, bytes, size);
}

bool texts_of(const char *path, texts_look *look, void *data)
{
    reader r = {look, data, true};
    char *bytes = NULL;
    gsize size = 0;
    GError *error = NULL;
    if (g_file_get_contents(path, &bytes, &size, &error))
        read_bytes(&r, path, bytes, size);
    else
        complain(&r, path, error->message);
    g_clear_error(&error);
    g_free(bytes);
    return r.whole;
}

/* ------------------------------------------------------------------ folders */

static void collect(GPtrArray *to, const char *path)
{
    GDir *dir = g_dir_open(path, 0, NULL);
    if (!dir) {
        g_ptr_array_add(to, g_strdup(path));
        return;
    }
    for (const char *name; (name = g_dir_read_name(dir));) {
        char *inner = g_build_filename(path, name, NULL);
        bool link = g_file_test(inner, G_FILE_TEST_IS_SYMLINK);
        if (!link && !g_str_equal(name, ".git"))
            collect(to, inner);
        g_free(inner);
    }
    g_dir_close(dir);
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *texts_files(const char *folder)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
    collect(all, folder);
    g_ptr_array_sort(all, by_name);
    return all;
}
