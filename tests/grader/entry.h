/* entry.h: what the judge knows of one exercise of a submission. */
#ifndef ENTRY_H
#define ENTRY_H

#include "attempt.h"
#include "cage.h"
#include "judge.h"

typedef struct {
    const exercise *exercise;
    char *text; /* of the student's file, or NULL */
    size_t size;
    const bed *bed;      /* the workshop's */
    const char *verdict; /* NULL while undecided */
    report *report;      /* of a run, or NULL */
    char *compiler, *output, *note;
    const mistake *mistake;
} entry;

/* Reads FN.c and what intake.json says of each exercise; decides MISSING, NOT-STARTED, BAD-INPUT and what intake refused.
   Returns the list, in the order of the book. Frees with entries_free. */
entry *entries_read(const char *folder, const manifest *m, guint *n,
                    char **trouble);
void entries_free(entry *list, guint n);

/* record.c: the JSON of a judged submission. `present` and `missing` are the protection's. */
JsonNode *record_make(const char *key, const judge_options *how,
                      const char *compiler, const protection *p,
                      const entry *list, guint n);

/* known.c: the mistake of the answer key that fails in exactly this way under the same host, or NULL. */
const mistake *known_mistake(const cage *c, const entry *e, const char *seed,
                             const char *folder);

/* explain.c: what a worker with sanitizers says of the same file, as sentences; or NULL. */
char *explain(const cage *c, entry *e, const char *seed, const char *folder);

/* canary.c: runs the canaries; false with the sentence of what is wrong. */
bool canaries_sing(kit *k, const protection *p, char **trouble);
/* The one that must pass does, now. */
bool canary_breathes(const kit *k, const protection *p);

#endif
