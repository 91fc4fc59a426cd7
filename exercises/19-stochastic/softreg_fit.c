#include "model.h"
#include "opt.h"

#include <stdlib.h>

status softreg_fit(size_t n, size_t p, size_t k, size_t epochs,
        double Theta[p][k], double history[epochs],
        const double X[n][p], const size_t label[n], sgd_options o,
        rng *r)
{
    /* your code goes here */
    return TODO;
}
