/* class_archive.c: a whole class in one archive, as Canvas and Moodle hand it out, unpacked by libarchive's careful writer. */
#include "roll.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

/* The instructor's own download: generous, but a disk is finite. */
#define MOST_BYTES ((guint64)8 << 30)

static bool copy_entry(struct archive *from, struct archive *to,
                       struct archive_entry *e, guint64 *bytes)
{
    if (archive_write_header(to, e) < ARCHIVE_WARN)
        return true; /* a name that this file system cannot hold */
    const void *block;
    size_t n;
    la_int64_t at;
    int r;
    while ((r = archive_read_data_block(from, &block, &n, &at)) == ARCHIVE_OK) {
        *bytes += n;
        if (*bytes > MOST_BYTES ||
            archive_write_data_block(to, block, n, at) < ARCHIVE_WARN)
            return false;
    }
    return r == ARCHIVE_EOF && archive_write_finish_entry(to) >= ARCHIVE_WARN;
}

static char *inside(const char *folder, struct archive_entry *e)
{
    const char *name = archive_entry_pathname(e);
    if (!name)
        name = archive_entry_pathname_utf8(e);
    if (!name || *name == '/' || strstr(name, ".."))
        return NULL;
    return g_build_filename(folder, name, NULL);
}

bool roll_unpack(const char *archive, const char *folder, GError **error)
{
    struct archive *from = archive_read_new();
    struct archive *to = archive_write_disk_new();
    archive_read_support_filter_gzip(from);
    archive_read_support_filter_xz(from);
    archive_read_support_format_zip(from);
    archive_read_support_format_tar(from);
    archive_write_disk_set_options(to, ARCHIVE_EXTRACT_SECURE_SYMLINKS |
                                           ARCHIVE_EXTRACT_SECURE_NODOTDOT);
    struct archive_entry *e;
    guint64 bytes = 0;
    bool good =
        archive_read_open_filename(from, archive, 1 << 16) == ARCHIVE_OK;
    int r = ARCHIVE_FATAL;
    while (good && (r = archive_read_next_header(from, &e)) >= ARCHIVE_WARN &&
           r != ARCHIVE_EOF) {
        char *path = inside(folder, e);
        bool kind = archive_entry_filetype(e) == AE_IFREG ||
                    archive_entry_filetype(e) == AE_IFDIR;
        if (path && kind && !archive_entry_hardlink(e)) {
            archive_entry_copy_pathname(e, path);
            archive_entry_set_perm(
                e, archive_entry_filetype(e) == AE_IFDIR ? 0700 : 0600);
            good = copy_entry(from, to, e, &bytes);
        }
        g_free(path);
    }
    good = good && r == ARCHIVE_EOF;
    if (!good)
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    "%s cannot be unpacked: %s", archive,
                    bytes > MOST_BYTES ? "it unfolds to more than 8 GB"
                    : archive_error_string(from) ? archive_error_string(from)
                                                 : "it is damaged");
    archive_write_free(to);
    archive_read_free(from);
    return good;
}
