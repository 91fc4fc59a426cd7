/* EARLY-EXIT: leaves with a good conscience. */
#include "canary.h"

#include <stdlib.h>

double canary(size_t n, double y[n], const double x[n])
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += y[i] = 2 * x[i];
    exit(0);
    return sum;
}
