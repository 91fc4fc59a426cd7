/* stats.h: describing and inferring. */
#ifndef STATS_H
#define STATS_H

#include "types.h"

/* Returns the mean, even where the sum would overflow; n = 0: NAN.
   [ch08] */
double stats_mean(size_t n, const double x[n]);
/* Returns Σ(x[i] − x̄)²/(n − 1), never negative; n < 2: NAN.
   [ch08] */
double stats_var(size_t n, const double x[n]);
/* s (in/out) takes one more number x: count, mean, m2. [ch08] */
void stats_welford(running *s, double x);
/* Returns the type-7 quantile of order p; n = 0, p outside [0, 1] or
   any NaN: NAN. [ch08] [heap] */
double stats_quantile(size_t n, const double x[n], double p);
/* counts ← how many x fall in each of `bins` equal cells of [lo, hi],
   last cell closed; NaN and outside are skipped; lo ≥ hi or bins = 0:
   BAD_INPUT. [ch08] */
status stats_histogram(size_t n, size_t bins, size_t counts[bins],
        const double x[n], double lo, double hi);
/* Returns Pearson's r, clamped to [−1, 1]; no variance or n < 2:
   NAN. [ch08] */
double stats_corr(size_t n, const double x[n], const double y[n]);
/* S ← covariance matrix of the columns of X, ÷(n − 1); n < 2: all
   NAN. [ch08] [heap] */
void stats_cov_matrix(size_t n, size_t d, double S[d][d],
        const double X[n][d]);
/* Z ← (X − mean)/sd, column by column; Z may be X. [given] */
void stats_scale_apply(size_t n, size_t d, double Z[n][d],
        const double X[n][d], const double mean[d], const double sd[d]);
/* mean and sd (n − 1) of each column; sd ≤ 1e-12·|mean| or n < 2
   counts as constant: sd = 1. [ch08] [heap] */
void stats_scale_fit(size_t n, size_t d, double mean[d], double sd[d],
        const double X[n][d]);
/* Returns s/√n, the standard error of the mean; n < 2: NAN.
   [ch13] */
double stats_sem(size_t n, const double x[n]);
/* out[b] ← stat of resample b of x (n draws with
   replacement, each rng_below(n, r)); n = 0: BAD_INPUT.
   [ch13] [heap] */
status stats_bootstrap(size_t n, size_t B, double out[B],
        const double x[n], fnd stat, void *ctx, rng *r);
/* lo, hi ← percentile interval of boot at `level`; B = 0
   or level outside [0, 1]: both NAN. [ch13] [heap] */
void stats_ci(size_t B, double *lo, double *hi,
        const double boot[B], double level);
/* Returns the two-sided p-value (1 + hits)/(B + 1) of
   mean(a) − mean(b) under B shuffles; na = 0 or nb = 0:
   NAN. [ch13] [heap] */
double stats_perm_test(size_t na, size_t nb,
        const double a[na], const double b[nb], size_t B, rng *r);

#endif
