/* The suite of chapter 18, gradient descent. One TCase per function; in each, the chapter's own example comes first, then the edges
   that the contract names, then properties. The costs that are walked on are bowls Σ λ_i(x_i − c_i)²/2 + base, computed in long
   double and rounded once. On them every trace is known; where a rounding could decide a test of the contract, no trace is asked
   for. A trace of t steps that do not stretch errors is right to t·ε of its size; 1e-12 allows for that. */
#include "harness.h"

#include "eig.h"
#include "model.h"
#include "opt.h"
#include "pen.h"

enum { MOST = 5, LONG = 3000, UNTOUCHED = -77 };

/* ------------------------------------------------------------------ landscapes with luggage */

enum { COST = 71, SLOPE = 72 };

typedef struct {
    int kind;
    size_t d, calls;
    double bend[MOST], at[MOST], base, nan_from; /* the cost is NaN where x[0] ≥ nan_from */
} bowl;

static bool lost, wrong_size;

static void watch(void)
{
    lost = wrong_size = false;
}

static void expect_luggage(void)
{
    expect(!lost, "a callback has to be called with its own context: J with J_ctx, dJ with dJ_ctx");
    expect(!wrong_size, "a callback has to be told how many numbers it is given, and how many it is to return");
}

static double bowl_J(size_t d, const double x[], void *ctx)
{
    bowl *q = ctx;
    if (!q || q->kind != COST) {
        lost = true;
        return 0;
    }
    q->calls++;
    if (d != q->d) {
        wrong_size = true;
        return 0;
    }
    if (x[0] >= q->nan_from)
        return NAN;
    long double f = q->base;
    for (size_t i = 0; i < d; i++) {
        long double off = (long double)x[i] - q->at[i];
        f += q->bend[i] * off * off / 2;
    }
    return (double)f;
}

static void bowl_dJ(size_t m, size_t d, double g[], const double x[], void *ctx)
{
    bowl *q = ctx;
    for (size_t i = 0; i < m; i++)
        g[i] = 0;
    if (!q || q->kind != SLOPE) {
        lost = true;
        return;
    }
    q->calls++;
    if (d != q->d || m != d) {
        wrong_size = true;
        return;
    }
    for (size_t i = 0; i < d; i++)
        g[i] = (double)(q->bend[i] * ((long double)x[i] - q->at[i]));
}

static bowl valley(size_t d, const double bend[], const double at[], double base)
{
    bowl q = {.kind = COST, .d = d, .base = base, .nan_from = INFINITY};
    for (size_t i = 0; i < d; i++) {
        q.bend[i] = bend[i];
        q.at[i] = at ? at[i] : 0;
    }
    return q;
}

/* ------------------------------------------------------------------ more dials than a stack holds: 8.8 MB */

enum { LOTS = 1100000, WIDE = 1050 };
static double lots[LOTS], more[LOTS];

static void fill_lots(void)
{
    for (size_t i = 0; i < LOTS; i++)
        lots[i] = more[i] = 1;
}

/* ctx: the bend. Only the last dial counts. */
static double last_J(size_t d, const double x[], void *ctx)
{
    return *(const double *)ctx * x[d - 1] * x[d - 1] / 2;
}

static void last_dJ(size_t m, size_t d, double g[], const double x[], void *ctx)
{
    for (size_t i = 0; i < m; i++)
        g[i] = 0;
    g[m - 1] = *(const double *)ctx * x[d - 1];
}

/* ------------------------------------------------------------------ the protocol, once more */

typedef struct {
    status end;
    size_t iters;
    double history[LONG + 1], theta[MOST];
    bool close; /* a test of the contract was decided by less than 1e-6 */
} walk;

static bool near(double x, double limit)
{
    return fabs(x - limit) <= 1e-6 * fabs(limit);
}

/* lr > 0: that step; lr = 0: the search of the contract. */
static void walk_down(walk *w, bowl q, const double start[], size_t max_iter, double lr, double tol)
{
    double g[MOST], x[MOST], from = 1;
    bowl slope = q;
    slope.kind = SLOPE;
    w->close = false;
    for (size_t i = 0; i < q.d; i++)
        w->theta[i] = start[i];
    for (size_t t = 0;; t++) {
        double J = w->history[t] = bowl_J(q.d, w->theta, &q), most = 0, square = 0, step = lr;
        w->iters = t;
        double limit = 1e3 * (1 + fabs(w->history[0]));
        w->close = w->close || near(J, limit);
        w->end = DIVERGED;
        if (!isfinite(J) || J > limit)
            return;
        bowl_dJ(q.d, q.d, g, w->theta, &slope);
        for (size_t i = 0; i < q.d; i++) {
            most = fmax(most, fabs(g[i]));
            square += g[i] * g[i];
        }
        /* At the start the slopes are the same bits for everyone. */
        w->close = w->close || (t > 0 && (near(most, tol) || (tol == 0 && most < 1e-6)));
        w->end = most <= tol ? OK : NOT_CONVERGED;
        if (most <= tol || t == max_iter)
            return;
        for (int j = 0; lr == 0 && j <= 60; j++) {
            double s = ldexp(from, -j);
            for (size_t i = 0; i < q.d; i++)
                x[i] = w->theta[i] - s * g[i];
            double gain = bowl_J(q.d, x, &q) - J, need = -1e-4 * s * square;
            w->close = w->close || fabs(gain - need) <= 1e-9 * (fabs(J) + square);
            if (gain <= need) {
                step = s;
                break;
            }
        }
        if (step == 0)
            return;
        from = 2 * step;
        for (size_t i = 0; i < q.d; i++)
            w->theta[i] -= step * g[i];
    }
}

static const char *outcome(status s)
{
    return s == OK ? "OK" : s == DIVERGED ? "DIVERGED" : s == NOT_CONVERGED ? "NOT_CONVERGED" : "another status";
}

/* Calls the function under test (lr > 0: opt_gd, lr = 0: opt_gd_backtrack) and compares the whole run with the protocol. */
static void check_run(bowl q, const double start[], size_t max_iter, double lr, double tol, const char *why)
{
    static walk w;
    static double want[LONG + 1], wiggle[LONG + 1], blank[LONG + 1];
    walk_down(&w, q, start, max_iter, lr, tol);
    if (w.close)
        return;
    bowl slope = q;
    slope.kind = SLOPE;
    watch();
    if (lr > 0)
        call("opt_gd(%zu, %zu, theta, history, &iters, %s, %s, J, &cost, dJ, &slope)", q.d, max_iter, num_text(lr), num_text(tol));
    else
        call("opt_gd_backtrack(%zu, %zu, theta, history, &iters, %s, J, &cost, dJ, &slope)", q.d, max_iter, num_text(tol));
    double *theta = inout_vec("theta", q.d, start);
    for (size_t t = 0; t <= max_iter; t++)
        blank[t] = UNTOUCHED;
    double *history = inout_vec("history", max_iter + 1, blank);
    size_t *iters = out_index("iters", 1);
    status got = lr > 0 ? opt_gd(q.d, max_iter, theta, history, iters, lr, tol, bowl_J, &q, bowl_dJ, &slope)
                        : opt_gd_backtrack(q.d, max_iter, theta, history, iters, tol, bowl_J, &q, bowl_dJ, &slope);
    if (got != TODO)
        expect_luggage();
    if (why)
        because("%s", why);
    because("the run ends with %s at t = %zu", outcome(w.end), w.iters);
    expect_status(got, w.end);
    expect_index(iters, &w.iters);
    double size = fabs(w.history[0]);
    for (size_t t = 0; t <= max_iter; t++) {
        want[t] = t <= w.iters ? w.history[t] : UNTOUCHED;
        size = t <= w.iters && isfinite(want[t]) ? fmax(size, fabs(want[t])) : size;
        /* Heights are differences of places of this size, and grow along with the errors where the run diverges. */
        wiggle[t] = 1e-12 * (size + fabs(q.base)) + DBL_MIN;
    }
    because("history[t] is J before step t, for t = 0 to %zu; entries behind it stay as they were", w.iters);
    expect_vec_tol(history, want, wiggle);
    if (got != OK && got != NOT_CONVERGED)
        return;
    double place[MOST];
    for (size_t i = 0; i < q.d; i++)
        place[i] = w.iters == 0 ? 0 : 1e-11 * (fabs(start[i]) + fabs(q.at[i]));
    because("theta is the place whose cost was noted last");
    expect_vec_tol(theta, w.theta, place);
}

/* ------------------------------------------------------------------ cvx_segment */

typedef struct {
    int kind;
    double scale, shift, w[MOST];
} shape;

static double curve(size_t d, const double x[], void *ctx)
{
    const shape *s = ctx;
    if (!s) {
        lost = true;
        return 0;
    }
    long double z = x[0], f = 0;
    switch (s->kind) {
    case 0: /* a plane */
        for (size_t i = 0; i < d; i++)
            f += (long double)s->w[i] * x[i];
        break;
    case 1: f = z * z; break;
    case 2: f = -z * z; break;
    case 3: f = z * z * z * z - z * z; break;
    case 4: f = fabsl(z - s->shift); break;
    case 5: f = -fabsl(z - s->shift); break; /* a peak at shift */
    case 6: return z > s->shift ? NAN : (double)(z * z);
    case 7: /* a sum of squares, or a saddle */
        for (size_t i = 0; i < d; i++)
            f += (long double)s->w[i] * x[i] * x[i];
        break;
    case 8: return fabs(x[0]) < 1 ? INFINITY : 1;
    }
    return (double)(f * s->scale);
}

static void check_segment(shape s, size_t d, const double a[], const double b[], size_t pts, bool want, const char *why)
{
    watch();
    call("cvx_segment(%zu, a, b, %zu, f, &ctx)", d, pts);
    const double *p = in_vec("a", d, a), *q = in_vec("b", d, b);
    bool got = cvx_segment(d, p, q, pts, curve, &s);
    expect(!lost, "f was called without the ctx that was handed over");
    if (why)
        because("%s", why);
    expect_bool(got, want);
}

START_TEST(segment_by_hand)
{
    shape square = {1, 1, 0, {0}}, quartic = {3, 1, 0, {0}};
    check_segment(square, 1, (double[]){1}, (double[]){3}, 3, true, "f = x²: 2.25, 4 and 6.25, below the chord's 3, 5 and 7");
    check_segment(quartic, 1, (double[]){-0.5}, (double[]){0.5}, 1, false,
                  "f = x⁴ - x²: the chord is at -0.1875 and f(0) = 0 lies above it");
    shape cap = {2, 1, 0, {0}};
    check_segment(cap, 1, (double[]){1}, (double[]){3}, 3, false, "f = -x²");
    check_segment(cap, 1, (double[]){1}, (double[]){3}, 1, false, "f = -x²");
    check_segment(quartic, 1, (double[]){-1}, (double[]){0.25}, 40, false, "f = x⁴ - x² pokes through near the second end");
}
END_TEST

START_TEST(segment_nothing)
{
    shape cap = {2, 1, 0, {0}}, square = {1, 1, 0, {0}};
    check_segment(cap, 1, (double[]){1}, (double[]){3}, 0, true, "no inner points, so none is above the chord");
    check_segment(square, 1, (double[]){0.1}, (double[]){0.1}, 7, true, "a = b: every place is the same");
    check_segment(cap, 1, (double[]){-0.3}, (double[]){-0.3}, 7, true, "a = b: every place is the same");
    shape zero = {0, 1, 0, {0}};
    check_segment(zero, 1, (double[]){1}, (double[]){2}, 4, true, "f is 0 everywhere: on its chord, not above it");
}
END_TEST

START_TEST(segment_plane)
{
    /* A plane that falls shows which end of the chord is which. Values of one sign, so that rounding is relative to the ends. */
    shape up = {0, 1, 0, {1}}, down = {0, 1, 0, {-1}};
    check_segment(up, 1, (double[]){1}, (double[]){2}, 5, true, "f = x is its own chord");
    check_segment(down, 1, (double[]){1}, (double[]){2}, 5, true, "f = -x is its own chord");
    for (size_t t = 0; t < TRIALS; t++) {
        size_t d = gen_size(t, 1, MOST);
        shape plane = {0, pow(10, gen_uniform(-15, 15)), 0, {0}};
        double a[MOST], b[MOST];
        for (size_t i = 0; i < d; i++) {
            plane.w[i] = gen_uniform(0.1, 1);
            a[i] = gen_uniform(0.1, 10);
            b[i] = gen_uniform(0.1, 10);
        }
        check_segment(plane, d, a, b, 9, true, "f is linear: it equals its chord up to round-off, whatever its size");
    }
}
END_TEST

START_TEST(segment_everywhere)
{
    /* A peak, half as wide as the spacing, at each of the places in turn: -|x - s| lies above its chords exactly there. */
    for (size_t pts = 1; pts <= 8; pts++)
        for (size_t k = 1; k <= pts; k++) {
            shape peak = {5, 1, (double)k / (double)(pts + 1), {0}};
            check_segment(peak, 1, (double[]){0}, (double[]){1}, pts, false, "f = -|x - s|, and s is one of the places");
            shape dip = {4, 1, peak.shift, {0}};
            check_segment(dip, 1, (double[]){0}, (double[]){1}, pts, true, "f = |x - s| is convex");
        }
}
END_TEST

static double humps(size_t, const double x[], void *)
{
    return -cos(2 * acos(-1) * x[0]);
}

/* 1, and a little more near 1/2. */
static double pimple(size_t, const double x[], void *ctx)
{
    return fabs(x[0] - 0.5) < 0.2 ? 1 + *(const double *)ctx : 1;
}

START_TEST(segment_allowance)
{
    for (int k = 0; k < 2; k++) {
        double height = k == 0 ? 1e-10 : 2e-13;
        call("cvx_segment(1, {0}, {1}, 3, f, &height)");
        show_num("height", height);
        const double *a = in_vec("a", 1, (double[]){0}), *b = in_vec("b", 1, (double[]){1});
        bool got = cvx_segment(1, a, b, 3, pimple, &height);
        because("f is 1, but 1 + height half-way; the allowance is 1e-12 of what f is at the ends");
        expect_bool(got, k == 1);
    }
}
END_TEST

static double late(size_t, const double x[], void *ctx)
{
    const double *s = ctx;
    return fabs(x[0] - *s) < 1e-3 ? 1 : 0;
}

START_TEST(segment_not_half_way)
{
    call("cvx_segment(1, {0}, {2}, 3, f, NULL)");
    const double *a = in_vec("a", 1, (double[]){0}), *b = in_vec("b", 1, (double[]){2});
    bool got = cvx_segment(1, a, b, 3, humps, NULL);
    because("f = -cos(2πx): at 0, 1 and 2 it is -1, at 0.5 and 1.5 it is 1");
    expect_bool(got, false);
    for (int k = 1; k <= 4; k++) {
        double s = k / 5.;
        call("cvx_segment(1, {0}, {1}, 4, f, &s)");
        show_num("s", s);
        a = in_vec("a", 1, (double[]){0});
        b = in_vec("b", 1, (double[]){1});
        got = cvx_segment(1, a, b, 4, late, &s);
        because("f is 0 but for a spike at s: one violation is enough, wherever it is");
        expect_bool(got, false);
    }
}
END_TEST

START_TEST(segment_sizes)
{
    for (int e = -200; e <= 200; e += 40) {
        shape cap = {2, pow(10, e), 0, {0}}, square = {1, pow(10, e), 0, {0}};
        check_segment(cap, 1, (double[]){1}, (double[]){2}, 5, false, "f = -c·x²: a peak is a peak, however small c is");
        check_segment(square, 1, (double[]){1}, (double[]){2}, 5, true, "f = c·x²");
    }
}
END_TEST

START_TEST(segment_nan)
{
    for (int k = 0; k < 4; k++) {
        shape broken = {6, 1, 0.1 + 0.3 * k, {0}};
        check_segment(broken, 1, (double[]){0}, (double[]){1.5}, 9, false, "f is NaN on a part of the segment");
    }
    shape nowhere = {6, 1, -1, {0}};
    check_segment(nowhere, 1, (double[]){0}, (double[]){1.5}, 4, false, "f is NaN everywhere, at the ends too");
    shape wall = {8, 1, 0, {0}};
    check_segment(wall, 1, (double[]){-2}, (double[]){2}, 3, false, "f is infinite half-way and 1 at both ends");
}
END_TEST

START_TEST(segment_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t d = gen_size(t, 1, MOST), bad = gen_between(0, d - 1);
        shape q = {7, 1, 0, {0}};
        double a[MOST], b[MOST], along = 0;
        for (size_t i = 0; i < d; i++) {
            a[i] = gen_normal();
            b[i] = gen_normal();
            q.w[i] = gen_uniform(0.1, 3);
        }
        check_segment(q, d, a, b, gen_between(1, 6), true, "f is a sum of squares with positive weights");
        for (size_t i = 0; i < d; i++)
            if (i != bad)
                along += q.w[i] * (b[i] - a[i]) * (b[i] - a[i]);
        double gap = (b[bad] - a[bad]) * (b[bad] - a[bad]);
        if (gap < 1e-2)
            continue;
        q.w[bad] = -2 * (along + 1) / gap; /* the bend along b - a is then -2·(along + 1) + along < -1 */
        check_segment(q, d, a, b, gen_between(1, 6), false, "one weight is so negative that f bends downwards along b - a");
    }
}
END_TEST

START_TEST(segment_no_memory)
{
    /* A peak: false whether the memory was needed or not. */
    shape cap = {2, 1, 0, {0}};
    for (size_t works = 0; works < 2; works++) {
        call("cvx_segment(1, a, b, 3, f, &ctx) without memory");
        const double *a = in_vec("a", 1, (double[]){1}), *b = in_vec("b", 1, (double[]){3});
        malloc_fails_after(works);
        bool got = cvx_segment(1, a, b, 3, curve, &cap);
        malloc_fails(false);
        expect_intact();
        because("f = -x², and missing memory gives false in any case");
        expect_bool(got, false);
    }
}
END_TEST

START_TEST(segment_a_million)
{
    double bend = 1;
    fill_lots();
    more[LOTS - 1] = 3;
    call("cvx_segment(%d, a, b, 3, f, &bend)", LOTS);
    bool got = cvx_segment(LOTS, lots, more, 3, last_J, &bend);
    because("f is half of the square of the last number; a list of so many does not fit on the stack");
    expect_bool(got, true);
}
END_TEST

/* ------------------------------------------------------------------ opt_lipschitz

   λmax of a p × p Gram matrix of n rows: forming it costs n·ε relative to its trace; an iteration that stops at a residual of
   1e-6·λ has λ to (1e-6)²/gap, and one of 300 steps at a ratio of 0.8 to 0.8^600. 1e-9 is the book's rule for iterations. */

static double check_top(size_t n, size_t p, const double x[], double want, const char *why)
{
    call("opt_lipschitz(%zu, %zu, X)", n, p);
    const double (*X)[p] = in_mat("X", n, p, x);
    double got = opt_lipschitz(n, p, X);
    if (why)
        because("%s", why);
    expect_num(got, want, 1e-9 * fabs(want));
    return got;
}

START_TEST(top_by_hand)
{
    check_top(1, 1, (double[]){3}, 9, "one house, one column: 3² = 9");
    check_top(2, 1, (double[]){3, 4}, 12.5, "one column: the mean of 9 and 16");
    check_top(3, 2, (double[]){1, 1, 1, 2, 1, 3}, (17 + sqrt(265)) / 6, "XᵀX/3 = (1 2; 2 14/3) has the eigenvalues (17 ± √265)/6");
    check_top(3, 2, (double[]){1, -1, 1, 0, 1, 1}, 1, "z = -1, 0, 1: XᵀX/3 = diag(1, 2/3)");
}
END_TEST

START_TEST(top_starts)
{
    check_top(2, 2, (double[]){1, -1, 2, -2}, 5, "the columns are x and -x: XᵀX/2 = (2.5 -2.5; -2.5 2.5), eigenvalues 5 and 0");
    check_top(2, 2, (double[]){1, 0, 0, 3}, 4.5, "XᵀX/2 = diag(0.5, 4.5)");
    check_top(2, 2, (double[]){3, 0, 0, 1}, 4.5, "XᵀX/2 = diag(4.5, 0.5)");
    check_top(3, 3, (double[]){2, 0, 0, 0, 3, -3, 0, 1, -1}, 20. / 3, "the first column is orthogonal to the others, which are x and -x");
    check_top(3, 3, (double[]){3, -3, 0, 1, -1, 0, 0, 0, 2}, 20. / 3, "the last column is orthogonal to the others, which are x and -x");
    check_top(2, 3, (double[]){0, 0, 0, 0, 0, 0}, 0, "nothing but zeros");
    check_top(2, 2, (double[]){1, 1, 2, 2}, 5, "the columns are x and x: the eigenvector of 5 is (1, 1)");
    check_top(1, 4, (double[]){1, 1, -1, -1}, 4, "one house: the eigenvector of 4 is (1, 1, -1, -1)");
    check_top(1, 4, (double[]){1, -1, 1, -1}, 4, "one house: the eigenvector of 4 is (1, -1, 1, -1)");
    check_top(1, 4, (double[]){1, -1, -1, 1}, 4, "one house: the eigenvector of 4 is (1, -1, -1, 1)");
}
END_TEST

START_TEST(top_twins)
{
    /* A vector with a part along both has its Rayleigh quotient between the two eigenvalues. */
    call("opt_lipschitz(2, 2, X)");
    const double (*X)[2] = in_mat("X", 2, 2, (double[]){1, 0, 0, 0.999995});
    double got = opt_lipschitz(2, 2, X);
    because("XᵀX/2 = diag(0.5, 0.499995): the vector takes very long to settle, but its quotient is good to five digits from the start");
    expect_num(got, 0.5, 5.1e-6);
}
END_TEST

START_TEST(top_shapes)
{
    check_top(5, 2, (double[]){1, 0, 1, 0, 1, 0, 1, 0, 1, 0}, 1, "XᵀX/5 = diag(1, 0): divided by the number of rows");
    check_top(2, 5, (double[]){1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 5, "all ones: five equal columns");
    check_top(7, 1, (double[]){2, 2, 2, 2, 2, 2, 2}, 4, "seven times the same house");
}
END_TEST

START_TEST(top_wide)
{
    fill_lots();
    for (size_t j = 0; j < WIDE; j++)
        lots[j] = j == WIDE / 2 ? 3 : 0;
    call("opt_lipschitz(1, %d, X)", WIDE);
    double got = opt_lipschitz(1, WIDE, (const double (*)[WIDE])lots);
    because("one house, 3 in one column, 0 in the others; XᵀX has %d × %d entries, more than fit on the stack", WIDE, WIDE);
    expect_num(got, 9, 9e-9);
}
END_TEST

START_TEST(top_scales)
{
    for (int e = -60; e <= 60; e += 30) {
        double c = ldexp(1, e), x[6] = {c, c, c, 2 * c, c, 3 * c};
        check_top(3, 2, x, c * c * (17 + sqrt(265)) / 6, "c times the table of three houses: c² times the eigenvalue");
    }
}
END_TEST

START_TEST(top_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 11), p = gen_between(1, MOST);
        double X[11 * MOST], H[MOST * MOST] = {0}, w[MOST], V[MOST * MOST];
        for (size_t k = 0; k < n * p; k++)
            X[k] = gen_normal() * pow(2, (double)(k % p));
        for (size_t i = 0; i < n; i++)
            for (size_t a = 0; a < p; a++)
                for (size_t b = 0; b < p; b++)
                    H[a * p + b] += X[i * p + a] * X[i * p + b] / (double)n;
        if (eig_jacobi(p, w, (double (*)[p])V, (double (*)[p])H) != OK || (p > 1 && w[1] > 0.8 * w[0]))
            continue;
        check_top(n, p, X, w[0], NULL);
    }
}
END_TEST

START_TEST(top_same_bits)
{
    double X[21], first = 0;
    for (size_t k = 0; k < 21; k++)
        X[k] = sin((double)(k * k + 1)) * (k % 3 == 0 ? 1.4 : 1);
    for (int k = 0; k < 40; k++) {
        call("opt_lipschitz(7, 3, X), call number %d", k + 1);
        const double (*x)[3] = in_mat("X", 7, 3, X);
        double got = opt_lipschitz(7, 3, x);
        expect(isfinite(got), "this is a table of ordinary numbers");
        if (k == 0)
            first = got;
        because("the first call returned %.17g: the same table, the same bits", first);
        expect_num(got, first, 0);
    }
}
END_TEST

START_TEST(top_none)
{
    call("opt_lipschitz(0, 2, X)");
    const double (*X)[2] = in_mat("X", 0, 2, NULL);
    double got = opt_lipschitz(0, 2, X);
    because("no houses");
    expect_num(got, NAN, 0);
    check_top(2, 2, (double[]){1, NAN, 2, 3}, NAN, "a NaN among the data");
    check_top(3, 2, (double[]){1, 1, 1, 2, 1, 3}, (17 + sqrt(265)) / 6, "three houses, to see that anything is computed at all");
}
END_TEST

START_TEST(top_no_memory)
{
    double want = (17 + sqrt(265)) / 6;
    for (size_t works = 0; works < 3; works++) {
        call("opt_lipschitz(3, 2, X) without memory");
        const double (*X)[2] = in_mat("X", 3, 2, (double[]){1, 1, 1, 2, 1, 3});
        malloc_fails_after(works);
        double got = opt_lipschitz(3, 2, X);
        malloc_fails(false);
        expect(isnan(got) || fabs(got - want) <= 1e-9, "without memory: NAN (or the right number, if none was needed), not %g", got);
    }
}
END_TEST

/* ------------------------------------------------------------------ opt_gd */

static const double NINE[2] = {1, 9};

START_TEST(gd_by_hand)
{
    double three[1] = {3};
    check_run(valley(1, (double[]){1}, three, 0), (double[]){5}, 4, 1, 1e-9, "J = (x - 3)²/2 from 5 with lr = 1: one step leads to 3");
    check_run(valley(2, NINE, NULL, 0), (double[]){9, 1}, 2, 0.2, 1e-9,
              "J = (x² + 9y²)/2 with lr = 0.2: (9, 1), (7.2, -0.8), (5.76, 0.64), heights 45, 28.8, 18.432");
    check_run(valley(2, NINE, NULL, 0), (double[]){9, 1}, 200, 0.2, 1e-6, "both parts shrink by 0.8 at each step");
}
END_TEST

START_TEST(gd_no_steps)
{
    check_run(valley(2, NINE, NULL, 5), (double[]){9, 1}, 0, 0.2, 1e-9, "no steps allowed: the first cost is noted, nothing else");
    check_run(valley(2, NINE, NULL, 5), (double[]){0, 0}, 0, 0.2, 1e-9, "no steps allowed, and none is needed");
    check_run(valley(2, NINE, NULL, 5), (double[]){0, 0}, 7, 0.2, 1e-9, "the start is the minimum");
    check_run(valley(2, NINE, NULL, 0), (double[]){0.5, -0.01}, 7, 0.2, 1, "all slopes are within tol at the start");
    check_run(valley(2, NINE, NULL, 5), (double[]){0, 0}, 7, 0.2, 0, "the start is the minimum, and tol is 0: 0 ≤ 0");
    check_run(valley(2, NINE, NULL, 0), (double[]){0.5, 0}, 7, 0.2, 0.5, "the largest slope at the start is 0.5, and so is tol");
    check_run(valley(1, (double[]){1}, (double[]){3}, 0), (double[]){5}, 1, 1, 1e-9,
              "the last step allowed leads to the minimum, and the place after it is tested");
}
END_TEST

START_TEST(gd_slopes_below_zero)
{
    check_run(valley(1, (double[]){1}, (double[]){3}, 0), (double[]){-2}, 60, 0.5, 1e-6, "the slope is -5 at the start");
    check_run(valley(2, NINE, (double[]){10, 10}, 0), (double[]){0, 0}, 300, 0.1, 1e-6, "both slopes are below zero all the way");
    check_run(valley(3, (double[]){1, 2, 4}, (double[]){1, 0, 0}, 0), (double[]){0, 0, 0}, 200, 0.2, 1e-6, "one slope is -1, two are 0");
    check_run(valley(3, (double[]){1, 2, 4}, (double[]){0, 0, 1}, 0), (double[]){0, 0, 0}, 200, 0.2, 1e-6, "only the last slope is not 0");
}
END_TEST

START_TEST(gd_outcomes)
{
    bowl q = valley(2, NINE, NULL, 0);
    check_run(q, (double[]){9, 1}, 400, 0.1 / 9, 1e-2, "a tenth of 1/L");
    check_run(q, (double[]){9, 1}, 400, 1.9 / 9, 1e-6, "1.9/L: it swings, and converges");
    check_run(valley(1, (double[]){4}, NULL, 0), (double[]){1}, 50, 0.5, 1e-6, "exactly 2/L: from 1 to -1 and back, for ever");
    check_run(q, (double[]){9, 1}, 400, 2.05 / 9, 1e-6, "2.05/L: the sharp direction grows by 1.05 a step");
    check_run(q, (double[]){9, 1}, 400, 10, 1e-6, "45/L: each step is 89 times as far off");
    check_run(q, (double[]){9e200, 1}, 10, 0.1, 1e-6, "the first cost is infinite");
}
END_TEST

START_TEST(gd_limit)
{
    /* J₀ = 1/2, so the limit is 1500: J = t²·... one step of lr = 1 + a on x²/2 gives a²/2. */
    bowl q = valley(1, (double[]){1}, NULL, 0);
    check_run(q, (double[]){1}, 1, 1 + 54, 1e-6, "one step to -54: J = 1458 is below 1000·(1 + 1/2)");
    check_run(q, (double[]){1}, 1, 1 + 55, 1e-6, "one step to -55: J = 1512.5 is above 1000·(1 + 1/2)");
    check_run(valley(1, (double[]){2}, NULL, -1e6), (double[]){1000}, 9, 0.5, 1e-6, "J falls from 0 to -1e6: far down is not lost");
    bowl low = valley(1, (double[]){1}, NULL, -50);
    check_run(low, (double[]){2}, 90, 0.5, 1e-6, "J begins at -48: a cost may be negative");
    check_run(low, (double[]){2}, 2, 1 + 30, 1e-6, "J begins at -48, so the limit is 49000; then 1750, then 1.6e6");
}
END_TEST

START_TEST(gd_nan)
{
    bowl q = valley(1, (double[]){1}, NULL, 0);
    q.nan_from = 4;
    check_run(q, (double[]){-1}, 30, 1 + 8, 1e-6, "the first step leads to where J is NaN");
    check_run(q, (double[]){5}, 30, 0.5, 1e-6, "J is NaN at the start");
    q = valley(2, (double[]){1, 1}, NULL, NAN);
    check_run(q, (double[]){0, 0}, 30, 0.5, 1e-6, "J is NaN everywhere, also where its gradient is 0");
    q.base = INFINITY;
    check_run(q, (double[]){1, 2}, 30, 0.5, 1e-6, "J is infinite everywhere");
    q.base = -INFINITY;
    check_run(q, (double[]){1, 2}, 30, 0.5, 1e-6, "J is minus infinity everywhere: not finite either");
}
END_TEST

static void half_nan(size_t, size_t, double g[], const double[], void *)
{
    g[0] = NAN;
    g[1] = 0;
}

START_TEST(gd_nan_slope)
{
    bowl q = valley(2, NINE, NULL, 0);
    call("opt_gd(2, 3, theta, history, &iters, 0.1, 1, J, &cost, dJ, NULL)");
    double *theta = inout_vec("theta", 2, (double[]){0, 0});
    double *history = out_vec("history", 4);
    size_t *iters = out_index("iters", 1);
    status got = opt_gd(2, 3, theta, history, iters, 0.1, 1, bowl_J, &q, half_nan, NULL);
    because("the gradient is (NaN, 0): that is not within tol, and the step makes J a NaN");
    expect_status(got, DIVERGED);
    expect_index(iters, (size_t[]){1});
}
END_TEST

START_TEST(gd_plateau)
{
    check_run(valley(2, (double[]){1, 1e-3}, NULL, 0), (double[]){0, 1e3}, 2500, 1, 0.1,
              "a canyon: at each step the cost changes by a fifth of a per cent, and the slope is 1");
    check_run(valley(2, (double[]){1, 1e-3}, NULL, 0), (double[]){1, 10}, 2500, 1, 1e-3,
              "a canyon: after the first step the cost changes by 1e-4 a step, and the slope is 1e-2");
    check_run(valley(2, (double[]){1, 1e-3}, NULL, 1e6), (double[]){1, 10}, 2500, 1, 1e-3, "the same, a million higher up");
}
END_TEST

START_TEST(gd_any)
{
    for (size_t t = 0; t < TRIALS / 2; t++) {
        size_t d = gen_size(t, 1, MOST);
        double bend[MOST], at[MOST], start[MOST], L = 0;
        for (size_t i = 0; i < d; i++) {
            bend[i] = t < 20 ? (double)gen_between(1, 4) : gen_uniform(0.2, 5);
            at[i] = t < 20 ? (double)gen_between(0, 6) - 3 : gen_normal();
            start[i] = t < 20 ? (double)gen_between(0, 6) - 3 : gen_normal();
            L = fmax(L, bend[i]);
        }
        check_run(valley(d, bend, at, t % 3 ? 0 : gen_normal()), start, gen_between(0, 60), gen_uniform(0.1, 2.2) / L,
                  pow(10, gen_uniform(-5, 0)), NULL);
    }
}
END_TEST

START_TEST(gd_at_the_limit)
{
    /* All of these are whole numbers. */
    bowl q = valley(1, (double[]){2}, NULL, -1001), slope = q;
    slope.kind = SLOPE;
    call("opt_gd(1, 1, theta, history, &iters, 501, 1e-6, J, &cost, dJ, &slope)");
    double *theta = inout_vec("theta", 1, (double[]){1});
    double *history = out_vec("history", 2);
    size_t *iters = out_index("iters", 1);
    status got = opt_gd(1, 1, theta, history, iters, 501, 1e-6, bowl_J, &q, bowl_dJ, &slope);
    because("J = x² - 1001 is -1000 at 1, and at -1001 it is 1001000: that is the limit and does not exceed it");
    expect_status(got, NOT_CONVERGED);
}
END_TEST

typedef struct { size_t n; const double *X, *y; } table;

static double line_J(size_t p, const double theta[], void *ctx)
{
    const table *s = ctx;
    return linreg_cost(s->n, p, (const double (*)[p])s->X, theta, s->y, 0);
}

static void line_dJ(size_t, size_t p, double g[], const double theta[], void *ctx)
{
    const table *s = ctx;
    linreg_grad(s->n, p, g, (const double (*)[p])s->X, theta, s->y, 0);
}

START_TEST(gd_line)
{
    static const double X[6] = {1, 1, 1, 2, 1, 3}, y[3] = {2, 3, 7};
    table s = {3, X, y};
    call("opt_gd(2, 2000, theta, history, &iters, 0.3, 1e-8, J, &data, dJ, &data)");
    double *theta = inout_vec("theta", 2, (double[]){0, 0});
    double *history = out_vec("history", 2001);
    size_t *iters = out_index("iters", 1);
    status got = opt_gd(2, 2000, theta, history, iters, 0.3, 1e-8, line_J, &s, line_dJ, &s);
    expect_status(got, OK);
    because("the least-squares line through (1, 2), (2, 3), (3, 7) is -1 + 2.5x");
    /* ‖θ − θ*‖ ≤ ‖∇J‖/μ ≤ √2·1e-8/0.12. */
    expect_vec(theta, (double[]){-1, 2.5}, 2e-7);
    expect(fabs(history[1] - 28.82 / 6) <= 1e-12,
           "the slopes at (0, 0) are -4 and -29/3, so the first step leads to (1.2, 2.9), both dials at once, and J is 4.80333 there, not %.9g",
           history[1]);
    expect(*iters > 10 && *iters < 2000, "at a factor of 0.964 a step it takes some hundred steps, not %zu", *iters);
    for (size_t t = 1; t <= *iters; t++)
        expect(history[t] <= history[t - 1] + 1e-14, "below 2/L no step goes up, but history[%zu] is above the one before", t);
}
END_TEST

START_TEST(gd_a_million)
{
    fill_lots();
    double bend = 1, history[3] = {0};
    size_t iters = 9;
    call("opt_gd(%d, 2, theta, history, &iters, 1, 1e-9, J, &bend, dJ, &bend)", LOTS);
    status got = opt_gd(LOTS, 2, lots, history, &iters, 1, 1e-9, last_J, &bend, last_dJ, &bend);
    because("J is half of the square of the last dial, 1 at first: one step; so many slopes do not fit on the stack");
    expect_status(got, OK);
    expect(iters == 1 && lots[LOTS - 1] == 0 && lots[0] == 1, "the step brings the last dial to 0 and leaves the others alone");
}
END_TEST

START_TEST(gd_no_memory)
{
    for (size_t works = 0; works < 2; works++) {
        bowl q = valley(2, NINE, NULL, 0), slope = q;
        slope.kind = SLOPE;
        call("opt_gd(2, 2, theta, history, &iters, 0.2, 1e-9, J, &cost, dJ, &slope) without memory");
        double *theta = inout_vec("theta", 2, (double[]){9, 1});
        double *history = out_vec("history", 3);
        size_t *iters = out_index("iters", 1);
        malloc_fails_after(works);
        status got = opt_gd(2, 2, theta, history, iters, 0.2, 1e-9, bowl_J, &q, bowl_dJ, &slope);
        malloc_fails(false);
        expect(got == NO_SPACE || got == NOT_CONVERGED,
               "without memory: NO_SPACE (or the outcome of the two steps, NOT_CONVERGED, if none was needed)");
    }
}
END_TEST

/* ------------------------------------------------------------------ opt_backtrack */

typedef struct {
    int kind;
    size_t calls;
    double a, b;
} hillside;

static double hill(size_t, const double x[], void *ctx)
{
    hillside *h = ctx;
    if (!h) {
        lost = true;
        return 0;
    }
    h->calls++;
    switch (h->kind) {
    case 0: return h->a * x[0];                     /* a straight slope */
    case 1: return x[0] < h->b ? h->a * x[0] : NAN; /* that breaks off at b */
    case 2: return x[0] <= h->b ? h->a * x[0] : 1;  /* or is high from b on */
    default: return h->a;                           /* level */
    }
}

static void check_hill(hillside h, double at, double dir, double J0, double slope, double t0, double want, const char *why)
{
    watch();
    call("opt_backtrack(1, theta, dir, %s, %s, %s, J, &ctx)", num_text(J0), num_text(slope), num_text(t0));
    const double *theta = in_vec("theta", 1, &at), *d = in_vec("dir", 1, &dir);
    double got = opt_backtrack(1, theta, d, J0, slope, t0, hill, &h);
    expect(!lost, "J was called without its context");
    because("%s", why);
    expect_num(got, want, 0);
    because("t0, t0/2, … t0/2^60: J is called 61 times at most");
    expect(h.calls <= 61, "J was called %zu times", h.calls);
    if (slope > 0)
        expect(h.calls == 0, "slope > 0: the direction goes up, and J need not be asked; it was called %zu times", h.calls);
}

START_TEST(back_by_hand)
{
    bowl q = valley(2, NINE, NULL, 0);
    watch();
    call("opt_backtrack(2, theta, dir, 45, -162, 1, J, &ctx)");
    const double *theta = in_vec("theta", 2, (double[]){9, 1}), *dir = in_vec("dir", 2, (double[]){-9, -9});
    double got = opt_backtrack(2, theta, dir, 45, -162, 1, bowl_J, &q);
    if (!isnan(got))
        expect_luggage();
    because("J = (x² + 9y²)/2: 288 at t = 1 and 65.25 at t = 1/2 are too high, 29.8125 at t = 1/4 is not");
    expect_num(got, 0.25, 0);
    check_hill((hillside){0, 0, -1, 0}, 0, 1, 0, -1, 3, 3, "J = -x: the first step gains all that the slope promises");
    check_hill((hillside){2, 0, -1, 1}, 0, 1, 0, -1, 3, 0.75, "J = -x up to 1, then 1: t = 3 and 1.5 are too far");
}
END_TEST

START_TEST(back_share)
{
    check_hill((hillside){0, 0, -2e-4, 0}, 0, 1, 0, -1, 1, 1, "J = -2e-4·x gains twice what is asked, 1e-4·t");
    check_hill((hillside){0, 0, -0.5e-4, 0}, 0, 1, 0, -1, 1, 0, "J = -0.5e-4·x gains half of what is asked, at every t");
    check_hill((hillside){3, 0, 0, 0}, 0, 1, 0, -1, 1, 0, "J is 0 everywhere: no step gains anything");
    check_hill((hillside){0, 0, 0.5e-4, 0}, 0, 1, 0, -1, 1, 0, "J = 0.5e-4·x goes up");
    check_hill((hillside){2, 0, -3e-4, 0.3}, 0, 1, 0, -1, 1, 0.25, "J = -3e-4·x up to 0.3: at 1/4 it gains 3e-4/4, enough for t = 1/4");
    check_hill((hillside){2, 0, -1, 0x1p-20}, 0, 1, 0, -1, 1, 0x1p-20, "J = -x up to 2^-20");
}
END_TEST

START_TEST(back_nan)
{
    check_hill((hillside){1, 0, -1, 1}, 0, 1, 0, -1, 4, 0.5, "J is NaN at 4, 2 and 1");
    check_hill((hillside){1, 0, -1, -1}, 0, 1, 0, -1, 4, 0, "J is NaN everywhere");
    check_hill((hillside){3, 0, INFINITY, 0}, 0, 1, 0, -1, 4, 0, "J is infinite everywhere");
}
END_TEST

START_TEST(back_floor)
{
    check_hill((hillside){2, 0, -1, 0x1p-60}, 0, 1, 0, -1, 1, 0x1p-60, "the 60th half is the first one that is accepted");
    check_hill((hillside){2, 0, -1, 0x1p-61}, 0, 1, 0, -1, 1, 0, "the 61st half would be accepted, but is not tried");
    check_hill((hillside){2, 0, -1, 0x1p-31}, 0, 1, 0, -1, 0x1p29, 0x1p-31, "from 2^29 to 2^-31 are 60 halvings");
}
END_TEST

START_TEST(back_directions)
{
    check_hill((hillside){0, 0, -1, 0}, 0, 1, 0, 1, 1, 0, "slope > 0");
    check_hill((hillside){0, 0, -1, 0}, 0, 1, 0, 1e-300, 1, 0, "slope > 0");
    check_hill((hillside){3, 0, 7, 0}, 2, 0, 7, 0, 5, 5, "dir = 0 and slope = 0: J stays what it is, and 7 ≤ 7");
    check_hill((hillside){0, 0, 1, 0}, 4, -2, 4, -2, 1, 1, "J = x from 4, down by 2");
    check_hill((hillside){0, 0, 1, 0}, 4, -2, 4, -2, 0.125, 0.125, "J = x from 4, down by 1/4");
}
END_TEST

START_TEST(back_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t d = gen_size(t, 1, MOST);
        double bend[MOST], theta[MOST], dir[MOST], slope = 0, curve2 = 0;
        for (size_t i = 0; i < d; i++) {
            bend[i] = t < 20 ? (double)gen_between(1, 5) : pow(10, gen_uniform(-3, 3));
            theta[i] = t < 20 ? (double)gen_between(1, 3) : gen_normal();
            dir[i] = t % 2 ? -bend[i] * theta[i] : gen_normal();
            slope += bend[i] * theta[i] * dir[i];
            curve2 += bend[i] * dir[i] * dir[i];
        }
        for (size_t i = 0; slope > 0 && i < d; i++)
            dir[i] = -dir[i];
        slope = -fabs(slope);
        double t0 = pow(10, gen_uniform(-2, 4)), want = 0, last = 2 * (1 - 1e-4) * -slope / curve2;
        for (int j = 60; j >= 0; j--)
            if (ldexp(t0, -j) <= last)
                want = ldexp(t0, -j);
        /* On a parabola all t up to `last` are accepted. Skip where rounding decides. */
        if (!(want > 1e-6 * last) || near(want, last) || near(2 * want, last) || -slope < 1e-6 * curve2 * fmin(1, t0))
            continue;
        bowl q = valley(d, bend, NULL, 0);
        double J0 = bowl_J(d, theta, &q);
        /* The gain near the border is a share of slope·want: it must be large beside the rounding of J0. */
        if (-slope * want < 1e-4 * J0)
            continue;
        q.calls = 0;
        watch();
        call("opt_backtrack(%zu, theta, dir, %s, %s, %s, J, &ctx)", d, num_text(J0), num_text(slope), num_text(t0));
        const double *at = in_vec("theta", d, theta), *way = in_vec("dir", d, dir);
        double got = opt_backtrack(d, at, way, J0, slope, t0, bowl_J, &q);
        if (!isnan(got))
            expect_luggage();
        because("J = Σ λx²/2 along dir is a parabola, on which Armijo's condition holds up to t = %.6g", last);
        expect_num(got, want, 0);
        expect(q.calls <= 61, "J was called %zu times", q.calls);
    }
}
END_TEST

START_TEST(back_a_million)
{
    fill_lots();
    for (size_t i = 0; i < LOTS; i++)
        more[i] = -1;
    double bend = 1;
    call("opt_backtrack(%d, theta, dir, 0.5, -1, 4, J, &bend)", LOTS);
    double got = opt_backtrack(LOTS, lots, more, 0.5, -1, 4, last_J, &bend);
    because("J is half of the square of the last dial, from 1 along -1: 4.5 at t = 4, 0.5 at t = 2, 0 at t = 1; "
            "a place of so many dials does not fit on the stack");
    expect_num(got, 1, 0);
}
END_TEST

START_TEST(back_no_memory)
{
    hillside h = {2, 0, -1, 1};
    call("opt_backtrack(1, theta, dir, 0, -1, 3, J, &ctx) without memory");
    const double *theta = in_vec("theta", 1, (double[]){0}), *dir = in_vec("dir", 1, (double[]){1});
    malloc_fails(true);
    double got = opt_backtrack(1, theta, dir, 0, -1, 3, hill, &h);
    malloc_fails(false);
    expect(isnan(got) || got == 0.75, "without memory: NAN (or the right step, 0.75, if none was needed), not %g", got);
}
END_TEST

/* ------------------------------------------------------------------ opt_gd_backtrack */

START_TEST(search_by_hand)
{
    check_run(valley(1, (double[]){2}, NULL, 0), (double[]){1}, 5, 0, 1e-9, "J = x² from 1: t = 1 gains nothing, t = 1/2 leads to 0");
    check_run(valley(2, NINE, NULL, 0), (double[]){9, 1}, 1, 0, 1e-9, "J = (x² + 9y²)/2: t = 1/4 leads to (6.75, -1.25), height 29.8125");
    check_run(valley(2, NINE, NULL, 0), (double[]){9, 1}, 6, 0, 1e-9, "the second search starts from 1/2, twice the step before");
    check_run(valley(2, NINE, NULL, 0), (double[]){9, 1}, 0, 0, 1e-9, "no steps allowed");
    check_run(valley(2, NINE, NULL, 3), (double[]){0, 0}, 9, 0, 1e-9, "the start is the minimum");
    check_run(valley(2, NINE, NULL, 3), (double[]){0, 0}, 9, 0, 0, "the start is the minimum, and tol is 0: 0 ≤ 0");
    check_run(valley(2, NINE, NULL, 0), (double[]){0.5, 0}, 9, 0, 0.5, "the largest slope at the start is 0.5, and so is tol");
    check_run(valley(1, (double[]){2}, NULL, -1e6), (double[]){1000}, 9, 0, 1e-6, "J falls from 0 to -1e6: far down is not lost");
}
END_TEST

START_TEST(search_grows)
{
    check_run(valley(1, (double[]){0x1p-10}, NULL, 0), (double[]){1024}, 4, 0, 1e-9, "flat ground: the steps are 1, 2, 4, 8");
    check_run(valley(1, (double[]){0x1p-10}, NULL, 0), (double[]){1024}, 40, 0, 1e-5, "flat ground: the steps double until they fit");
    check_run(valley(1, (double[]){0x1p10}, NULL, 0), (double[]){1}, 5, 0, 1e-9, "steep ground: ten halvings at first");
    check_run(valley(2, (double[]){64, 0.25}, NULL, 0), (double[]){1, 5}, 300, 0, 1e-4, "a canyon");
}
END_TEST

START_TEST(search_near_the_end)
{
    check_run(valley(1, (double[]){1}, NULL, 0), (double[]){1.5e-4}, 50, 0, 1e-7,
              "J = x²/2 from 0.00015: the slope along -g is -2.25e-8, and t = 1 leads to 0");
    check_run(valley(1, (double[]){1}, NULL, 0), (double[]){1e-6}, 50, 0, 1e-9, "J = x²/2 from a millionth");
}
END_TEST

static double level(size_t, const double[], void *ctx)
{
    ++*(size_t *)ctx;
    return 0;
}

static void liar(size_t, size_t d, double g[], const double[], void *)
{
    for (size_t i = 0; i < d; i++)
        g[i] = 1;
}

START_TEST(search_finds_none)
{
    size_t calls = 0;
    call("opt_gd_backtrack(2, 30, theta, history, &iters, 1e-6, J, &count, dJ, NULL)");
    double *theta = inout_vec("theta", 2, (double[]){3, 4});
    double *history = out_vec("history", 31);
    size_t *iters = out_index("iters", 1);
    status got = opt_gd_backtrack(2, 30, theta, history, iters, 1e-6, level, &calls, liar, NULL);
    because("J is 0 everywhere and dJ claims slopes of 1, so no step gains what it should");
    expect_status(got, NOT_CONVERGED);
    because("there is no way to go on, so the run ends where it is, at t = 0");
    expect_index(iters, (size_t[]){0});
}
END_TEST

START_TEST(search_nan_slope)
{
    bowl q = valley(2, NINE, NULL, 0);
    call("opt_gd_backtrack(2, 3, theta, history, &iters, 1, J, &cost, dJ, NULL)");
    double *theta = inout_vec("theta", 2, (double[]){0, 0});
    double *history = out_vec("history", 4);
    size_t *iters = out_index("iters", 1);
    status got = opt_gd_backtrack(2, 3, theta, history, iters, 1, bowl_J, &q, half_nan, NULL);
    because("the gradient is (NaN, 0): that is not within tol, and along it no step is accepted");
    expect_status(got, NOT_CONVERGED);
    expect_index(iters, (size_t[]){0});
}
END_TEST

START_TEST(search_below_the_noise)
{
    /* The cost is 1e6 to its last digit all the way. Whether a step is accepted there depends on how the test is written. */
    bowl q = valley(1, (double[]){0.25}, NULL, 1e6), slope = q;
    slope.kind = SLOPE;
    call("opt_gd_backtrack(1, 40, theta, history, &iters, 1e-9, J, &cost, dJ, &slope)");
    double *theta = inout_vec("theta", 1, (double[]){1e-6});
    double *history = out_vec("history", 41);
    size_t *iters = out_index("iters", 1);
    status got = opt_gd_backtrack(1, 40, theta, history, iters, 1e-9, bowl_J, &q, bowl_dJ, &slope);
    because("J = 1e6 + x²/8 from x = 1e-6: the cost does not change in its last digit, and the slope x/4 is above tol until x ≤ 4e-9");
    expect(got == OK || got == NOT_CONVERGED, "nothing is lost here, and memory is not missing");
    expect(got != OK || fabs(*theta) <= 4e-9, "OK means that the slope is within tol, and here it is %g", *theta / 4);
}
END_TEST

START_TEST(search_lost)
{
    bowl q = valley(1, (double[]){1}, NULL, 0);
    q.nan_from = 4;
    check_run(q, (double[]){5}, 30, 0, 1e-6, "J is NaN at the start");
    check_run(q, (double[]){-3}, 30, 0, 1e-6, "J is NaN from 4 on, and the search stays out of there");
    q = valley(1, (double[]){0.125}, NULL, 0);
    q.nan_from = 3;
    check_run(q, (double[]){-16}, 30, 0, 1e-3, "J is NaN from 3 on, and a long step would land there");
    check_run(valley(2, NINE, NULL, INFINITY), (double[]){9, 1}, 3, 0, 1e-9, "J is infinite");
    check_run(valley(2, NINE, NULL, -500), (double[]){9, 1}, 5, 0, 1e-9, "J begins at -455: a cost may be negative");
}
END_TEST

START_TEST(search_any)
{
    for (size_t t = 0; t < TRIALS / 4; t++) {
        size_t d = gen_size(t, 1, MOST);
        double bend[MOST], at[MOST], start[MOST];
        for (size_t i = 0; i < d; i++) {
            bend[i] = t < 10 ? (double)gen_between(1, 4) : pow(10, gen_uniform(-1, 1));
            at[i] = t < 10 ? (double)gen_between(0, 6) - 3 : gen_normal();
            start[i] = t < 10 ? (double)gen_between(0, 6) - 3 : gen_normal();
        }
        check_run(valley(d, bend, at, 0), start, gen_between(0, 12), 0, pow(10, gen_uniform(-3, 0)), NULL);
    }
}
END_TEST

static double banana(size_t, const double x[], void *ctx)
{
    ++*(size_t *)ctx;
    double off = x[1] - x[0] * x[0];
    return 100 * off * off + (1 - x[0]) * (1 - x[0]);
}

static void banana_slope(size_t, size_t, double g[], const double x[], void *)
{
    double off = x[1] - x[0] * x[0];
    g[0] = -400 * x[0] * off - 2 * (1 - x[0]);
    g[1] = 200 * off;
}

START_TEST(search_banana)
{
    static const size_t most = 4000;
    size_t calls = 0;
    call("opt_gd_backtrack(2, %zu, theta, history, &iters, 0.1, J, &count, dJ, NULL)", most);
    double *theta = inout_vec("theta", 2, (double[]){-1.2, 1});
    double *history = out_vec("history", most + 1);
    size_t *iters = out_index("iters", 1);
    status got = opt_gd_backtrack(2, most, theta, history, iters, 0.1, banana, &calls, banana_slope, NULL);
    because("Rosenbrock's valley from (-1.2, 1), until both slopes are below 0.1");
    expect_status(got, OK);
    double g[2];
    banana_slope(2, 2, g, theta, NULL);
    expect(fabs(g[0]) <= 0.1 && fabs(g[1]) <= 0.1, "OK means that both slopes are within tol, and here they are %g and %g", g[0], g[1]);
    for (size_t t = 1; t <= *iters && t <= most; t++)
        expect(history[t] < history[t - 1], "every step goes down, but history[%zu] is not below the one before", t);
}
END_TEST

START_TEST(search_a_million)
{
    fill_lots();
    double bend = 1, history[3] = {0};
    size_t iters = 9;
    call("opt_gd_backtrack(%d, 2, theta, history, &iters, 1e-9, J, &bend, dJ, &bend)", LOTS);
    status got = opt_gd_backtrack(LOTS, 2, lots, history, &iters, 1e-9, last_J, &bend, last_dJ, &bend);
    because("J is half of the square of the last dial, 1 at first: one step of 1; so many slopes do not fit on the stack");
    expect_status(got, OK);
    expect(iters == 1 && lots[LOTS - 1] == 0 && lots[0] == 1, "the step brings the last dial to 0 and leaves the others alone");
}
END_TEST

START_TEST(search_no_memory)
{
    for (size_t works = 0; works < 4; works++) {
        bowl q = valley(2, NINE, NULL, 0), slope = q;
        slope.kind = SLOPE;
        call("opt_gd_backtrack(2, 1, theta, history, &iters, 1e-9, J, &cost, dJ, &slope) without memory");
        double *theta = inout_vec("theta", 2, (double[]){9, 1});
        double *history = out_vec("history", 2);
        size_t *iters = out_index("iters", 1);
        malloc_fails_after(works);
        status got = opt_gd_backtrack(2, 1, theta, history, iters, 1e-9, bowl_J, &q, bowl_dJ, &slope);
        malloc_fails(false);
        expect(got == NO_SPACE || (got == NOT_CONVERGED && *iters == 1),
               "without memory: NO_SPACE (or NOT_CONVERGED after one whole step, if the memory was enough)");
    }
}
END_TEST

/* ------------------------------------------------------------------ pens: by other routes than the answer key */

START_TEST(pen_a)
{
    call("pen_18_a()");
    /* The border, by bisection of |1 − 25α| < 1. */
    double low = 0, high = 1;
    for (int k = 0; k < 60; k++) {
        double mid = (low + high) / 2;
        *(fabs(1 - 25 * mid) < 1 && fabs(1 - mid) < 1 ? &low : &high) = mid;
    }
    expect_answer(pen_18_a(), low, 1e-6 * low, "with this step, y has to keep its distance from 0 and change its sign at each step");
}
END_TEST

START_TEST(pen_b)
{
    call("pen_18_b()");
    double best = 1;
    for (int k = 1; k < 800000; k++)
        best = fmin(best, fmax(fabs(1 - k * 1e-7), fabs(1 - 25 * k * 1e-7)));
    expect_answer(pen_18_b(), best, 1e-6, "one minus the step, and 25 times the step minus one, have to give the same number");
}
END_TEST

START_TEST(pen_c)
{
    call("pen_18_c()");
    double distance = 1;
    int steps = 0;
    for (; distance > 1e-6; steps++)
        distance *= 12. / 13;
    expect_answer(pen_18_c(), steps, 1e-6, "the factor of question b to this power is at most a millionth, and to the power before it is more");
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("descent");
    TCase *segment = suite_case(s, "cvx_segment");
    tcase_add_test(segment, segment_by_hand);
    tcase_add_test(segment, segment_nothing);
    tcase_add_test(segment, segment_plane);
    tcase_add_test(segment, segment_everywhere);
    tcase_add_test(segment, segment_allowance);
    tcase_add_test(segment, segment_not_half_way);
    tcase_add_test(segment, segment_sizes);
    tcase_add_test(segment, segment_nan);
    tcase_add_test(segment, segment_any);
    tcase_add_test(segment, segment_a_million);
    tcase_add_test(segment, segment_no_memory);
    TCase *lipschitz = suite_case(s, "opt_lipschitz");
    tcase_add_test(lipschitz, top_by_hand);
    tcase_add_test(lipschitz, top_starts);
    tcase_add_test(lipschitz, top_twins);
    tcase_add_test(lipschitz, top_shapes);
    tcase_add_test(lipschitz, top_wide);
    tcase_add_test(lipschitz, top_scales);
    tcase_add_test(lipschitz, top_any);
    tcase_add_test(lipschitz, top_same_bits);
    tcase_add_test(lipschitz, top_none);
    tcase_add_test(lipschitz, top_no_memory);
    TCase *gd = suite_case(s, "opt_gd");
    tcase_add_test(gd, gd_by_hand);
    tcase_add_test(gd, gd_no_steps);
    tcase_add_test(gd, gd_slopes_below_zero);
    tcase_add_test(gd, gd_outcomes);
    tcase_add_test(gd, gd_limit);
    tcase_add_test(gd, gd_at_the_limit);
    tcase_add_test(gd, gd_nan);
    tcase_add_test(gd, gd_nan_slope);
    tcase_add_test(gd, gd_plateau);
    tcase_add_test(gd, gd_any);
    tcase_add_test(gd, gd_line);
    tcase_add_test(gd, gd_a_million);
    tcase_add_test(gd, gd_no_memory);
    TCase *backtrack = suite_case(s, "opt_backtrack");
    tcase_add_test(backtrack, back_by_hand);
    tcase_add_test(backtrack, back_share);
    tcase_add_test(backtrack, back_nan);
    tcase_add_test(backtrack, back_floor);
    tcase_add_test(backtrack, back_directions);
    tcase_add_test(backtrack, back_any);
    tcase_add_test(backtrack, back_a_million);
    tcase_add_test(backtrack, back_no_memory);
    TCase *gd_backtrack = suite_case(s, "opt_gd_backtrack");
    tcase_add_test(gd_backtrack, search_by_hand);
    tcase_add_test(gd_backtrack, search_grows);
    tcase_add_test(gd_backtrack, search_near_the_end);
    tcase_add_test(gd_backtrack, search_finds_none);
    tcase_add_test(gd_backtrack, search_nan_slope);
    tcase_add_test(gd_backtrack, search_below_the_noise);
    tcase_add_test(gd_backtrack, search_lost);
    tcase_add_test(gd_backtrack, search_any);
    tcase_add_test(gd_backtrack, search_banana);
    tcase_add_test(gd_backtrack, search_a_million);
    tcase_add_test(gd_backtrack, search_no_memory);
    TCase *pen_18_a = suite_case(s, "pen_18_a");
    tcase_add_test(pen_18_a, pen_a);
    TCase *pen_18_b = suite_case(s, "pen_18_b");
    tcase_add_test(pen_18_b, pen_b);
    TCase *pen_18_c = suite_case(s, "pen_18_c");
    tcase_add_test(pen_18_c, pen_c);
    return s;
}
