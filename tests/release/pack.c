/* pack.c: libarchive, with names sorted, owners left out and one time for all. */
#include "pack.h"
#include "texts.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static bool put(struct archive *to, const char *name, const char *bytes,
                size_t size, int mode, gint64 date)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, (mode_t)mode);
    archive_entry_set_size(entry, (la_int64_t)size);
    archive_entry_set_mtime(entry, (time_t)date, 0);
    bool done = archive_write_header(to, entry) == ARCHIVE_OK &&
                archive_write_data(to, bytes, size) == (la_ssize_t)size;
    archive_entry_free(entry);
    return done;
}

/* Frees the archive. */
static bool finish(struct archive *to, const char *path, bool good)
{
    good = archive_write_close(to) == ARCHIVE_OK && good;
    if (!good)
        fprintf(stderr, "%s cannot be written: %s\n", path,
                archive_error_string(to) ? archive_error_string(to) : "?");
    archive_write_free(to);
    return good;
}

bool pack_tar(const char *folder, const char *path, gint64 date)
{
    struct archive *to = archive_write_new();
    archive_write_set_format_ustar(to);
    archive_write_add_filter_gzip(to);
    archive_write_set_filter_option(to, "gzip", "timestamp", NULL);
    archive_write_set_filter_option(to, "gzip", "compression-level", "9");
    bool good = archive_write_open_filename(to, path) == ARCHIVE_OK;
    GPtrArray *files = texts_files(folder);
    char *above = g_path_get_dirname(folder);
    for (guint i = 0; good && i < files->len; i++) {
        const char *file = files->pdata[i];
        char *bytes = NULL;
        gsize size = 0;
        int mode = g_access(file, X_OK) ? 0644 : 0755;
        good = g_file_get_contents(file, &bytes, &size, NULL) &&
               put(to, file + strlen(above) + 1, bytes, size, mode, date);
        g_free(bytes);
    }
    g_free(above);
    g_ptr_array_unref(files);
    return finish(to, path, good);
}

static bool copy_entry(struct archive *from, struct archive_entry *entry,
                       struct archive *to, gint64 date)
{
    const char *name = archive_entry_pathname(entry);
    /* The first part of an EPUB is its type, and is not compressed. */
    if (g_str_equal(name, "mimetype"))
        archive_write_zip_set_compression_store(to);
    else
        archive_write_zip_set_compression_deflate(to);
    GByteArray *all = g_byte_array_new();
    char part[1 << 16];
    la_ssize_t n;
    while ((n = archive_read_data(from, part, sizeof part)) > 0)
        g_byte_array_append(all, (const guint8 *)part, (guint)n);
    bool done =
        n == 0 && put(to, name, (const char *)all->data, all->len, 0644, date);
    g_byte_array_unref(all);
    return done;
}

bool pack_epub(const char *path, gint64 date)
{
    struct archive *from = archive_read_new(), *to = archive_write_new();
    struct archive_entry *entry;
    char *new = g_strconcat(path, ".new", NULL);
    archive_read_support_format_zip(from);
    archive_write_set_format_zip(to);
    archive_write_set_format_option(to, "zip", "experimental", NULL);
    bool good = archive_write_open_filename(to, new) == ARCHIVE_OK &&
                archive_read_open_filename(from, path, 1 << 16) == ARCHIVE_OK;
    int status = ARCHIVE_EOF;
    while (good &&
           (status = archive_read_next_header(from, &entry)) == ARCHIVE_OK)
        good = copy_entry(from, entry, to, date);
    archive_read_free(from);
    good = finish(to, new, good && status == ARCHIVE_EOF) &&
           g_rename(new, path) == 0;
    g_free(new);
    return good;
}
