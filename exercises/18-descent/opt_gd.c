#include "opt.h"
#include "vec.h"

#include <stdlib.h>

status opt_gd(size_t p, size_t max_iter, double theta[p],
        double history[max_iter + 1], size_t *iters, double lr,
        double tol, fnd J, void *J_ctx, fnv dJ, void *dJ_ctx)
{
    /* your code goes here */
    return TODO;
}
