/* loss.h: mean losses; every one: n = 0: NAN. */
#ifndef LOSS_H
#define LOSS_H

#include "types.h"

/* Returns the mean of (ŷ − y)². [ch11] */
double loss_mse(size_t n, const double yhat[n], const double y[n]);
/* Returns the mean of |ŷ − y|. [ch11] */
double loss_mae(size_t n, const double yhat[n], const double y[n]);
/* Returns the mean of ½r² where |r| ≤ delta, delta·(|r| − delta/2)
   beyond; delta ≤ 0: NAN. [ch11] */
double loss_huber(size_t n, const double yhat[n], const double y[n],
        double delta);
/* Returns the mean of −log N(y; ŷ, sigma²); sigma ≤ 0: NAN. [ch11] */
double loss_nll_normal(size_t n, const double yhat[n], const double y[n],
        double sigma);
/* Returns the mean log-loss of logits z for targets y in [0, 1].
   [ch11] */
double loss_logistic(size_t n, const double z[n], const double y[n]);
/* Returns the mean of −log softmax(Z[i])[label[i]]; a label ≥ k: NAN.
   [ch12] */
double loss_softmax_ce(size_t n, size_t k, const double Z[n][k],
        const size_t label[n]);

#endif
