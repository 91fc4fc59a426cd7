/* model.h: functions that predict. */
#ifndef MODEL_H
#define MODEL_H

#include "types.h"

/* Returns the mean y of the k rows of X nearest to q, ties: the smaller
   row number; k = 0 or k > n, a distance that is NaN, no memory: NAN. [ch01]
   [heap] */
double knn_predict(size_t n, size_t d, const double X[n][d],
        const double y[n], const double q[d], size_t k);
/* Gaussian naive Bayes: prior, mean and variance (÷n_c, plus
   1e-9·largest column variance) of each class; empty class or
   label ≥ k: BAD_INPUT. [ch15] */
status nb_fit(size_t n, size_t d, size_t k,
        double prior[k], double mu[k][d], double var[k][d],
        const double X[n][d], const size_t label[n]);
/* logp ← log P(class | x), normalised. [ch15] */
void nb_logpost(size_t d, size_t k, double logp[k],
        const double x[d], const double prior[k],
        const double mu[k][d], const double var[k][d]);

#endif
