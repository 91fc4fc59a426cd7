#include "eig.h"

#include <stdlib.h>

status pca_fit(size_t n, size_t d, size_t k, double mean[d],
        double W[d][k], double var[k], const double X[n][d])
{
    /* your code goes here */
    return TODO;
}
