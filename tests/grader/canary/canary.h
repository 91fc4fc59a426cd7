/* canary.h: the function of the canaries, which is easy to get wrong on purpose. */
#ifndef CANARY_H
#define CANARY_H

#include "types.h"

/* y ← 2·x; returns the sum of y. */
double canary(size_t n, double y[n], const double x[n]);

#endif
