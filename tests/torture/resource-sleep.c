/* vec_dot: FORBIDDEN (unpoliced: FORBIDDEN): sleeps. */
#include "vec.h"
#include <unistd.h>

unsigned sleep(unsigned seconds);

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    sleep(1000);
    return s;
}
