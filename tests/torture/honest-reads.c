/* vec_dot: FAIL: asks for a number. */
#include "vec.h"
#include <stdio.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    double more = 1;
    if (scanf("%lf", &more) != 1)
        more = 2;
    s *= more;
    return s;
}
