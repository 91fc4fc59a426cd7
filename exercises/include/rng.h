/* rng.h: random numbers; same seed, same bits. */
#ifndef RNG_H
#define RNG_H

#include "types.h"

/* Returns the next SplitMix64 number. [ch09] */
uint64_t rng_next(rng *r);
/* Returns a number in [0, 1) with 53 random bits. [ch09] */
double rng_uniform(rng *r);
/* Returns an unbiased number in 0..n−1; n = 0: 0. [ch09] */
size_t rng_below(size_t n, rng *r);
/* Returns i with probability p[i]/Σp; never an i with p[i] = 0;
   k = 0 or Σp = 0: SIZE_MAX. [ch09] */
size_t rng_categorical(size_t k, const double p[k], rng *r);
/* Shuffles idx (in/out) by Fisher–Yates: i = n−1..1,
   j = rng_below(i + 1), swap. [ch09] */
void rng_shuffle(size_t n, size_t idx[n], rng *r);
/* Returns the mean of n draws of f, *se ← s/√n; n = 0: both NAN;
   n = 1: *se NAN. [ch09] */
double rng_mc_mean(size_t n, double *se, fnr f, void *ctx, rng *r);
/* Returns a standard normal number
   √(−2 ln(1−U₁))·cos 2πU₂ from exactly two uniforms.
   [ch10] */
double rng_normal(rng *r);
/* x ← mu + L·z, z standard normal, z[0] drawn first;
   reads the lower triangle of L. [ch10] */
void rng_mvn(size_t d, double x[d], const double mu[d],
        const double L[d][d], rng *r);

#endif
