#include "opt.h"

void opt_momentum_step(size_t p, double theta[p], double v[p],
        const double g[p], double lr, double beta)
{
    /* your code goes here */
}
