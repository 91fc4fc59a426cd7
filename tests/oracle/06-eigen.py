"""Eigenvalues. Of a symmetric A, eigenvalues move by no more than A does (Weyl): c·n·U·‖A‖. An eigenvector turns by that over the
gap to the nearest other eigenvalue (Davis and Kahan); where there is no gap, only the projection on the whole eigenspace is
comparable. c = 20 for both sides together."""

C = 20


def spectra(n):
    yield [float(n - j) for j in range(n)]                # well apart
    yield [10.0 ** (-j / 2) for j in range(n)]            # of all sizes
    yield [(-1.0) ** j * (n - j) for j in range(n)]       # of both signs


for n in (1, 2, 3, 5, 12, 25):
    for w in spectra(n):
        A = problems.symmetric(w)
        size = largest(w)
        off = C * n * U * size
        mine, V, status = eig_jacobi(n, new(n), new(n, n), A)
        square = "matrix(A, %d)" % n
        compare("eig_jacobi", mine, off, numpy=lambda: np.linalg.eigvalsh(A)[::-1], R=f"eigen({square}, symmetric = TRUE)$values", A=A)
        ordered = sorted(w, reverse=True)
        gaps = [min([abs(a - b) for j, b in enumerate(ordered) if j != i] or [math.inf]) for i, a in enumerate(ordered)]
        turns = [[2 * off / gap + 4 * U for gap in gaps] for _ in range(n)]

        def near(vectors):
            """With the sign of ours: the rule may fall the other way where two entries are equally large."""
            columns = zip(transposed(vectors), transposed(V))
            return transposed([[x * (1 if math.fsum(a * b for a, b in zip(c, v)) > 0 else -1) for x in c] for c, v in columns])

        if np is not None:
            compare("eig_jacobi", V, turns, numpy=lambda: near(np.linalg.eigh(A)[1][:, ::-1].tolist()))
        compare("eig_jacobi", V, turns, R=f"e <- eigen({square}, symmetric = TRUE)$vectors; sweep(e, 2, ifelse(colSums(e * V) < 0, -1, 1), `*`)",
                A=A, V=V if n > 1 else [V[0]])
        compare("eig_jacobi", V, 0.0, exact=signed(V))
        compare("eig_rebuild", eig_rebuild(n, new(n, n), mine, V), off, numpy=lambda: np.array(V) * mine @ np.array(V).T, exact=A)

        x = problems.vector(n)
        quad = math.fsum(abs(a) * b for a, b in zip(x, times(absolute(A), absolute(x))))
        compare("mat_quad", mat_quad(n, A, x), 4 * (n + 2) * U * quad, numpy=lambda: np.array(x) @ A @ np.array(x), R=f"sum(x * ({square} %*% x))", A=A, x=x)
        compare("eig_rayleigh", eig_rayleigh(n, A, x), 8 * (n + 2) * U * quad / length(x) ** 2,
                numpy=lambda: np.array(x) @ A @ np.array(x) / np.dot(x, x), R=f"sum(x * ({square} %*% x)) / sum(x * x)", A=A, x=x)

# Equal eigenvalues: the space is what both agree on.
for n, times_ in ((4, 2), (9, 3), (16, 8)):
    w = [5.0] * times_ + [1.0 / (j + 1) for j in range(n - times_)]
    A = problems.symmetric(w)
    _, V, status = eig_jacobi(n, new(n), new(n, n), A)
    span = [row[:times_] for row in V]
    compare("eig_jacobi", product(span, transposed(span)), 2 * C * n * U * 5 / 4,
            numpy=lambda: (lambda B: B @ B.T)(np.linalg.eigh(A)[1][:, -times_:]),
            R="e <- eigen(A, symmetric = TRUE)$vectors[, 1:%d]; tcrossprod(e)" % times_, A=A)

# The power method stops when its residual is tol·|λ|: a residual r bounds the error of λ by r, of v by r/gap.
for w in ([4.0, 2.0, 1.0, 0.5], [-3.0, 1.5, 1.0], [10.0, -7.0, 3.0, 2.0, 1.0]):
    n, tol = len(w), 1e-10
    A = problems.symmetric(w)
    lam, v, status = eig_power(n, new(1), inout(problems.vector(n)), A, tol, 10000)
    top = max(w, key=abs)
    r = math.sqrt(n) * tol * abs(top) + C * n * U * abs(top)
    gap = min(abs(top - b) for b in w if b != top)
    compare("eig_power", lam + [status], [r, 0.0],
            numpy=lambda: [max(np.linalg.eigvalsh(A), key=abs), OK], R="e <- eigen(A, symmetric = TRUE)$values; c(e[which.max(abs(e))], 0)", A=A)
    compare("eig_power", product([[x] for x in v], [v]), 4 * r / gap,
            numpy=lambda: (lambda e: np.outer(*2 * [e[1][:, np.argmax(abs(e[0]))]]))(np.linalg.eigh(A)),
            R="e <- eigen(A, symmetric = TRUE); k <- which.max(abs(e$values)); tcrossprod(e$vectors[, k])", A=A)

for w in ([3.0, 1.0], [2.0, 0.0], [1.0, -1.0], [0.0, -2.0], [-1.0, -2.0], [0.0, 0.0]):
    kind = "all(x > 0) * 2 + (all(x >= 0) & any(x == 0)) - 2 * all(x < 0) - (all(x <= 0) & any(x == 0) & any(x < 0))"
    compare("eig_definiteness", eig_definiteness(2, w, 1e-12), 0.0, R=kind, x=w,
            numpy=lambda: 2 * (min(w) > 0) + (min(w) == 0) - 2 * (max(w) < 0) - (max(w) == 0 > min(w)))
