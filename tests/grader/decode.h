/* decode.h: the bytes of a file somebody sent, as the C text that they wrote.

   Only what loses nothing is changed, and said: byte-order marks, UTF-16, Latin-1, line ends, a missing last newline. */
#ifndef DECODE_H
#define DECODE_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    char *text; /* UTF-8, LF, no NUL; NULL when it is no C text */
    GPtrArray
        *notes; /* char *: what was changed, and what a person should know */
    char *why;  /* why it is no C text, one sentence for the student; or NULL */
} decoded;

/* The name is the one that sentences use. */
decoded decode(GBytes *data, const char *name);
void decoded_clear(decoded *d);

#endif
