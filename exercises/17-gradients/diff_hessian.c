#include "diff.h"

void diff_hessian(size_t d, double H[d][d], const double x[d],
        fnd f, void *ctx)
{
    /* your code goes here */
}
