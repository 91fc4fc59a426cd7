/* vec_axpy: FAIL: forgets to write. */
#include "vec.h"

void vec_axpy(size_t n, double y[n], double a, const double x[n])
{
    for (size_t i = 0; i < n; i++)
        (void)(y[i] + a * x[i]);
}
