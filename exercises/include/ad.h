/* ad.h: reverse-mode automatic differentiation. */
#ifndef AD_H
#define AD_H

#include "types.h"

enum { AD_MAX = 4096 };
typedef size_t ad_var; /* index of a node; 0 is the empty node */
/* d[j] = ∂val/∂arg[j]; unused: arg = 0, d = 0 */
typedef struct {
    double val, grad;
    ad_var arg[2];
    double d[2];
} ad_node;
/* Nodes 0..n−1 in the order of computation. */
typedef struct { size_t n; ad_node node[AD_MAX]; } ad_tape;

/* Empties the tape: only node 0, whose value is NAN. [given] */
void ad_clear(ad_tape *t);
/* Appends a node with its parents and local derivatives; returns its
   index; tape full: 0. [given] */
ad_var ad_push(ad_tape *t, double val, ad_var a, double da, ad_var b,
        double db);
/* Returns a new input node of value x. [given] */
ad_var ad_leaf(ad_tape *t, double x);
/* Returns a + b. [given] */
ad_var ad_add(ad_tape *t, ad_var a, ad_var b);
/* Returns a·b. [ch21] */
ad_var ad_mul(ad_tape *t, ad_var a, ad_var b);
/* Returns a^p for a constant p. [ch21] */
ad_var ad_pow(ad_tape *t, ad_var a, double p);
/* Returns e^a. [ch21] */
ad_var ad_exp(ad_tape *t, ad_var a);
/* Returns ln a. [ch21] */
ad_var ad_log(ad_tape *t, ad_var a);
/* Returns tanh a. [ch21] */
ad_var ad_tanh(ad_tape *t, ad_var a);
/* Sets every grad to ∂out/∂node: zeroes them, seeds out with 1, one
   reverse sweep. [ch21] */
void ad_backward(ad_tape *t, ad_var out);
/* Returns tanh(w·x + b); d = 0: tanh b. [ch21] */
ad_var ad_neuron(size_t d, ad_tape *t, const ad_var w[d],
        const ad_var x[d], ad_var b);

#endif
