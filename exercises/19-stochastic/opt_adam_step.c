#include "opt.h"

void opt_adam_step(size_t p, double theta[p], double m[p],
        double v[p], const double g[p], size_t t, double lr)
{
    /* your code goes here */
}
