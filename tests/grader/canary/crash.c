/* CRASH: uses memory that is not its own. */
#include "canary.h"

double canary(size_t n, double y[n], const double x[n])
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += y[i] = 2 * x[i];
    *(volatile int *)8 = 1;
    return sum;
}
