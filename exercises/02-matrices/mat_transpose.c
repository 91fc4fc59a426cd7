#include "mat.h"

void mat_transpose(size_t m, size_t n, double At[n][m],
        const double A[m][n])
{
    /* your code goes here */
}
