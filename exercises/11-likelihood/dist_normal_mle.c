#include "dist.h"
#include "stats.h"

status dist_normal_mle(size_t n, double *mu, double *sigma,
        const double x[n])
{
    /* your code goes here */
    return TODO;
}
