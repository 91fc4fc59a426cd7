"""Lines. A sum of n terms computed in any order is off by at most n·U·Σ|terms|, and each term by a few U of what it is made of."""


def parts(x, y, t0, t1):
    """Residuals, and how far each may be off: three operations on numbers not larger than these."""
    r = [t0 + t1 * a - b for a, b in zip(x, y)]
    e = [4 * U * (abs(t0) + abs(t1 * a) + abs(b)) for a, b in zip(x, y)]
    return r, e


for n in (1, 2, 3, 7, 50, 1421):
    x, y = problems.vector(n, 3), problems.vector(n, 200)
    t0, t1 = problems.vector(2, 50)
    r, e = parts(x, y, t0, t1)
    compare("line_predict", line_predict(t0, t1, x[0]), 3 * U * (abs(t0) + abs(t1 * x[0])),
            numpy=lambda: np.polyval([t1, t0], x[0]), R="t[1] + t[2] * x[1]", t=[t0, t1], x=x)
    # ½·mean r²: twice |r|·e, the square, and the sum.
    within = (math.fsum(abs(a) * b for a, b in zip(r, e)) + (n + 4) * U * math.fsum(a * a for a in r)) / n
    compare("line_cost", line_cost(n, t0, t1, x, y), within,
            numpy=lambda: np.mean((t0 + t1 * np.array(x) - y) ** 2) / 2, R="mean((t[1] + t[2] * x - y)^2) / 2", t=[t0, t1], x=x, y=y)
    within = [(math.fsum(b * w for b, w in zip(e, weights)) + (n + 4) * U * math.fsum(abs(a) * w for a, w in zip(r, weights))) / n
              for weights in ([1.0] * n, absolute(x))]
    compare("line_grad", line_grad(n, new(2), t0, t1, x, y), within,
            numpy=lambda: np.array([np.ones(n), x]) @ (t0 + t1 * np.array(x) - y) / n,
            R="crossprod(cbind(1, x), t[1] + t[2] * x - y) / length(x)", t=[t0, t1], x=x, y=y)

for _ in range(20):
    theta, g, lr = problems.vector(2, 9), problems.vector(2, 9), problems.random()
    compare("line_step", line_step(inout(theta), g, lr), [3 * U * (abs(a) + lr * abs(b)) for a, b in zip(theta, g)],
            numpy=lambda: np.array(theta) - lr * np.array(g), R="theta - lr * g", theta=theta, g=g, lr=[lr])

# On scaled x the Hessian is the identity: half of the way at each step, so that 80 steps reach the least-squares line to the
# last digits. Its condition is 1; the line on raw x is the scaled one taken back.
for n in (5, 50, 500):
    x = [problems.uniform(20, 400) for _ in range(n)]
    y = [30 + 2 * a + problems.gauss(0, 20) for a in x]
    mu = math.fsum(x) / n
    sd = math.sqrt(math.fsum((a - mu) ** 2 for a in x) / n)
    z = [(a - mu) / sd for a in x]
    theta, cost = line_fit(n, inout([0.0, 0.0]), z, y, 0.5, 80)
    size = largest(y)
    compare("line_fit", theta, 20 * n * U * size, numpy=lambda: np.polyfit(z, y, 1)[::-1], R="coef(lm(y ~ z))", z=z, y=y)
    compare("line_fit", cost, 20 * n * U * size**2, numpy=lambda: np.mean((theta[0] + theta[1] * np.array(z) - y) ** 2) / 2,
            R="mean(residuals(lm(y ~ z))^2) / 2", z=z, y=y)
    # What the slope is off by, the mean makes larger.
    slope = 40 * n * U * size / sd
    compare("line_unscale", line_unscale(inout(theta), mu, sd), [slope * (mu + sd), slope],
            numpy=lambda: np.polyfit(x, y, 1)[::-1], R="coef(lm(y ~ x))", x=x, y=y)

# A few steps from anywhere, each from the old theta: what is off is no more than a few U of what was added up.
for n, steps in ((3, 1), (20, 7)):
    z, y, start = problems.vector(n), problems.vector(n, 9), problems.vector(2, 5)

    def walk():
        X, theta = np.column_stack([np.ones(n), z]), np.array(start)
        for _ in range(steps):
            theta = theta - 0.1 * X.T @ (X @ theta - y) / n
        return [*theta, np.mean((X @ theta - y) ** 2) / 2]

    size = largest(y) + largest(start) * (1 + largest(z))
    theta, cost = line_fit(n, inout(start), z, y, 0.1, steps)
    within = 20 * (n + steps) * U * size * (1 + largest(z)) ** 2
    compare("line_fit", theta + [cost], [within, within, within * size], numpy=walk,
            R="X <- cbind(1, z); for (i in 1:%d) s <- s - 0.1 * crossprod(X, X %%*%% s - y) / %d; c(s, mean((X %%*%% s - y)^2) / 2)" % (steps, n),
            z=z, y=y, s=start)
