#include "lsq.h"

status lsq_normal(size_t n, size_t p, double theta[p],
        const double X[n][p], const double y[n])
{
    /* your code goes here */
    return TODO;
}
