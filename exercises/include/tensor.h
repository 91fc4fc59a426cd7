/* tensor.h: flat data, shape and strides. */
#ifndef TENSOR_H
#define TENSOR_H

#include "types.h"

/* Returns the product of shape; nd = 0: 1. [given] */
size_t tensor_size(size_t nd, const size_t shape[nd]);
/* strides ← row-major strides, counted in elements. [ch03] */
void tensor_strides(size_t nd, size_t strides[nd],
        const size_t shape[nd]);
/* Returns Σ idx[i]·strides[i]. [ch03] */
size_t tensor_offset(size_t nd, const size_t idx[nd],
        const size_t strides[nd]);
/* shape ← shape of the broadcast of a and b, aligned at the last
   axis; incompatible: BAD_INPUT. [ch03] */
status tensor_broadcast(size_t na, size_t nb,
        size_t shape[na > nb ? na : nb], const size_t a[na],
        const size_t b[nb]);
/* out ← T summed over one axis. size = Π shape and out_size = Π of
   the other axes, axis < nd; else BAD_INPUT. [ch03] */
status tensor_sum_axis(size_t nd, size_t size, size_t out_size,
        double out[out_size], const double T[size],
        const size_t shape[nd], size_t axis);

#endif
