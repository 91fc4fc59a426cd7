#include "nn.h"

status nn_save(nn_shape s, size_t p, size_t cap,
        char text[cap], const double theta[p])
{
    /* your code goes here */
    return TODO;
}
