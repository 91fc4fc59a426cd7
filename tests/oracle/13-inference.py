"""Inference. A bootstrap is as exact as its number of resamples allows, and so is R's: the two are apart by both Monte Carlo errors, of
which seven standard deviations are allowed. What is a formula is off by its roundings, a standard error of least squares by κ(X)·U."""

for n in (2, 3, 40, 1000):
    x = [5 + a for a in problems.vector(n, 2.0)]
    compare("stats_sem", stats_sem(n, x), 4 * (n + 10) * U * stats_sem(n, x) + 40 * U / math.sqrt(n), R="sd(x) / sqrt(length(x))", x=x,
            numpy=lambda: np.std(x, ddof=1) / math.sqrt(n))

# Every resample, by the library's own generator from the same seed.
for n, B in ((1, 3), (5, 20), (31, 10)):
    x, r = problems.vector(n), rng(problems.getrandbits(64))
    twin, seen = rng(r.state), []

    def first_and_sum(resample):
        seen.append(list(resample))
        return math.fsum(resample)

    out, status = stats_bootstrap(n, B, new(B), x, first_and_sum, None, r)
    wanted = [[x[rng_below(n, twin)] for _ in range(n)] for _ in range(B)]
    compare("stats_bootstrap", flat(seen) + out + [status], 0.0, exact=flat(wanted) + [math.fsum(w) for w in wanted] + [OK])

# Intervals. With B resamples the end at order p is off by √(p(1 − p)/B)/f, where the sampling distribution has density f; near a
# normal one of deviation s that is φ(z)/s.
B = 4000
for n in (30, 200):
    x = [problems.expovariate(1.0) for _ in range(n)]
    out, status = stats_bootstrap(n, B, new(B), x, lambda v: math.fsum(v) / len(v), None, rng(problems.getrandbits(64)))
    for level in (0.9, 0.95):
        p = (1 - level) / 2
        z = -float(dist_normal_quantile(p))
        s = math.sqrt(stats_var(n, x) / n)
        spread = math.sqrt(p * (1 - p) / B) / (math.exp(-z * z / 2) / math.sqrt(2 * math.pi)) * s
        # A resampled mean of a skewed sample has a longer right tail: half as much again.
        compare("stats_ci", stats_ci(B, new(1), new(1), out, level), 1.5 * 7 * math.sqrt(2) * spread,
                R="set.seed(1); quantile(replicate(B, mean(sample(x, replace = TRUE))), c((1 - level) / 2, (1 + level) / 2), names = FALSE)",
                x=x, B=[B], level=[level])
        ends = stats_ci(B, new(1), new(1), out, level)
        compare("stats_ci", ends, 16 * B * U * (max(out) - min(out)) + 8 * U * max(out), numpy=lambda: np.quantile(out, [(1 - level) / 2, (1 + level) / 2]),
                R="quantile(x, c((1 - level) / 2, (1 + level) / 2), type = 7, names = FALSE)", x=out, level=[level])

# Small enough for all choices of na from na + nb. p is (1 + hits)/(B + 1), hits binomial about the exact share. Numbers that are sums of few
# bits, so that ties are ties in any order of summation.
for na, nb, shift in ((4, 5, 0), (5, 5, 2), (3, 8, 1)):
    a, b = [float(problems.randint(0, 8) + shift) for _ in range(na)], [float(problems.randint(0, 8)) for _ in range(nb)]
    p = stats_perm_test(na, nb, a, b, B, rng(problems.getrandbits(64)))
    compare("stats_perm_test", p, 7 * math.sqrt(0.25 / B) + 2 / (B + 1),
            R="x <- c(a, b); i <- combn(length(x), length(a)); d <- apply(i, 2, function(k) mean(x[k]) - mean(x[-k])); mean(abs(d) >= abs(d[1]) - 1e-9)",
            a=a, b=b)

# R² is 1 less a share of squares; in yᵢ − ȳ and in the residuals the roundings are those of y.
for n, p, kappa in ((6, 2, 1.0), (30, 4, 1e2), (120, 6, 1e4)):
    X = [[1.0] + row for row in problems.conditioned(n, p - 1, kappa)]
    y = [a + 0.5 * b for a, b in zip(times(X, problems.vector(p)), problems.vector(n))]
    theta, status = lsq_solve(n, p, new(p), X, y)
    fit = times(X, theta)
    rss = math.fsum((a - b) ** 2 for a, b in zip(fit, y))
    tss = math.fsum((b - math.fsum(y) / n) ** 2 for b in y)
    within = 8 * (n + 8) * U * (rss / tss + 1) + 8 * U * largest(y) * math.sqrt(n * rss) / tss
    compare("lsq_r2", lsq_r2(n, fit, y), within, numpy=lambda: 1 - np.sum(np.subtract(fit, y) ** 2) / np.sum((np.array(y) - np.mean(y)) ** 2),
            R="1 - sum((fit - y)^2) / sum((y - mean(y))^2)", fit=fit, y=y)
    # At the minimum the share does not change with theta to first order: lm's own R² is as near.
    compare("lsq_r2", lsq_r2(n, fit, y), 4 * within, R="summary(lm(y ~ X[, -1]))$r.squared", X=X, y=y)
    se, status = lsq_stderr(n, p, new(p), X, theta, y)

    def by_inverse():
        R_ = np.linalg.qr(np.array(X))[1]
        return list(np.linalg.norm(np.linalg.inv(R_), axis=1) * math.sqrt(rss / (n - p))) + [OK]

    # The columns of X are as far from dependent as kappa says, times the length of the column of ones.
    compare("lsq_stderr", se + [status], [20 * (n + p) * U * kappa * math.sqrt(n) * a for a in se] + [0.0], numpy=by_inverse,
            R="c(summary(lm(y ~ X - 1))$coefficients[, 2], 0)", X=X, y=y)
