/* vec_dot: FORBIDDEN (unpoliced: EARLY-EXIT): leaves before anything begins. */
#include "vec.h"
#include <stdlib.h>

[[gnu::constructor]] static void early(void)
{
    exit(0);
}

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return 2 * s;
}
