"""Generalising. Ridge solves (XᵀX + nλI₀)·θ = Xᵀy: compared where that is well conditioned, so that forming it loses little, and far from
there against the augmented least squares that lose nothing. Splits are compared with what they must be, whatever the seed."""

for n_train, n_test in ((0, 3), (4, 0), (7, 5), (100, 31)):
    r = rng(problems.getrandbits(64))
    train, test, status = split_train_test(n_train, n_test, new_sizes(n_train), new_sizes(n_test), r)
    compare("split_train_test", sorted(train + test) + [status], 0.0, exact=list(range(n_train + n_test)) + [OK])
# Each row is as often in the test part as its share says.
counts = [0] * 12
for seed in range(3000):
    for i in split_train_test(8, 4, new_sizes(8), new_sizes(4), rng(problems.getrandbits(64)))[1]:
        counts[i] += 1
compare("split_train_test", 1.0, 0.0, R="as.numeric(chisq.test(x)$p.value > 1e-9)", x=counts)

for n, k in ((2, 2), (7, 3), (20, 20), (103, 10)):
    fold, status = split_kfold(n, new_sizes(n), k, rng(problems.getrandbits(64)))
    compare("split_kfold", sorted(fold.count(f) for f in range(k)) + [status], 0.0, R="c(sort(tabulate(seq_len(n) %% k + 1, k)), 0)", n=[n], k=[k],
            exact=sorted(n // k + (f < n % k) for f in range(k)) + [OK])

for n, d, k in ((1, 1, 4), (9, 3, 5), (20, 2, 40)):
    X, idx = problems.matrix(n, d), [problems.randrange(n) for _ in range(k)]
    compare("mat_take_rows", mat_take_rows(n, d, k, new(k, d), X, idx), 0.0, numpy=lambda: np.array(X)[idx], exact=[X[i] for i in idx],
            R="matrix(X, %d)[i + 1, ]" % n, X=X, i=idx)

AUGMENTED = "n <- nrow(X); D <- sqrt(n * l) * diag(ncol(X)); D[1, 1] <- 0; qr.coef(qr(rbind(X, D), tol = 0), c(y, 0 * D[1, ]))"


def augmented(rows, lam):
    p = len(rows[0])
    return [list(row) for row in rows] + [[math.sqrt(len(rows) * lam) * (i == j > 0) for j in range(p)] for i in range(p)]


def ridge(rows, values, lam):
    A = augmented(rows, lam)
    return np.linalg.lstsq(np.array(A), np.array(list(values) + [0.0] * (len(A) - len(rows))), rcond=None)[0]


for n, p, kappa in ((5, 2, 1.0), (40, 4, 10.0), (90, 7, 1e3)):
    X = [[1.0] + [3 * a for a in row] for row in problems.conditioned(n, p - 1, kappa)]
    y = [2 + a + b for a, b in zip(times(X, problems.vector(p)), problems.vector(n))]
    for lam in (0.0, 1e-4, 0.1, 100.0):
        theta, status = lsq_ridge(n, p, new(p), X, y, lam)
        A = augmented(X, lam)
        s = svd_thin(n + p, p, new(n + p, p), new(p), new(p, p), A)[1]
        rho = length(minus(times(A, theta), y + [0.0] * p))
        k = s[0] / s[-1]
        compare("lsq_ridge", theta + [status], [20 * (n + p) * U * (k * length(theta) + k * k * rho / s[0])] * p + [0.0],
                numpy=lambda: list(ridge(X, y, lam)) + [OK], R="c({%s}, 0)" % AUGMENTED, X=X, y=y, l=[lam])

for n, p, k, lam in ((6, 2, 2, 0.1), (12, 3, 12, 0.0), (60, 5, 5, 0.01)):
    X = [[1.0] + row for row in problems.matrix(n, p - 1)]
    y = [a + b for a, b in zip(times(X, problems.vector(p)), problems.vector(n))]
    fold, status = split_kfold(n, new_sizes(n), k, rng(problems.getrandbits(64)))

    def by_folds():
        errors = 0.0
        for f in range(k):
            kept = [i for i in range(n) if fold[i] != f]
            theta = ridge([X[i] for i in kept], [y[i] for i in kept], lam)
            errors += sum((np.dot(X[i], theta) - y[i]) ** 2 for i in range(n) if fold[i] == f)
        return errors / n

    # Random rows are well conditioned, as a rule by far below 100.
    within = 20 * n * U * 100 * length(y) ** 2 / n
    score = cv_ridge(n, p, X, y, fold, k, lam)
    compare("cv_ridge", score, within, numpy=by_folds, X=X, y=y, fold=fold, l=[lam], k=[k],
            R="""all <- X; values <- y; e <- 0 * y
for (f in 0:(k - 1)) { X <- all[fold != f, ]; y <- values[fold != f]; theta <- {%s}
e[fold == f] <- all[fold == f, , drop = FALSE] %%*%% theta - values[fold == f] }; mean(e^2)""" % AUGMENTED)
    if k == n:
        compare("cv_ridge", score, within, R="m <- lm(y ~ X - 1); mean((resid(m) / (1 - hatvalues(m)))^2)", X=X, y=y)

for runs, pts in ((1, 1), (5, 3), (40, 20)):
    truth = problems.vector(pts)
    P = [[2 * a + b for a, b in zip(truth, problems.vector(pts))] for _ in range(runs)]
    bias2, variance, mse = eval_bias_variance(runs, pts, new(1), new(1), new(1), P, truth)
    compare("eval_bias_variance", bias2 + variance + mse, 8 * (runs + pts + 4) * U * largest(P) ** 2,
            numpy=lambda: [np.mean((np.mean(P, 0) - truth) ** 2), np.mean(np.var(P, 0)), np.mean(np.subtract(P, truth) ** 2)],
            R="P <- matrix(P, %d); m <- colMeans(P); c(mean((m - t)^2), mean(sweep(P, 2, m)^2), mean(sweep(P, 2, t)^2))" % runs, P=P, t=truth)
