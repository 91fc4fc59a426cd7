/* decode.c: recognises what is no text, then encodings, then line ends. */
#include "decode.h"
#include "words.h"

#include <string.h>

/* ----------------------------------------------------- what is not C at all */

static const struct {
    const char *magic;
    size_t size, at;
    const char *what;
} kinds[] = {
    {"%PDF", 4, 0, "a PDF"},
    {"PK\003\004", 4, 0, "a zip archive or an office document"},
    {"\x7f"
     "ELF",
     4, 0, "a compiled program"},
    {"{\\rtf", 5, 0, "a rich-text document"},
    {"\xd0\xcf\x11\xe0", 4, 0, "an office document"},
    {"\x89PNG", 4, 0, "a picture"},
    {"\xff\xd8\xff", 3, 0, "a picture"},
    {"GIF8", 4, 0, "a picture"},
    {"\x1f\x8b", 2, 0, "compressed"},
    {"BZh", 3, 0, "compressed"},
    {"\xfd"
     "7zXZ",
     5, 0, "compressed"},
    {"7z\xbc\xaf", 4, 0, "an archive"},
    {"Rar!", 4, 0, "an archive"},
    {"!<arch>", 7, 0, "a compiled library"},
    {"MZ\x90", 3, 0, "a compiled program"},
    {"\xcf\xfa\xed\xfe", 4, 0, "a compiled program"},
    {"bplist", 6, 0, "a settings file"},
    {"ustar", 5, 257, "an archive"},
};

static const char *foreign(const char *bytes, size_t n)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (n >= kinds[i].at + kinds[i].size &&
            !memcmp(bytes + kinds[i].at, kinds[i].magic, kinds[i].size))
            return kinds[i].what;
    size_t blank = strspn(bytes, " \t\r\n");
    if (!g_ascii_strncasecmp(bytes + blank, "<!doctype", 9) ||
        !g_ascii_strncasecmp(bytes + blank, "<html", 5) ||
        !g_ascii_strncasecmp(bytes + blank, "<?xml", 5))
        return "a web page";
    return NULL;
}

/* ---------------------------------------------------------------- encodings */

static void note(decoded *d, const char *text)
{
    g_ptr_array_add(d->notes, g_strdup(text));
}

/* UTF-16 without its mark: every second byte of plain text is zero. */
static const char *unmarked_utf16(const char *bytes, size_t n)
{
    size_t zeros[2] = {0};
    for (size_t i = 0; i < n; i++)
        zeros[i % 2] += bytes[i] == 0;
    if (n < 8 || n % 2)
        return NULL;
    if (zeros[1] * 10 > n * 4 && zeros[0] * 50 < n)
        return "UTF-16LE";
    if (zeros[0] * 10 > n * 4 && zeros[1] * 50 < n)
        return "UTF-16BE";
    return NULL;
}

static const struct {
    const char *mark;
    size_t size;
    const char *charset;
} marks[] = {
    {"\xff\xfe\0\0", 4, "UTF-32LE"}, {"\0\0\xfe\xff", 4, "UTF-32BE"},
    {"\xff\xfe", 2, "UTF-16LE"},     {"\xfe\xff", 2, "UTF-16BE"},
    {"\xef\xbb\xbf", 3, "UTF-8"},
};

static char *converted(const char *bytes, size_t n, const char *charset,
                       gsize *size)
{
    return g_convert(bytes, (gssize)n, "UTF-8", charset, NULL, size, NULL);
}

/* The text in UTF-8, perhaps with zeros still in it; NULL when the marks lie. */
static char *to_utf8(decoded *d, const char *bytes, size_t n, gsize *size)
{
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        size_t k = marks[i].size;
        if (n < k || memcmp(bytes, marks[i].mark, k))
            continue;
        if (g_str_equal(marks[i].charset, "UTF-8")) {
            note(d, "A byte-order mark was removed.");
            bytes += k;
            n -= k;
            break;
        }
        char *text = converted(bytes + k, n - k, marks[i].charset, size);
        if (text)
            note(d, "It was in UTF-16 or UTF-32 and is read as UTF-8.");
        return text;
    }
    const char *wide = unmarked_utf16(bytes, n);
    if (wide) {
        char *text = converted(bytes, n, wide, size);
        if (text)
            note(d, "It was in UTF-16 and is read as UTF-8.");
        return text;
    }
    if (memchr(bytes, 0, n) || g_utf8_validate_len(bytes, n, NULL)) {
        *size = n;
        char *same = g_malloc0(n + 1);
        memcpy(same, bytes, n);
        return same;
    }
    char *text = converted(bytes, n, "WINDOWS-1252", size);
    if (!text)
        text = converted(bytes, n, "ISO-8859-1", size);
    if (text)
        note(d, "It was in Latin-1 and is read as UTF-8.");
    return text;
}

/* ---------------------------------------------------------------- the text */

static int line_at(const char *text, size_t at)
{
    int line = 1;
    for (size_t i = 0; i < at; i++)
        line += text[i] == '\n';
    return line;
}

static void mend_lines(decoded *d, GString *text)
{
    bool crlf = strstr(text->str, "\r\n"), ends_blank = false;
    g_string_replace(text, "\r\n", "\n", 0);
    bool cr = strchr(text->str, '\r');
    g_string_replace(text, "\r", "\n", 0);
    if (crlf)
        note(d, "CRLF line ends were changed to LF.");
    if (cr)
        note(d, "CR line ends were changed to LF.");
    if (text->len && text->str[text->len - 1] == 0x1a) {
        g_string_truncate(text, text->len - 1);
        note(d, "A Ctrl-Z at the end was removed.");
    }
    ends_blank = !text->len || text->str[text->len - 1] == '\n';
    if (!ends_blank) {
        g_string_append_c(text, '\n');
        note(d, "The last line had no newline at its end; it was added.");
    }
}

/* The line of a marker that Git leaves where two versions meet, or 0. */
static int conflict_line(const char *text)
{
    int line = 1, open = 0;
    bool middle = false;
    for (const char *p = text; *p; line++) {
        if (g_str_has_prefix(p, "<<<<<<< "))
            open = line;
        else if (open && g_str_has_prefix(p, "=======\n"))
            middle = true;
        else if (open && middle && g_str_has_prefix(p, ">>>>>>> "))
            return open;
        p += strcspn(p, "\n");
        p += *p == '\n';
    }
    return 0;
}

static void judge_text(decoded *d, const char *name)
{
    bool blank = d->text[strspn(d->text, " \t\n\f\v")] == 0;
    int conflict = conflict_line(d->text);
    if (blank)
        d->why = g_strdup_printf("%s is empty.", name);
    else if (conflict)
        d->why = g_strdup_printf(
            "%s has a conflict marker of Git in line %d (<<<<<<<): two "
            "versions stand there side by side. Keep one, delete the markers.",
            name, conflict);
    else if (words_bidi(d->text))
        note(d, "It has characters that change the direction of writing: what "
                "is seen may not be what is compiled.");
}

decoded decode(GBytes *data, const char *name)
{
    decoded d = {.notes = g_ptr_array_new_with_free_func(g_free)};
    gsize n;
    const char *bytes = g_bytes_get_data(data, &n);
    char *copy = g_malloc0(n + 1); /* ended, for what looks at strings */
    if (n)
        memcpy(copy, bytes, n);
    const char *what = foreign(copy, n);
    if (what) {
        d.why = g_strdup_printf("%s is %s, not a text in C.", name, what);
        g_free(copy);
        return d;
    }
    gsize size = 0;
    char *text = to_utf8(&d, copy, n, &size);
    g_free(copy);
    if (!text) {
        d.why = g_strdup_printf("%s is in no encoding of text that is known "
                                "here; save it as UTF-8.",
                                name);
        return d;
    }
    /* A crash of the machine leaves zeros at the end. */
    gsize end = size;
    while (end && text[end - 1] == 0)
        end--;
    if (end < size && end)
        note(&d, "NUL bytes at the end were removed.");
    const char *zero = memchr(text, 0, end);
    if (zero || (!end && size)) {
        d.why = g_strdup_printf(
            "%s has a NUL byte in line %d: it was damaged, or is no text.",
            name, line_at(text, zero ? (size_t)(zero - text) : 0));
    } else if (end && !g_utf8_validate_len(text, end, NULL)) {
        d.why = g_strdup_printf("%s is in no encoding of text that is known "
                                "here; save it as UTF-8.",
                                name);
    } else {
        GString *whole = g_string_new_len(text, (gssize)end);
        mend_lines(&d, whole);
        d.text = g_string_free(whole, FALSE);
        judge_text(&d, name);
    }
    g_free(text);
    return d;
}

void decoded_clear(decoded *d)
{
    g_free(d->text);
    g_free(d->why);
    g_ptr_array_unref(d->notes);
    *d = (decoded){0};
}
