/* texts.h: everything that can be read in a file: its bytes, what it shows without markup and without escapes, what is packed
   in it, the words of a PDF. */
#ifndef TEXTS_H
#define TEXTS_H

#include <glib.h>
#include <stdbool.h>

typedef void texts_look(const char *name, const char *text, size_t size,
                        void *data);

/* Calls look(name, text, size, data) for each way to read the file; what is packed in it is called "FILE: INNER". The text
   is ended by a zero beyond its size. False, with what went wrong on standard error, when it cannot be read whole. */
bool texts_of(const char *path, texts_look *look, void *data);

/* What is in a folder and below: paths that begin with it, in the order of their names (char *). Folders called .git are
   left out. */
GPtrArray *texts_files(const char *folder);

#endif
