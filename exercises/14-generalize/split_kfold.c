#include "eval.h"
#include "rng.h"

status split_kfold(size_t n, size_t fold[n], size_t k, rng *r)
{
    /* your code goes here */
    return TODO;
}
