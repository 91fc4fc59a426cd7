#include "nn.h"

size_t nn_count(nn_shape s)
{
    /* your code goes here */
    return SIZE_MAX;
}
