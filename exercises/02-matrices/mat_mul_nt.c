#include "mat.h"
#include "vec.h"

void mat_mul_nt(size_t m, size_t k, size_t n, double C[m][n],
        const double A[m][k], const double B[n][k])
{
    /* your code goes here */
}
