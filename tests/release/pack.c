/* pack.c: libarchive, with names sorted, owners left out and one time for all; and an EPUB with one time for all. */
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

/* ---------------------------------------------------------------- EPUB

   A zip file, whose first part must be written in a way that libarchive has no option for; so only the times in it are changed.
   Its parts are listed at its end (APPNOTE.TXT 4.3.12 and 4.3.16); the times are those of MS-DOS. */

enum { PART_HEAD = 30, LIST_ENTRY = 46, LIST_END = 22 };

static guint32 number(const guint8 *at, int bytes)
{
    guint32 value = 0;
    for (int i = bytes; i-- > 0;)
        value = value << 8 | at[i];
    return value;
}

static guint32 dos_time(gint64 date)
{
    GDateTime *t = g_date_time_new_from_unix_utc(date);
    guint32 day = (guint32)(MAX(g_date_time_get_year(t), 1980) - 1980) << 9 |
                  (guint32)g_date_time_get_month(t) << 5 |
                  (guint32)g_date_time_get_day_of_month(t);
    guint32 hour = (guint32)g_date_time_get_hour(t) << 11 |
                   (guint32)g_date_time_get_minute(t) << 5 |
                   (guint32)g_date_time_get_second(t) / 2;
    g_date_time_unref(t);
    return day << 16 | hour;
}

static void write_time(guint8 *at, guint32 time)
{
    for (int i = 0; i < 4; i++)
        at[i] = (guint8)(time >> 8 * i);
}

/* In the list, and in front of each part. */
static bool set_times(guint8 *zip, size_t size, guint32 time)
{
    if (size < LIST_END || memcmp(zip + size - LIST_END, "PK\5\6", 4) != 0)
        return false;
    const guint8 *end = zip + size - LIST_END;
    guint32 parts = number(end + 10, 2);
    size_t at = number(end + 16, 4);
    for (guint32 i = 0; i < parts; i++) {
        if (at > size - LIST_ENTRY || memcmp(zip + at, "PK\1\2", 4) != 0)
            return false;
        size_t part = number(zip + at + 42, 4);
        if (part > size - PART_HEAD || memcmp(zip + part, "PK\3\4", 4) != 0)
            return false;
        write_time(zip + at + 12, time);
        write_time(zip + part + 10, time);
        at += LIST_ENTRY + number(zip + at + 28, 2) + number(zip + at + 30, 2) +
              number(zip + at + 32, 2);
    }
    return true;
}

bool pack_epub(const char *path, gint64 date)
{
    char *bytes = NULL;
    gsize size = 0;
    bool done = g_file_get_contents(path, &bytes, &size, NULL) &&
                set_times((guint8 *)bytes, size, dos_time(date)) &&
                g_file_set_contents(path, bytes, (gssize)size, NULL);
    if (!done)
        fprintf(stderr, "%s: its times cannot be set\n", path);
    g_free(bytes);
    return done;
}
