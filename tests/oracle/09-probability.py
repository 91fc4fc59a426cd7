"""Probability. What is a formula is off by a few roundings. The generator is exact: SplitMix64 in Python's integers says every bit.
What only its distribution defines is put to R's chi-squared test: a right generator fails it in one of 10⁹ seeds."""

LUCK = 1e-9

for _ in range(40):
    prior, sens, spec = problems.random() ** 3, problems.random(), problems.random()
    compare("prob_bayes", prob_bayes(prior, sens, spec), 12 * U,
            R="prior * sens / (prior * sens + (1 - prior) * (1 - spec))", prior=[prior], sens=[sens], spec=[spec],
            exact=prior * sens / (prior * sens + (1 - prior) * (1 - spec)))


class SplitMix:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = self.state + 0x9E3779B97F4A7C15 & 2**64 - 1
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & 2**64 - 1
        z = (z ^ z >> 27) * 0x94D049BB133111EB & 2**64 - 1
        return z ^ z >> 31


def halves(words):
    """A double holds 53 bits; half a word fits."""
    return [float(half) for word in words for half in (word >> 32, word & 2**32 - 1)]


for seed in (0, 1, 42, 2**64 - 1, problems.getrandbits(64)):
    r, mine = rng(seed), SplitMix(seed)
    compare("rng_next", halves(rng_next(r) for _ in range(50)), 0.0, exact=halves(mine.next() for _ in range(50)))
    compare("rng_uniform", [rng_uniform(r) for _ in range(50)], 0.0, exact=[(mine.next() >> 11) * 2.0**-53 for _ in range(50)])
    for n in (1, 2, 9, 100):
        order, twin = list(range(n)), rng(r.state)
        idx = new_sizes(n)
        idx.data[:] = order
        for i in range(n - 1, 0, -1):
            j = rng_below(i + 1, twin)
            order[i], order[j] = order[j], order[i]
        compare("rng_shuffle", [rng_shuffle(n, idx, r)], 0.0, exact=order)

    for n in (2, 6, 50):
        counts = [0] * n
        for _ in range(200 * n):
            counts[rng_below(n, r)] += 1
        compare("rng_below", 1.0, 0.0, R=f"as.numeric(chisq.test(x)$p.value > {LUCK})", x=counts)
    for p in ([0.5, 0.2, 0.3], [1.0, 3.0, 4.0, 2.0], [1e-3, 5.0, 2.0]):
        k = len(p)
        counts = [0] * k
        for _ in range(20000):
            counts[rng_categorical(k, p, r)] += 1
        compare("rng_categorical", 1.0, 0.0, R=f"as.numeric(chisq.test(x, p = p / sum(p))$p.value > {LUCK})", x=counts, p=p)

    for n in (2, 30, 1000):
        drawn = []

        def f(r):
            drawn.append(3 + rng_uniform(r))
            return drawn[-1]

        se, mean = rng_mc_mean(n, new(1), f, None, r)
        compare("rng_mc_mean", [mean] + se, [8 * n * U, 40 * n * U * (1 + se[0])], numpy=lambda: [np.mean(drawn), np.std(drawn, ddof=1) / math.sqrt(n)],
                R="c(mean(x), sd(x) / sqrt(length(x)))", x=drawn)
