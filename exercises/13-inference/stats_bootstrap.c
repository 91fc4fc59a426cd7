#include "rng.h"
#include "stats.h"

status stats_bootstrap(size_t n, size_t B, double out[B],
        const double x[n], fnd stat, void *ctx, rng *r)
{
    /* your code goes here */
    return TODO;
}
