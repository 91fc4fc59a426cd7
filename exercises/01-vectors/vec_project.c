#include "vec.h"

void vec_project(size_t n, double p[n], const double x[n], const double u[n])
{
    /* your code goes here */
}
