#include "mat.h"
#include "vec.h"

void mat_vec(size_t m, size_t n, double y[m], const double A[m][n],
        const double x[n])
{
    /* your code goes here */
}
