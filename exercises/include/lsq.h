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

#endif
