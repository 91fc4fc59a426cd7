/* grams.h: many needles in a haystack: all needles are found in one pass, by a rolling hash of their first bytes. */
#ifndef GRAMS_H
#define GRAMS_H

#include <glib.h>

typedef struct grams grams;

/* For needles of `least` bytes or more. */
grams *grams_new(size_t least);
void grams_free(grams *g);

/* Adds a needle, which must live as long as `g`; one that is too short is left out. The id comes back with each hit. */
void grams_add(grams *g, const char *needle, size_t size, guint id);

/* Takes out every needle that stands in the text. */
void grams_forget(grams *g, const char *text, size_t size);

/* Calls hit(id, at, data) for each needle that begins at text[at], in the order of the text. */
void grams_search(const grams *g, const char *text, size_t size,
                  void (*hit)(guint id, size_t at, void *data), void *data);

#endif
