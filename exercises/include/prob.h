/* prob.h: from numbers to probabilities. */
#ifndef PROB_H
#define PROB_H

#include "types.h"

/* Returns P(ill | positive) from prevalence, sensitivity,
   specificity; outside [0, 1] or 0/0: NAN. [ch09] */
double prob_bayes(double prior, double sens, double spec);
/* Returns 1/(1 + e^−z) without overflow. [ch11] */
double prob_sigmoid(double z);
/* p ← softmax z; p may be z. [ch12] */
void prob_softmax(size_t k, double p[k], const double z[k]);
/* Y[i] ← row of zeros with a 1 at label[i]; label[i] ≥ k: only zeros.
   [ch12] */
void prob_onehot(size_t n, size_t k, double Y[n][k],
        const size_t label[n]);

#endif
