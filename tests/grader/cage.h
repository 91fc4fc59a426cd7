/* cage.h: compiles and links a submission's files behind bubblewrap.

   The compiler sees the files, the book's headers and itself; the linker sees objects and the kit, and no source. All files of
   a submission share one start of each; a file that does not come to its end is tried again alone, with more time. */
#ifndef CAGE_H
#define CAGE_H

#include "kit.h"
#include "protect.h"

typedef struct {
    const exercise *exercise;
    const char *
        name; /* of the file, without .c: a word of ours, never the student's */
    const char *text;
    size_t size;

    bool compiled, linked;
    bool stopped;    /* the compiler was, for its time, memory or output */
    bool is_trouble; /* the machine's, not the file's: see log */
    char *log; /* what the compiler and linker said, capped, valid UTF-8 */
    char *forbidden; /* a sentence, or NULL */
    char *oversized; /* its variables are too large, as a sentence, or NULL */
    char *unknown;   /* a name that nobody defines, as a sentence, or NULL */
    char *object, *worker; /* paths within the folder */
} piece;

typedef struct {
    const protection *protection;
    const kit *kit;
    flavour how;
    bool police; /* hold objects to the symbol policy */
} cage;

/* Makes each piece's worker in the folder, which must exist. `beds` are those of the pieces' exercises. */
void cage_build(const cage *c, const char *folder, size_t n, piece pieces[n],
                const bed *const beds[n]);
void piece_clear(piece *p);

enum { CAGE_LOG = 8 * 1024 };

#endif
