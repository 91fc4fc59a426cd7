/* info.h: information, in nats. */
#ifndef INFO_H
#define INFO_H

#include "types.h"

/* Returns −Σ p log p with 0·log 0 = 0; never −0. [ch12] */
double info_entropy(size_t k, const double p[k]);
/* Returns KL(p‖q) = Σ p log(p/q); p[i] > 0 = q[i]: INFINITY. [ch12] */
double info_kl(size_t k, const double p[k], const double q[k]);
/* Returns the mutual information of a joint probability table.
   [ch12] [heap] */
double info_mutual(size_t a, size_t b, const double P[a][b]);

#endif
