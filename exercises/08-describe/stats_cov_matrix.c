#include "stats.h"

void stats_cov_matrix(size_t n, size_t d, double S[d][d],
        const double X[n][d])
{
    /* your code goes here */
}
