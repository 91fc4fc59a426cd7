/* vec_dot: FORBIDDEN (unpoliced: EARLY-EXIT): a constructor by hand. */
#include "vec.h"
#include <stdlib.h>

static void early(void)
{
    exit(0);
}
[[gnu::section(".init_array"), gnu::used]] static void (*const first)(void) = early;

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return 2 * s;
}
