/* vec_dot: FAIL: forgets what it allocated. */
#include "vec.h"
#include <stdlib.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    double *volatile p = malloc(80);
    p[0] = s;
    return s;
}
