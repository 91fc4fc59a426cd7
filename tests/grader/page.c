/* page.c: the head with its style, and drawings. */
#include "page.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

static const char style[] =
    ":root{color-scheme:light dark;--paper:light-dark(#fffefb,#17191d);"
    "--ink:light-dark(#1a1c20,#dddad3);--soft:light-dark(#5a5f68,#a2a6ad);"
    "--rule:light-dark(#dedad1,#363a42);--accent:light-dark(#1f5f9e,#86b8e8);"
    "--code:light-dark(#f7f5f0,#1e2127);--tint:light-dark(#f2f6fa,#1d242d);"
    "--good:light-dark(#2f6b3a,#8fc79a);--bad:light-dark(#a53a24,#e8876f);"
    "--warn:light-dark(#8a5a10,#e0a36c);"
    "--fig-paper:var(--paper);--fig-ink:var(--ink);"
    "--fig-blue:light-dark(#2b6cb0,#6ea8e0);"
    "--fig-vermilion:light-dark(#c8553d,#e8826c);"
    "--fig-green:light-dark(#3a7d44,#78b983);"
    "--fig-purple:light-dark(#7b5ea7,#b39ad9);"
    "--fig-orange:light-dark(#d18f2c,#e2ab58);"
    "--fig-sky:light-dark(#4aa3c7,#7cc4e2);"
    "--fig-grey:light-dark(#8a8f98,#868b94);"
    "--fig-grid:light-dark(#d9dce1,#343840)}"
    "*{box-sizing:border-box}"
    "body{margin:0 auto;padding:2.5rem 1.25rem 5rem;max-width:56rem;"
    "background:var(--paper);color:var(--ink);font:1.06rem/1.6 \"TeX Gyre "
    "Pagella\",Palatino,\"Palatino Linotype\",Georgia,serif;"
    "font-variant-numeric:lining-nums tabular-nums;overflow-wrap:anywhere}"
    "h1,h2,h3{font-weight:normal;line-height:1.25;text-wrap:balance}"
    "h1{font-size:2.1rem;margin:.2rem 0}h2{font-size:1.45rem;margin:2.8rem 0 "
    ".8rem}h3{font-size:1.1rem;margin:0}"
    "p{margin:0 0 .8em}a{color:var(--accent)}"
    "code,pre{font-family:\"DejaVu Sans Mono\",Menlo,Consolas,monospace;"
    "font-size:.84em}"
    "pre{background:var(--code);border:1px solid var(--rule);border-radius:4px;"
    "padding:.7rem .9rem;white-space:pre-wrap;margin:.6rem 0;line-height:1.45}"
    ".kicker{color:var(--accent);font-style:italic;margin:0}"
    ".soft{color:var(--soft);font-size:.92rem}"
    ".sum{font-size:1.5rem;margin:.6rem 0 1.4rem}"
    ".scroll{overflow-x:auto}"
    "table{border-collapse:collapse;width:100%;margin:.8rem 0 1.6rem;"
    "font-size:.95rem;overflow-wrap:normal}"
    "th,td{text-align:left;padding:.3rem .9rem .3rem 0;border-bottom:1px solid "
    "var(--rule);vertical-align:top}"
    "th{font-weight:normal;font-style:italic;color:var(--soft)}"
    "td.n,th.n{text-align:right;white-space:nowrap}"
    "article{border-top:1px solid var(--rule);padding:.7rem 0}"
    "article>header{display:flex;gap:.5rem 1.2rem;align-items:baseline;"
    "flex-wrap:wrap}article>header .points{margin-left:auto;"
    "color:var(--soft);font-size:.92rem}"
    "article>*:last-child{margin-bottom:.4rem}"
    ".good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}"
    ".idle{color:var(--soft)}"
    ".mistake{border-left:3px solid var(--accent);background:var(--tint);"
    "padding:.6rem .9rem;margin:.8rem 0}.mistake p{margin:0}"
    "figure{margin:1rem 0}figcaption{color:var(--soft);font-size:.92rem}"
    "svg.figure{display:block;width:100%;max-width:38rem;height:auto;"
    "font-family:inherit}"
    ".track{display:block;margin-top:.5rem;background:var(--rule);height:.55rem;min-width:6rem;"
    "border-radius:3px;overflow:hidden}"
    ".track>i{display:block;height:100%;background:var(--accent)}"
    "ul{margin:.3rem 0 .8rem;padding-left:1.3rem}"
    "footer{margin-top:3rem;border-top:1px solid var(--rule);padding-top:.8rem}"
    "@media print{:root{color-scheme:light}body{font-size:10pt;padding:0}"
    "article{break-inside:avoid}}";

GString *page_begin(const char *title)
{
    char *shown = words_html(title);
    GString *page = g_string_new(NULL);
    g_string_append_printf(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta "
        "charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
        "'none'; style-src 'unsafe-inline'\">\n"
        "<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n",
        shown, style);
    g_free(shown);
    return page;
}

void page_end(GString *page)
{
    g_string_append(page, "</main>\n</body>\n</html>\n");
}

void page_text(GString *page, const char *text)
{
    char *shown = words_html(text);
    g_string_append(page, shown);
    g_free(shown);
}

void page_element(GString *page, const char *tag, const char *class,
                  const char *text)
{
    g_string_append_printf(page, "<%s", tag);
    if (class)
        g_string_append_printf(page, " class=\"%s\"", class);
    g_string_append_c(page, '>');
    page_text(page, text);
    g_string_append_printf(page, "</%s>\n", tag);
}

/* The colours of book/theme/figure.gp, as figures are kept. */
static const struct {
    const char *hex, *name;
} palette[] = {
    {"#1a1c20", "ink"},   {"#2b6cb0", "blue"},   {"#c8553d", "vermilion"},
    {"#3a7d44", "green"}, {"#7b5ea7", "purple"}, {"#d18f2c", "orange"},
    {"#4aa3c7", "sky"},   {"#8a8f98", "grey"},   {"#d9dce1", "grid"},
    {"#000000", "ink"},   {"#ffffff", "paper"},
};

int page_figure(GString *page, const char *svg, const char *id, const char *alt)
{
    char *text = NULL;
    if (!g_file_get_contents(svg, &text, NULL, NULL))
        return 0;
    const char *from = strstr(text, "<svg"), *box = strstr(text, "viewBox=");
    const char *body = from ? strchr(from, '>') : NULL;
    const char *end = body ? g_strrstr(body, "</svg>") : NULL;
    if (!end || !box) {
        g_free(text);
        return 0;
    }
    GString *drawing = g_string_new_len(body + 1, end - body - 1);
    for (size_t i = 0; i < G_N_ELEMENTS(palette); i++) {
        char *name = g_strdup_printf("var(--fig-%s)", palette[i].name);
        g_string_replace(drawing, palette[i].hex, name, 0);
        g_free(name);
    }
    g_string_replace(drawing, "xlink:href", "href", 0);
    char *view = g_strndup(box, strcspn(box + 9, "\"'") + 10);
    char *shown = words_html(alt ? alt : id);
    g_string_append_printf(page,
                           "<svg class=\"figure\" %s role=\"img\" "
                           "aria-label=\"%s\">%s</svg>\n",
                           view, shown, drawing->str);
    g_free(shown);
    g_free(view);
    g_string_free(drawing, TRUE);
    g_free(text);
    return 1;
}
