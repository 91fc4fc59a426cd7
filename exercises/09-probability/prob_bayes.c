#include "prob.h"

double prob_bayes(double prior, double sens, double spec)
{
    /* your code goes here */
    return NAN;
}
