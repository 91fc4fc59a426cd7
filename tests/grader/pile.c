/* pile.c: walks folders without following links; decides by name what is worth reading. */
#define _DEFAULT_SOURCE /* for O_NOFOLLOW, fdopendir and kinds of entries */
#include "pile.h"
#include "words.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDERS_DEEP = 40, NOTES = 20, ARCHIVE_FILE = 64 << 20 };

static void piece_free(void *p)
{
    piece *one = p;
    g_free(one->name);
    if (one->data)
        g_bytes_unref(one->data);
    g_free(one);
}

pile *pile_new(void)
{
    pile *p = g_new0(pile, 1);
    p->pieces = g_ptr_array_new_with_free_func(piece_free);
    p->notes = g_ptr_array_new_with_free_func(g_free);
    return p;
}

void pile_free(pile *p)
{
    g_ptr_array_unref(p->pieces);
    g_ptr_array_unref(p->notes);
    g_free(p);
}

void pile_note(pile *p, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (p->notes->len < NOTES)
        g_ptr_array_add(p->notes, text);
    else
        g_free(text);
}

/* ------------------------------------------------------------------ by name */

static bool ends(const char *name, const char *const endings[])
{
    char *small = g_ascii_strdown(name, -1);
    bool yes = false;
    for (size_t i = 0; endings[i] && !yes; i++)
        yes = g_str_has_suffix(small, endings[i]);
    g_free(small);
    return yes;
}

bool pile_is_archive(const char *name)
{
    return ends(name,
                (const char *const[]){".zip", ".tar", ".tar.gz", ".tgz",
                                      ".tar.bz2", ".tbz", ".tbz2", ".tar.xz",
                                      ".txz", ".tar.zst", ".7z", ".rar", NULL});
}

bool pile_is_mail(const char *name)
{
    return ends(name, (const char *const[]){".eml", NULL});
}

bool pile_is_source(const char *name)
{
    const char *base = strrchr(name, '/');
    base = base ? base + 1 : name;
    /* Without an ending, or with one that a mailer or an editor made of .c */
    return !strchr(base, '.') ||
           ends(base, (const char *const[]){".c", ".c.txt", ".txt", ".cc",
                                            ".cpp", ".cxx", ".c.c", NULL}) ||
           g_regex_match_simple("\\.c[ _.(-]*(\\d+|copy)?\\)?$", base,
                                G_REGEX_CASELESS | G_REGEX_RAW, 0);
}

bool pile_is_litter(const char *name)
{
    static const char *const folders[] = {
        ".git",       "__MACOSX", ".svn",  ".hg",    "node_modules", "build",
        "CMakeFiles", ".vscode",  ".idea", "@eaDir", ".descent",     NULL};
    char **parts = g_strsplit(name, "/", -1);
    bool litter = false;
    guint n = g_strv_length(parts);
    for (guint i = 0; i < n && !litter; i++) {
        bool last = i + 1 == n;
        for (size_t k = 0; folders[k] && !last && !litter; k++)
            litter = g_str_equal(parts[i], folders[k]);
        if (last)
            litter =
                g_str_has_prefix(parts[i], "._") ||
                ends(parts[i],
                     (const char *const[]){"~", ".swp", ".swo", ".ds_store",
                                           "thumbs.db", ".o", NULL}) ||
                (*parts[i] == '#' && g_str_has_suffix(parts[i], "#"));
    }
    g_strfreev(parts);
    return litter;
}

/* ------------------------------------------------------------------- pieces */

static void add_piece(pile *p, const char *name, GBytes *data, bool unread)
{
    piece *one = g_new0(piece, 1);
    *one = (piece){g_strdup(name), data ? g_bytes_ref(data) : NULL, unread};
    p->kept += data ? g_bytes_get_size(data) : 0;
    g_ptr_array_add(p->pieces, one);
}

void pile_add_bytes(pile *p, const char *name, GBytes *data, int depth)
{
    size_t size = g_bytes_get_size(data);
    if (pile_is_litter(name))
        return;
    if (pile_is_archive(name) || pile_is_mail(name)) {
        if (depth >= PILE_DEPTH) {
            char *shown = words_shown(name);
            pile_note(
                p, "%s is an archive inside of archives, and was not opened.",
                shown);
            g_free(shown);
            p->broken = true;
        } else if (pile_is_mail(name)) {
            pile_add_mail(p, name, data, depth + 1);
        } else {
            pile_add_archive(p, name, data, depth + 1);
        }
    } else if (pile_is_source(name)) {
        bool large = size > PILE_FILE || p->kept + size > PILE_KEPT;
        add_piece(p, name, large ? NULL : data, false);
    }
}

/* -------------------------------------------------------------- file system */

/* NULL when it cannot be read; at most `most` + 1 bytes are. */
static GBytes *read_all(int fd, size_t most)
{
    GByteArray *all = g_byte_array_new();
    guint8 buffer[1 << 16];
    ssize_t n;
    while (all->len <= most && (n = read(fd, buffer, sizeof buffer)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            g_byte_array_unref(all);
            return NULL;
        }
        g_byte_array_append(all, buffer, (guint)n);
    }
    return g_byte_array_free_to_bytes(all);
}

static void add_file(pile *p, int fd, const char *name, const struct stat *s)
{
    bool opened = pile_is_archive(name) || pile_is_mail(name);
    if (pile_is_litter(name) || !(opened || pile_is_source(name)))
        return;
    size_t most = opened ? ARCHIVE_FILE : PILE_FILE;
    if ((guint64)s->st_size > most) {
        char *shown = words_shown(name);
        if (opened) {
            pile_note(p, "%s is larger than %zu MB and was not opened.", shown,
                      most >> 20);
            p->broken = true;
        } else {
            add_piece(p, name, NULL, false);
        }
        g_free(shown);
        return;
    }
    GBytes *data = read_all(fd, most);
    if (data)
        pile_add_bytes(p, name, data, 0);
    else
        add_piece(p, name, NULL, true);
    if (data)
        g_bytes_unref(data);
}

static void add_entry(pile *p, int folder, const char *entry, const char *name,
                      int deep);

static void add_folder(pile *p, int fd, const char *name, int deep)
{
    DIR *dir = fdopendir(fd);
    if (!dir) {
        close(fd);
        return;
    }
    for (struct dirent *e; (e = readdir(dir));) {
        if (g_str_equal(e->d_name, ".") || g_str_equal(e->d_name, ".."))
            continue;
        char *inner = *name ? g_strconcat(name, "/", e->d_name, NULL)
                            : g_strdup(e->d_name);
        add_entry(p, dirfd(dir), e->d_name, inner, deep + 1);
        g_free(inner);
    }
    closedir(dir);
}

static void add_entry(pile *p, int folder, const char *entry, const char *name,
                      int deep)
{
    if (++p->entries > PILE_ENTRIES || deep > FOLDERS_DEEP) {
        if (!p->broken)
            pile_note(p,
                      "There are more than %d files, or folders deeper than "
                      "%d; the rest was left out.",
                      PILE_ENTRIES, FOLDERS_DEEP);
        p->broken = true;
        return;
    }
    struct stat s;
    int fd = openat(folder, entry,
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) {
        bool source = pile_is_source(name) && !pile_is_litter(name);
        bool regular = fstatat(folder, entry, &s, AT_SYMLINK_NOFOLLOW) == 0 &&
                       S_ISREG(s.st_mode);
        char *shown = words_shown(name);
        if (errno == ELOOP || !regular) {
            if (source)
                pile_note(p,
                          "%s is a link or no regular file, and was left out.",
                          shown);
        } else {
            pile_note(p, "%s could not be read on the grading machine.", shown);
            if (source)
                add_piece(p, name, NULL, true);
        }
        g_free(shown);
        return;
    }
    if (fstat(fd, &s) != 0) {
        close(fd);
    } else if (S_ISDIR(s.st_mode)) {
        char *as_folder = g_strconcat(name, "/x", NULL);
        if (pile_is_litter(as_folder))
            close(fd);
        else
            add_folder(p, fd, name, deep);
        g_free(as_folder);
    } else {
        if (S_ISREG(s.st_mode))
            add_file(p, fd, name, &s);
        else {
            char *shown = words_shown(name);
            pile_note(p, "%s is a link or no regular file, and was left out.",
                      shown);
            g_free(shown);
        }
        close(fd);
    }
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp((*(piece *const *)a)->name, (*(piece *const *)b)->name);
}

void pile_add(pile *p, const char *path, const char *shown_as)
{
    add_entry(p, AT_FDCWD, path, shown_as, 0);
    g_ptr_array_sort(p->pieces, by_name);
}
