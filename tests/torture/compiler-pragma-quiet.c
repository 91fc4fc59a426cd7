/* vec_dot: PASS: wants no warnings. */
#include "vec.h"

#pragma GCC diagnostic ignored "-Wunused-variable"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    int unused;
    return s;
}
