/* vec_dot: OUTPUT: prints errors without end. */
#include "vec.h"
#include <stdio.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    for (;;)
        fputs("noise", stderr);
    return s;
}
