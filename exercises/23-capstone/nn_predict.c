#include "nn.h"
#include "vec.h"

status nn_predict(nn_shape s, size_t p, size_t n,
        size_t label[n], const double X[n][s.din],
        const double theta[p])
{
    /* your code goes here */
    return TODO;
}
