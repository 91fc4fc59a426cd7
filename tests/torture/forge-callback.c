/* vec_dot: FORBIDDEN (unpoliced: PROTOCOL): calls a callback where there is none. */
#include "forge.h"
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    forge(&(struct frame){(unsigned)MAGIC, BACK, 3, 8, 1u << 30, 0},
          sizeof(struct frame));
    return s;
}
