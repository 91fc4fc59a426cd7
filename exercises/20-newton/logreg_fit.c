#include "model.h"

status logreg_fit(size_t n, size_t p, double theta[p],
        const double X[n][p], const double y[n],
        double lambda)
{
    /* your code goes here */
    return TODO;
}
