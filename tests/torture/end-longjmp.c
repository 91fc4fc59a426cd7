/* vec_dot: FORBIDDEN (unpoliced: PASS): jumps out of the function. */
#include "vec.h"
#include <setjmp.h>

static jmp_buf place;

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    if (setjmp(place) == 0)
        longjmp(place, 1);
    return s;
}
