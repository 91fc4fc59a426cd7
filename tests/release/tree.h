/* tree.h: the students' tree: what of the project goes into it, and how. */
#ifndef TREE_H
#define TREE_H

#include "manifest.h"

/* Which state of the project this is. */
typedef struct {
    char *
        commit; /* ten digits; " with changes" behind them when files differ from it */
    char *date; /* of the commit, seconds since 1970 */
} edition;

/* False, after it has said why, where git does not know the project. */
bool edition_read(edition *e);
void edition_clear(edition *e);

/* Copies what git knows and students may have, without what stands between [teacher and teacher], and what lies in
   book/release/ as it is, README.md with the edition. False after it has said why not. */
bool tree_copy(const char *to, const edition *e);

/* Compiles and strips every solution, and copies what the programs of wrong figures wrote: tests/reference/ of the tree. */
bool tree_seal(const char *to, const manifest *m);

#endif
