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
/* C[t][h] ← how often truth t was predicted as h; pairs with a
   label ≥ k are skipped. [ch15] */
void eval_confusion(size_t n, size_t k, size_t C[k][k],
        const size_t yhat[n], const size_t y[n]);
/* Returns trace/sum; empty table: NAN. [ch15] */
double eval_accuracy(size_t k, const size_t C[k][k]);
/* precision, recall and F1 = 2TP/(2TP + FP + FN) of one
   class; 0/0: NAN. [ch15] */
void eval_prf(size_t k,
        double *precision, double *recall, double *f1,
        const size_t C[k][k], size_t cls);
/* ROC points from (0, 0) to (1, 1), one per distinct score,
   y[i] in {0, 1}; returns how many; one class only: 0. [ch15]
   [heap] */
size_t eval_roc(size_t n, double fpr[n + 1], double tpr[n + 1],
        const double score[n], const size_t y[n]);
/* Returns the trapezoid area under m ROC points; m < 2: NAN.
   [ch15] */
double eval_auc(size_t m, const double fpr[m],
        const double tpr[m]);

#endif
