/* vec_dot: COMPILE: calls what is not there. */
#include "vec.h"

double vec_sum_of(size_t n, const double x[n]);

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    s = vec_sum_of(n, x);
    return s;
}
