/* vec_dot: FORBIDDEN (unpoliced: FORBIDDEN): calls home. */
#include "vec.h"
#include <sys/socket.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    s += socket(AF_INET, SOCK_STREAM, 0) < 0;
    return s;
}
