/* vec_dot: CRASH: writes far outside. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    ((volatile double *)x)[1ul << 40] = 1;
    return s;
}
