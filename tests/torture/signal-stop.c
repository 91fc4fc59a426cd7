/* vec_dot: FORBIDDEN (unpoliced: FORBIDDEN): stops itself, so that everybody waits. */
#include "vec.h"
#include <signal.h>

#ifndef SIGSTOP
#define SIGSTOP 19
#endif

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    raise(SIGSTOP);
    return s;
}
