#include "opt.h"

status opt_newton(size_t p, size_t max_iter, double theta[p],
        double history[max_iter + 1], size_t *iters,
        double tol, fnd J, void *J_ctx,
        fnv dJ, void *dJ_ctx, fnm d2J, void *d2J_ctx)
{
    /* your code goes here */
    return TODO;
}
