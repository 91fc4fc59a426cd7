#include "eig.h"

void pca_transform(size_t n, size_t d, size_t k, double Z[n][k],
        const double X[n][d], const double mean[d],
        const double W[d][k])
{
    /* your code goes here */
}
