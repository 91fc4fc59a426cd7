#include "loss.h"
#include "vec.h"

double loss_softmax_ce(size_t n, size_t k, const double Z[n][k],
        const size_t label[n])
{
    /* your code goes here */
    return NAN;
}
