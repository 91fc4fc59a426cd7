/* vec_project: PASS: brings its own copy of an earlier exercise. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return s;
}

void vec_project(size_t n, double p[n], const double x[n], const double u[n])
{
    double uu = vec_dot(n, u, u);
    double t = uu == 0 ? 0 : vec_dot(n, x, u) / uu;
    for (size_t i = 0; i < n; i++)
        p[i] = t * u[i];
}
