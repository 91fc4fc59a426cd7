/* model.h: functions that predict. */
#ifndef MODEL_H
#define MODEL_H

#include "types.h"

/* Returns the mean y of the k rows of X nearest to q, ties: the smaller
   row number; k = 0 or k > n, a distance that is NaN, no memory: NAN. [ch01]
   [heap] */
double knn_predict(size_t n, size_t d, const double X[n][d],
        const double y[n], const double q[d], size_t k);

#endif
