/* vec_dot: COMPILE: rewrites the header: every double is a float. */
#define double float
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return s;
}
