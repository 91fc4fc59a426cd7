/* line.h: one feature. */
#ifndef LINE_H
#define LINE_H

#include "types.h"

/* Returns θ0 + θ1·x. [ch00] */
double line_predict(double theta0, double theta1, double x);
/* Returns J = 1/(2n)·Σ(θ0 + θ1·x[i] − y[i])²; n = 0: NAN. [ch00] */
double line_cost(size_t n, double theta0, double theta1,
                 const double x[n], const double y[n]);
/* g ← (∂J/∂θ0, ∂J/∂θ1); n = 0: both NAN. [ch00] */
void line_grad(size_t n, double g[2], double theta0, double theta1,
               const double x[n], const double y[n]);
/* theta ← theta − lr·g, both entries from the same old theta (in/out).
   [ch00] */
void line_step(double theta[2], const double g[2], double lr);
/* Takes `steps` gradient steps from the given theta (in/out); returns J at
   the final theta. [ch00] */
double line_fit(size_t n, double theta[2], const double x[n],
                const double y[n], double lr, size_t steps);
/* theta (in/out) fitted on z = (x − mu)/sd becomes theta for x. [ch00] */
void line_unscale(double theta[2], double mu, double sd);

#endif
