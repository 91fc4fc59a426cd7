/* vec_dot: FORBIDDEN: a section whose name is assembly. */
#include "vec.h"

[[gnu::section(".text\n\tnop\n\t.section .mine")]] int here = 1;

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = here - 1;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return s;
}
