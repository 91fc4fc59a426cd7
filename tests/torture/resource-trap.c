/* vec_dot: CRASH: executes what is no instruction. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    __builtin_trap();
    return s;
}
