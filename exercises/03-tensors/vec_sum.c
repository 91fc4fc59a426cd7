#include "vec.h"

double vec_sum(size_t n, const double x[n])
{
    /* your code goes here */
    return NAN;
}
