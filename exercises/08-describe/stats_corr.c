#include "stats.h"

double stats_corr(size_t n, const double x[n], const double y[n])
{
    /* your code goes here */
    return NAN;
}
