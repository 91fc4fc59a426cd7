#include "dist.h"
#include "model.h"
#include "vec.h"

void nb_logpost(size_t d, size_t k, double logp[k],
        const double x[d], const double prior[k],
        const double mu[k][d], const double var[k][d])
{
    /* your code goes here */
}
