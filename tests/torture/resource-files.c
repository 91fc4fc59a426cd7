/* vec_dot: FORBIDDEN (unpoliced: FAIL): fills the disk. */
#include "vec.h"
#include <stdio.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    FILE *f = fopen("/tmp/descent-was-here", "w");
    for (int i = 0; f && i < 1 << 30; i++)
        fputs("noise", f);
    if (!f)
        s *= 2;
    return s;
}
