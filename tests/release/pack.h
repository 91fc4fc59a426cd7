/* pack.h: archives that are the same, bit for bit, whenever they are made of the same files. */
#ifndef PACK_H
#define PACK_H

#include <glib.h>
#include <stdbool.h>

/* A .tar.gz of the folder and all in it but .git, under the folder's own name; every time is the date. */
bool pack_tar(const char *folder, const char *to, gint64 date);
/* Puts that date on every part of an EPUB. */
bool pack_epub(const char *path, gint64 date);

#endif
