#include "mat.h"

void mat_mul_tn(size_t m, size_t k, size_t n, double C[m][n],
        const double A[k][m], const double B[k][n])
{
    /* your code goes here */
}
