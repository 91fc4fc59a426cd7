#include "dist.h"
#include "loss.h"

double loss_nll_normal(size_t n, const double yhat[n], const double y[n],
        double sigma)
{
    /* your code goes here */
    return NAN;
}
