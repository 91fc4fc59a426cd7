#include "line.h"

double line_predict(double theta0, double theta1, double x)
{
    /* your code goes here */
    return NAN;
}
