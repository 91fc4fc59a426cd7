#include "rng.h"

uint64_t rng_next(rng *r)
{
    /* your code goes here */
    return UINT64_MAX;
}
