/* vec_dot: COMPILE: the marks of a merge. */
#include "vec.h"

<<<<<<< HEAD
double vec_dot(size_t n, const double x[n], const double y[n])
=======
double vec_dot(size_t n, const double *x, const double *y)
>>>>>>> mine
{
    return n ? x[0] * y[0] : 0;
}
