/* symbols.h: the names that an object file offers, from its ELF symbol table. */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include <glib.h>
#include <stdbool.h>

/* The global functions that the object defines (char *), in the order of the file; empty when it is no such object. */
GPtrArray *symbols_defined(const char *object);
/* Whether the list holds the name. */
bool symbols_have(const GPtrArray *symbols, const char *name);

#endif
