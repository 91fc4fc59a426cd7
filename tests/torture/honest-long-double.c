/* vec_dot: PASS: accumulates in long double. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    long double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return (double)s;
}
