/* vec_dot: FORBIDDEN: brings its own malloc. */
#include "vec.h"
#include <stdlib.h>

void *malloc(size_t size)
{
    static char heap[1 << 16];
    return size < sizeof heap ? heap : NULL;
}

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return s;
}
