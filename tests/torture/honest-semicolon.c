/* vec_dot: COMPILE: a semicolon is missing. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0
    return s;
}
