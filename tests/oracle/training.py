"""make bench: the reference library's softreg_fit, nn_train and logreg_fit against scikit-learn, each on the same handwritten digits,
from the same start, with the same batches in the same order and as many steps, in one thread. Prints ratios of the best times and by
how much the costs differ; says so when it cannot measure.

Both sides run here, the library by ctypes: taking turns they meet the same noise. scikit-learn draws its own start and its own order;
so it is given ours before the clock runs, one epoch a call, and a schedule of the rate that it does not have."""
import ctypes
import json
import math
import pathlib
import time

import bridge

try:
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.neural_network import MLPClassifier
    from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer
except ImportError:
    np = None

TRAIN, SIDE, CLASSES, HIDDEN, ROUNDS = 1200, 64, 10, 32, 5
BATCH, EPOCHS = 40, 30  # 40 divides 1200: scikit-learn weighs the penalty by the size of the batch
STEPS = EPOCHS * TRAIN // BATCH


class sgd_options(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in ("batch", "warmup", "patience")] + [(name, ctypes.c_double) for name in ("lr", "beta", "lam")]


class nn_shape(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in ("din", "dhid", "dout")]


def size(n):
    return ctypes.c_size_t(n)


def at(array):
    return array.ctypes.data_as(ctypes.c_void_p)


def digits():
    rows = np.loadtxt("chapters/data/digits.csv", delimiter=",", skiprows=1)
    return rows[:, :SIDE] / 16, rows[:, SIDE].astype(np.uintp)


def orders(library, seed):
    """The order of each epoch, by the function that both trainings draw their batches with."""
    r, order, taken, pos = bridge.rng(seed), np.arange(TRAIN, dtype=np.uintp), np.zeros(TRAIN, dtype=np.uintp), size(0)
    for _ in range(EPOCHS):
        library.opt_batch_next(size(TRAIN), size(TRAIN), at(taken), at(order), ctypes.byref(pos), ctypes.byref(r))
        yield taken.copy()


def network(start, X, y, optimiser, lam, layers):
    """A network of scikit-learn at the given start, before its first step."""
    clf = MLPClassifier(hidden_layer_sizes=layers, activation="relu", alpha=lam * BATCH, batch_size=BATCH, shuffle=False)
    clf.partial_fit(X[:BATCH], y[:BATCH], classes=np.arange(CLASSES))  # makes the arrays
    clf.coefs_, clf.intercepts_ = ([a.copy() for a in part] for part in start)
    clf._optimizer, clf.t_ = optimiser(clf.coefs_ + clf.intercepts_), 0
    return clf


def rivals(ours, theirs):
    """Seconds of each, the best of ROUNDS turns, and what each returned."""
    best = [math.inf, math.inf]
    for _ in range(ROUNDS):
        for i, (prepare, work) in enumerate((ours, theirs)):
            ready = prepare()
            began = time.perf_counter()
            said = work(ready)
            best[i] = min(best[i], time.perf_counter() - began)
            if i == 0:
                mine = said
            else:
                other = said
    return best, mine, other


def report(fn, what, whom, best, differ):
    print(f"{fn}, {what}: {best[0] / best[1]:.2f} times the time of scikit-learn's {whom} "
          f"({1e3 * best[0]:.3g} ms / {1e3 * best[1]:.3g} ms); {differ}")


def apart(a, b):
    return f"{np.max(np.abs(np.asarray(a) - np.asarray(b)) / np.abs(b)):.1g}"


def softreg(library, X, label, lr=0.1, beta=0.9, lam=1e-3):
    y, one = label[:TRAIN].astype(int), np.hstack([np.ones((TRAIN, 1)), X[:TRAIN]])
    order = list(orders(library, 1))
    start = ([np.zeros((SIDE, CLASSES))], [np.zeros(CLASSES)])

    def ours(ready):
        Theta, history = ready
        status = library.softreg_fit(size(TRAIN), size(SIDE + 1), size(CLASSES), size(EPOCHS), at(Theta), at(history), at(one), at(label),
                                     sgd_options(BATCH, 0, 0, lr, beta, lam), ctypes.byref(bridge.rng(1)))
        assert status == bridge.OK, status
        return history

    def theirs(clf):
        for rows in order:
            clf.partial_fit(X[rows], y[rows])
        return clf.loss_curve_[-EPOCHS:]

    made = lambda: network(start, X, y, lambda params: SGDOptimizer(params, lr, "constant", beta, nesterov=False), lam, ())
    best, mine, other = rivals((lambda: (np.zeros((SIDE + 1, CLASSES)), np.zeros(EPOCHS)), ours), (made, theirs))
    report("softreg_fit", f"{STEPS} steps of {BATCH} digits", "MLPClassifier without a hidden layer", best,
           f"the mean costs of the {EPOCHS} epochs differ by {apart(mine, other)} of themselves, at most")


def nn(library, X, label, lr=0.01, lam=1e-3):
    library.opt_lr_cosine.restype = ctypes.c_double
    y, order, random = label.astype(int), list(orders(library, 2)), np.random.RandomState(3)
    W1, W2 = (random.normal(0, math.sqrt(2 / a), (a, b)) for a, b in ((SIDE, HIDDEN), (HIDDEN, CLASSES)))
    start = ([W1, W2], [np.zeros(HIDDEN), np.zeros(CLASSES)])
    theta = np.concatenate([W1.ravel(), start[1][0], W2.ravel(), start[1][1]])
    rows_of = (X[:TRAIN].copy(), X[TRAIN:].copy(), label[:TRAIN].copy(), label[TRAIN:].copy())
    rates = [library.opt_lr_cosine(ctypes.c_double(lr), size(t), size(0), size(STEPS)) for t in range(STEPS)]

    class Scheduled(AdamOptimizer):
        """With our rate, and with Adam's 1e-8 where we have it: beside the root of the corrected v."""

        def _get_updates(self, grads):
            self.learning_rate_init = rates[self.t]
            self.epsilon = 1e-8 * math.sqrt(1 - self.beta_2 ** (self.t + 1))
            return super()._get_updates(grads)

    def ours(ready):
        weights, history = ready
        status = library.nn_train(nn_shape(SIDE, HIDDEN, CLASSES), size(len(weights)), size(TRAIN), size(len(rows_of[3])), size(EPOCHS),
                                  at(weights), at(history), at(rows_of[0]), at(rows_of[2]), at(rows_of[1]), at(rows_of[3]),
                                  sgd_options(BATCH, 0, 0, lr, 0, lam), ctypes.byref(bridge.rng(2)))
        assert status == bridge.OK, status
        return history[:, 0], history[:, 2]

    def theirs(clf):
        shares = []
        for rows in order:
            clf.partial_fit(X[rows], y[rows])
            shares.append(np.mean(clf.predict(rows_of[1]) == y[TRAIN:]))
        return clf.loss_curve_[-EPOCHS:], shares

    best, mine, other = rivals((lambda: (theta.copy(), np.zeros((EPOCHS, 3))), ours), (lambda: network(start, X, y, Scheduled, lam, (HIDDEN,)), theirs))
    report("nn_train", f"{STEPS} steps of {BATCH} digits through {SIDE}-{HIDDEN}-{CLASSES}", "MLPClassifier", best,
           f"the mean costs differ by {apart(mine[0], other[0])} of themselves, the shares read right by "
           f"{np.max(np.abs(np.subtract(mine[1], other[1]))):.1g}, at most")


def logreg(library, X, label, lam=1e-3):
    library.logreg_cost.restype = ctypes.c_double
    y, one = (label == 8).astype(float), np.hstack([np.ones((len(X), 1)), X])
    n, p = one.shape

    def cost(theta):
        return library.logreg_cost(size(n), size(p), at(one), at(theta), at(y), ctypes.c_double(lam))

    def ours(theta):
        status = library.logreg_fit(size(n), size(p), at(theta), at(one), at(y), ctypes.c_double(lam))
        assert status == bridge.OK, status
        return cost(theta)

    def theirs(clf):
        clf.fit(X, y)
        return cost(np.concatenate([clf.intercept_, clf.coef_[0]]))

    for solver in ("newton-cholesky", "lbfgs"):
        best, mine, other = rivals((lambda: np.zeros(p), ours),
                                   (lambda: LogisticRegression(C=1 / (n * lam), solver=solver, tol=1e-7, max_iter=1000), theirs))
        report("logreg_fit", f"an eight or not, {n} digits, to the minimum", f"LogisticRegression ({solver})", best,
               f"the costs differ by {apart(mine, other)} of themselves")


def main():
    exercises = json.loads(pathlib.Path("build/manifest.json").read_text())["exercises"]
    missing = {"softreg_fit", "nn_train", "logreg_fit"} - {e["fn"] for e in exercises}
    if missing:
        print(f"training against scikit-learn: not measured, {', '.join(sorted(missing))} not in this book")
    elif np is None:
        print("training against scikit-learn: not measured, it is not installed: make deps FOR=oracle")
    else:
        library = bridge.load([e["fn"] for e in exercises if e["kind"] == "exercise"])
        X, label = digits()
        for measure in (softreg, nn, logreg):
            measure(library, X, label)


main()
