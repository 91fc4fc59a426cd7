"""Vectors. A sum of n products in any order is off by at most n·U·Σ|x·y|; a length, being a sum of squares, by about n·U of itself."""

for n in (0, 1, 2, 3, 17, 1000):
    for scale in (1.0, 1e-3, 1e5):
        x, y = problems.vector(n, scale), problems.vector(n)
        a = problems.gauss(0, 1)
        within = (n + 1) * U * math.fsum(abs(p * q) for p, q in zip(x, y))
        compare("vec_dot", vec_dot(n, x, y), 2 * within, numpy=lambda: np.dot(x, y), R="sum(x * y)" if n else None, x=x, y=y)
        if not n:
            continue
        compare("vec_axpy", vec_axpy(n, inout(y), a, x), [3 * U * (abs(q) + abs(a * p)) for p, q in zip(x, y)],
                numpy=lambda: np.array(y) + a * np.array(x), R="y + a * x", x=x, y=y, a=[a])
        relative = 2 * (n + 4) * U
        compare("vec_norm2", vec_norm2(n, x), relative * length(x), numpy=lambda: np.linalg.norm(x), R='norm(as.matrix(x), "F")', x=x)
        d = length(minus(x, y))
        compare("vec_dist", vec_dist(n, x, y), relative * d, numpy=lambda: np.linalg.norm(np.subtract(x, y)),
                R="as.numeric(dist(rbind(x, y)))" if n > 1 else "abs(x - y)", x=x, y=y)
        # The products may cancel, the lengths do not.
        share = math.fsum(abs(p * q) for p, q in zip(x, y)) / (length(x) * length(y))
        compare("vec_cosine", vec_cosine(n, x, y), 4 * (n + 4) * U * share,
                numpy=lambda: np.dot(x, y) / (np.linalg.norm(x) * np.linalg.norm(y)), R="sum(x * y) / sqrt(sum(x^2) * sum(y^2))", x=x, y=y)
        compare("vec_project", vec_project(n, new(n), x, y), [4 * (n + 4) * U * share * length(x) / length(y) * abs(q) for q in y],
                numpy=lambda: np.dot(x, y) / np.dot(y, y) * np.array(y), R="sum(x * y) / sum(y * y) * y", x=x, y=y)
        compare("vec_argmax", vec_argmax(n, x), 0.0, numpy=lambda: np.argmax(x), R="which.max(x) - 1", x=x)

# Near together, where a difference of squares would say nothing; equally large, where the first counts; parallel, up to roundoff.
for n in (2, 9):
    x = problems.vector(n)
    y = [a * (1 + 1e-9 * problems.random()) for a in x]
    compare("vec_dist", vec_dist(n, x, y), 2 * (n + 4) * U * length(minus(x, y)), numpy=lambda: np.linalg.norm(np.subtract(x, y)),
            R="sqrt(sum((x - y)^2))", x=x, y=y)
    ties = [float(problems.randint(0, 2)) for _ in range(5 * n)]
    compare("vec_argmax", vec_argmax(5 * n, ties), 0.0, numpy=lambda: np.argmax(ties), R="which.max(x) - 1", x=ties)
    for a in problems.vector(50):
        compare("vec_cosine", [vec_cosine(n, x, [a * b for b in x]), float(abs(vec_cosine(n, x, [a * b for b in x])) <= 1)],
                [4 * (n + 4) * U, 0.0], exact=[math.copysign(1, a), 1.0])

# Where squares overflow or vanish; LAPACK's own norm, in R, scales as well.
for scale in (1e300, 1e-300):
    x = problems.vector(30, scale)
    compare("vec_norm2", vec_norm2(30, x), 70 * U * length(x), R='norm(as.matrix(x), "F")', exact=scale * length([a / scale for a in x]), x=x)

# Distances at random are never equal, so which k are nearest is not in doubt.
for n, d, k in ((1, 1, 1), (7, 2, 3), (60, 4, 5), (60, 4, 60), (200, 9, 1)):
    X, q, y = problems.matrix(n, d), problems.vector(d), problems.vector(n, 100)
    within = 2 * (k + 1) * U * largest(y)
    compare("knn_predict", knn_predict(n, d, X, y, q, k), within,
            numpy=lambda: np.mean(np.array(y)[np.argsort(np.linalg.norm(np.array(X) - q, axis=1))[:k]]),
            R="mean(y[order(sqrt(rowSums((as.matrix(X) - matrix(q, length(y), length(q), byrow = TRUE))^2)))[1:k]])", X=X, q=q, y=y, k=[k])
