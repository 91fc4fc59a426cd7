/* vec_dot: COMPILE: a misspelt function. */
#include "vec.h"

double vec_dto(size_t n, const double x[n], const double y[n])
{
    return n ? x[0] * y[0] : 0;
}
