/* scan.h: looks for the answer key in files, folders and what is packed in them. */
#ifndef SCAN_H
#define SCAN_H

#include "secrets.h"

/* The key's secrets, without what the project's public files say by chance. */
secrets *scan_secrets(const manifest *m);

typedef struct {
    guint texts, found;
    bool whole; /* false: something could not be read */
} scan_result;

/* Says on standard error what was found, and where; at most a few lines a text. The names leave out the first `skip` bytes. */
scan_result scan(const secrets *s, const char *path, size_t skip);

#endif
