/* vec_dot: FAIL: begins at one; the answer key knows it as starts-at-one. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 1; i < n; i++)
        s += x[i] * y[i];
    return s;
}
