/* vec_dot: CRASH: an assertion that fails. */
#include "vec.h"
#include <assert.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    assert(n > 1000);
    return s;
}
