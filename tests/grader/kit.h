/* kit.h: all that is made of our own sources before a submission is looked at: the hosts, and the workers' own part.

   Everything is cached by content (build.h), so that it is made once for a class. */
#ifndef KIT_H
#define KIT_H

#include "../runner/build.h"
#include "../runner/manifest.h"

typedef struct {
    const manifest *book;
    product library; /* the reference, an archive */
    product worker;  /* worker.c */
    product keeper;  /* worker/keeper.h, a program */
    product
        base; /* worker.c and what it and most exercises need of C's library, in one object: to link it takes a third of
                        the time; not ok where it cannot be made */
    char *ends[2];   /* what a C program ends with: crtend.o, crtn.o */
    GPtrArray *host; /* char *: objects of the harness and of the host's side */
    char **check;    /* flags */
    char *trouble;   /* why it could not be made, or NULL */
} kit;

/* What the linker is told of the functions that the worker stands in for: "--wrap=malloc", …; NULL at the end. */
extern const char *const kit_wraps[];

bool kit_open(kit *k, const manifest *m);
void kit_close(kit *k);
/* Links a worker of our own, from an object. */
product kit_link(const kit *k, const char *part, const char *object);

typedef struct {
    product
        host; /* suite, harness, proxy of the function, reference for everything else */
    product worker;     /* the worker's generated part */
    const char *keeper; /* the kit's, or NULL */
} bed;

/* False with host.log saying why. */
bool kit_bed(const kit *k, const exercise *e, bed *b);
/* The same over another suite: a source. */
bool kit_bed_of(const kit *k, const exercise *e, const char *suite, bed *b);
void bed_clear(bed *b);

#endif
