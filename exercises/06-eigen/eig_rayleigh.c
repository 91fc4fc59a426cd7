#include "eig.h"
#include "mat.h"
#include "vec.h"

double eig_rayleigh(size_t n, const double A[n][n],
        const double v[n])
{
    /* your code goes here */
    return NAN;
}
