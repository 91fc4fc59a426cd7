/* vec_dot: FAIL: computes and does not return. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    printf("%.0f\n", 0 * s);
}
