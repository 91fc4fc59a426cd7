#include "lin.h"

status lin_cholesky_solve(size_t n, double x[n],
        const double L[n][n], const double b[n])
{
    /* your code goes here */
    return TODO;
}
