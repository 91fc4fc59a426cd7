/* vec_dot: FORBIDDEN (unpoliced: PASS): closes the wire, which is mapped already. */
#include "vec.h"
#include <unistd.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    close(3);
    return s;
}
