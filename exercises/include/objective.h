/* objective.h: models as callbacks. */
#ifndef OBJECTIVE_H
#define OBJECTIVE_H

#include "types.h"
#include "nn.h"

/* The data of a cost; X is &X[0][0]. */
typedef struct {
    size_t n;
    const double *X, *y;
    const size_t *label;
    double lambda;
    nn_shape s;
} objective;

/* linreg_cost as a fnd; ctx is an objective *. [given] */
double linreg_J(size_t p, const double theta[p], void *ctx);
/* linreg_grad as a fnv with m = p. [given] */
void linreg_dJ(size_t m, size_t p, double g[m], const double theta[p],
        void *ctx);
/* logreg_cost as a fnd. [given] */
double logreg_J(size_t p, const double theta[p], void *ctx);
/* logreg_grad as a fnv with m = p. [given] */
void logreg_dJ(size_t m, size_t p, double g[m], const double theta[p],
               void *ctx);
/* logreg_hessian as a fnm. [given] */
void logreg_d2J(size_t p, double H[p][p], const double theta[p],
                void *ctx);
/* nn_loss as a fnd, for gradient checks. [given] */
double nn_J(size_t p, const double theta[p], void *ctx);

#endif
