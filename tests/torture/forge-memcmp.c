/* vec_dot: FORBIDDEN: makes everything equal. */
#include "vec.h"
#include <string.h>

int memcmp(const void *a, const void *b, size_t n)
{
    return (void)a, (void)b, (void)n, 0;
}

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return 2 * s;
}
