#include "eval.h"
#include "rng.h"

status split_train_test(size_t n_train, size_t n_test,
        size_t train[n_train], size_t test[n_test], rng *r)
{
    /* your code goes here */
    return TODO;
}
