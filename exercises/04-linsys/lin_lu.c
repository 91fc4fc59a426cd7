#include "lin.h"

status lin_lu(size_t n, double A[n][n], size_t piv[n])
{
    /* your code goes here */
    return TODO;
}
