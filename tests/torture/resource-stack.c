/* vec_dot: CRASH: puts a hundred megabytes on the stack. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    volatile char much[100 << 20];
    for (size_t i = sizeof much; i-- > 0;)
        much[i] = 1;
    return s;
}
