#include "lin.h"

status lin_solve_lower(size_t n, double x[n],
        const double L[n][n], const double b[n], bool unit_diag)
{
    /* your code goes here */
    return TODO;
}
