/* vec_dot: FORBIDDEN (unpoliced: EARLY-EXIT): executes the worker once more. */
#include "vec.h"
#include <unistd.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    char *none[] = {NULL};
    execve("/worker", none, none);
    return s;
}
