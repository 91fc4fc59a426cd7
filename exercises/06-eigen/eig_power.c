#include "eig.h"
#include "mat.h"
#include "vec.h"

#include <stdlib.h>

status eig_power(size_t n, double *lambda, double v[n],
        const double A[n][n], double tol, size_t max_iter)
{
    /* your code goes here */
    return TODO;
}
