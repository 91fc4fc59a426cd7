/* vec_dot: FORBIDDEN: brings its own expectations. */
#include "vec.h"

void expect_num(double got, double want, double tol)
{
    (void)got, (void)want, (void)tol;
}

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return 2 * s;
}
