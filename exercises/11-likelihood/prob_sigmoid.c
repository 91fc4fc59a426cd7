#include "prob.h"

double prob_sigmoid(double z)
{
    /* your code goes here */
    return NAN;
}
