#include "lsq.h"

status lsq_constrained(size_t n, size_t p, size_t q,
        double theta[p], const double X[n][p],
        const double y[n], const double C[q][p],
        const double c[q])
{
    /* your code goes here */
    return TODO;
}
