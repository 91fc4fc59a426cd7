#include "vec.h"

double vec_norm2(size_t n, const double x[n])
{
    /* your code goes here */
    return NAN;
}
