/* policy.h: what an object may define and call.

   This decides no verdict about a right or wrong answer: an object that gets past it still runs in the sandbox. It says early
   and in words what a submission has no business to do. */
#ifndef POLICY_H
#define POLICY_H

#include "../runner/manifest.h"

typedef struct {
    char *forbidden; /* a sentence: what, and where */
    char *memory;    /* a sentence: its variables are too large */
    char *
        unknown; /* a sentence: the function is not there, or a name that nobody defines */
} policy_finding;

/* Looks at the object (and the assembly it was made from, or NULL) of a source with that text. */
policy_finding policy_check(const manifest *m, const exercise *e,
                            const char *object, const char *assembly,
                            const char *text);

/* The name may be called, as part of C's library. */
bool policy_allows(const char *name);

#endif
