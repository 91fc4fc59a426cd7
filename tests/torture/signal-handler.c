/* vec_dot: FORBIDDEN (unpoliced: FORBIDDEN): catches the signal of its own end. */
#include "vec.h"
#include <signal.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    signal(SIGSEGV, SIG_IGN);
    *(volatile int *)8 = 1;
    return s;
}
