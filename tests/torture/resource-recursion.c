/* vec_dot: CRASH: calls itself without end. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    volatile double deep[100];
    deep[0] = s;
    s = vec_dot(n, x, y) + deep[0];
    return s;
}
