/* page.h: an HTML page that is whole in itself: light and dark, on paper, without script, without a net. */
#ifndef PAGE_H
#define PAGE_H

#include <glib.h>

/* The title is text, not HTML. */
GString *page_begin(const char *title);
void page_end(GString *page);
/* Appends text, escaped; printf-like HTML in which %s are escaped already is g_string_append_printf's. */
void page_text(GString *page, const char *text);
/* <tag class="class">text</tag>, the text escaped; class may be NULL. */
void page_element(GString *page, const char *tag, const char *class,
                  const char *text);
/* A drawing of gnuplot's in the colours of the page. False when the file is not there. */
int page_figure(GString *page, const char *svg, const char *id,
                const char *alt);

#endif
