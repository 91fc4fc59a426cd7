/* vec_dot: FORBIDDEN: stands in for write. */
#include "vec.h"

long write(int fd, const void *at, size_t n)
{
    return (void)fd, (void)at, (long)n;
}

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return s;
}
