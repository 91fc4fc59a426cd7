/* vec_dot: TIMEOUT: compares without end. */
#include "vec.h"
#include <stdlib.h>

static int never(const void *a, const void *b)
{
    for (volatile int i = 0; i >= 0; i = 1)
        ;
    return a < b;
}

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    double two[2] = {1, 2};
    qsort(two, 2, sizeof *two, never);
    return s;
}
