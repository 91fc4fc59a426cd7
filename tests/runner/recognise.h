/* recognise.h: which known mistake behaves exactly like a learner's program. */
#ifndef RECOGNISE_H
#define RECOGNISE_H

#include "trial.h"

/* Runs the answer key's mistakes of the exercise (their trials are cached); the one that fails the same tests in the same
   way, or NULL. Without an answer key there is none. */
const mistake *recognise(const bench *b, const exercise *e,
                         const trial *learner);

/* The failing tests of a report as a text that two programs share exactly when they behave alike: numbers at nine digits,
   pencil's answers at five. */
char *behaviour(const trial *t, const exercise *e);

#endif
