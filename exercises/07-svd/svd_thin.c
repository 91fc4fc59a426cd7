#include "eig.h"
#include "mat.h"
#include "vec.h"

status svd_thin(size_t m, size_t n, double U[m][n], double s[n],
        double V[n][n], const double A[m][n])
{
    /* your code goes here */
    return TODO;
}
