/* vec_dot: FAIL: remembers the last sum. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    static double s;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return s;
}
