#include "line.h"

void line_step(double theta[2], const double g[2], double lr)
{
    /* your code goes here */
}
