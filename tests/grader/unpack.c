/* unpack.c: an archive's entries by libarchive, streamed under the pile's budget.

   Only formats that describe files by their bytes: mtree, which may name files of this machine, and filters that start
   programs are not among them. */
#include "pile.h"
#include "words.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

static struct archive *opened(GBytes *data)
{
    struct archive *a = archive_read_new();
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_format_zip(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_7zip(a);
    archive_read_support_format_rar(a);
    archive_read_support_format_rar5(a);
    gsize size;
    const void *bytes = g_bytes_get_data(data, &size);
    if (archive_read_open_memory(a, bytes, size) == ARCHIVE_OK)
        return a;
    archive_read_free(a);
    return NULL;
}

/* The entry's bytes as they come; NULL when they do not come whole. `keep` says whether they are wanted. */
static GByteArray *stream(pile *p, struct archive *a, bool keep, size_t most,
                          bool *fatal)
{
    GByteArray *all = g_byte_array_new();
    bool whole = true;
    for (;;) {
        const void *block;
        size_t n;
        la_int64_t at;
        int r = archive_read_data_block(a, &block, &n, &at);
        if (r == ARCHIVE_EOF)
            break;
        p->scanned += n;
        if (r < ARCHIVE_WARN || p->scanned > PILE_SCANNED) {
            *fatal = true;
            whole = false;
            break;
        }
        /* A sparse file's holes: nobody writes C in holes. */
        if ((guint64)at != all->len && keep && whole)
            whole = false;
        if (keep && whole && all->len + n > most)
            whole = false;
        if (keep && whole)
            g_byte_array_append(all, block, (guint)n);
    }
    if (whole && keep)
        return all;
    g_byte_array_unref(all);
    return NULL;
}

static char *name_of(struct archive_entry *e)
{
    const char *raw = archive_entry_pathname(e);
    if (!raw)
        raw = archive_entry_pathname_utf8(e);
    char *name = g_strdup(raw ? raw : "");
    g_strdelimit(name, "\\", '/');
    return name;
}

static bool leads_out(const char *name)
{
    bool out = *name == '/' || (g_ascii_isalpha(*name) && name[1] == ':');
    char **parts = g_strsplit(name, "/", -1);
    for (size_t i = 0; parts[i]; i++)
        out |= g_str_equal(parts[i], "..");
    g_strfreev(parts);
    return out;
}

static void add_entry(pile *p, struct archive *a, struct archive_entry *e,
                      const char *archive, int depth, bool *fatal)
{
    char *name = name_of(e), *shown = words_shown(name);
    bool file =
        archive_entry_filetype(e) == AE_IFREG && !archive_entry_hardlink(e);
    bool nested = pile_is_archive(name) || pile_is_mail(name);
    bool wanted =
        file && !pile_is_litter(name) && (nested || pile_is_source(name));
    if (!file && archive_entry_filetype(e) != AE_IFDIR && pile_is_source(name))
        pile_note(p,
                  "%s in %s is a link or a device, not a file, and was left "
                  "out.",
                  shown, archive);
    if (wanted && leads_out(name))
        pile_note(p,
                  "%s in %s leads out of its archive; only its last part "
                  "was used.",
                  shown, archive);
    if (wanted && archive_entry_is_encrypted(e)) {
        pile_note(p, "%s in %s is encrypted: send it without a password.",
                  shown, archive);
        p->broken = true;
    } else if (file) {
        size_t most = nested ? PILE_KEPT : PILE_FILE;
        GByteArray *bytes = stream(p, a, wanted, most, fatal);
        GBytes *data = bytes ? g_byte_array_free_to_bytes(bytes) : NULL;
        char *inside = g_strconcat(archive, "/", name, NULL);
        if (data)
            pile_add_bytes(p, inside, data, depth);
        else if (wanted && !*fatal && !nested) {
            piece *large = g_new0(piece, 1);
            large->name = g_strdup(inside);
            g_ptr_array_add(p->pieces, large);
        }
        g_free(inside);
        if (data)
            g_bytes_unref(data);
    }
    g_free(shown);
    g_free(name);
}

void pile_add_archive(pile *p, const char *name, GBytes *data, int depth)
{
    char *shown = words_shown(name);
    struct archive *a = opened(data);
    struct archive_entry *e;
    bool fatal = false;
    int r = ARCHIVE_FATAL;
    while (a && !fatal &&
           (r = archive_read_next_header(a, &e)) >= ARCHIVE_WARN &&
           r != ARCHIVE_EOF) {
        if (++p->entries > PILE_ENTRIES)
            fatal = true;
        else
            add_entry(p, a, e, shown, depth, &fatal);
    }
    if (p->scanned > PILE_SCANNED || p->entries > PILE_ENTRIES)
        pile_note(p,
                  "%s unfolds to more than %d MB or %d files, and was given "
                  "up there.",
                  shown, PILE_SCANNED >> 20, PILE_ENTRIES);
    else if (fatal || r != ARCHIVE_EOF)
        pile_note(p, "%s is damaged, or no archive of a known kind%s%s.", shown,
                  a && archive_error_string(a) ? ": " : "",
                  a && archive_error_string(a) ? archive_error_string(a) : "");
    if (fatal || r != ARCHIVE_EOF)
        p->broken = true;
    if (a)
        archive_read_free(a);
    g_free(shown);
}
