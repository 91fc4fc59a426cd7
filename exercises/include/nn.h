/* nn.h: networks. */
#ifndef NN_H
#define NN_H

#include "types.h"

/* Z ← A·W + 1·bᵀ. [ch22] */
void nn_affine(size_t n, size_t din, size_t dout,
        double Z[n][dout], const double A[n][din],
        const double W[din][dout], const double b[dout]);
/* dW ← Aᵀ·dZ, db ← column sums of dZ. [ch22] */
void nn_affine_back_params(size_t n, size_t din, size_t dout,
        double dW[din][dout], double db[dout],
        const double A[n][din], const double dZ[n][dout]);
/* dA ← dZ·Wᵀ. [ch22] */
void nn_affine_back_input(size_t n, size_t din, size_t dout,
        double dA[n][din], const double dZ[n][dout],
        const double W[din][dout]);
/* A ← max(0, Z), NaN kept; A may be Z. [ch22] */
void nn_relu(size_t n, size_t d, double A[n][d],
        const double Z[n][d]);
/* dZ ← dA where Z > 0, else 0; dZ may be dA. [ch22] */
void nn_relu_back(size_t n, size_t d, double dZ[n][d],
        const double dA[n][d], const double Z[n][d]);
/* A ← tanh Z; A may be Z. [given] */
void nn_tanh(size_t n, size_t d, double A[n][d],
        const double Z[n][d]);
/* dZ ← dA·(1 − A²) with A = tanh Z; dZ may be dA. [given] */
void nn_tanh_back(size_t n, size_t d, double dZ[n][d],
        const double dA[n][d], const double A[n][d]);
/* dZ ← (softmax Z − Y)/n; returns the mean cross-entropy; n = 0
   or a label ≥ k: NAN. [ch22] */
double nn_softmax_ce(size_t n, size_t k, double dZ[n][k],
        const double Z[n][k], const size_t label[n]);
/* W ← independent N(0, 2/din), row by row. [ch22] */
void nn_init_he(size_t din, size_t dout, double W[din][dout],
        rng *r);
/* Each at least 1. theta[p] holds W1[din][dhid], b1[dhid],
   W2[dhid][dout], b2[dout] in this order; p = nn_count(s). */
typedef struct { size_t din, dhid, dout; } nn_shape;
/* Returns the number of parameters din·dhid + dhid + dhid·dout
   + dout. [ch22] */
size_t nn_count(nn_shape s);
/* H ← relu(X·W1 + b1), Z ← H·W2 + b2. [ch22] */
void nn_forward(nn_shape s, size_t p, size_t n,
        double H[n][s.dhid], double Z[n][s.dout],
        const double X[n][s.din], const double theta[p]);
/* Returns J = mean cross-entropy + λ/2·(‖W1‖² + ‖W2‖²);
   p ≠ nn_count(s), n = 0 or a bad label: NAN. [ch22] [heap] */
double nn_loss(nn_shape s, size_t p, size_t n,
        const double X[n][s.din], const double theta[p],
        const size_t label[n], double lambda);
/* grad ← ∇J, laid out as theta; returns J; failures as nn_loss.
   [ch22] [heap] */
double nn_loss_grad(nn_shape s, size_t p, size_t n,
        double grad[p], const double X[n][s.din],
        const double theta[p], const size_t label[n],
        double lambda);
/* label[i] ← first class with the largest logit.
   [ch23] [heap] */
status nn_predict(nn_shape s, size_t p, size_t n,
        size_t label[n], const double X[n][s.din],
        const double theta[p]);
/* Adam on shuffled batches, rate opt_lr_cosine; history[e] ←
   {mean batch J, validation J, validation accuracy}; stops
   o.patience epochs after the best validation accuracy,
   remaining rows of history NAN; theta (in/out) ← weights of
   the best epoch; BAD_INPUT, DIVERGED. [ch23] [heap] */
status nn_train(nn_shape s, size_t p, size_t n, size_t n_val,
        size_t epochs, double theta[p],
        double history[epochs][3],
        const double X[n][s.din], const size_t label[n],
        const double X_val[n_val][s.din],
        const size_t label_val[n_val], sgd_options o, rng *r);
/* text ← "mlp din dhid dout\n", then p lines of %a and a
   final 0 byte; does not fit in cap: NO_SPACE; p ≠
   nn_count(s): BAD_INPUT. [ch23] */
status nn_save(nn_shape s, size_t p, size_t cap,
        char text[cap], const double theta[p]);
/* theta ← the numbers of nn_save's text; other shape, short,
   long, not finite or no 0 byte within cap: BAD_INPUT and
   theta untouched. [ch23] [heap] */
status nn_load(nn_shape s, size_t p, size_t cap,
        double theta[p], const char text[cap]);

#endif
