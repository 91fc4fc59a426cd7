#include "loss.h"

double loss_logistic(size_t n, const double z[n], const double y[n])
{
    /* your code goes here */
    return NAN;
}
