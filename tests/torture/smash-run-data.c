/* vec_dot: CRASH: executes its data. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    static unsigned char code[] = {0xc3};
    ((void (*)(void))(size_t)code)();
    return s;
}
