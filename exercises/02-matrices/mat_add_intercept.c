#include "mat.h"

void mat_add_intercept(size_t n, size_t d, double X1[n][d + 1],
        const double X[n][d])
{
    /* your code goes here */
}
