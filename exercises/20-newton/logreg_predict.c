#include "model.h"

void logreg_predict(size_t n, size_t p, double prob[n],
        const double X[n][p], const double theta[p])
{
    /* your code goes here */
}
