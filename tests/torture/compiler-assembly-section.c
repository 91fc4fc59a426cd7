/* vec_dot: FORBIDDEN: assembly at the top level. */
#include "vec.h"

__asm__(".globl spare\nspare: ret");

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return s;
}
