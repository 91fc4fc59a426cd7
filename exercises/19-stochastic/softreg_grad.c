#include "model.h"

void softreg_grad(size_t n, size_t p, size_t k, double G[p][k],
        const double X[n][p], const double Theta[p][k],
        const size_t label[n], double lambda)
{
    /* your code goes here */
}
