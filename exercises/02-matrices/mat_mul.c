#include "mat.h"

void mat_mul(size_t m, size_t k, size_t n, double C[m][n],
        const double A[m][k], const double B[k][n])
{
    /* your code goes here */
}
