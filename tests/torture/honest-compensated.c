/* vec_dot: PASS: sums with a compensation. */
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0, c = 0;
    for (size_t i = 0; i < n; i++) {
        double p = x[i] * y[i] - c, t = s + p;
        c = isfinite(t) ? t - s - p : 0;
        s = t;
    }
    return s;
}
