#include "stats.h"

double stats_var(size_t n, const double x[n])
{
    /* your code goes here */
    return NAN;
}
