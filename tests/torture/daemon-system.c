/* vec_dot: FORBIDDEN (unpoliced: FORBIDDEN): starts a shell. */
#include "vec.h"
#include <stdlib.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    if (system("sleep 1000 &"))
        s *= 2;
    return s;
}
