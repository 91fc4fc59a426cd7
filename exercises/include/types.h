/* types.h: what every header of the book begins with. */
#ifndef TYPES_H
#define TYPES_H
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef enum [[nodiscard]] {
    TODO = -1,      /* not written yet: what a fresh stub returns */
    OK = 0,
    BAD_INPUT,      /* an argument, or a text, outside the contract */
    SINGULAR,       /* a matrix without inverse, or without full rank */
    NOT_POSITIVE,   /* a matrix that is not positive definite */
    NOT_CONVERGED,  /* max_iter reached */
    DIVERGED,       /* the cost grew without bound, or the optimum lies
                       at infinity */
    NO_SPACE        /* malloc failed, or a buffer is too small */
} status;

/* Any value is a valid seed: rng r = {42}; */
typedef struct { uint64_t state; } rng;
/* v + d·ε with ε² = 0: a value and its derivative. */
typedef struct { double v, d; } dual;
/* Start with {0}; m2 = Σ(x − mean)² so far. */
typedef struct { size_t n; double mean, m2; } running;
/* warmup in steps; patience in epochs, 0 = never stop early. */
typedef struct {
    size_t batch, warmup, patience;
    double lr, beta, lambda; /* step, momentum, weight of the penalty */
} sgd_options;

/* R → R */
typedef double (*fn1)(double x, void *ctx);
/* R^d → R: a cost, a statistic */
typedef double (*fnd)(size_t d, const double x[d], void *ctx);
/* R^d → R^m: a map; a gradient has m = d */
typedef void (*fnv)(size_t m, size_t d, double y[m], const double x[d],
        void *ctx);
/* R^d → R^(d×d): a Hessian */
typedef void (*fnm)(size_t d, double H[d][d], const double x[d], void *ctx);
/* one random number */
typedef double (*fnr)(void *ctx, rng *r);

#endif
