#include "vec.h"

double vec_logsumexp(size_t k, const double z[k])
{
    /* your code goes here */
    return NAN;
}
