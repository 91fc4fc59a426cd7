/* source.h: C text, looked at without compiling it. */
#ifndef SOURCE_H
#define SOURCE_H

#include <glib.h>
#include <stdbool.h>

/* The text without comments and with all white space outside of string literals gone: what makes two programs the same. */
char *source_bare(const char *text);
/* Both files hold the same program; false when one is missing. */
bool source_same(const char *a, const char *b);
/* Adds to `hash` every file that the source may include with quotes or brackets from its own folder or one of the folders
   (NULL at the end), and what these may include in turn. */
void source_hash(GChecksum *hash, const char *path,
                 const char *const folders[]);

#endif
