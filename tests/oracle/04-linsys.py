"""Linear systems. A backward-stable solution is off by at most c·n·U·κ of itself, with the growth of the pivots in c (Higham,
Accuracy and Stability of Numerical Algorithms, theorems 8.5 and 9.4); here c = 10 for both sides together. The condition is known
because the problems are made with it."""

C = 10


def within(n, kappa, x):
    return C * n * U * kappa * largest(x)


for n in (1, 2, 3, 7, 20, 40):
    for kappa in (1, 1e3, 1e8):
        A = problems.conditioned(n, n, kappa)
        X = problems.vector(n)
        b = times(A, X)
        x, status = lin_solve(n, new(n), A, b)
        bound = within(n, math.sqrt(n) * kappa, X)
        compare("lin_solve", x, bound, numpy=lambda: np.linalg.solve(A, b), R="solve(A, b, tol = 0)", A=A, b=b)

        LU, piv, status = lin_lu(n, inout(A), new_sizes(n))
        x, status = lin_lu_solve(n, new(n), LU, piv, b)
        compare("lin_lu_solve", x, bound, numpy=lambda: np.linalg.solve(A, b), R="solve(A, b, tol = 0)", A=A, b=b)

        # Neither has a plain LU: L·U must be A with the rows that were swapped, to the last digits of the growth.
        P = [row[:] for row in A]
        for k, p in enumerate(piv):
            P[k], P[p] = P[p], P[k]
        L = [[LU[i][j] if j < i else float(i == j) for j in range(n)] for i in range(n)]
        R_ = [[LU[i][j] if j >= i else 0.0 for j in range(n)] for i in range(n)]
        compare("lin_lu", P, [[(n + 2) * U * v + 1e-300 for v in row] for row in product(absolute(L), absolute(R_))],
                numpy=lambda: np.array(L) @ np.array(R_), R="matrix(L, %d) %%*%% matrix(V, %d)" % (n, n), L=L, V=R_)
        compare("lin_lu", [float(largest(L) <= 1)], 0.0, exact=[1.0])

        # The factors alone: triangular solves are stable, whatever the triangles' condition says; theirs is computed here.
        for fn, T, how in ((lin_solve_lower, L, "forwardsolve"), (lin_solve_upper, R_, "backsolve")):
            rhs = times(T, X)
            more = (True,) if how == "forwardsolve" else ()
            x, status = fn(n, new(n), T, rhs, *more)
            # |T⁻¹|·|T|·|x| bounds what is off, entry by entry (Higham, theorem 8.5).
            inverse = transposed([fn(n, new(n), T, e, *more)[0] for e in identity(n)])
            off = times(absolute(inverse), times(absolute(T), absolute(X)))
            compare(fn.fn, x, [C * n * U * v for v in off], numpy=lambda: np.linalg.solve(T, rhs), R=how + "(matrix(T, %d), b)" % n, T=T, b=rhs)

        # det(A + E) = det A·(1 + tr(A⁻¹E) + …): a change of U in A is one of n·κ·U in the determinant.
        det = lin_det(n, A)
        compare("lin_det", det, C * n * n * U * kappa * abs(det), numpy=lambda: np.linalg.det(A), R="det(matrix(A, %d))" % n, A=A)

        # The condition of the condition is the condition.
        cond = lin_cond1(n, A)
        compare("lin_cond1", cond, C * n * n * U * kappa * cond, numpy=lambda: np.linalg.cond(A, 1),
                R='norm(matrix(A, %d), "1") * norm(solve(matrix(A, %d), tol = 0), "1")' % (n, n), A=A)

# Two equal rows: no volume. Elimination may leave the roundoff of some products of entries up to 4.
for n in (2, 3, 6):
    A = [[float(problems.randint(-4, 4)) for _ in range(n)] for _ in range(n)]
    A[-1] = A[0][:]
    compare("lin_det", lin_det(n, A), C * math.factorial(n) * 4.0**n * U, numpy=lambda: np.linalg.det(A), R="det(A)", A=A)
