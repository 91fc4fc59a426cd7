"""What the checks of the chapters share: problems at random, the reference library by ctypes, NumPy and R to compare it with.

A check calls the library's function and says what each oracle has to say about the same problem, and how far apart two right
answers may be:

    x, status = lin_solve(n, new(n), A, b)
    compare("lin_solve", x, within=..., numpy=lambda: np.linalg.solve(A, b), R="solve(A, b)", A=A, b=b)

Matrices are lists of rows, here and there; bounds are absolute, one for all entries or one an entry. Where a bound comes from the
condition of the problem, the check says from which theorem. Of an oracle that is not installed this says so, once; with none of
the two it fails. ARCHIVE= names another library than build/reference/libdescent.a.
"""
import ctypes
import itertools
import json
import math
import os
import pathlib
import random
import re
import runpy
import shutil
import subprocess
import sys
import tempfile

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small problems, that many threads only hinder
try:
    import numpy as np
except ImportError:
    np = None

U = 2.0**-53  # the unit roundoff
OK, BAD_INPUT, SINGULAR, NOT_POSITIVE, NOT_CONVERGED = range(5)
HERE = pathlib.Path("tests/oracle")
BUILD = pathlib.Path("build/oracle")

# ------------------------------------------------------------------ problems


class Problems(random.Random):
    """Numbers, vectors and matrices, the same for the same SEED."""

    def vector(self, n, scale=1.0):
        return [scale * self.gauss(0, 1) for _ in range(n)]

    def matrix(self, m, n, scale=1.0):
        return [self.vector(n, scale) for _ in range(m)]

    def orthogonal(self, n):
        """A product of n reflections."""
        Q = identity(n)
        for _ in range(n):
            v = self.vector(n)
            vv = math.fsum(a * a for a in v)
            for row in Q:
                f = 2 * math.fsum(a * b for a, b in zip(row, v)) / vv
                row[:] = [a - f * b for a, b in zip(row, v)]
        return Q

    def conditioned(self, m, n, kappa):
        """m×n, m >= n, with singular values from 1 to 1/kappa in equal factors."""
        s = [kappa ** (-j / max(n - 1, 1)) for j in range(n)]
        left, right = self.orthogonal(m), self.orthogonal(n)
        return product([[row[j] * s[j] for j in range(n)] for row in left], right)

    def symmetric(self, w):
        """With these eigenvalues."""
        Q = self.orthogonal(len(w))
        A = product([[q * x for q, x in zip(row, w)] for row in Q], transposed(Q))
        return [[(A[i][j] + A[j][i]) / 2 for j in range(len(w))] for i in range(len(w))]


def identity(n):
    return [[float(i == j) for j in range(n)] for i in range(n)]


def transposed(A):
    return [list(column) for column in zip(*A)]


def product(A, B):
    """With every sum rounded once."""
    columns = transposed(B)
    return [[math.fsum(a * b for a, b in zip(row, column)) for column in columns] for row in A]


def times(A, x):
    return [math.fsum(a * b for a, b in zip(row, x)) for row in A]


def absolute(A):
    return [absolute(a) for a in A] if isinstance(A, list) else abs(A)


def flat(A):
    return [x for a in A for x in flat(a)] if isinstance(A, (list, tuple)) else [A]


def largest(A):
    return max((abs(x) for x in flat(A)), default=0.0)


def length(A):
    """Of a vector; the Frobenius norm of a matrix."""
    return math.hypot(*flat(A))


def minus(A, B):
    return [minus(a, b) for a, b in zip(A, B)] if isinstance(A, list) else A - B


def signed(V):
    """The sign rule of the book: in each column the entry of largest absolute value is positive."""
    flip = [1 if max(column, key=abs) > 0 else -1 for column in transposed(V)]
    return [[x * f for x, f in zip(row, flip)] for row in V]


# ------------------------------------------------------------------- library


class Block:
    """An output: NaN before the call."""

    def __init__(self, shape, integer=False):
        self.shape = shape
        size = math.prod(shape)
        self.data = (ctypes.c_size_t * size)() if integer else (ctypes.c_double * size)(*[math.nan] * size)

    def read(self):
        values = list(self.data)
        for n in reversed(self.shape[1:]):
            values = [values[i:i + n] for i in range(0, len(values), n)] if n else [[] for _ in range(self.shape[0])]
        return values


def new(*shape):
    return Block(shape)


def new_sizes(*shape):
    return Block(shape, integer=True)


SCALARS = {"size_t": ctypes.c_size_t, "uint64_t": ctypes.c_uint64, "double": ctypes.c_double, "bool": ctypes.c_bool, "int": ctypes.c_int}


class Structure(ctypes.Structure):
    """As types.h has it; a function that takes a pointer to one changes it in place."""


class rng(Structure):
    _fields_ = [("state", ctypes.c_uint64)]


class running(Structure):
    _fields_ = [("n", ctypes.c_size_t), ("mean", ctypes.c_double), ("m2", ctypes.c_double)]


STRUCTURES = {"rng": rng, "running": running}
# A Python function of the same arguments, less ctx.
CALLBACKS = {
    "fnd": (ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_size_t, ctypes.POINTER(ctypes.c_double), ctypes.c_void_p),
            lambda f: lambda d, x, ctx: f(x[:d])),
    "fnr": (ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_void_p, ctypes.POINTER(rng)), lambda f: lambda ctx, r: f(r.contents)),
}


class Function:
    """Takes what the prototype says: scalars, lists for inputs, Blocks for outputs and in-outs, Structures by reference, Python
    functions for callbacks (and None for the ctx of these). Returns the outputs, then the value."""

    def __init__(self, library, fn, prototype):
        head, inside = re.match(r"(.*?)\b%s\s*\((.*)\)$" % fn, prototype, re.S).groups()
        self.fn, self.call = fn, getattr(library, fn)
        value = head.split()[-1].replace("status", "int")
        self.void = value == "void"
        self.call.restype = None if self.void else SCALARS[value]
        self.kinds = []
        for parameter in re.split(r",(?![^\[]*\])", inside):
            word = parameter.replace("const", "").split()[0]
            if word == "void":
                kind = ctypes.c_void_p
            elif word in CALLBACKS or word in STRUCTURES:
                kind = word
            else:
                kind = SCALARS[word]
            self.kinds.append((kind, word != "void" and ("[" in parameter or "*" in parameter)))

    def __call__(self, *values):
        if len(values) != len(self.kinds):
            raise TypeError(f"{self.fn} takes {len(self.kinds)} arguments, not {len(values)}")
        passed, outputs = [], []
        for (kind, array), value in zip(self.kinds, values):
            if isinstance(value, Block):
                outputs.append(value)
                passed.append(value.data)
            elif kind in CALLBACKS:
                made, wrapped = CALLBACKS[kind]
                passed.append(made(wrapped(value)))
            elif kind in STRUCTURES:
                passed.append(ctypes.byref(value))
            elif array:
                numbers = flat(value)
                passed.append((kind * max(len(numbers), 1))(*numbers))
            else:
                passed.append(kind(value))
        result = self.call(*passed)
        answers = [block.read() for block in outputs] + ([] if self.void else [result])
        return answers[0] if len(answers) == 1 else tuple(answers)


def inout(A):
    block = Block((len(A),) if not isinstance(A[0], list) else (len(A), len(A[0])))
    block.data[:] = flat(A)
    return block


def load(fns):
    """The archive as a shared library, with these functions and what they need."""
    BUILD.mkdir(parents=True, exist_ok=True)
    archive = os.environ.get("ARCHIVE", "build/reference/libdescent.a")
    path = BUILD / f"libdescent-{os.getpid()}.so"
    wanted = [f"-Wl,-u,{fn}" for fn in fns]
    subprocess.run(["gcc", "-shared", "-Wl,-Bsymbolic", "-o", path, *wanted, archive, "-lm"], check=True)
    library = ctypes.CDLL(path.resolve())
    path.unlink()
    return library


def open_library(exercises):
    library = load([e["fn"] for e in exercises])
    functions = {}
    for e in exercises:
        try:
            functions[e["fn"]] = Function(library, e["fn"], e["prototype"])
        except KeyError:
            pass  # takes a structure by value or a kind of callback that no check needs yet
    return functions


# ------------------------------------------------------------------- oracles


class R:
    """One process for all questions: bridge.R. It gets matrices as CSV files and an expression, and writes a CSV file."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="descent-oracle-")
        self.process = subprocess.Popen(["Rscript", "--vanilla", HERE / "bridge.R"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.asked = 0

    def ask(self, expression, values):
        self.asked += 1
        folder = pathlib.Path(self.folder.name) / str(self.asked)
        folder.mkdir()
        (folder / "expression.R").write_text(expression)
        for name, value in values.items():
            rows = value if value and isinstance(value[0], list) else [[x] for x in value]
            text = "\n".join(",".join("%.17g" % x for x in row) for row in rows)
            (folder / f"{name}.csv").write_text(text + "\n")
        print(folder, file=self.process.stdin, flush=True)
        said = self.process.stdout.readline().strip()
        if said != "done":
            raise RuntimeError(f"R: {expression}: {said}")
        text = (folder / "answer.csv").read_text().split("\n")
        shutil.rmtree(folder)
        return [float(x.replace("NA", "nan")) for line in text if line for x in line.split(",")]


def numbers_of(answer):
    """Of NumPy: flat, row by row."""
    return [float(x) for x in np.asarray(answer).reshape(-1)]


class Oracles:
    def __init__(self):
        self.R = R() if shutil.which("Rscript") else None
        self.tally = {}
        self.failed = 0

    def missing(self):
        if np is None:
            yield "NumPy is not installed: nothing is compared with it. (Debian: python3-numpy, or make deps FOR=oracle)"
        if self.R is None:
            yield "R is not installed: nothing is compared with it. (Debian: r-base-core, or make deps FOR=oracle)"

    def compare(self, fn, got, within, numpy=None, R=None, exact=None, **values):
        for name, ask in (("NumPy", numpy if np is not None else None), ("R", R if self.R else None), ("by hand", exact)):
            if ask is None:
                continue
            if name == "R":
                want = self.R.ask(ask, values)
            elif name == "NumPy":
                want = numbers_of(numpy())
            else:
                want = [float(x) for x in flat(ask)]
            self.judge(fn, name, [float(x) for x in flat(got)], want, within)

    def judge(self, fn, oracle, got, want, within):
        bounds = flat(within)
        bounds = bounds * len(got) if len(bounds) == 1 else bounds
        count, worst = self.tally.get((fn, oracle), (0, 0.0))
        if len(got) != len(want) or len(got) != len(bounds):
            self.complain(fn, oracle, f"{len(got)} numbers, {len(want)} expected, {len(bounds)} bounds")
        for i, (g, w, b) in enumerate(zip(got, want, bounds)):
            error = 0.0 if g == w or (math.isnan(g) and math.isnan(w)) else abs(g - w)
            share = error / b if b > 0 else (0.0 if error == 0 else math.inf)
            if not share <= 1:
                self.complain(fn, oracle, f"entry {i} is {g!r}, {oracle} says {w!r}; they may differ by {b:.2g}")
                share = math.inf
                break
            worst = max(worst, share)
        self.tally[fn, oracle] = (count + 1, worst)

    def complain(self, fn, oracle, text):
        self.failed += 1
        if self.failed <= 20:
            print(f"{fn} against {oracle}: {text}", file=sys.stderr)

    def report(self, chapter):
        for fn in dict.fromkeys(fn for fn, _ in self.tally):
            asked = [(oracle, *self.tally[f, oracle]) for f, oracle in self.tally if f == fn]
            counts = ", ".join(f"{oracle} {count}" for oracle, count, _ in asked)
            print(f"{chapter:16} {fn:20} {counts:32} {max(worst for *_, worst in asked):.2g}")
        self.tally = {}


# -------------------------------------------------------------------- running


def main(numbers):
    manifest = json.loads(pathlib.Path("build/manifest.json").read_text())
    functions = open_library([e for e in manifest["exercises"] if e["kind"] == "exercise"])
    oracles = Oracles()
    for line in oracles.missing():
        print(line, file=sys.stderr)
    if np is None and oracles.R is None:
        print("There is no oracle to ask: install one of the two.", file=sys.stderr)
        return 1
    if np is not None:
        np.seterr(all="ignore")
    ran = 0
    print("chapter          function             problems put to                  largest difference, 1 = as far apart as two right answers may be")
    for chapter in manifest["chapters"]:
        file = HERE / f"{chapter['id']}.py"
        if numbers and str(chapter["number"]) not in [n.lstrip("0") or "0" for n in numbers]:
            continue
        if not file.exists():
            if chapter["exercises"]:
                print(f"{chapter['id']}  has no checks: there is no {file}", file=sys.stderr)
            continue
        problems = Problems(f"{os.environ.get('SEED', '1')} {chapter['id']}")
        names = {name: value for name, value in globals().items() if not name.startswith("_")}
        names.update(functions, problems=problems, compare=oracles.compare, product_of=itertools.product)
        runpy.run_path(str(file), names)
        oracles.report(chapter["id"])
        ran += 1
    if not ran:
        print("No chapter asked for has checks.", file=sys.stderr)
    print(f"{oracles.failed} of the comparisons failed." if oracles.failed else "Every answer is as near as its problem allows.")
    return 0 if ran and not oracles.failed else 1


if __name__ == "__main__":
    sys.exit(main([number for number in sys.argv[1:] if number]))
