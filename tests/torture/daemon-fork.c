/* vec_dot: FORBIDDEN (unpoliced: FORBIDDEN): leaves a child behind. */
#include "vec.h"
#include <unistd.h>

int fork(void);

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    if (fork() == 0)
        for (;;)
            ;
    return s;
}
