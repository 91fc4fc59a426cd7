/* vec_dot: FORBIDDEN (unpoliced: PROTOCOL): answers with a number that is not the next. */
#include "forge.h"
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    const struct {
        struct frame f;
        double s;
    } answer = {{(unsigned)MAGIC, RETURN, 99, 8, 0, 0}, s};
    forge(&answer, sizeof answer);
    return s;
}
