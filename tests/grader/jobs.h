/* jobs.h: what is to be judged, each job once, here or on other machines.

   A job is one normalised submission with one seed. It reads WORK/in/HASH, writes WORK/results/KEY.json whole or not at all, and
   may be done twice, anywhere, in any order: a record is taken only if its key is the one that this machine computes. */
#ifndef JOBS_H
#define JOBS_H

#include "../runner/manifest.h"
#include "store.h"

typedef struct {
    char *key, *folder, *seed; /* folder: HASH */
} job;

typedef struct {
    const manifest *book;
    const char *work; /* OUT/.work */
    const char *profile;
    const char *further; /* a word for the judge, "UNPROTECTED=yes", or NULL */
    GPtrArray *all;      /* job *, no key twice */
    guint known; /* jobs that were asked for and are in the store already */
    store *store;
    GHashTable *keys; /* FOLDER/SEED → key: computed once */
    char *
        stop; /* why grading cannot be done on this machine; NULL while it can */
    guint unsure; /* jobs that the grader could not decide */
} jobs;

void jobs_init(jobs *j, const manifest *book, const char *work,
               const char *profile, const char *further, store *s);
void jobs_clear(jobs *j);
/* Adds the job unless it is there, or its record in the store; returns its key. Free it. */
char *jobs_want(jobs *j, const char *folder, const char *seed);

/* Takes what lies in WORK/results, whoever made it, into the store. */
void jobs_merge(jobs *j);
/* Does what is left, `at_once` at a time. False when the run has to stop: j->stop says why. */
bool jobs_here(jobs *j, guint at_once);
/* Does them on these machines ("a,b" of ssh) by GNU parallel; what is not done then is left for jobs_here. Each has a clone of the
   project, built, in that folder; NULL: where it lies here. */
bool jobs_there(jobs *j, const char *hosts, const char *there, guint at_once);
/* Writes WORK/jobs.tsv and OUT/slurm.sh, an array of all jobs. */
bool jobs_slurm(const jobs *j, const char *script);
/* What decides a record, in one word: judge_key. "" when it cannot be told. Free it. */
char *jobs_key(const jobs *j, const char *folder, const char *seed);
/* The record of that key, also one that is not certain; NULL: none. Free it. */
char *jobs_record(const jobs *j, const char *key);

#endif
