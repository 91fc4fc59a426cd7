#include "tensor.h"

size_t tensor_offset(size_t nd, const size_t idx[nd],
        const size_t strides[nd])
{
    /* your code goes here */
    return SIZE_MAX;
}
