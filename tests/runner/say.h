/* say.h: text for people: colour on terminals that want it, lines broken to fit. */
#ifndef SAY_H
#define SAY_H

#include <glib.h>
#include <stdbool.h>

typedef enum { PLAIN_INK, GOOD, BAD, WARN, DIM, STRONG } ink;

/* Appends printf-like text, in that colour when standard output is a terminal and NO_COLOR is not set. */
[[gnu::format(printf, 3, 4)]] void say(GString *to, ink how, const char *format,
                                       ...);
/* Appends a paragraph broken between words at the width of the terminal, every line after so many spaces. */
void say_wrapped(GString *to, int indent, const char *text);
/* Appends text line by line, every line after so many spaces; only long sentences are broken. */
void say_indented(GString *to, int indent, const char *text);
/* Prints and empties it. */
void say_flush(GString *text);

/* The names nearest to what was typed: at most three, "vec_dot, vec_dist"; free it. */
char *nearest_names(const char *typed, const GPtrArray *names);

#endif
