"""Keeping score. Counts are exact; shares of counts are rounded once or twice. The area under a curve of m points adds m products; with
ties it is the statistic of Wilcoxon and Mann and Whitney, which R counts by ranks. Naive Bayes adds d terms of z²/2 each."""

for n, k in ((1, 1), (9, 2), (200, 4), (1000, 10)):
    y = [problems.randrange(k) for _ in range(n)]
    yhat = [c if problems.random() < 0.7 else problems.randrange(k) for c in y]
    table = "factor(%s, 0:(k - 1))"
    C = eval_confusion(n, k, new_sizes(k, k), yhat, y)
    cross = "C <- table(%s, %s); " % (table % "y", table % "h")
    compare("eval_confusion", C, 0.0, R=cross + "matrix(C, k)", y=y, h=yhat, k=[k],
            exact=[[sum((t, h) == pair for pair in zip(y, yhat)) for h in range(k)] for t in range(k)])
    compare("eval_accuracy", eval_accuracy(k, C), 2 * U, R="mean(y == h)", y=y, h=yhat)
    for cls in range(min(k, 3)):
        compare("eval_prf", flat(eval_prf(k, new(1), new(1), new(1), C, cls)), 4 * U, y=y, h=yhat, cls=[cls],
                R="c(mean(y[h == cls] == cls), mean(h[y == cls] == cls), 2 * sum(y == cls & h == cls) / (sum(y == cls) + sum(h == cls)))")

for n, levels in ((2, 50), (30, 4), (30, 10**9), (400, 20), (400, 10**9), (50, 1)):
    y = [i % 2 if i < 2 else int(problems.random() < 0.4) for i in range(n)]
    score = [float(problems.randrange(levels)) + levels // 3 * c for c in y]
    positive, negative = ([s for s, c in zip(score, y) if c == side] for side in (1, 0))
    fpr, tpr, m = eval_roc(n, new(n + 1), new(n + 1), score, y)
    m = int(m)
    steps = [math.inf] + sorted(set(score), reverse=True)
    compare("eval_roc", fpr[:m] + tpr[:m], 2 * U, R="cuts <- c(Inf, sort(unique(s), decreasing = TRUE)); "
            "c(sapply(cuts, function(t) mean(s[y == 0] >= t)), sapply(cuts, function(t) mean(s[y == 1] >= t)))", s=score, y=y,
            exact=[sum(s >= t for s in side) / len(side) for side in (negative, positive) for t in steps])
    compare("eval_auc", eval_auc(m, fpr[:m], tpr[:m]), 4 * (m + 2) * U,
            R="wilcox.test(s[y == 1], s[y == 0], exact = FALSE)$statistic / (sum(y == 1) * sum(y == 0))", s=score, y=y,
            exact=sum((p > q) + (p == q) / 2 for p in positive for q in negative) / (len(positive) * len(negative)))

for n, d, k in ((4, 1, 2), (60, 3, 3), (300, 20, 10)):
    label = [i % k for i in range(n)]
    X = [[c + a for a in problems.vector(d)] for c in label]
    floor = 1e-9 * max(math.fsum((a - math.fsum(c) / n) ** 2 for a in c) / n for c in transposed(X))
    prior, mu, var, status = nb_fit(n, d, k, new(k), new(k, d), new(k, d), X, label)
    few = 4 * (n + 8) * U * (largest(X) + 1) ** 2
    compare("nb_fit", flat([prior, mu, var, status]), few,
            numpy=lambda: (lambda A, c: np.concatenate([np.bincount(c) / n, *(A[c == j].mean(0) for j in range(k)),
                                                         *(A[c == j].var(0) + floor for j in range(k)), [OK]]))(np.array(X), np.array(label)),
            R="X <- matrix(X, length(y)); m <- rowsum(X, y) / as.vector(table(y)); v <- rowsum(X^2, y) / as.vector(table(y)) - m^2; "
            "c(table(y) / length(y), t(m), t(v) + floor, 0)", X=X, y=label, floor=[floor])
    for x in X[:5] + [[30.0] * d]:
        logp = nb_logpost(d, k, new(k), x, prior, mu, var)
        terms = max(math.fsum((a - b) ** 2 / v + abs(math.log(v)) + 1 for a, b, v in zip(x, m, w)) for m, w in zip(mu, var))
        compare("nb_logpost", logp, 8 * (d + k + 8) * U * (terms + 10), x=x, p=prior, mu=mu, var=var,
                numpy=lambda: (lambda j: j - np.logaddexp.reduce(j))(np.log(prior) - np.sum(np.subtract(x, mu) ** 2 / np.array(var) + np.log(2 * np.pi * np.array(var)), 1) / 2),
                R="mu <- matrix(mu, length(p)); var <- matrix(var, length(p)); j <- sapply(seq_along(p), function(c) "
                "log(p[c]) + sum(dnorm(x, mu[c, ], sqrt(var[c, ]), log = TRUE))); j - max(j) - log(sum(exp(j - max(j))))")
