#include "line.h"

void line_grad(size_t n, double g[2], double theta0, double theta1,
               const double x[n], const double y[n])
{
    /* your code goes here */
}
