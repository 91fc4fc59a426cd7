/* protect.h: what stands between this machine and a submission, and what is missing of it. */
#ifndef PROTECT_H
#define PROTECT_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    char *
        bwrap; /* the program, or NULL: namespaces for compiler, linker and worker */
    char *filter; /* seccomp's program for a worker, a file; or NULL */
    char *loose;  /* the same for a worker with sanitizers */
    char *tools;  /* and for compiler and linker */
    GPtrArray *present,
        *missing; /* char *: sentences' beginnings: "bubblewrap: …" */
} protection;

/* Looks and tries. */
void protection_find(protection *p);
void protection_clear(protection *p);
/* Why nobody is judged here unless UNPROTECTED=yes says so; NULL: one may be. Free it. */
char *protection_refuses(const protection *p);
/* For DESCENT_SANDBOX of worker/sandbox.h. */
char *protection_words(const protection *p);

#endif
