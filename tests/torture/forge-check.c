/* vec_dot: FORBIDDEN: makes assertions that cannot fail. */
#include "vec.h"

void _ck_assert_failed(const char *file, int line, const char *expr, ...)
{
    (void)file, (void)line, (void)expr;
}

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return 2 * s;
}
