#include "rng.h"

void rng_shuffle(size_t n, size_t idx[n], rng *r)
{
    /* your code goes here */
}
