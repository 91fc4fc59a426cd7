/* eig.h: eigenvalues and eigenvectors of symmetric matrices. */
#ifndef EIG_H
#define EIG_H

#include "types.h"

/* Returns vᵀAv / vᵀv; v = 0: NAN. [ch06] */
double eig_rayleigh(size_t n, const double A[n][n],
        const double v[n]);
/* Dominant pair of a symmetric A: v in: start, out: unit
   eigenvector; stops at ‖Av − λv‖∞ ≤ tol·|λ|; v = 0: BAD_INPUT;
   NOT_CONVERGED. [ch06] [heap] */
status eig_power(size_t n, double *lambda, double v[n],
        const double A[n][n], double tol, size_t max_iter);
/* A = V·diag(w)·Vᵀ of a symmetric A: w descending, eigenvectors
   in the columns of V, entry of largest |.| in each column > 0;
   |a_ij − a_ji| > 1e-12·max|A|: BAD_INPUT. [ch06] [heap] */
status eig_jacobi(size_t n, double w[n], double V[n][n],
        const double A[n][n]);
/* Returns 2 positive definite, 1 positive semidefinite (also
   for all zero), 0 indefinite or NaN, −1 and −2 for negative;
   |w| ≤ tol·max|w| counts as 0. [ch06] */
int eig_definiteness(size_t n, const double w[n], double tol);
/* A ← V·diag(w)·Vᵀ. [ch06] */
void eig_rebuild(size_t n, double A[n][n], const double w[n],
        const double V[n][n]);
/* A = U·diag(s)·Vᵀ, s descending and ≥ 0, sign rule of eig_jacobi
   on V, columns of U for s = 0 are 0; m < n: BAD_INPUT; one-sided
   Jacobi; NOT_CONVERGED. [ch07] */
status svd_thin(size_t m, size_t n, double U[m][n], double s[n],
        double V[n][n], const double A[m][n]);
/* Ak ← best approximation of rank ≤ k of U·diag(s)·Vᵀ; k = 0:
   zeros; k ≥ n: all of it. [ch07] */
void svd_lowrank(size_t m, size_t n, double Ak[m][n],
        const double U[m][n], const double s[n],
        const double V[n][n], size_t k);
/* x ← minimum-norm least-squares solution of A·x = b from the SVD
   of A; s[j] ≤ rcond·s[0] is dropped. [ch07] */
void svd_solve(size_t m, size_t n, double x[n],
        const double U[m][n], const double s[n],
        const double V[n][n], const double b[m], double rcond);
/* mean of each column, k principal directions in the columns of
   W, var[j] = variance of score j; n < d, n < 2 or k > d:
   BAD_INPUT. [ch07] [heap] */
status pca_fit(size_t n, size_t d, size_t k, double mean[d],
        double W[d][k], double var[k], const double X[n][d]);
/* Z ← (X − mean)·W. [ch07] */
void pca_transform(size_t n, size_t d, size_t k, double Z[n][k],
        const double X[n][d], const double mean[d],
        const double W[d][k]);
/* X ← Z·Wᵀ + mean. [ch07] */
void pca_inverse(size_t n, size_t d, size_t k, double X[n][d],
        const double Z[n][k], const double W[d][k],
        const double mean[d]);
/* Returns the smallest k with var[0] + … + var[k−1] ≥ share·Σ var
   (1 − 1e-12 forgiven); share ≤ 0: 0. [ch07] */
size_t pca_choose_k(size_t d, const double var[d], double share);

#endif
