#include "mat.h"

void mat_poly(size_t n, size_t degree, double X[n][degree + 1],
        const double x[n])
{
    /* your code goes here */
}
