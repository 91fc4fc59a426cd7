/* seal.h: one hash a chapter of all that its programs printed and its pictures show. */
#ifndef SEAL_H
#define SEAL_H

#include "manifest.h"

/* Writes build/reference/drawn/CHAPTER for each chapter; a file whose hash is the same as before is not touched, so a page
   that depends on it is woven anew only when something on it changed. */
void seal_chapters(const manifest *m);

#endif
