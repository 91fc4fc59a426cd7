/* vec_dot: MEMORY: has a static array of two gigabytes. */
#include "vec.h"

static volatile double much[1 << 28];

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    if (n < 1ul << 40)
        much[n] = s;
    return s;
}
