/* words.h: names and texts of strangers, made fit to be shown, stored and compared.

   A submitted name is bytes: it may hold a newline, a quote, marks that write from right to left, or 255 of anything. It is
   never a path of ours, never a word of a command; what is shown of it went through here. */
#ifndef WORDS_H
#define WORDS_H

#include <glib.h>
#include <stdbool.h>

/* Valid UTF-8 on one line, without control characters and marks that change the direction of writing: such are shown as
   \x0a or \u202e, and so is a backslash, so that different bytes are shown differently. Free it. */
char *words_shown(const char *bytes);
/* The same for texts of several lines: newlines and tabs stay; at most `most` bytes, and "…" when it was longer. */
char *words_text(const char *bytes, size_t most);
/* A file name made of letters, digits, dot, dash and underscore, different for different names; at most 60 bytes. */
char *words_slug(const char *bytes);
/* Only a–z and 0–9 of it, letters small: how names of files are compared with names of functions. */
char *words_squashed(const char *bytes);
/* Has it characters that show a text in another order than the compiler reads it? */
bool words_bidi(const char *utf8);

/* Text for HTML (also in attributes) and for XML; control characters that XML forbids become U+FFFD. Free it. */
char *words_html(const char *text);

#endif
