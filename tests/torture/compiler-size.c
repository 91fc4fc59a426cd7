/* vec_dot: COMPILE: an array larger than the address space. */
#include "vec.h"

char much[1ul << 63];

double vec_dot(size_t n, const double x[n], const double y[n])
{
    return much[n] + x[0] * y[0];
}
