#include "vec.h"

void vec_axpy(size_t n, double y[n], double a, const double x[n])
{
    /* your code goes here */
}
