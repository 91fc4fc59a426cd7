/* intake.h: from what a student sent to a normalised submission.

   A normalised submission is a folder with at most one FN.c for each exercise, and intake.json, which says what became of
   every file. Its name is the SHA-256 of its content, so that two equal submissions are one folder, and judged once. */
#ifndef INTAKE_H
#define INTAKE_H

#include "../runner/manifest.h"
#include "pile.h"

/* Puts the submission into FOLDER/HASH; returns HASH, or NULL when it could not be written. Free it. */
char *intake(const manifest *m, const pile *sent, const char *folder);
/* The same for a submission that the grader failed to take in: every exercise is GRADER-ERROR for this reason. */
char *intake_failed(const manifest *m, const char *why, const char *folder);

#endif
