/* eval.h: splitting and scoring. */
#ifndef EVAL_H
#define EVAL_H

#include "types.h"

/* train and test ← a random partition of
   0..n_train+n_test−1 into index lists. [ch14] [heap] */
status split_train_test(size_t n_train, size_t n_test,
        size_t train[n_train], size_t test[n_test], rng *r);
/* fold[i] ← 0..k−1 at random, sizes differ by at most 1;
   k < 2 or k > n: BAD_INPUT. [ch14] [heap] */
status split_kfold(size_t n, size_t fold[n], size_t k, rng *r);
/* Returns the mean squared error of lsq_ridge over all rows,
   each predicted by the fit without its fold; a fit that
   fails: NAN. [ch14] [heap] */
double cv_ridge(size_t n, size_t p, const double X[n][p],
        const double y[n], const size_t fold[n], size_t k,
        double lambda);
/* Means over the points of bias², variance (÷runs) and
   squared error of predictions P around truth:
   mse = bias2 + variance; runs = 0 or pts = 0: NAN. [ch14] */
void eval_bias_variance(size_t runs, size_t pts, double *bias2,
        double *variance, double *mse, const double P[runs][pts],
        const double truth[pts]);

#endif
