/* vec_dot: FORBIDDEN (unpoliced: FAIL): asks to be called at the end. */
#include "vec.h"
#include <stdlib.h>

static void late(void)
{
    _Exit(0);
}

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    atexit(late);
    return 2 * s;
}
