#include "rng.h"
#include "stats.h"

double stats_perm_test(size_t na, size_t nb,
        const double a[na], const double b[nb], size_t B, rng *r)
{
    /* your code goes here */
    return NAN;
}
