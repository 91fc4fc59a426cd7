/* vec_dot: COMPILE: assembly that repeats itself. */
#include "vec.h"

__asm__(".rept 1000000000\n.quad 1\n.endr");

double vec_dot(size_t n, const double x[n], const double y[n])
{
    return n ? x[0] * y[0] : 0;
}
