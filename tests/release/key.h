/* key.h: reads the answer key: its prose in paragraphs, its code in lines, its programs whole. */
#ifndef KEY_H
#define KEY_H

#include "manifest.h"

/* `where` is "solutions/01-vectors.md:12", or the file of a program. */
typedef struct {
    void (*words)(const char *text, const char *where, void *data);
    void (*line)(const char *text, const char *where, void *data);
    void (*program)(const char *text, const char *stub, const char *prototype,
                    const char *where, void *data);
    void (*seed)(const char *digits, void *data); /* hidden ones */
    void *data;
} key_reader;

/* A tangled file without its #line directives, or NULL; free it. */
char *key_naked(const char *path);

void key_read(const manifest *m, const key_reader *to);

#endif
