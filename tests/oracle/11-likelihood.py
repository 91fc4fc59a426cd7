"""Losses. A mean of n terms that do not cancel is off by n + a few roundings of itself; where the terms have signs, of their sizes."""

for n in (1, 2, 17, 800):
    for scale in (1.0, 1e-3, 300.0):
        y, noise = problems.vector(n, 5.0), problems.vector(n, scale)
        yhat = [a + b for a, b in zip(y, noise)]
        r = minus(yhat, y)
        few = 2 * (n + 6) * U
        mse, mae = math.fsum(a * a for a in r) / n, math.fsum(absolute(r)) / n
        compare("loss_mse", loss_mse(n, yhat, y), few * mse, numpy=lambda: np.mean(np.subtract(yhat, y) ** 2), R="mean((yhat - y)^2)", yhat=yhat, y=y)
        compare("loss_mae", loss_mae(n, yhat, y), few * mae, numpy=lambda: np.mean(np.abs(np.subtract(yhat, y))), R="mean(abs(yhat - y))", yhat=yhat, y=y)
        for delta in (0.5 * scale, 2.0):
            huber = "r <- abs(yhat - y); mean(ifelse(r <= delta, r^2 / 2, delta * (r - delta / 2)))"
            # d·(r − d/2) loses no more than r·d rounded, and is at least half of it.
            compare("loss_huber", loss_huber(n, yhat, y, delta), 2 * few * math.fsum(min(a * a, 2 * abs(a) * delta) for a in r) / n,
                    numpy=lambda: (lambda a: np.mean(np.where(a <= delta, a * a / 2, delta * (a - delta / 2))))(np.abs(np.subtract(yhat, y))),
                    R=huber, yhat=yhat, y=y, delta=[delta])
        sigma = math.exp(problems.gauss(0, 1))
        compare("loss_nll_normal", loss_nll_normal(n, yhat, y, sigma), 2 * few * (mse / sigma**2 + abs(math.log(sigma)) + 1),
                R="-mean(dnorm(y, yhat, sigma, log = TRUE))", yhat=yhat, y=y, sigma=[sigma])
        z, target = problems.vector(n, 4 * scale), [float(problems.randint(0, 1)) for _ in range(n)]
        log_loss = math.fsum(max(a, 0) - a * t + math.log1p(math.exp(-abs(a))) for a, t in zip(z, target)) / n
        sizes = math.fsum(abs(a) + 1 for a in z) / n
        compare("loss_logistic", loss_logistic(n, z, target), 2 * few * sizes, numpy=lambda: np.mean(np.logaddexp(0, z) - np.multiply(target, z)),
                R="mean(-ifelse(y == 1, plogis(z, log.p = TRUE), plogis(-z, log.p = TRUE)))", exact=log_loss, z=z, y=target)
        mu, sigma, status = dist_normal_mle(n, new(1), new(1), y)
        mean = math.fsum(y) / n
        compare("dist_normal_mle", mu + sigma + [status], [few * largest(y), few * sigma[0] + few * largest(y) * (n == 1), 0.0],
                numpy=lambda: [np.mean(y), np.std(y), OK], R="c(mean(y), sqrt(mean((y - mean(y))^2)), 0)", y=y)

for z in [-1000.0, -745.0, -40.0, -1.0, 0.0, 1e-9, 1.0, 40.0, 1000.0] + problems.vector(30, 10.0):
    compare("prob_sigmoid", prob_sigmoid(z), 8 * U * (1 / (1 + math.exp(-z)) if z > -700 else 1e-300), R="plogis(z)", z=[z])
    # One example at a time, where nothing is averaged away, and as far out as doubles go: the loss of the wrong side is |z|.
    for target in (0.0, 1.0):
        exact = math.log1p(math.exp(-abs(z))) + (abs(z) if (z > 0) != (target == 1) else 0.0)
        compare("loss_logistic", loss_logistic(1, [z], [target]), 8 * U * exact + 4 * U * (exact > 0.5), R="-plogis(z * (2 * y - 1), log.p = TRUE)",
                exact=exact, z=[z], y=[target])

for _ in range(40):
    n = problems.randint(1, 500)
    k, a, b = problems.randint(0, n), 1 + 4 * problems.random(), 1 + 4 * problems.random()
    mode = (k + a - 1) / (n + a + b - 2)
    compare("dist_beta_map", dist_beta_map(k, n, a, b), 12 * U * mode + 4 * U / n, exact=mode)
    if 0 < k < n:
        # The mode where R's density is largest: a maximum is flat, so half of the digits is what can be had.
        compare("dist_beta_map", dist_beta_map(k, n, a, b), 1e-6,
                R="optimize(function(t) dbeta(t, k + a, n - k + b, log = TRUE), c(0, 1), maximum = TRUE, tol = 1e-10)$maximum",
                k=[k], n=[n], a=[a], b=[b])
