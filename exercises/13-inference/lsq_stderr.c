#include "lsq.h"

status lsq_stderr(size_t n, size_t p, double se[p],
        const double X[n][p], const double theta[p],
        const double y[n])
{
    /* your code goes here */
    return TODO;
}
