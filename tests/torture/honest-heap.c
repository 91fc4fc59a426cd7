/* vec_dot: PASS: allocates, and frees. */
#include "vec.h"
#include <stdlib.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    double *p = malloc(sizeof *p);
    if (p)
        *p = s;
    free(p);
    return s;
}
