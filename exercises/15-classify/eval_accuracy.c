#include "eval.h"

double eval_accuracy(size_t k, const size_t C[k][k])
{
    /* your code goes here */
    return NAN;
}
