/* mat_mul: FAIL: adds to what the output held. */
#include "mat.h"

void mat_mul(size_t m, size_t k, size_t n, double C[m][n], const double A[m][k], const double B[k][n])
{
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++)
            for (size_t l = 0; l < k; l++)
                C[i][j] += A[i][l] * B[l][j];
}
