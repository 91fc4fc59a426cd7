/* dist.h: laws of probability, always by their logarithms. */
#ifndef DIST_H
#define DIST_H

#include "types.h"

/* Returns log N(x; mu, sigma²); sigma ≤ 0: NAN. [ch10] */
double dist_normal_logpdf(double x, double mu, double sigma);
/* Returns Φ((x − mu)/sigma), accurate in both tails;
   sigma ≤ 0: NAN. [ch10] */
double dist_normal_cdf(double x, double mu, double sigma);
/* Returns the z with Φ(z) = p; 0: −INFINITY,
   1: INFINITY, outside: NAN. [ch10] */
double dist_normal_quantile(double p);
/* Returns the log density of e^(mu + sigma·Z) at x;
   x ≤ 0: −INFINITY; sigma ≤ 0: NAN. [ch10] */
double dist_lognormal_logpdf(double x, double mu, double sigma);
/* Returns log P(k successes in n trials); k > n:
   −INFINITY; p outside [0, 1]: NAN. [ch10] */
double dist_binomial_logpmf(size_t k, size_t n, double p);
/* Returns log N(x; mu, L·Lᵀ) without inverse or
   determinant; zero on the diagonal of L: NAN. [ch10]
   [heap] */
double dist_mvn_logpdf(size_t d, const double x[d],
        const double mu[d], const double L[d][d]);
/* *mu ← mean, *sigma ← √(Σ(x − x̄)²/n): the maximum-likelihood pair;
   n = 0: BAD_INPUT. [ch11] */
status dist_normal_mle(size_t n, double *mu, double *sigma,
        const double x[n]);
/* Returns the posterior mode (k + a − 1)/(n + a + b − 2) of k successes
   in n trials under Beta(a, b); ÷0: NAN. [ch11] */
double dist_beta_map(size_t k, size_t n, double a, double b);

#endif
