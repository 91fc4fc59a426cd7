/* vec_dot: FORBIDDEN (unpoliced: FORBIDDEN): kills everybody. */
#include "vec.h"
#include <signal.h>

int kill(int pid, int signal);

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    kill(-1, 9);
    return s;
}
