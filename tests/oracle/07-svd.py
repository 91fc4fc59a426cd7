"""Singular values and principal components. Singular values move by no more than A does: c·m·U·‖A‖; a pair of singular vectors turns
by that over the gap. The minimum-norm solution is as sensitive as κ + κ²·‖r‖/(‖A‖‖x‖), κ over the singular values that are kept.
c = 20 for both sides together."""

C = 20


def gaps_of(s):
    return [min([abs(a - b) for j, b in enumerate(s) if j != i] or [a]) for i, a in enumerate(s)]


def near(vectors, mine):
    """The columns with the signs of ours."""
    columns = zip(transposed(vectors), transposed(mine))
    return transposed([[x * (1 if math.fsum(a * b for a, b in zip(c, v)) > 0 else -1) for x in c] for c, v in columns])


SIGNS = "sweep(e, 2, ifelse(colSums(e * M) < 0, -1, 1), `*`)"

for m, n in ((1, 1), (2, 2), (5, 3), (12, 12), (40, 9)):
    for kappa in (2, 1e3, 1e9):
        A = problems.conditioned(m, n, kappa)
        s_true = [kappa ** (-j / max(n - 1, 1)) for j in range(n)]
        off = C * m * U
        it = "matrix(A, %d, %d)" % (m, n)
        Um, s, V, status = svd_thin(m, n, new(m, n), new(n), new(n, n), A)
        compare("svd_thin", s + [status], [off] * n + [0.0], numpy=lambda: [*np.linalg.svd(A, compute_uv=False), OK], R=f"c(svd({it})$d, 0)", A=A)
        compare("svd_thin", V, 0.0, exact=signed(V))
        # Of the directions: as far as the gap tells them apart at all. Left of a tall A there are directions of singular value 0 too.
        gaps = gaps_of(s_true)
        turn = [min(2 * off / gap + 4 * U, 2.0) for gap in gaps]
        turn_left = [min(2 * off / min(gap, s) + 4 * U, 2.0) for gap, s in zip(gaps, s_true)] if m > n else turn
        if np is not None:
            u, _, vt = np.linalg.svd(A, full_matrices=False)
            compare("svd_thin", V, [turn] * n, numpy=lambda: near(vt.T.tolist(), V))
            compare("svd_thin", Um, [turn_left] * m, numpy=lambda: near(u.tolist(), Um))
        compare("svd_thin", V, [turn] * n, R=f"e <- svd({it})$v; M <- matrix(M, {n}, {n}); " + SIGNS, A=A, M=V)
        compare("svd_thin", Um, [turn_left] * m, R=f"e <- svd({it})$u; M <- matrix(M, {m}, {n}); " + SIGNS, A=A, M=Um)

        # The best approximation of rank k moves as its own space does, times its size.
        for k in {0, 1, n // 2, n}:
            gap = s_true[k - 1] - (s_true[k] if k < n else 0) if k else 1
            within = off * (1 + 4 / gap) if k < n else off

            def truncated():
                u, d, vt = np.linalg.svd(A, full_matrices=False)
                return u[:, :k] * d[:k] @ vt[:k]

            compare("svd_lowrank", svd_lowrank(m, n, new(m, n), Um, s, V, k), within, numpy=truncated,
                    R=f"e <- svd({it}); e$u %*% diag(ifelse(seq_len({n}) <= {k}, e$d, 0), {n}) %*% t(e$v)", A=A)

        if kappa <= 1e3:
            x, noise = problems.vector(n), problems.vector(m, 0.01)
            b = [a + e for a, e in zip(times(A, x), noise)]
            size = length(x) + kappa * length(noise)
            within = C * m * U * (kappa * size + kappa**2 * length(noise))
            compare("svd_solve", svd_solve(m, n, new(n), Um, s, V, b, 1e-12), within, numpy=lambda: np.linalg.pinv(A, rcond=1e-12) @ b,
                    R=f"qr.coef(qr({it}, tol = 0), b)", A=A, b=b)

# A rank that is less than the number of columns: the least of all solutions.
for m, n, rank in ((6, 4, 2), (20, 7, 3)):
    A = product(problems.conditioned(m, rank, 10), transposed(problems.conditioned(n, rank, 1)))
    b = problems.vector(m)
    Um, s, V, status = svd_thin(m, n, new(m, n), new(n), new(n, n), A)
    compare("svd_solve", svd_solve(m, n, new(n), Um, s, V, b, 1e-10), C * m * U * 100 * length(b), numpy=lambda: np.linalg.pinv(A, rcond=1e-10) @ b,
            R="e <- svd(A); r <- e$d > 1e-10 * e$d[1]; e$v[, r, drop = FALSE] %*% (crossprod(e$u[, r, drop = FALSE], b) / e$d[r])", A=A, b=b)

# Principal components of clouds whose deviations are known: 4, 2, 1, 0.5 along random axes, far from the origin.
for n, d, k in ((30, 2, 2), (60, 4, 2), (200, 4, 4)):
    axes, centre = problems.orthogonal(d), problems.vector(d, 10)
    X = [[a + c for a, c in zip(times(axes, [problems.gauss(0, 4 / 2**j) for j in range(d)]), centre)] for _ in range(n)]
    mean, W, var, status = pca_fit(n, d, k, new(d), new(d, k), new(k), X)
    size = largest(X)
    off = C * n * U * size
    compare("pca_fit", mean, off, numpy=lambda: np.mean(X, axis=0), R="colMeans(X)", X=X)
    compare("pca_fit", var, 20 * off * size, numpy=lambda: np.linalg.eigvalsh(np.cov(X, rowvar=False))[::-1][:k], R=f"(prcomp(X)$sdev^2)[1:{k}]", X=X)
    # Of the centred matrix, of norm about 4·√n: gaps between the deviations, as found.
    deviations = [math.sqrt(v) for v in var] + ([4 / 2**k / 1.2] if k < d else [])
    gap = min(abs(a - b) for a, b in zip(deviations, deviations[1:]))
    turn = min(2 * off / (gap * math.sqrt(n)), 1.0)
    if np is not None:
        compare("pca_fit", W, turn, numpy=lambda: near(np.linalg.eigh(np.cov(X, rowvar=False))[1][:, ::-1][:, :k].tolist(), W))
    compare("pca_fit", W, turn, R=f"e <- prcomp(X)$rotation[, 1:{k}]; " + SIGNS, X=X, M=W)
    compare("pca_fit", W, 0.0, exact=signed(W))
    Z = pca_transform(n, d, k, new(n, k), X, mean, W)
    step = 4 * (d + 2) * U * math.sqrt(d) * size
    compare("pca_transform", Z, step, numpy=lambda: (np.array(X) - mean) @ W, R="sweep(X, 2, m) %*% W", X=X, m=mean, W=W)
    compare("pca_inverse", pca_inverse(n, d, k, new(n, d), Z, W, mean), step, numpy=lambda: np.array(Z) @ np.array(W).T + mean,
            R="sweep(tcrossprod(Z, W), 2, m, `+`)", Z=Z, m=mean, W=W)

for _ in range(20):
    var = sorted((problems.expovariate(1) for _ in range(12)), reverse=True)
    share = problems.uniform(0.05, 0.98)
    compare("pca_choose_k", pca_choose_k(12, var, share), 0.0, numpy=lambda: 1 + np.argmax(np.cumsum(var) >= share * np.sum(var)),
            R="which(cumsum(v) >= p * sum(v))[1]", v=var, p=[share])
