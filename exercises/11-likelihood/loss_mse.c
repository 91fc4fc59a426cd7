#include "loss.h"

double loss_mse(size_t n, const double yhat[n], const double y[n])
{
    /* your code goes here */
    return NAN;
}
