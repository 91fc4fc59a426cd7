#include "model.h"

void logreg_hessian(size_t n, size_t p, double H[p][p],
        const double X[n][p], const double theta[p],
        double lambda)
{
    /* your code goes here */
}
