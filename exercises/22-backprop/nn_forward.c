#include "nn.h"

void nn_forward(nn_shape s, size_t p, size_t n,
        double H[n][s.dhid], double Z[n][s.dout],
        const double X[n][s.din], const double theta[p])
{
    /* your code goes here */
}
