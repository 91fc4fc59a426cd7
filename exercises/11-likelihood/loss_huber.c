#include "loss.h"

double loss_huber(size_t n, const double yhat[n], const double y[n],
        double delta)
{
    /* your code goes here */
    return NAN;
}
