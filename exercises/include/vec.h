/* vec.h: vectors. */
#ifndef VEC_H
#define VEC_H

#include "types.h"

/* Returns Σ x[i]·y[i]; n = 0: 0. [ch01] */
double vec_dot(size_t n, const double x[n], const double y[n]);
/* y ← y + a·x (in/out); y may be x. A NaN in x spreads, even for a = 0.
   [ch01] */
void vec_axpy(size_t n, double y[n], double a, const double x[n]);
/* Returns ‖x‖₂ without overflow or underflow; n = 0: 0. [ch01] */
double vec_norm2(size_t n, const double x[n]);
/* Returns ‖x − y‖₂; n = 0: 0. [ch01] */
double vec_dist(size_t n, const double x[n], const double y[n]);
/* Returns cos of the angle between x and y, always in [−1, 1]; a zero
   vector (n = 0: both are), or a NaN in one: NAN. [ch01] */
double vec_cosine(size_t n, const double x[n], const double y[n]);
/* p ← orthogonal projection of x on the line through u; u = 0: p = 0;
   otherwise a NaN in x or u: all of p is NaN. [ch01] */
void vec_project(size_t n, double p[n], const double x[n], const double u[n]);
/* Returns the first index of the largest entry that is not NaN; none:
   SIZE_MAX. [ch01] */
size_t vec_argmax(size_t n, const double x[n]);
/* Returns Σ x[i] with Neumaier's compensation. [ch03] */
double vec_sum(size_t n, const double x[n]);
/* Returns log Σ exp z[i] without overflow; k = 0: −INFINITY. [ch12] */
double vec_logsumexp(size_t k, const double z[k]);

#endif
