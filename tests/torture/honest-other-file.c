/* vec_dot: COMPILE: another exercise in this file. */
#include "vec.h"

void vec_axpy(size_t n, double y[n], double a, const double x[n])
{
    for (size_t i = 0; i < n; i++)
        y[i] += a * x[i];
}
