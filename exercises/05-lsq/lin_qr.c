#include "lin.h"

status lin_qr(size_t m, size_t n, double Q[m][n],
        double R[n][n], const double A[m][n])
{
    /* your code goes here */
    return TODO;
}
