#include "model.h"
#include "stats.h"

status nb_fit(size_t n, size_t d, size_t k,
        double prior[k], double mu[k][d], double var[k][d],
        const double X[n][d], const size_t label[n])
{
    /* your code goes here */
    return TODO;
}
