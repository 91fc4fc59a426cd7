#include "nn.h"
#include "loss.h"
#include "prob.h"

double nn_softmax_ce(size_t n, size_t k, double dZ[n][k],
        const double Z[n][k], const size_t label[n])
{
    /* your code goes here */
    return NAN;
}
