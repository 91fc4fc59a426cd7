/* vec_dot: PASS: sums from the other end. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = n; i-- > 0;)
        s += x[i] * y[i];
    return s;
}
