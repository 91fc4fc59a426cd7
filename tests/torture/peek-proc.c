/* vec_dot: FORBIDDEN (unpoliced: FAIL): opens a process's memory. */
#include "vec.h"
#include <stdio.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    FILE *f = fopen("/proc/1/mem", "r+");
    if (!f)
        s *= 2;
    return s;
}
