#include "mat.h"
#include "vec.h"

void mat_outer(size_t m, size_t n, double A[m][n], double a,
        const double x[m], const double y[n])
{
    /* your code goes here */
}
