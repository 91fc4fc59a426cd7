/* vec.h: vectors. */
#ifndef VEC_H
#define VEC_H

#include "types.h"

/* Returns Σ x[i]·y[i]; n = 0: 0. [ch01] */
double vec_dot(size_t n, const double x[n], const double y[n]);
/* y ← y + a·x (in/out); y may be x. [ch01] */
void vec_axpy(size_t n, double y[n], double a, const double x[n]);
/* Returns ‖x‖₂ without overflow or underflow; n = 0: 0. [ch01] */
double vec_norm2(size_t n, const double x[n]);
/* Returns ‖x − y‖₂. [ch01] */
double vec_dist(size_t n, const double x[n], const double y[n]);
/* Returns cos of the angle between x and y, always in [−1, 1]; a zero
   vector: NAN. [ch01] */
double vec_cosine(size_t n, const double x[n], const double y[n]);
/* p ← orthogonal projection of x on the line through u; u = 0: p = 0.
   [ch01] */
void vec_project(size_t n, double p[n], const double x[n], const double u[n]);
/* Returns the first index of the largest entry that is not NaN; none:
   SIZE_MAX. [ch01] */
size_t vec_argmax(size_t n, const double x[n]);

#endif
