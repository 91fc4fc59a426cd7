/* vec_dot: FORBIDDEN (unpoliced: PROTOCOL): counts more bytes than a ring can hold. */
#include "forge.h"
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    the_ring()->written += 1u << 31;
    for (;;)
        ;
    return s;
}
