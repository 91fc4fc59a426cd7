/* naming.h: which exercise a file is meant for, by its name or, failing that, by what it defines. */
#ifndef NAMING_H
#define NAMING_H

#include "../runner/manifest.h"

typedef struct {
    const exercise *exercise; /* NULL: none that could be told */
    bool exact;               /* the name is FN.c, as it should be */
    int copy;                 /* the 2 of "vec_dot (2).c"; 0: none */
} naming;

/* By the last part of a name: vec_dot.c, "vec_dot (1).c", Vec-Dot.C, vec_dot.c.txt, "Copy of vec_dot.c",
   doejane_LATE_12_345_vec_dot-1.c … */
naming naming_by_name(const manifest *m, const char *name);
/* The exercises (const exercise *) whose functions that text defines. */
GPtrArray *naming_by_text(const manifest *m, const char *text);

#endif
