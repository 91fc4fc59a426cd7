#include "mat.h"

/* A block of B: 128 kB, for the second-level cache. */
enum { DEPTH = 64, WIDTH = 256 };

void mat_mul_blocked(size_t m, size_t k, size_t n, double C[m][n],
        const double A[m][k], const double B[k][n])
{
    /* your code goes here */
}
