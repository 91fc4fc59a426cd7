#include "model.h"

void logreg_grad(size_t n, size_t p, double g[p],
        const double X[n][p], const double theta[p],
        const double y[n], double lambda)
{
    /* your code goes here */
}
