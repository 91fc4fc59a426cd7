/* judge.h: one submission, one record.

   The folder holds what intake made of it: at most one regular file FN.c for each exercise or pen, and intake.json. The record
   is canonical JSON: the same submission, suites, seed, compiler and profile give the same bytes. */
#ifndef JUDGE_H
#define JUDGE_H

#include "../runner/manifest.h"

#include <json-glib/json-glib.h>

typedef struct {
    const manifest *book;
    const char *seed;
    /* "default"; "unpoliced" leaves out the symbol policy, which tests what stands behind it. */
    const char *profile;
    bool unprotected; /* go on without a sandbox */
} judge_options;

/* Puts the record into *record (free it with json_node_unref). False when grading itself could not be done; *trouble says why
   then (free it). */
bool judge_submission(const char *folder, const judge_options *how,
                      JsonNode **record, char **trouble);

/* The record's key: a hash of everything that decides the record, without running anything. NULL with *trouble. */
char *judge_key(const char *folder, const judge_options *how, char **trouble);

/* As text, keys sorted, a line's end at its end. */
char *record_text(JsonNode *record);

#endif
