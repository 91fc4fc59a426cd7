/* store.h: the records that are certain, in an SQLite file, each stored in a transaction of its own: a run that is killed at any
   instant has lost at most what it was just doing. */
#ifndef STORE_H
#define STORE_H

#include <glib.h>
#include <stdbool.h>

typedef struct store store;

/* Opens the file, or makes it; NULL with an explanation. */
store *store_open(const char *path, GError **error);
void store_close(store *s);
/* The record of that key, or NULL; free it. Safe from several threads. */
char *store_get(store *s, const char *key);
bool store_put(store *s, const char *key, const char *record, GError **error);

#endif
