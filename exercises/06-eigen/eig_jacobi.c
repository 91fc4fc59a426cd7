#include "eig.h"
#include "mat.h"

#include <stdlib.h>

status eig_jacobi(size_t n, double w[n], double V[n][n],
        const double A[n][n])
{
    /* your code goes here */
    return TODO;
}
