"""Information. Sums of k terms p·log p, off by k + a few roundings of the terms' sizes; log-sum-exp by U·(|max| + k)."""


def at_random(k, zeros=False):
    w = [0.0 if zeros and problems.random() < 0.3 else -math.log(1 - problems.random()) for _ in range(k)]
    w[problems.randrange(k)] += 1.0
    total = math.fsum(w)
    return [a / total for a in w]


H = "-sum(ifelse(p > 0, p * log(p), 0))"
for k in (1, 2, 3, 10, 256):
    for zeros in (False, True):
        p = at_random(k, zeros)
        few = 4 * (k + 6) * U
        sizes = math.fsum(abs(a * math.log(a)) for a in p if a)
        compare("info_entropy", info_entropy(k, p), few * sizes + few * U, R=H, numpy=lambda: -sum(a * np.log(a) for a in p if a), p=p)
        q = at_random(k)
        terms = math.fsum(abs(a * math.log(a / b)) + 2 * a for a, b in zip(p, q) if a)
        compare("info_kl", info_kl(k, p, q), few * terms, R="sum(ifelse(p > 0, p * log(p / q), 0))",
                numpy=lambda: sum(a * np.log(a / b) for a, b in zip(p, q) if a), p=p, q=q)

for a, b in ((1, 1), (2, 2), (3, 5), (10, 10)):
    for zeros in (False, True):
        cells = at_random(a * b, zeros)
        P = [cells[i * b:(i + 1) * b] for i in range(a)]
        compare("info_mutual", info_mutual(a, b, P), 16 * (a * b + 6) * U * (1 + math.log(a * b + 1)),
                R="P <- matrix(P, a); e <- outer(rowSums(P), colSums(P)); sum(ifelse(P > 0, P * log(P / e), 0))",
                numpy=lambda: (lambda M: np.nansum(np.where(M > 0, M * np.log(M / np.outer(M.sum(1), M.sum(0))), 0)))(np.array(P)), P=P, a=[a])

for k in (1, 2, 10, 500):
    for scale, shift in ((1.0, 0.0), (30.0, 0.0), (5.0, 1000.0), (5.0, -1e5)):
        z = [shift + a for a in problems.vector(k, scale)]
        top = max(z)
        exact = top + math.log(math.fsum(math.exp(a - top) for a in z))
        off = 2 * U * (max(absolute(z)) + k + 4)
        compare("vec_logsumexp", vec_logsumexp(k, z), off, numpy=lambda: top + np.log(np.sum(np.exp(np.array(z) - top))), R="max(z) + log(sum(exp(z - max(z))))", exact=exact, z=z)
        p = [math.exp(a - exact) for a in z]
        # z − max is exact or rounded once, e^… carries that on: |z − max|·U of each p.
        within = [a * 4 * U * (k + 4 + top - b + abs(exact)) for a, b in zip(p, z)]
        compare("prob_softmax", prob_softmax(k, new(k), z), within, numpy=lambda: (lambda e: e / e.sum())(np.exp(np.array(z) - top)),
                R="e <- exp(z - max(z)); e / sum(e)", z=z)

for n, k in ((1, 1), (4, 3), (100, 10)):
    for scale in (1.0, 1000.0):
        Z, label = problems.matrix(n, k, scale), [problems.randrange(k) for _ in range(n)]
        compare("loss_softmax_ce", loss_softmax_ce(n, k, Z, label), 8 * U * (n + k + 4) * (largest(Z) + math.log(k + 1)),
                numpy=lambda: np.mean([np.logaddexp.reduce(z) - z[c] for z, c in zip(Z, label)]),
                R="Z <- matrix(Z, length(y)); m <- apply(Z, 1, max); mean(m + log(rowSums(exp(Z - m))) - Z[cbind(seq_along(y), y + 1)])", Z=Z, y=label)
        compare("prob_onehot", prob_onehot(n, k, new(n, k), label), 0.0, numpy=lambda: np.eye(k)[label],
                R="outer(y, 0:(k - 1), '==') * 1", y=label, k=[k])
