/* diff.h: derivatives, measured and computed. */
#ifndef DIFF_H
#define DIFF_H

#include "types.h"

/* Returns (f(x + h) − f(x − h))/(2h). [ch16] */
double diff_central(double x, double h, fn1 f, void *ctx);
/* Returns (f(x + h) − 2f(x) + f(x − h))/h². [ch16] */
double diff_second(double x, double h, fn1 f, void *ctx);
/* Returns f′(x) by diff_central with h ≈ ε^(1/3)·max(1, |x|). [ch16] */
double diff_deriv(double x, fn1 f, void *ctx);
/* Returns a + b: the sum rule. [given] */
dual dual_add(dual a, dual b);
/* Returns e^a: the chain rule. [given] */
dual dual_exp(dual a);
/* Returns log a: the chain rule. [given] */
dual dual_log(dual a);
/* Returns a·b: the product rule. [ch16] */
dual dual_mul(dual a, dual b);
/* Returns a/b: the quotient rule. [ch16] */
dual dual_div(dual a, dual b);
/* Returns a^p for a constant p: the power rule. [ch16] */
dual dual_pow(dual a, double p);
/* Returns σ(a): the chain rule. [ch16] */
dual dual_sigmoid(dual a);
/* g ← ∇f(x), the rule of diff_deriv in each coordinate: 2d
   calls of f. [ch17] [heap] */
void diff_grad(size_t d, double g[d], const double x[d], fnd f,
        void *ctx);
/* J[i][j] ← ∂f_i/∂x_j of f: R^d → R^m. [ch17] [heap] */
void diff_jacobian(size_t m, size_t d, double J[m][d],
        const double x[d], fnv f, void *ctx);
/* H ← second derivatives of f at x, exactly symmetric. [ch17]
   [heap] */
void diff_hessian(size_t d, double H[d][d], const double x[d],
        fnd f, void *ctx);
/* Returns max |g − h|/max(1, |g|, |h|) over the entries; any
   NaN: NAN; d = 0: 0. [ch17] */
double diff_relerr(size_t d, const double g[d],
        const double h[d]);

#endif
