/* prob.h: from numbers to probabilities. */
#ifndef PROB_H
#define PROB_H

#include "types.h"

/* Returns P(ill | positive) from prevalence, sensitivity,
   specificity; outside [0, 1] or 0/0: NAN. [ch09] */
double prob_bayes(double prior, double sens, double spec);

#endif
