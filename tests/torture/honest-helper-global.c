/* vec_dot: PASS: has a helper, and forgot the static. */
#include "vec.h"

double product(double a, double b)
{
    return a * b;
}

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += product(x[i], y[i]);
    return s;
}
