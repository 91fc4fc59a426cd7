#include "nn.h"
#include "mat.h"

void nn_affine_back_input(size_t n, size_t din, size_t dout,
        double dA[n][din], const double dZ[n][dout],
        const double W[din][dout])
{
    /* your code goes here */
}
