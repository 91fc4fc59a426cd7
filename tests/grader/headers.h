/* headers.h: the book's headers, compiled beforehand. */
#ifndef HEADERS_H
#define HEADERS_H

#include "cage.h"

/* A folder with the headers, and beside each that an exercise begins with what gcc makes of it once (a file that includes it first is
   compiled in four fifths of the time; gcc itself sees where it does not fit). Without a sandbox, exercises/include. Free it. */
char *headers_folder(const protection *p, const kit *k);

#endif
