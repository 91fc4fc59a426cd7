/* vec_dot: COMPILE: renames its function. */
#define vec_dot my_dot
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    return n ? x[0] * y[0] : 0;
}
