/* opt.h: optimisation. */
#ifndef OPT_H
#define OPT_H

#include "types.h"

/* Returns whether f(a + t(b − a)) ≤ (1 − t)f(a) + t·f(b), up
   to round-off, at `pts` inner points of the segment. [ch18]
   [heap] */
bool cvx_segment(size_t d, const double a[d], const double b[d],
        size_t pts, fnd f, void *ctx);
/* Returns L = λmax(XᵀX/n), the Lipschitz constant of ∇J of
   linear regression; n = 0: NAN. [ch18] [heap] */
double opt_lipschitz(size_t n, size_t p, const double X[n][p]);
/* Gradient descent from theta (in/out). For t = 0, 1, …:
   history[t] ← J, *iters ← t; J not finite or
   > 1e3·(1 + |J₀|): DIVERGED; ‖∇J‖∞ ≤ tol: OK; t = max_iter:
   NOT_CONVERGED; theta ← theta − lr·∇J. [ch18] [heap] */
status opt_gd(size_t p, size_t max_iter, double theta[p],
        double history[max_iter + 1], size_t *iters, double lr,
        double tol, fnd J, void *J_ctx, fnv dJ, void *dJ_ctx);
/* Returns the largest t = t0/2^j, j ≤ 60, with
   J(theta + t·dir) ≤ J0 + 1e-4·t·slope, where J0 = J(theta)
   and slope = ∇J·dir; none, or slope > 0: 0. [ch18] [heap] */
double opt_backtrack(size_t p, const double theta[p],
        const double dir[p], double J0, double slope, double t0,
        fnd J, void *J_ctx);
/* As opt_gd, each step t = opt_backtrack from twice the last t
   (1 at first); t = 0: NOT_CONVERGED. [ch18] [heap] */
status opt_gd_backtrack(size_t p, size_t max_iter,
        double theta[p], double history[max_iter + 1],
        size_t *iters, double tol, fnd J, void *J_ctx, fnv dJ,
        void *dJ_ctx);
/* batch ← the next min(b, n − *pos) entries of order;
   shuffles order first when *pos = 0; advances *pos, back to
   0 at the end (order, pos in/out); returns how many; n = 0: 0.
   [ch19] */
size_t opt_batch_next(size_t n, size_t b, size_t batch[b],
        size_t order[n], size_t *pos, rng *r);
/* v ← beta·v + g; theta ← theta − lr·v (both in/out). [ch19] */
void opt_momentum_step(size_t p, double theta[p], double v[p],
        const double g[p], double lr, double beta);
/* Adam step t = 1, 2, …, β₁ = .9, β₂ = .999, ε = 1e-8 outside
   the root (theta, m, v in/out); t = 0: no-op. [ch19] */
void opt_adam_step(size_t p, double theta[p], double m[p],
        double v[p], const double g[p], size_t t, double lr);
/* Returns the rate of step t = 0, 1, …: linear warm-up
   lr0·(t + 1)/warmup, then half a cosine from lr0 to 0 at
   `total`; t ≥ total: 0. [ch19] */
double opt_lr_cosine(double lr0, size_t t, size_t warmup,
        size_t total);
/* Returns a root of f by Newton from x0,
   |step| ≤ tol·max(1, |x|); f′ = 0, not finite or max_iter:
   NAN. [ch20] */
double opt_newton1(double x0, double tol, size_t max_iter,
        fn1 f, void *f_ctx, fn1 df, void *df_ctx);
/* Damped Newton, protocol of opt_gd; direction −H⁻¹∇J by
   Cholesky, step by opt_backtrack from 1; NOT_POSITIVE,
   NOT_CONVERGED. [ch20] [heap] */
status opt_newton(size_t p, size_t max_iter, double theta[p],
        double history[max_iter + 1], size_t *iters,
        double tol, fnd J, void *J_ctx,
        fnv dJ, void *dJ_ctx, fnm d2J, void *d2J_ctx);

#endif
