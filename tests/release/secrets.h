/* secrets.h: what no byte of a release may show: the words and the programs of the answer key.

   Words are compared by their letters and digits alone, programs by everything but white space, so that markup, line ends
   and layout do not hide anything. These are secrets:
     - of the key's prose, every run of PROSE_RUN letters and digits, and every whole title and sentence of PHRASE or more;
     - of its programs, every run of CODE_RUN signs outside of the prototype, every whole body, and every line of LINE or more.
   Titles and lines that short also happen by chance, so what the public sources say themselves is none of them; and code that
   students are given, in stubs and in the programs of the chapters, is none either, unless it is a whole solution. */
#ifndef SECRETS_H
#define SECRETS_H

#include "manifest.h"

enum { PROSE_RUN = 48, PHRASE = 24, CODE_RUN = 80, LINE = 24, LONG_LINE = 36 };

typedef struct secrets secrets;

/* Reads solutions/ and build/key/; and the hidden seeds from course.ini, if there is one. */
secrets *secrets_collect(const manifest *m);
void secrets_free(secrets *s);
/* How many there are. */
guint secrets_count(const secrets *s);

/* A text that students have anyway: its titles and lines, up to LONG_LINE, are no secrets. When it is `given` (stubs, demos,
   harness), nor are longer lines, nor runs of code. */
void secrets_allow(secrets *s, const char *text, size_t size, bool given);

/* Calls found(line, what, where, data) for each secret in the text: its line there, the first signs of it, and where in the
   key it stands. */
void secrets_look(const secrets *s, const char *text, size_t size,
                  void (*found)(int line, const char *what, const char *where,
                                void *data),
                  void *data);

#endif
