#include "tensor.h"

status tensor_sum_axis(size_t nd, size_t size, size_t out_size,
        double out[out_size], const double T[size],
        const size_t shape[nd], size_t axis)
{
    /* your code goes here */
    return TODO;
}
