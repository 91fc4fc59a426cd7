"""Tensors and sums. Of the fast products only the order of the sums differs, so the bound is that of mat_mul in chapter 2."""


def bound(k, A, B):
    return [[2 * (k + 1) * U * x for x in row] for row in product(absolute(A), absolute(B))]


# Longer than one block of any kind in some direction, and ragged.
for m, k, n in ((1, 1, 1), (3, 2, 5), (7, 257, 9), (17, 13, 19), (65, 70, 33), (30, 300, 97)):
    A, B = problems.matrix(m, k), problems.matrix(k, n)
    within = bound(k, A, B)
    for fn in (mat_mul_blocked, mat_mul_simd):
        compare(fn.fn, fn(m, k, n, new(m, n), A, B), within, numpy=lambda: np.array(A) @ np.array(B),
                R="matrix(A, %d, %d) %%*%% matrix(B, %d, %d)" % (m, k, k, n), A=A, B=B)

for _ in range(30):
    nd = problems.randint(1, 5)
    shape = [problems.randint(1, 5) for _ in range(nd)]
    size = math.prod(shape)
    strides = tensor_strides(nd, new_sizes(nd), shape)
    compare("tensor_strides", strides, 0.0, numpy=lambda: [s // 8 for s in np.zeros(shape).strides],
            R="rev(cumprod(c(1, rev(shape)[-length(shape)])))", shape=shape)
    idx = [problems.randrange(n) for n in shape]
    # R counts from the other end, and from 1.
    compare("tensor_offset", tensor_offset(nd, idx, strides), 0.0, numpy=lambda: np.ravel_multi_index(idx, shape),
            R="array(seq_len(prod(shape)), rev(shape))[matrix(rev(idx) + 1, 1)] - 1", shape=shape, idx=idx)
    axis = problems.randrange(nd)
    out_size = size // shape[axis]
    T = problems.vector(size)
    within = (shape[axis] + 1) * U * shape[axis] * largest(T)
    out, status = tensor_sum_axis(nd, size, out_size, new(out_size), T, shape, axis)
    compare("tensor_sum_axis", out + [status], [within] * out_size + [0.0],
            numpy=lambda: np.append(np.sum(np.reshape(T, shape), axis=axis).reshape(-1), OK),
            R="c(if (length(shape) > 1) apply(array(T, rev(shape)), setdiff(seq_along(shape), length(shape) - axis), sum) else sum(T), 0)",
            shape=shape, T=T, axis=[axis])

for _ in range(60):
    common = [problems.randint(1, 4) for _ in range(4)]
    a = [problems.choice((1, n)) for n in common][problems.randrange(4):]
    b = [problems.choice((1, n)) for n in common][problems.randrange(4):]
    if problems.random() < 0.3:
        a[problems.randrange(len(a))] = 7
    long = max(len(a), len(b))
    shape, status = tensor_broadcast(len(a), len(b), new_sizes(long), a, b)

    def by_numpy():
        try:
            return [*np.broadcast_shapes(tuple(a), tuple(b)), OK]
        except ValueError:
            return [BAD_INPUT]

    compare("tensor_broadcast", shape + [status] if status == OK else [status], 0.0, numpy=by_numpy)

# Python's fsum is right to the last digit. Neumaier's bound: U of the sum and (n·U)² of the absolute values.
for n in (0, 1, 2, 10, 1000):
    for scale in (0, 8, 30):
        x = [problems.gauss(0, 1) * 10 ** problems.uniform(-scale, scale) for _ in range(n)]
        x += [-a for a in problems.sample(x, n // 2)]
        within = U * abs(math.fsum(x)) + 2 * (len(x) * U) ** 2 * math.fsum(absolute(x))
        compare("vec_sum", vec_sum(len(x), x), within, exact=math.fsum(x))
        loose = len(x) * U * math.fsum(absolute(x))
        compare("vec_sum", vec_sum(len(x), x), 2 * loose, numpy=lambda: np.sum(x), R="sum(x)" if x else None, x=x)
