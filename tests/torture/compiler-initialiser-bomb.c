/* vec_dot: COMPILE: one initialiser, eight gigabytes of object. */
#include "vec.h"

static double much[1ul << 30] = {[(1ul << 30) - 1] = 1};

double vec_dot(size_t n, const double x[n], const double y[n])
{
    return much[n] + x[0] * y[0];
}
