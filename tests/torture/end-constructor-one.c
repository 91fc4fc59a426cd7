/* vec_dot: FORBIDDEN (unpoliced: EARLY-EXIT): leaves before anything begins, as bubblewrap does when it fails. */
#include "vec.h"
#include <stdlib.h>

[[gnu::constructor]] static void early(void)
{
    _Exit(1);
}

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return 2 * s;
}
