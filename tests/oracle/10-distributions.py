"""Distributions. A logarithm of a density is a sum: its terms' sizes bound it. Φ and its inverse are asked relative to their size, far
into the tails: rounding (x − μ)/σ once moves Φ by z²·U of itself, and what it is divided by, φ(z)/Φ(z), is the condition of the inverse."""

ROOT = math.sqrt(2 * math.pi)  # 1/φ(0)

for _ in range(60):
    mu, sigma = problems.gauss(0, 3), math.exp(problems.gauss(0, 2))
    z = problems.gauss(0, 4)
    x = mu + sigma * z
    z = (x - mu) / sigma
    slip = (abs(x) + abs(mu)) / sigma * U                     # of z, where x − μ cancels
    terms = z * z / 2 + abs(math.log(sigma)) + 1
    compare("dist_normal_logpdf", dist_normal_logpdf(x, mu, sigma), 8 * U * terms + 4 * abs(z) * slip,
            R="dnorm(x, mu, sigma, log = TRUE)", x=[x], mu=[mu], sigma=[sigma])
    exact = math.erfc(-z / math.sqrt(2)) / 2
    compare("dist_normal_cdf", dist_normal_cdf(x, mu, sigma), exact * ((16 + 4 * z * z) * U + 4 * (abs(z) + 1) * slip),
            R="pnorm(x, mu, sigma)", exact=exact, x=[x], mu=[mu], sigma=[sigma])
    y = math.exp(mu / 4 + z / 8)
    t = (math.log(y) - mu) / sigma
    # log y is rounded, and then divided by sigma.
    slip = 2 * U * (abs(math.log(y)) + abs(mu)) / sigma
    compare("dist_lognormal_logpdf", dist_lognormal_logpdf(y, mu, sigma),
            8 * U * (t * t / 2 + abs(math.log(sigma)) + abs(math.log(y)) + 1) + 4 * abs(t) * slip,
            R="dlnorm(y, mu, sigma, log = TRUE)", y=[y], mu=[mu], sigma=[sigma])

for z in (-37.0, -20.0, -8.0, -5.0, 0.0, 5.0, 8.0):
    compare("dist_normal_cdf", dist_normal_cdf(z, 0.0, 1.0), (16 + 4 * z * z) * U * math.erfc(-z / math.sqrt(2)) / 2, R="pnorm(z)",
            exact=math.erfc(-z / math.sqrt(2)) / 2, z=[z])

for p in [10.0**-k for k in (300, 100, 30, 12, 6, 3, 2, 1)] + [0.25, 0.5, 0.5 + 1e-9, 0.75, 0.975, 0.999, 1 - 1e-9] + [problems.random() for _ in range(30)]:
    z = dist_normal_quantile(p)
    # An answer whose Φ is p up to rounding: near one half that is U/φ(0), whatever small z it has.
    compare("dist_normal_quantile", z, 8 * U * (abs(z) + min(p, 1 - p) * ROOT * math.exp(z * z / 2)), R="qnorm(p)", p=[p])

for _ in range(60):
    n = problems.choice([1, 5, 40, 1000])
    k, p = problems.randint(0, n), problems.random()
    # lgamma's value is as large as n·log n, and cancels.
    compare("dist_binomial_logpmf", dist_binomial_logpmf(k, n, p), 16 * U * (n + 1) * (math.log(n + 1) + 1 - math.log(p * (1 - p))),
            R="dbinom(k, n, p, log = TRUE)", k=[k], n=[n], p=[p])

for d in (1, 2, 3, 8):
    for kappa in (1.0, 1e3):
        A = problems.conditioned(d, d, kappa)
        S = product(A, transposed(A))
        # Its Cholesky factor, of a matrix that is safely positive.
        L = [[0.0] * d for _ in range(d)]
        for i in range(d):
            for j in range(i + 1):
                s = S[i][j] + (1e-9 if i == j else 0.0) - math.fsum(L[i][t] * L[j][t] for t in range(j))
                L[i][j] = math.sqrt(s) if i == j else s / L[j][j]
        x, mu = problems.vector(d), problems.vector(d)
        z = [0.0] * d
        for i in range(d):
            z[i] = (x[i] - mu[i] - math.fsum(L[i][t] * z[t] for t in range(i))) / L[i][i]
        small = min(L[i][i] for i in range(d))
        within = 16 * (d + 2) ** 2 * U * (length(z) ** 2 / small + d * 20)
        compare("dist_mvn_logpdf", dist_mvn_logpdf(d, x, mu, L), within,
                numpy=lambda: -0.5 * float(np.sum(np.linalg.solve(np.array(L), np.subtract(x, mu)) ** 2)) - np.sum(np.log(np.diag(L))) - d / 2 * math.log(2 * math.pi),
                R="L <- as.matrix(L); z <- forwardsolve(L, x - mu); -sum(z^2) / 2 - sum(log(diag(L))) - length(x) / 2 * log(2 * pi)", x=x, mu=mu, L=L)
        r = rng(problems.getrandbits(64))
        twin = rng(r.state)
        normals = [rng_normal(twin) for _ in range(d)]
        size = [abs(m) + math.fsum(abs(a * b) for a, b in zip(row, normals)) for m, row in zip(mu, L)]
        compare("rng_mvn", rng_mvn(d, new(d), mu, L, r), [2 * (d + 2) * U * s for s in size], numpy=lambda: np.array(mu) + np.array(L) @ normals,
                exact=[m + t for m, t in zip(mu, times(L, normals))])

# From two uniforms; 2πU₂ is rounded before the cosine is taken of it.
r, twin = rng(7), rng(7)
drawn = []
for _ in range(2000):
    u, v = rng_uniform(twin), rng_uniform(twin)
    radius = math.sqrt(-2 * math.log1p(-u))
    drawn.append(rng_normal(r))
    compare("rng_normal", drawn[-1], 8 * U * radius * (1 + 2 * math.pi), exact=radius * math.cos(2 * math.pi * v))
compare("rng_normal", 1.0, 0.0, R="as.numeric(ks.test(x, 'pnorm')$p.value > 1e-9)", x=drawn)
