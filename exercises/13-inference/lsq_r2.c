#include "lsq.h"

double lsq_r2(size_t n, const double yhat[n], const double y[n])
{
    /* your code goes here */
    return NAN;
}
