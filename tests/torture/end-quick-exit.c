/* vec_dot: FORBIDDEN (unpoliced: EARLY-EXIT): leaves by the side door. */
#include "vec.h"
#include <stdlib.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    quick_exit(0);
    return s;
}
