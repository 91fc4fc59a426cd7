/* vec_dot: FORBIDDEN: stands in for the worker. */
#include "vec.h"

const int the_function = 0;

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return s;
}
