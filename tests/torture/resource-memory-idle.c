/* vec_dot: MEMORY: takes all the memory there is, and does not use it. */
#include "vec.h"
#include <stdlib.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    for (;;) {
        char *volatile p = calloc(1 << 10, 1 << 10);
        (void)p;
    }
    return s;
}
