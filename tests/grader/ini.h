/* ini.h: a key file whose every complaint names file and line. */
#ifndef INI_H
#define INI_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const char *path;
    char *text;
    GKeyFile *file;
    GError *error; /* the first thing that was wrong, or NULL */
} ini;

/* False when it cannot be read; i->error says why. */
bool ini_open(ini *i, const char *path);
void ini_close(ini *i);

/* Remembers "PATH:LINE: …" unless something was wrong before; false. key NULL: the line of the group. */
[[gnu::format(printf, 4, 5)]] bool
ini_wrong(ini *i, const char *group, const char *key, const char *format, ...);
/* The value without a comment after it, or NULL; free it. */
char *ini_text(const ini *i, const char *group, const char *key);
/* Its parts between commas, or NULL. */
char **ini_list(const ini *i, const char *group, const char *key);
/* Only these keys (NULL at the end) stand in the group; otherwise it is wrong. */
bool ini_known(ini *i, const char *group, const char *const keys[]);
/* "15 minutes", "3 days", "+2 weeks". */
bool ini_length(const char *text, gint64 *seconds);

#endif
