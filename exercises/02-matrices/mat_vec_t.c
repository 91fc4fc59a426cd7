#include "mat.h"
#include "vec.h"

void mat_vec_t(size_t m, size_t n, double y[n], const double A[m][n],
        const double x[m])
{
    /* your code goes here */
}
