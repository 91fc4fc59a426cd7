#include "lin.h"

status lin_lu_solve(size_t n, double x[n],
        const double LU[n][n], const size_t piv[n],
        const double b[n])
{
    /* your code goes here */
    return TODO;
}
