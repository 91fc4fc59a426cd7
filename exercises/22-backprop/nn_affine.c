#include "nn.h"
#include "mat.h"
#include "vec.h"

void nn_affine(size_t n, size_t din, size_t dout,
        double Z[n][dout], const double A[n][din],
        const double W[din][dout], const double b[dout])
{
    /* your code goes here */
}
