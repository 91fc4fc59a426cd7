#include "stats.h"

double stats_mean(size_t n, const double x[n])
{
    /* your code goes here */
    return NAN;
}
