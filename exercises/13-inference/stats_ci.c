#include "stats.h"

void stats_ci(size_t B, double *lo, double *hi,
        const double boot[B], double level)
{
    /* your code goes here */
}
