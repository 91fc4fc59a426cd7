/* vec_dot: FORBIDDEN: lets a later chapter do the work. */
#include "vec.h"

#include "mat.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    mat_mul(1, n, 1, (double(*)[1])&s, (const double(*)[n])x, (const double(*)[1])y);
    return s;
}
