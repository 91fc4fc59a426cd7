/* lsq.h: least squares. */
#ifndef LSQ_H
#define LSQ_H

#include "types.h"

/* theta ← solution of XᵀX·θ = Xᵀy by Cholesky (the fragile
   way); NOT_POSITIVE. [ch05] [heap] */
status lsq_normal(size_t n, size_t p, double theta[p],
        const double X[n][p], const double y[n]);
/* theta ← argmin ‖X·θ − y‖ by QR; n < p: BAD_INPUT;
   rank < p: SINGULAR. [ch05] [heap] */
status lsq_solve(size_t n, size_t p, double theta[p],
        const double X[n][p], const double y[n]);
/* se ← standard errors of the least-squares theta,
   σ̂² = RSS/(n − p); n ≤ p: BAD_INPUT; SINGULAR.
   [ch13] [heap] */
status lsq_stderr(size_t n, size_t p, double se[p],
        const double X[n][p], const double theta[p],
        const double y[n]);
/* Returns R² = 1 − RSS/TSS; constant y or n = 0: NAN.
   [ch13] */
double lsq_r2(size_t n, const double yhat[n], const double y[n]);
/* theta ← argmin 1/(2n)‖X·θ − y‖² + λ/2·‖θ without θ[0]‖²;
   column 0 of X is all ones; λ < 0 or n = 0: BAD_INPUT;
   SINGULAR. [ch14] [heap] */
status lsq_ridge(size_t n, size_t p, double theta[p],
        const double X[n][p], const double y[n], double lambda);
/* theta ← argmin ‖X·θ − y‖ subject to C·θ = c, by the KKT
   system; SINGULAR. [ch20] [heap] */
status lsq_constrained(size_t n, size_t p, size_t q,
        double theta[p], const double X[n][p],
        const double y[n], const double C[q][p],
        const double c[q]);

#endif
