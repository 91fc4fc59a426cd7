/* picture.c: gnuplot behind the same cache as the compiler; what it draws is cleaned of all that changes from run to run. */
#include "picture.h"
#include "build.h"
#include "run.h"
#include "stage.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define THEME "book/theme/figure.gp"
/* Part of every key: to be changed with what this file makes of gnuplot's output. */
#define CLEANING "2"

enum { DRAWING_SECONDS = 30, DRAWING_MB = 2048 };

const char *medium_name(medium m)
{
    return m == SVG ? "svg" : m == PDF ? "pdf" : "txt";
}

/* ------------------------------------------------------------------ order */

/* Adds NAME='text' in gnuplot's notation. */
static void say(GString *order, const char *name, const char *text)
{
    char **parts = g_strsplit(text, "'", -1);
    char *quoted = g_strjoinv("''", parts);
    g_string_append_printf(order, "%s='%s'; ", name, quoted);
    g_free(quoted);
    g_strfreev(parts);
}

/* All that the theme is told, except where to draw; it decides what comes out, so it is a part of the key. */
static char *order_of(const picture *p, medium as)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    GString *order = g_string_new(NULL);
    say(order, "medium", medium_name(as));
    if (p->what->ratio > 0)
        g_string_append_printf(
            order, "ratio=%s; ",
            g_ascii_formatd(number, sizeof number, "%.6g", p->what->ratio));
    g_string_append_printf(order, "wide=%d; mine=%d; ", p->what->wide,
                           p->missing != NULL);
    say(order, "missing", p->missing ? p->missing : "");
    say(order, "folder", p->data);
    say(order, "healthy", p->healthy ? p->healthy : "");
    say(order, "script", p->what->script);
    return g_string_free(order, FALSE);
}

static char *contents(const char *path)
{
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return text ? text : g_strdup("");
}

static char *gnuplot_identity(void)
{
    char *found = g_find_program_in_path("gnuplot");
    struct stat s = {0};
    if (found)
        stat(found, &s);
    char *text = g_strdup_printf("%s %lld %lld", found ? found : "none",
                                 (long long)s.st_size, (long long)s.st_mtime);
    g_free(found);
    return text;
}

static char *key_of_picture(const picture *p, medium as)
{
    char *parts[] = {
        order_of(p, as),
        contents(THEME),
        contents(p->what->script),
        g_str_equal(p->data, ".") ? g_strdup("") : folder_hash(p->data),
        p->healthy ? folder_hash(p->healthy) : g_strdup(""),
        gnuplot_identity(),
    };
    char *key = key_of(CLEANING, p->inputs, p->what->id, parts[0], parts[1],
                       parts[2], parts[3], parts[4], parts[5], NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        g_free(parts[i]);
    return key;
}

/* --------------------------------------------------------------- cleaning */

static gboolean as_hex(const GMatchInfo *match, GString *out, gpointer)
{
    int value[3];
    for (int i = 0; i < 3; i++) {
        char *digits = g_match_info_fetch(match, i + 1);
        value[i] = (int)g_ascii_strtoll(digits, NULL, 10);
        g_free(digits);
    }
    g_string_append_printf(out, "#%02x%02x%02x", value[0], value[1], value[2]);
    return FALSE;
}

static gboolean as_named(const GMatchInfo *match, GString *out, gpointer id)
{
    char *before = g_match_info_fetch(match, 1);
    g_string_append_printf(out, "%s%s-", before, (const char *)id);
    g_free(before);
    return FALSE;
}

static gboolean as_nothing(const GMatchInfo *, GString *, gpointer)
{
    return FALSE;
}

static void replace(char **text, const char *pattern, GRegexEvalCallback with,
                    gpointer data)
{
    GRegex *regex =
        g_regex_new(pattern, G_REGEX_OPTIMIZE | G_REGEX_RAW, 0, NULL);
    char *new = g_regex_replace_eval(regex, *text, -1, 0, 0, with, data, NULL);
    g_regex_unref(regex);
    if (new) {
        g_free(*text);
        *text = new;
    }
}

static void exchange(char **text, const char *old, const char *new)
{
    char **parts = g_strsplit(*text, old, -1);
    g_free(*text);
    *text = g_strjoinv(new, parts);
    g_strfreev(parts);
}

/* A page may hold many figures, so every id carries the figure's. Colours are written one way, the theme's, for the page to
   map; what a script left black becomes ink. Pictures of few cells keep their edges when they are scaled. */
static void clean_svg(char **text, const char *id)
{
    replace(text, "rgb\\( *(\\d+), *(\\d+), *(\\d+)\\)", as_hex, NULL);
    replace(text, "(\\bid=['\"])", as_named, (gpointer)id);
    replace(text, "(href=['\"]#|url\\(#)", as_named, (gpointer)id);
    replace(text, "<title>Gnuplot</title>\\s*|<desc>[^<]*</desc>\\s*",
            as_nothing, NULL);
    replace(text, "[ \\t]+(?=\\n)", as_nothing, NULL);
    exchange(text, "\"black\"", "\"#1a1c20\"");
    exchange(text, "'black'", "'#1a1c20'");
    exchange(text, "\"TeX Gyre Pagella\"",
             "\"TeX Gyre Pagella, Palatino Linotype, Palatino, Georgia, "
             "serif\"");
    exchange(text, "<image ", "<image style='image-rendering:pixelated' ");
}

/* A band above the picture, so that what it says covers nothing. */
static void label_svg(char **text, const char *missing)
{
    enum { BAND = 26 };
    int width = 0, height = 0;
    const char *size = strstr(*text, " width=\""),
               *end = strstr(*text, "</svg>");
    if (!size || !end ||
        sscanf(size, " width=\"%d\" height=\"%d\"", &width, &height) != 2)
        return;
    char *old = g_strdup_printf(" width=\"%d\" height=\"%d\"\n"
                                " viewBox=\"0 0 %d %d\"",
                                width, height, width, height);
    char *new =
        g_strdup_printf(" width=\"%d\" height=\"%d\"\n"
                        " viewBox=\"0 %d %d %d\"",
                        width, height + BAND, -BAND, width, height + BAND);
    char *label = g_markup_printf_escaped(
        "<text x=\"%d\" y=\"-9\" text-anchor=\"end\" "
        "font-family=\"TeX Gyre Pagella\" font-size=\"14\" "
        "fill=\"#8a8f98\">reference: %s</text>\n</svg>",
        width - 6, missing);
    exchange(text, old, new);
    exchange(text, "</svg>", label);
    g_free(label);
    g_free(new);
    g_free(old);
}

/* The day it was made, in place: offsets within the file stay true. */
static void clean_pdf(char *text, size_t size)
{
    static const char mark[] = "/CreationDate (D:", day[] = "20000101000000";
    for (size_t i = 0; i + sizeof mark + sizeof day <= size; i++)
        if (memcmp(text + i, mark, sizeof mark - 1) == 0)
            memcpy(text + i + sizeof mark - 1, day, sizeof day - 1);
}

/* Lines without the blanks at their ends, and no empty lines round the picture. */
static void clean_txt(char **text, const char *missing)
{
    replace(text, "\\f|[ \\t]+(?=\\n|$)", as_nothing, NULL);
    replace(text, "^\\n+|\\n+$", as_nothing, NULL);
    char *ended =
        g_strconcat(missing ? "reference: " : "", missing ? missing : "",
                    missing ? "\n\n" : "", *text, "\n", NULL);
    g_free(*text);
    *text = ended;
}

static bool clean(const char *path, medium as, const picture *p)
{
    char *text = NULL;
    gsize size = 0;
    if (!g_file_get_contents(path, &text, &size, NULL) || size == 0) {
        g_free(text);
        return false;
    }
    if (as == SVG && p->missing)
        label_svg(&text, p->missing);
    if (as == SVG)
        clean_svg(&text, p->what->id);
    else if (as == PDF)
        clean_pdf(text, size);
    else
        clean_txt(&text, p->missing);
    bool done = write_file(path, text, as == PDF ? size : strlen(text));
    g_free(text);
    return done;
}

/* ---------------------------------------------------------------- drawing */

/* What gnuplot said, without empty lines and what the font library says about its cache, and with paths from here. */
static char *said(const run_result *r)
{
    char *here = g_get_current_dir(), *root = g_strconcat(here, "/", NULL);
    char **lines = g_strsplit(r->err, "\n", -1);
    GString *text = g_string_new(NULL);
    for (size_t i = 0; lines[i]; i++)
        if (*g_strchomp(lines[i]) && !g_str_has_prefix(lines[i], "Fontconfig"))
            g_string_append_printf(text, "%s\n", lines[i]);
    g_strfreev(lines);
    char *all = g_string_free(text, FALSE);
    exchange(&all, root, "");
    g_free(root);
    g_free(here);
    return all;
}

static char *draw(const picture *p, medium as, const char *path)
{
    char *order = order_of(p, as);
    GString *whole = g_string_new(order);
    say(whole, "out", path);
    run_request what = {
        .argv = (const char *const[]){"gnuplot", "-d", "-e", whole->str, THEME,
                                      NULL},
        .env = (const char *const[]){"LC_ALL=C.UTF-8", NULL},
        .seconds = DRAWING_SECONDS,
        .megabytes = DRAWING_MB,
    };
    run_result r = run(&what);
    char *trouble = said(&r);
    if (!*trouble) {
        g_free(trouble);
        trouble = NULL;
        if (!run_ok(&r)) {
            char *why = run_trouble(&what, &r);
            trouble = g_strdup_printf("gnuplot %s", why);
            g_free(why);
        } else if (!clean(path, as, p)) {
            trouble = g_strdup("gnuplot drew nothing");
        }
    }
    run_clear(&r);
    g_string_free(whole, TRUE);
    g_free(order);
    return trouble;
}

char *picture_draw(const picture *p, medium as, const char *file)
{
    static int count;
    char *key = key_of_picture(p, as), *trouble = NULL;
    char *kept = g_strdup_printf(CACHE "/%s.%s", key, medium_name(as));
    if (!g_file_test(kept, G_FILE_TEST_EXISTS)) {
        char *new =
            g_strdup_printf(CACHE "/.drawing-%d-%d.%s", (int)getpid(),
                            g_atomic_int_add(&count, 1), medium_name(as));
        g_mkdir_with_parents(CACHE, 0777);
        trouble = draw(p, as, new);
        if (!trouble && g_rename(new, kept) != 0)
            trouble = g_strdup(CACHE " cannot be written");
        g_unlink(new);
        g_free(new);
    }
    if (!trouble && !place(kept, file))
        trouble = g_strdup_printf("%s cannot be written", file);
    g_free(kept);
    g_free(key);
    return trouble;
}
