/* vec_dot: CRASH: writes over its return address. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    volatile size_t *p = (volatile size_t *)&s;
    for (int i = 0; i < 64; i++)
        p[i] = 0x4141414141414141;
    return s;
}
