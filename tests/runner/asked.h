/* asked.h: what the command line asks for: KEY=VALUE words (an empty value is no value), and what they name. */
#ifndef ASKED_H
#define ASKED_H

#include "manifest.h"

typedef struct {
    const manifest *book;
    chapter *chapter;   /* CH=, or NULL */
    exercise *exercise; /* EX=, or NULL */
    const char *impl;   /* IMPL=, or NULL */
    const char *seed;   /* SEED=; "1" when not given */
    unsigned seeds;     /* SEEDS=, or 0 */
    bool mine;          /* MINE=1 */
    bool show;          /* SHOW=1 or --show */
    const char *profile; /* PROFILE=; "default" when not given */
    bool unprotected;   /* UNPROTECTED=yes */
    char **words;       /* the words that are not KEY=VALUE; NULL at the end */
} asked;

/* Reads the words and finds the names; false after it has said what is wrong, with the nearest names. */
bool asked_read(asked *a, const manifest *m, int argc, char **argv);

#endif
