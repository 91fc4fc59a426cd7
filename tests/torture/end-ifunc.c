/* vec_dot: FORBIDDEN: chooses itself while it is loaded. */
#include "vec.h"
#include <stdlib.h>

static double right(double s)
{
    return s;
}
static void *choose(void)
{
    return right;
}
[[gnu::ifunc("choose")]] double chosen(double s);

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return chosen(s);
}
