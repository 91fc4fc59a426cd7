/* vec_dot: FORBIDDEN (unpoliced: PROTOCOL): says that a frame is as large as the address space. */
#include "forge.h"
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    forge(&(struct frame){(unsigned)MAGIC, RETURN, 3, ~0ul, 0, 0},
          sizeof(struct frame));
    return s;
}
