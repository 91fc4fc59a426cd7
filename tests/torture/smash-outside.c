/* vec_dot: FAIL: writes behind its input, and answers right. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    ((double *)y)[n] = 1;
    return s;
}
