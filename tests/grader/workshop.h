/* workshop.h: what all submissions of a process share: the kit, the protection, a bed an exercise; made once, when first asked
   for, and kept. For one thread. */
#ifndef WORKSHOP_H
#define WORKSHOP_H

#include "kit.h"
#include "protect.h"

typedef struct {
    kit kit;
    protection protection;
    GHashTable *beds; /* bed *, by function */
} workshop;

/* NULL with *trouble when our own sources do not build. */
workshop *workshop_open(const manifest *m, char **trouble);
/* Its host.ok is false when it does not build. */
const bed *workshop_bed(workshop *w, const exercise *e);

#endif
