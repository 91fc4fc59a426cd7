#include "diff.h"

#include <float.h>

double diff_deriv(double x, fn1 f, void *ctx)
{
    /* your code goes here */
    return NAN;
}
