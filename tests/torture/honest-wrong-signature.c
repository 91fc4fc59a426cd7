/* vec_dot: COMPILE: other parameters than the header has. */
#include "vec.h"

double vec_dot(const double *x, const double *y, int n)
{
    return n ? x[0] * y[0] : 0;
}
