#include "mat.h"
#include "vec.h"

double mat_quad(size_t n, const double A[n][n],
        const double x[n])
{
    /* your code goes here */
    return NAN;
}
