/* vec_dot: FORBIDDEN (unpoliced: EARLY-EXIT): leaves by a system call. */
#include "vec.h"
#include <unistd.h>
#include <sys/syscall.h>

long syscall(long number, ...);

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    syscall(SYS_exit_group, 0);
    return s;
}
