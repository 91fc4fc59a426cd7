#include "nn.h"
#include "mat.h"
#include "opt.h"

#include <stdlib.h>

status nn_train(nn_shape s, size_t p, size_t n, size_t n_val,
        size_t epochs, double theta[p],
        double history[epochs][3],
        const double X[n][s.din], const size_t label[n],
        const double X_val[n_val][s.din],
        const size_t label_val[n_val], sgd_options o, rng *r)
{
    /* your code goes here */
    return TODO;
}
