#include "eig.h"

void pca_inverse(size_t n, size_t d, size_t k, double X[n][d],
        const double Z[n][k], const double W[d][k],
        const double mean[d])
{
    /* your code goes here */
}
