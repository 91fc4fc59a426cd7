/* TIMEOUT: never comes to an end. */
#include "canary.h"

double canary(size_t n, double y[n], const double x[n])
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += y[i] = 2 * x[i];
    for (volatile int i = 0; i >= 0; i = 1)
        ;
    return sum;
}
