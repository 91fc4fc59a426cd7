#include "info.h"

double info_entropy(size_t k, const double p[k])
{
    /* your code goes here */
    return NAN;
}
