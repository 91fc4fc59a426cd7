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
/* Returns J = 1/(2n)‖X·θ − y‖² + λ/2·‖θ without θ[0]‖²;
   n = 0: NAN. [ch17] */
double linreg_cost(size_t n, size_t p, const double X[n][p],
        const double theta[p], const double y[n],
        double lambda);
/* g ← Xᵀ(X·θ − y)/n + λ·(0, θ[1], …). [ch17] */
void linreg_grad(size_t n, size_t p, double g[p],
        const double X[n][p], const double theta[p],
        const double y[n], double lambda);
/* Returns mean log-loss of X·θ for y in {0, 1}
   + λ/2·‖θ without θ[0]‖². [ch17] [heap] */
double logreg_cost(size_t n, size_t p, const double X[n][p],
        const double theta[p], const double y[n],
        double lambda);
/* g ← Xᵀ(σ(X·θ) − y)/n + λ·(0, θ[1], …). [ch17] */
void logreg_grad(size_t n, size_t p, double g[p],
        const double X[n][p], const double theta[p],
        const double y[n], double lambda);
/* Returns mean cross-entropy of X·Theta + λ/2·‖Theta without
   row 0‖²; a label ≥ k: NAN. [ch19] [heap] */
double softreg_cost(size_t n, size_t p, size_t k,
        const double X[n][p], const double Theta[p][k],
        const size_t label[n], double lambda);
/* G ← Xᵀ(P − Y)/n + λ·Theta (not row 0), P the softmax
   rows, Y one-hot. [ch19] [heap] */
void softreg_grad(size_t n, size_t p, size_t k, double G[p][k],
        const double X[n][p], const double Theta[p][k],
        const size_t label[n], double lambda);
/* Mini-batch momentum from the given Theta (in/out), `epochs`
   passes; history[e] ← mean batch cost of epoch e; o.batch = 0,
   o.lr ≤ 0, n = 0 or a label ≥ k: BAD_INPUT; DIVERGED.
   [ch19] [heap] */
status softreg_fit(size_t n, size_t p, size_t k, size_t epochs,
        double Theta[p][k], double history[epochs],
        const double X[n][p], const size_t label[n], sgd_options o,
        rng *r);
/* prob ← σ(X·θ). [ch20] */
void logreg_predict(size_t n, size_t p, double prob[n],
        const double X[n][p], const double theta[p]);
/* H ← Xᵀ·diag(σ(1 − σ))·X/n + λ·diag(0, 1, …, 1). [ch20] */
void logreg_hessian(size_t n, size_t p, double H[p][p],
        const double X[n][p], const double theta[p],
        double lambda);
/* theta ← minimum of logreg_cost by Newton from 0; λ < 0,
   n = 0 or a y not 0 or 1: BAD_INPUT; λ = 0 and theta
   separates the classes: DIVERGED; else as opt_newton, with
   λ = 0 and dependent columns NOT_POSITIVE. [ch20] [heap] */
status logreg_fit(size_t n, size_t p, double theta[p],
        const double X[n][p], const double y[n],
        double lambda);

#endif
