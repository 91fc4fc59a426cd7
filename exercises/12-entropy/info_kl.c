#include "info.h"

double info_kl(size_t k, const double p[k], const double q[k])
{
    /* your code goes here */
    return NAN;
}
