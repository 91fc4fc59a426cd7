/* vec_dot: FORBIDDEN (unpoliced: FORBIDDEN): kills its parent. */
#include "vec.h"
#include <unistd.h>
#include <signal.h>
#include <sys/types.h>

int kill(int pid, int signal);

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    kill(getppid(), 9);
    return s;
}
