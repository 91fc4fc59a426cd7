#include "nn.h"
#include "mat.h"
#include "vec.h"

void nn_affine_back_params(size_t n, size_t din, size_t dout,
        double dW[din][dout], double db[dout],
        const double A[n][din], const double dZ[n][dout])
{
    /* your code goes here */
}
