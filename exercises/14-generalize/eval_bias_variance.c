#include "eval.h"

void eval_bias_variance(size_t runs, size_t pts, double *bias2,
        double *variance, double *mse, const double P[runs][pts],
        const double truth[pts])
{
    /* your code goes here */
}
