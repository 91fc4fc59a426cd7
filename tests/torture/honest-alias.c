/* vec_axpy: PASS: y may be x, and this is the usual loop. */
#include "vec.h"

void vec_axpy(size_t n, double y[n], double a, const double x[n])
{
    for (size_t i = n; i-- > 0;)
        y[i] = fma(a, x[i], y[i]);
}
