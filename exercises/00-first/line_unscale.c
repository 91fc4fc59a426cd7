#include "line.h"

void line_unscale(double theta[2], double mu, double sd)
{
    /* your code goes here */
}
