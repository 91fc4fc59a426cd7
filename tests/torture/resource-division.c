/* vec_dot: CRASH: divides a whole number by zero. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    volatile int zero = 0;
    s += 10 / zero;
    return s;
}
