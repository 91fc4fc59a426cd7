/* mat.h: matrices, m rows of n numbers. */
#ifndef MAT_H
#define MAT_H

#include "types.h"

/* Id ← identity. [given] */
void mat_identity(size_t n, double Id[n][n]);
/* At ← Aᵀ. [ch02] */
void mat_transpose(size_t m, size_t n, double At[n][m],
        const double A[m][n]);
/* y ← A·x. [ch02] */
void mat_vec(size_t m, size_t n, double y[m], const double A[m][n],
        const double x[n]);
/* y ← Aᵀ·x. [ch02] */
void mat_vec_t(size_t m, size_t n, double y[n], const double A[m][n],
        const double x[m]);
/* C ← A·B; in every product C is m×n and k is the dimension summed
   over. [ch02] */
void mat_mul(size_t m, size_t k, size_t n, double C[m][n],
        const double A[m][k], const double B[k][n]);
/* C ← Aᵀ·B ("tn": first transposed, second not); k = 0: C = 0.
   [ch02] */
void mat_mul_tn(size_t m, size_t k, size_t n, double C[m][n],
        const double A[k][m], const double B[k][n]);
/* C ← A·Bᵀ. [ch02] */
void mat_mul_nt(size_t m, size_t k, size_t n, double C[m][n],
        const double A[m][k], const double B[n][k]);
/* X1 ← [1 X]: a column of ones, then X. [ch02] */
void mat_add_intercept(size_t n, size_t d, double X1[n][d + 1],
        const double X[n][d]);
/* A ← A + a·x·yᵀ (in/out). [ch02] */
void mat_outer(size_t m, size_t n, double A[m][n], double a,
        const double x[m], const double y[n]);
/* C ← A·B as mat_mul, loops blocked for the cache. [ch03] */
void mat_mul_blocked(size_t m, size_t k, size_t n, double C[m][n],
        const double A[m][k], const double B[k][n]);
/* C ← A·B as mat_mul, packed and register-tiled with vector
   extensions; no memory: mat_mul_blocked. [ch03] [heap] */
void mat_mul_simd(size_t m, size_t k, size_t n, double C[m][n],
        const double A[m][k], const double B[k][n]);
/* X[i][j] ← x[i]^j for j = 0..degree, with 0^0 = 1. [ch05] */
void mat_poly(size_t n, size_t degree, double X[n][degree + 1],
        const double x[n]);
/* Returns xᵀ·A·x. [ch06] */
double mat_quad(size_t n, const double A[n][n],
        const double x[n]);
/* out[i] ← row idx[i] of X; every idx[i] < n; repeats
   allowed. [ch14] */
void mat_take_rows(size_t n, size_t d, size_t k,
        double out[k][d], const double X[n][d],
        const size_t idx[k]);

#endif
