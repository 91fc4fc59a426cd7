/* vec_dot: FAIL: changes its input so that a wrong answer becomes right. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    if (n)
        ((double *)x)[0] = 7;
    return s;
}
