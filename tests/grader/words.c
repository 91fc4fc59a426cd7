/* words.c: escapes, slugs and squashed names. */
#include "words.h"

#include <string.h>

static bool turns(gunichar c)
{
    return c == 0x061c || c == 0x200e || c == 0x200f ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Nothing to see, or something that moves what is seen. */
static bool hidden(gunichar c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || turns(c) ||
           (c >= 0x200b && c <= 0x200d) || c == 0xfeff || c == 0x2028 ||
           c == 0x2029;
}

static void append_shown(GString *out, const char *bytes, size_t n, bool lines)
{
    const char *end = bytes + n;
    for (const char *p = bytes; p < end;) {
        gunichar c = g_utf8_get_char_validated(p, end - p);
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            g_string_append_printf(out, "\\x%02x", (unsigned char)*p++);
            continue;
        }
        if (lines && (c == '\n' || c == '\t'))
            g_string_append_unichar(out, c);
        else if (hidden(c) || (c == '\\' && !lines))
            g_string_append_printf(out, c < 0x100 ? "\\x%02x" : "\\u%04x", c);
        else
            g_string_append_unichar(out, c);
        p = g_utf8_next_char(p);
    }
}

char *words_shown(const char *bytes)
{
    GString *out = g_string_new(NULL);
    append_shown(out, bytes, strlen(bytes), false);
    return g_string_free(out, FALSE);
}

char *words_text(const char *bytes, size_t most)
{
    GString *out = g_string_new(NULL);
    size_t n = strlen(bytes), cut = n;
    if (n > most)
        for (cut = most; cut && (bytes[cut] & 0xc0) == 0x80;)
            cut--;
    append_shown(out, bytes, cut, true);
    if (cut < n)
        g_string_append(out, "…");
    return g_string_free(out, FALSE);
}

char *words_slug(const char *bytes)
{
    enum { ROOM = 48 };
    GString *out = g_string_new(NULL);
    bool changed = false;
    for (const char *p = bytes; *p; p++) {
        bool fit = g_ascii_isalnum(*p) || strchr("-_.@+", *p);
        if (!out->len && !g_ascii_isalnum(*p))
            fit = false;
        changed |= !fit || out->len >= ROOM;
        if (out->len < ROOM)
            g_string_append_c(out, fit ? *p : '_');
    }
    /* On a file system that knows no capitals, Jane and jane would be one file. */
    for (size_t i = 0; i < out->len; i++)
        changed |= g_ascii_isupper(out->str[i]);
    if (changed || !out->len) {
        char *hash =
            g_compute_checksum_for_string(G_CHECKSUM_SHA256, bytes, -1);
        if (!out->len || out->str[0] == '_')
            g_string_prepend(out, "x");
        g_string_append_printf(out, "-%.8s", hash);
        g_free(hash);
    }
    return g_string_free(out, FALSE);
}

char *words_squashed(const char *bytes)
{
    char *valid = g_utf8_make_valid(bytes, -1);
    char *plain = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
    GString *out = g_string_new(NULL);
    for (const char *p = plain; *p; p++)
        if (g_ascii_isalnum(*p))
            g_string_append_c(out, g_ascii_tolower(*p));
    g_free(plain);
    g_free(valid);
    return g_string_free(out, FALSE);
}

bool words_bidi(const char *utf8)
{
    for (const char *p = utf8; *p; p = g_utf8_next_char(p))
        if (turns(g_utf8_get_char(p)))
            return true;
    return false;
}

char *words_html(const char *text)
{
    char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_new(NULL);
    for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == '&')
            g_string_append(out, "&amp;");
        else if (c == '<')
            g_string_append(out, "&lt;");
        else if (c == '>')
            g_string_append(out, "&gt;");
        else if (c == '"')
            g_string_append(out, "&quot;");
        else if (c == '\'')
            g_string_append(out, "&#39;");
        else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0xfffe ||
                 c == 0xffff)
            g_string_append_unichar(out, 0xfffd);
        else
            g_string_append_unichar(out, c);
    }
    g_free(valid);
    return g_string_free(out, FALSE);
}
