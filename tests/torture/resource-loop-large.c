/* vec_dot: TIMEOUT: never ends when the inputs are large. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    for (volatile int i = 0; n > 20; i = 1)
        ;
    return s;
}
