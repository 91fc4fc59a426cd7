/* vec_dot: FORBIDDEN (unpoliced: TIMEOUT): waits for what never comes. */
#include "vec.h"
#include <sys/syscall.h>
#include <unistd.h>

long syscall(long number, ...);

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    int word = 0;
    syscall(SYS_futex, &word, 0 /* FUTEX_WAIT */, 0, NULL, NULL, 0);
    return s;
}
