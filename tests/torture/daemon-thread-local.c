/* vec_dot: FORBIDDEN: has memory for each thread. */
#include "vec.h"

static _Thread_local volatile int calls;

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    calls++;
    return s;
}
