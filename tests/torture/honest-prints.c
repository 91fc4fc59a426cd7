/* vec_dot: PASS: prints what it is doing. */
#include "vec.h"
#include <stdio.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    printf("n = %zu, s = %g\n", n, s);
    fprintf(stderr, "done\n");
    return s;
}
