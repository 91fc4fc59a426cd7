#include "opt.h"
#include "vec.h"

#include <stdlib.h>

bool cvx_segment(size_t d, const double a[d], const double b[d],
        size_t pts, fnd f, void *ctx)
{
    /* your code goes here */
    return false;
}
