/* vec_dot: MEMORY: takes all the memory there is, and uses it. */
#include "vec.h"
#include <stdlib.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    for (;;) {
        char *volatile p = malloc(1 << 24);
        for (int i = 0; i < 1 << 24; i += 4096)
            p[i] = 1;
    }
    return s;
}
