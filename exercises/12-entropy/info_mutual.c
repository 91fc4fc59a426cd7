#include "info.h"

#include <stdlib.h>

double info_mutual(size_t a, size_t b, const double P[a][b])
{
    /* your code goes here */
    return NAN;
}
