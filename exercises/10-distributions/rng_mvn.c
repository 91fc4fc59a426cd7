#include "rng.h"

void rng_mvn(size_t d, double x[d], const double mu[d],
        const double L[d][d], rng *r)
{
    /* your code goes here */
}
