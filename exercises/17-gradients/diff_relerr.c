#include "diff.h"

double diff_relerr(size_t d, const double g[d],
        const double h[d])
{
    /* your code goes here */
    return NAN;
}
