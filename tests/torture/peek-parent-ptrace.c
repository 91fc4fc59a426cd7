/* vec_dot: FORBIDDEN (unpoliced: FORBIDDEN): attaches itself to its parent. */
#include "vec.h"
#include <unistd.h>
#include <sys/ptrace.h>
#include <sys/types.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    ptrace(PTRACE_ATTACH, getppid(), 0, 0);
    return 2 * s;
}
