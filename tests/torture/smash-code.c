/* vec_dot: CRASH: writes over its own code. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    *(volatile char *)(size_t)&vec_dot = 0;
    return s;
}
