"""Describing data. A sum of n numbers is off by n·U·Σ|x|. In two passes the rounded mean, off by δ, adds n·δ² to the sum of squares
and nothing else of first order, so a variance is off by about (n + 4)·U of itself and δ². A quantile of type 7 lies between two
neighbours at (n − 1)·p, which is rounded: n·U of the range."""


def off_mean(x):
    return (len(x) + 2) * U * math.fsum(absolute(x)) / len(x)


def off_var(x, var):
    return 2 * (len(x) + 8) * U * var + 4 * off_mean(x) ** 2


for n in (1, 2, 3, 7, 100, 2001):
    for shift in (0.0, 3.0, 1e6):
        x = [shift + a for a in problems.vector(n, 2.0)]
        compare("stats_mean", stats_mean(n, x), 2 * off_mean(x), numpy=lambda: np.mean(x), R="mean(x)", exact=math.fsum(x) / n, x=x)
        mean = math.fsum(x) / n
        m2 = math.fsum((a - mean) ** 2 for a in x)
        if n > 1:
            var = m2 / (n - 1)
            compare("stats_var", stats_var(n, x), off_var(x, var), numpy=lambda: np.var(x, ddof=1), R="var(x)", exact=var, x=x)
        # One pass: each step rounds the mean anew, and the steps of m2 see that. Welford's error is n·U·κ, κ = √(1 + mean²/var).
        s = running()
        for a in x:
            stats_welford(s, a)
        kappa = math.sqrt(1 + n * mean * mean / m2) if m2 else 0.0
        compare("stats_welford", [float(s.n), s.mean, s.m2], [0.0, 4 * n * U * max(absolute(x)), 8 * (n + 2) * U * kappa * m2],
                numpy=lambda: [n, np.mean(x), np.var(x) * n], R="c(length(x), mean(x), sum((x - mean(x))^2))", x=x)
        wide = max(x) - min(x)
        for p in (0.0, 1.0, 0.5, 0.25, 0.025, problems.random()):
            compare("stats_quantile", stats_quantile(n, x, p), 8 * n * U * wide + 4 * U * max(absolute(x)),
                    numpy=lambda: np.quantile(x, p), R="quantile(x, p, type = 7, names = FALSE)", x=x, p=[p])
        if n > 2:
            y = [0.5 * a + b for a, b in zip(x, problems.vector(n))]
            r = 6 * (n + 8) * U + 4 * (off_mean(x) ** 2 + off_mean(y) ** 2)
            compare("stats_corr", stats_corr(n, x, y), r, numpy=lambda: np.corrcoef(x, y)[0, 1], R="cor(x, y)", x=x, y=y)

# Ties, and counts on the borders of cells that are exact in doubles: [lo, lo + w) … and the last one closed.
for n, bins, lo, hi in ((40, 4, 0.0, 8.0), (200, 8, -2.0, 2.0), (9, 1, 0.0, 1.0)):
    x = [problems.randint(-12, 40) / 4 for _ in range(n)]
    compare("stats_quantile", stats_quantile(n, x, 0.3), 16 * n * U * 13, numpy=lambda: np.quantile(x, 0.3),
            R="quantile(x, .3, type = 7, names = FALSE)", x=x)
    counts, status = stats_histogram(n, bins, new_sizes(bins), x, lo, hi)
    compare("stats_histogram", counts + [status], 0.0, numpy=lambda: list(np.histogram(x, bins, (lo, hi))[0]) + [OK],
            R="inside <- x[x >= lo & x <= hi]; c(hist(inside, seq(lo, hi, length.out = bins + 1), right = FALSE, plot = FALSE)$counts, 0)",
            x=x, lo=[lo], hi=[hi], bins=[bins])

for n, d in ((2, 1), (5, 3), (60, 4), (500, 7)):
    for shift in (0.0, 50.0):
        X = [[shift + a for a in row] for row in problems.matrix(n, d)]
        columns = transposed(X)
        sds = [math.sqrt(stats_var(n, c)) for c in columns]
        within = [[2 * (n + 8) * U * a * b + 4 * off_mean(x) * off_mean(y) for b, y in zip(sds, columns)] for a, x in zip(sds, columns)]
        compare("stats_cov_matrix", stats_cov_matrix(n, d, new(d, d), X), within, numpy=lambda: np.cov(np.array(X).T),
                R="cov(as.matrix(X))", X=X)
        mean, sd = stats_scale_fit(n, d, new(d), new(d), X)
        compare("stats_scale_fit", mean + sd, [2 * off_mean(x) for x in columns] + [(n + 8) * U * a + 4 * off_mean(x) for a, x in zip(sds, columns)],
                numpy=lambda: np.concatenate([np.mean(X, 0), np.std(X, 0, ddof=1)]), R="X <- as.matrix(X); c(colMeans(X), apply(X, 2, sd))", X=X)
