"""Matrices. Each entry of a product is a sum of k products: off by at most k·U times the entry of |A|·|B|, in either library."""


def bound(k, A, B):
    return [[2 * (k + 1) * U * x for x in row] for row in product(absolute(A), absolute(B))]


for m, k, n in ((1, 1, 1), (2, 3, 5), (7, 1, 4), (1, 9, 1), (13, 11, 17), (40, 64, 30)):
    A, B = problems.matrix(m, k), problems.matrix(k, n)
    At, Bt = transposed(A), transposed(B)
    x, u = problems.vector(k), problems.vector(m)
    a = problems.gauss(0, 1)
    row = "matrix(A, %d, %d)" % (m, k)
    other = "matrix(B, %d, %d)" % (k, n)
    compare("mat_transpose", mat_transpose(m, k, new(k, m), A), 0.0, numpy=lambda: np.transpose(A), R=f"t({row})", A=A)
    compare("mat_vec", mat_vec(m, k, new(m), A, x), [r[0] for r in bound(k, A, [[v] for v in x])],
            numpy=lambda: np.array(A) @ x, R=f"{row} %*% x", A=A, x=x)
    compare("mat_vec_t", mat_vec_t(m, k, new(k), A, u), [r[0] for r in bound(m, At, [[v] for v in u])],
            numpy=lambda: np.array(A).T @ u, R=f"crossprod({row}, u)", A=A, u=u)
    within = bound(k, A, B)
    compare("mat_mul", mat_mul(m, k, n, new(m, n), A, B), within, numpy=lambda: np.array(A) @ np.array(B), R=f"{row} %*% {other}", A=A, B=B)
    compare("mat_mul_tn", mat_mul_tn(m, k, n, new(m, n), At, B), within, numpy=lambda: np.array(A) @ np.array(B),
            R=f"crossprod(t({row}), {other})", A=A, B=B)
    compare("mat_mul_nt", mat_mul_nt(m, k, n, new(m, n), A, Bt), within, numpy=lambda: np.array(A) @ np.array(B),
            R=f"tcrossprod({row}, t({other}))", A=A, B=B)
    compare("mat_add_intercept", mat_add_intercept(m, k, new(m, k + 1), A), 0.0,
            numpy=lambda: np.column_stack([np.ones(m), A]), R=f"cbind(1, {row})", A=A)
    compare("mat_outer", mat_outer(m, k, inout(A), a, u, x),
            [[4 * U * (abs(c) + abs(a * p * q)) for c, q in zip(r, x)] for r, p in zip(A, u)],
            numpy=lambda: np.array(A) + a * np.outer(u, x), R=f"{row} + a * outer(u, x)", A=A, u=u, x=x, a=[a])
