"""Least squares. Factors of A are as sensitive as κ (Sun 1991 for QR and Cholesky, up to √n, which c absorbs); θ from QR as
κ + κ²·‖r‖/(‖X‖‖θ‖) (Higham, theorem 20.1), from the normal equations as κ², residual or not. c = 20 for both sides together."""

C = 20


def by_rows(fold):
    """NumPy's factors with the book's signs: R's diagonal positive."""
    Q, R_ = np.linalg.qr(np.array(fold))
    sign = np.where(np.diag(R_) < 0, -1.0, 1.0)
    return Q * sign, sign[:, None] * R_


QR = "q <- qr(matrix(A, %d, %d), LAPACK = FALSE, tol = 0); Q <- qr.Q(q); S <- qr.R(q); d <- sign(diag(S)); "

for m, n in ((1, 1), (3, 2), (8, 8), (30, 5), (60, 17)):
    for kappa in (1, 1e2, 1e5):
        if n == 1 and kappa > 1:
            continue
        A = problems.conditioned(m, n, kappa)
        size = length(A)
        Q, R_, status = lin_qr(m, n, new(m, n), new(n, n), A)
        off = C * m * U * kappa
        start = QR % (m, n)
        compare("lin_qr", Q, off, numpy=lambda: by_rows(A)[0], R=start + "sweep(Q, 2, d, `*`)", A=A)
        compare("lin_qr", R_, off * size, numpy=lambda: by_rows(A)[1], R=start + "d * S", A=A)

        theta = problems.vector(n)
        noise = problems.vector(m, 0.01)
        y = [a + e for a, e in zip(times(A, theta), noise)]
        # ‖A‖₂ = 1. What the noise adds to θ is as large as κ times it.
        rho = length(noise)
        size = length(theta) + kappa * rho
        qr_off = C * m * U * (kappa * size + kappa**2 * rho)
        x, status = lsq_solve(m, n, new(n), A, y)
        compare("lsq_solve", x, qr_off, numpy=lambda: np.linalg.lstsq(np.array(A), np.array(y), rcond=None)[0],
                R="qr.coef(qr(matrix(A, %d, %d), tol = 0), y)" % (m, n), A=A, y=y)
        x, status = lsq_normal(m, n, new(n), A, y)
        compare("lsq_normal", x, qr_off + C * m * U * kappa**2 * size, numpy=lambda: np.linalg.lstsq(np.array(A), np.array(y), rcond=None)[0],
                R="qr.coef(qr(matrix(A, %d, %d), tol = 0), y)" % (m, n), A=A, y=y)

for n in (1, 2, 5, 12, 30):
    for kappa in (1, 1e3, 1e8):
        w = [kappa ** (-j / max(n - 1, 1)) for j in range(n)]
        A = problems.symmetric(w)
        L, status = lin_cholesky(n, new(n, n), A)
        compare("lin_cholesky", product(L, transposed(L)), C * n * U, exact=A)
        compare("lin_cholesky", L, C * n * U * kappa, numpy=lambda: np.linalg.cholesky(A), R="t(chol(matrix(A, %d)))" % n, A=A)
        X = problems.vector(n)
        b = times(A, X)
        x, status = lin_cholesky_solve(n, new(n), L, b)
        compare("lin_cholesky_solve", x, C * n * n * U * kappa * length(X), numpy=lambda: np.linalg.solve(A, b),
                R="solve(matrix(A, %d), b, tol = 0)" % n, A=A, b=b)

A = problems.symmetric([3.0, 1.0, -0.5])


def refused():
    try:
        np.linalg.cholesky(A)
    except np.linalg.LinAlgError:
        return [NOT_POSITIVE]


compare("lin_cholesky", lin_cholesky(3, new(3, 3), A)[1], 0.0, numpy=refused,
        R="tryCatch({chol(A); 0}, error = function(e) 3)", A=A)

for degree in (0, 1, 4, 9):
    x = problems.vector(13) + [0.0, -1.0]
    # A power by j products.
    compare("mat_poly", mat_poly(15, degree, new(15, degree + 1), x), [[2 * (j + 1) * U * abs(a) ** j for j in range(degree + 1)] for a in x],
            numpy=lambda: np.vander(x, degree + 1, increasing=True), R="outer(x, 0:%d, `^`)" % degree, x=x)
