#include "dist.h"

double dist_normal_logpdf(double x, double mu, double sigma)
{
    /* your code goes here */
    return NAN;
}
