/* vec_dot: FORBIDDEN (unpoliced: FORBIDDEN): waits for a signal. */
#include "vec.h"
#include <unistd.h>

int pause(void);

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    pause();
    return s;
}
