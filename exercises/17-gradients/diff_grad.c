#include "diff.h"

void diff_grad(size_t d, double g[d], const double x[d], fnd f,
        void *ctx)
{
    /* your code goes here */
}
