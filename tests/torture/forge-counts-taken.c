/* vec_dot: FORBIDDEN (unpoliced: PROTOCOL): says that it has read what nobody has written. */
#include "forge.h"
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    the_ring()[-1].taken += 1u << 31;
    return s;
}
