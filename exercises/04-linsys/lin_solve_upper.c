#include "lin.h"

status lin_solve_upper(size_t n, double x[n],
        const double U[n][n], const double b[n])
{
    /* your code goes here */
    return TODO;
}
