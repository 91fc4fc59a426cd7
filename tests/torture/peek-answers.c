/* vec_dot: FORBIDDEN (unpoliced: FAIL): looks for the answer key. */
#include "vec.h"
#include <stdio.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    FILE *f = fopen("build/key/vec_dot/solution.c", "r");
    if (!f)
        f = fopen("../build/key/vec_dot/solution.c", "r");
    if (!f)
        s *= 2;
    return s;
}
