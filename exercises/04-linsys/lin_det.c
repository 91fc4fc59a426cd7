#include "lin.h"

#include <stdlib.h>
#include <string.h>

double lin_det(size_t n, const double A[n][n])
{
    /* your code goes here */
    return NAN;
}
