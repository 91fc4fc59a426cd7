/* lin.h: linear systems and factorisations. */
#ifndef LIN_H
#define LIN_H

#include "types.h"

/* Solves L·x = b, reading only the lower triangle; unit_diag:
   its diagonal counts as 1 and is not read; zero pivot:
   SINGULAR; x may be b. [ch04] */
status lin_solve_lower(size_t n, double x[n],
        const double L[n][n], const double b[n], bool unit_diag);
/* Solves U·x = b, reading only the upper triangle; zero pivot:
   SINGULAR; x may be b. [ch04] */
status lin_solve_upper(size_t n, double x[n],
        const double U[n][n], const double b[n]);
/* A (in/out) ← L and U of P·A = L·U; at step k rows k and
   piv[k] were swapped; largest pivot 0: SINGULAR. [ch04] */
status lin_lu(size_t n, double A[n][n], size_t piv[n]);
/* Solves A·x = b from lin_lu's LU and piv; x may be b.
   [ch04] */
status lin_lu_solve(size_t n, double x[n],
        const double LU[n][n], const size_t piv[n],
        const double b[n]);
/* Solves A·x = b; SINGULAR. [ch04] [heap] */
status lin_solve(size_t n, double x[n], const double A[n][n],
        const double b[n]);
/* Returns det A; singular: 0. [ch04] [heap] */
double lin_det(size_t n, const double A[n][n]);
/* Returns κ₁ = ‖A‖₁·‖A⁻¹‖₁; singular: INFINITY. [ch04]
   [heap] */
double lin_cond1(size_t n, const double A[n][n]);
/* L ← lower Cholesky factor, A = L·Lᵀ, zeros above its
   diagonal; reads the lower triangle of A; NOT_POSITIVE.
   [ch05] */
status lin_cholesky(size_t n, double L[n][n],
        const double A[n][n]);
/* Solves L·Lᵀ·x = b; x may be b; zero on the diagonal:
   SINGULAR. [ch05] */
status lin_cholesky_solve(size_t n, double x[n],
        const double L[n][n], const double b[n]);
/* Thin A = Q·R with orthonormal columns in Q, R upper with
   diagonal > 0; m < n: BAD_INPUT; a diagonal entry
   ≤ 1e-14·‖A‖F counts as 0: SINGULAR. [ch05] [heap] */
status lin_qr(size_t m, size_t n, double Q[m][n],
        double R[n][n], const double A[m][n]);

#endif
