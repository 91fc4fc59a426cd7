/* vec_dot: FORBIDDEN (unpoliced: PROTOCOL): calls a callback where there is none. */
#include "vec.h"
#include <unistd.h>

struct frame {
    unsigned magic, kind;
    unsigned long number, size, a, b;
};

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    const struct frame f = {0xde5ce47a, 3, 3, 8, 1u << 30, 0};
    if (write(3, &f, sizeof f) < 0)
        s = 0;
    return s;
}
