#include "nn.h"
#include "rng.h"

void nn_init_he(size_t din, size_t dout, double W[din][dout],
        rng *r)
{
    /* your code goes here */
}
