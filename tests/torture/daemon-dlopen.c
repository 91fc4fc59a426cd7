/* vec_dot: FORBIDDEN: loads a library. */
#include "vec.h"
#include <dlfcn.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    s += dlopen("libc.so.6", 1) != NULL;
    return s;
}
