/* The suite of chapter 20, Newton and logistic regression. One TCase per function; in each, the chapter's own example comes
   first, then the edges that the contract names, then properties. Where a contract promises a minimum, the test looks at the
   gradient there, computed in long double: how the search got there is its own affair. */
#include "harness.h"

#include "data.h"
#include "diff.h"
#include "lsq.h"
#include "model.h"
#include "opt.h"
#include "pen.h"

enum { MOST = 8, ROWS = 30, LONG = 60 };
static const double NOTHING[1] = {0};

/* ------------------------------------------------------------------ opt_newton1 */

/* c[0] + c[1]·x + c[2]·x² + c[3]·x³ and its derivative: each callback must get the one that is its own. After PATIENCE calls
   the value is 0, so that a search without an end comes to one. */
typedef struct { int kind; size_t calls; double c[4]; } cubic;
enum { VALUE = 1, SLOPE = 2, PATIENCE = 3001 };
static bool mixed_up;

static double cubic_value(double x, void *ctx)
{
    cubic *q = ctx;
    if (!q || q->kind != VALUE) {
        mixed_up = true;
        return 0;
    }
    q->calls++;
    return q->calls > PATIENCE ? 0 : q->c[0] + x * (q->c[1] + x * (q->c[2] + x * q->c[3]));
}

static double cubic_slope(double x, void *ctx)
{
    cubic *q = ctx;
    if (!q || q->kind != SLOPE) {
        mixed_up = true;
        return 1;
    }
    q->calls++;
    return q->c[1] + x * (2 * q->c[2] + x * 3 * q->c[3]);
}

/* Returns how often the value was asked for. */
static size_t check_root(const char *f, const double c[4], double x0, double tol, size_t max_iter, double want, double off,
                         const char *why)
{
    cubic value = {VALUE, 0, {c[0], c[1], c[2], c[3]}}, slope = {SLOPE, 0, {c[0], c[1], c[2], c[3]}};
    mixed_up = false;
    call("opt_newton1(%s, %s, %zu, f, &a, df, &b) for f = %s", num_text(x0), num_text(tol), max_iter, f);
    double got = opt_newton1(x0, tol, max_iter, cubic_value, &value, cubic_slope, &slope);
    expect(!mixed_up, "f must be called with the ctx of f, and df with that of df");
    because("%s", why);
    expect_num(got, want, off);
    return value.calls;
}

static const double PARABOLA[4] = {-2, 0, 1, 0};

START_TEST(newton1_line)
{
    check_root("2x - 6", (double[]){-6, 2, 0, 0}, 0, 1e-9, 50, 3, 0, "the tangent of a line is the line: one step, then one of 0");
    check_root("2x - 6", (double[]){-6, 2, 0, 0}, 3, 1e-9, 50, 3, 0, "the start is the root, so the first step is 0");
    check_root("5 - x", (double[]){5, -1, 0, 0}, 1, 1e-9, 50, 5, 0, "a falling line");
}
END_TEST

START_TEST(newton1_root_of_two)
{
    /* The last step is at most tol long, the place behind it is off by tol²/2 and rounding. */
    size_t calls = check_root("x² - 2", PARABOLA, 1, 1e-12, 50, sqrt(2), 4 * EPS, "1, 1.5, 1.41667, 1.414216, …");
    expect(calls <= 7, "six steps are enough from 1, and each needs f once; it was called %zu times", calls);
    check_root("x² - 2", PARABOLA, 1.5, 1e-6, 50, sqrt(2), 1e-11, "1.5, 1.41667, 1.414216, …");
    check_root("x² - 2", PARABOLA, 3, 1e-12, 50, sqrt(2), 4 * EPS, "3, 1.8333, 1.4621, …");
    check_root("x² - 2", PARABOLA, -3, 1e-12, 50, -sqrt(2), 4 * EPS, "from a negative start to the negative root");
}
END_TEST

START_TEST(newton1_level)
{
    check_root("x² - 2", PARABOLA, 0, 1e-9, 50, NAN, 0, "the tangent at 0 is level and meets the axis nowhere");
    check_root("4", (double[]){4, 0, 0, 0}, 1, 1e-9, 50, NAN, 0, "a constant has a slope of 0");
    check_root("-x", (double[]){NAN, -1, 0, 0}, 1, 1e-9, 50, NAN, 0, "f is NaN");
    check_root("1 + inf·x", (double[]){1, INFINITY, 0, 0}, 0, 1e-9, 50, NAN, 0, "f is 1 + 0·inf, which is NaN");
}
END_TEST

static double constant_one(double, void *)
{
    return 1;
}

static double endless_slope(double, void *)
{
    return INFINITY;
}

START_TEST(newton1_steep)
{
    call("opt_newton1(2, 1e-9, 50, f, NULL, df, NULL) for f = 1 and df = inf");
    double got = opt_newton1(2, 1e-9, 50, constant_one, NULL, endless_slope, NULL);
    because("a slope that is not finite must be refused: 1/inf is a step of 0, but 2 is no root");
    expect_num(got, NAN, 0);
}
END_TEST

START_TEST(newton1_gives_up)
{
    static const double cycle[4] = {2, -2, 0, 1};
    check_root("x³ - 2x + 2", cycle, 0, 1e-9, 50, NAN, 0, "0, 1, 0, 1, …: the limit is reached without a root");
    check_root("x³ - 2x + 2", cycle, -2, 1e-12, 50, -1.7692923542386314, 8 * EPS, "from -2 the root is found");
    check_root("x² - 2", PARABOLA, 1e6, 1e-9, 5, NAN, 0, "from a million each of the first steps halves x: five are too few");
    check_root("x² - 2", PARABOLA, 1e6, 1e-9, 50, sqrt(2), 4 * EPS, "with fifty steps it is found");
    check_root("x² - 2", PARABOLA, 1, 1e-9, 0, NAN, 0, "no step allowed, nothing found");
    size_t calls = check_root("x³ - 2x + 2", cycle, 0, 1e-9, 7, NAN, 0, "0, 1, 0, 1, …: the limit is reached without a root");
    expect(calls <= 7, "seven steps are allowed, and each needs f once; it was called %zu times", calls);
    check_root("2x - 6", (double[]){-6, 2, 0, 0}, 3, 1e-9, 0, NAN, 0, "no step is allowed, and it takes one to know that 3 is the root");
    check_root("2x - 6", (double[]){-6, 2, 0, 0}, 0, 1e-9, 1, NAN, 0, "the only step allowed is 3 long: it leads to the root, but nothing says so yet");
    check_root("2x - 6", (double[]){-6, 2, 0, 0}, 0, 1e-9, 2, 3, 0, "the second step is 0 long");
}
END_TEST

START_TEST(newton1_flat)
{
    /* f = 1e-9·(x − 3)·(x + 5): tiny everywhere near 3. */
    check_root("1e-9·(x - 3)(x + 5)", (double[]){-15e-9, 2e-9, 1e-9, 0}, 2, 1e-7, 50, 3, 1e-10, "f(2) is only -7e-9, and 2 is no root");
    check_root("x² + x", (double[]){0, 1, 1, 0}, 1, 1e-9, 7, 0, 1e-15,
               "1, 0.33, 0.067, 0.0039, 1.5e-5, 2e-10, 5e-20: the sixth step is below 1e-9; the 1 in the maximum is for a root at 0");
    check_root("2x - 6", (double[]){-6, 2, 0, 0}, 3, 0, 5, 3, 0, "a step of 0 is at most tol = 0 long");
    check_root("1e9·(x - 3)(x + 5)", (double[]){-15e9, 2e9, 1e9, 0}, 10, 1e-7, 50, 3, 1e-10, "the height is large, the root is the same");
}
END_TEST

START_TEST(newton1_far)
{
    static const double square[] = {2e16, 3e16, 5e16, 6e16, 7e16, 1.1e17, 1.3e17, 1.7e17};
    for (size_t i = 0; i < sizeof square / sizeof *square; i++) {
        double c[4] = {-square[i], 0, 1, 0}, root = sqrt(square[i]);
        check_root("x² - c, c above 1e16", c, root * 1.5, 1e-13, 60, root, 8 * EPS * root,
                   "near 1e8 the doubles lie 1e-8 apart; tol counts in proportion to |x|");
    }
}
END_TEST

START_TEST(newton1_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        /* (x − r)(x + s) with s > 0, from the right of r: convex and rising there, so every tangent lands right of r. */
        double r = t < 40 ? (double)gen_between(1, 9) : gen_uniform(0.5, 9), s = t < 40 ? (double)gen_between(1, 5) : gen_uniform(1, 5);
        double c[4] = {-r * s, s - r, 1, 0}, x0 = r + gen_uniform(0.1, 20);
        /* f near r is a difference of numbers of size r·(r + s); divided by f' = r + s. */
        check_root("(x - r)(x + s)", c, x0, 1e-10, 60, r, 16 * EPS * (r + r * s / (r + s) + 1) + 1e-12, "from the right the tangents lead to the larger root");
    }
}
END_TEST

/* ------------------------------------------------------------------ logistic models */

typedef struct {
    size_t n, p;
    double X[ROWS * MOST], theta[MOST], y[ROWS], lambda;
} logistic;

static const logistic TUMOURS = {3, 2, {1, -1, 1, 0, 1, 2}, {0, 0}, {0, 1, 1}, 0};

static logistic any_model(size_t t)
{
    logistic q = {.n = gen_size(t, 1, ROWS), .p = gen_between(1, 5)};
    bool whole = t < TRIALS / 4;
    q.lambda = t % 3 == 0 ? 0 : whole ? (double)gen_between(1, 4) / 2 : gen_uniform(0, 2);
    for (size_t i = 0; i < q.n; i++) {
        for (size_t j = 0; j < q.p; j++)
            q.X[i * q.p + j] = j == 0 ? 1 : whole ? (double)gen_between(0, 6) - 3 : 2 * gen_normal();
        q.y[i] = (double)gen_between(0, 1);
    }
    for (size_t j = 0; j < q.p; j++)
        q.theta[j] = whole ? (double)gen_between(0, 4) - 2 : gen_normal();
    return q;
}

/* The logit of row i, and how far a right program may be from it: a dot product of p terms. */
static long double logit(const logistic *q, size_t i, double *off)
{
    long double z = 0, size = 0;
    for (size_t j = 0; j < q->p; j++) {
        z += (long double)q->X[i * q->p + j] * q->theta[j];
        size += fabsl((long double)q->X[i * q->p + j] * q->theta[j]);
    }
    *off = 2 * (double)(q->p + 2) * EPS * (double)size;
    return z;
}

static long double squeeze(long double z)
{
    long double e = expl(-fabsl(z));
    return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/* ------------------------------------------------------------------ logreg_predict */

static void check_predict(const logistic *q, const char *why)
{
    double want[ROWS], tol[ROWS];
    for (size_t i = 0; i < q->n; i++) {
        double off;
        want[i] = (double)squeeze(logit(q, i, &off));
        tol[i] = off / 4 + 8 * EPS; /* the sigmoid has a slope of at most 1/4 */
    }
    call("logreg_predict(%zu, %zu, prob, X, theta)", q->n, q->p);
    double *prob = out_vec("prob", q->n);
    const double (*X)[q->p] = in_mat("X", q->n, q->p, q->X);
    const double *theta = in_vec("theta", q->p, q->theta);
    logreg_predict(q->n, q->p, prob, X, theta);
    if (why)
        because("%s", why);
    for (size_t i = 0; i < q->n; i++)
        expect(!(prob[i] < 0) && !(prob[i] > 1), "a probability lies in [0, 1], prob[%zu] is %.17g", i, prob[i]);
    expect_vec_tol(prob, want, tol);
}

START_TEST(predict_by_hand)
{
    logistic one = {1, 1, {1}, {0}, {0}, 0};
    check_predict(&one, "a logit of 0 is even odds");
    logistic q = TUMOURS;
    q.theta[1] = log(3);
    check_predict(&q, "logits -ln 3, 0, 2·ln 3: odds 1/3, 1, 9, probabilities 1/4, 1/2, 9/10");
    q.theta[0] = -log(3);
    check_predict(&q, "logits -2·ln 3, -ln 3, ln 3: odds 1/9, 1/3, 3");
}
END_TEST

START_TEST(predict_far)
{
    logistic q = {4, 2, {1, 1000, 1, -1000, 1, 720, 1, -750}, {0, 1}, {0}, 0};
    check_predict(&q, "logits 1000, -1000, 720, -750: certain, and still numbers");
}
END_TEST

START_TEST(predict_none)
{
    call("logreg_predict(0, 2, prob, X, theta)");
    double *prob = out_vec("prob", 0);
    const double (*X)[2] = in_mat("X", 0, 2, NOTHING);
    const double *theta = in_vec("theta", 2, (double[]){1, 2});
    logreg_predict(0, 2, prob, X, theta);
    expect_intact();
}
END_TEST

START_TEST(predict_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        logistic q = any_model(t);
        check_predict(&q, NULL);
    }
}
END_TEST

/* ------------------------------------------------------------------ logreg_hessian */

/* The weight σ(1 − σ) has a slope of at most 1/10 and is computed to a few units of 1 (1 − σ may lose relative digits). */
static void check_hessian(const logistic *q, const char *why)
{
    size_t n = q->n, p = q->p;
    long double s[ROWS];
    double off[ROWS], want[MOST * MOST], tol[MOST * MOST];
    for (size_t i = 0; i < n; i++) {
        long double z = logit(q, i, &off[i]), e = expl(-fabsl(z));
        s[i] = e / ((1 + e) * (1 + e));
        off[i] = off[i] / 10 + 8 * EPS;
    }
    for (size_t a = 0; a < p; a++)
        for (size_t b = 0; b < p; b++) {
            long double sum = 0, size = 0, wrong = 0;
            for (size_t i = 0; i < n; i++) {
                long double x = (long double)q->X[i * p + a] * q->X[i * p + b];
                sum += s[i] * x;
                size += fabsl(s[i] * x);
                wrong += off[i] * fabsl(x);
            }
            double add = a == b && a > 0 ? q->lambda : 0;
            want[a * p + b] = (double)(sum / n + add);
            tol[a * p + b] = (double)((wrong + 2 * (double)(n + 8) * EPS * size) / n) + 8 * EPS * add + DBL_MIN;
        }
    call("logreg_hessian(%zu, %zu, H, X, theta, %s)", n, p, num_text(q->lambda));
    double (*H)[p] = out_mat("H", p, p);
    const double (*X)[p] = in_mat("X", n, p, q->X);
    const double *theta = in_vec("theta", p, q->theta);
    logreg_hessian(n, p, H, X, theta, q->lambda);
    if (why)
        because("%s", why);
    expect_mat_tol(H, want, tol);
}

START_TEST(hessian_by_hand)
{
    logistic one = {1, 1, {1}, {0}, {0}, 0};
    check_hessian(&one, "weight 1/4");
    logistic two = {2, 1, {1, 1}, {log(3)}, {0}, 5};
    check_hessian(&two, "probability 3/4 twice, weight 3/16; the intercept is not penalised");
    check_hessian(&TUMOURS, "weights 1/4: the matrix (3 1; 1 5)/12");
    logistic q = TUMOURS;
    q.lambda = 0.5;
    check_hessian(&q, "(3 1; 1 5)/12, and 0.5 for the second coefficient");
    q.theta[1] = log(3);
    check_hessian(&q, "probabilities 1/4, 1/2, 9/10, weights 3/16, 1/4, 9/100");
    logistic wide = {2, 3, {1, 2, 0, 1, 0, 3}, {0, 0, 0}, {0}, 0.25};
    check_hessian(&wide, "weights 1/4: (2 2 3; 2 4 0; 3 0 9)/8, and 0.25 twice");
}
END_TEST

START_TEST(hessian_far)
{
    logistic sure = {3, 2, {1, 1000, 1, -1000, 1, 2}, {0, 1}, {0}, 0};
    check_hessian(&sure, "logits 1000, -1000 and 2: whoever is sure does not bend");
    sure.lambda = 1e-3;
    check_hessian(&sure, "logits 1000, -1000 and 2: whoever is sure does not bend");
}
END_TEST

START_TEST(hessian_lean)
{
    call("logreg_hessian(3, 2, H, X, theta, 0) without memory");
    double (*H)[2] = out_mat("H", 2, 2);
    const double (*X)[2] = in_mat("X", 3, 2, TUMOURS.X);
    const double *theta = in_vec("theta", 2, TUMOURS.theta);
    malloc_fails(true);
    logreg_hessian(3, 2, H, X, theta, 0);
    malloc_fails(false);
    because("the contract does not say [heap]: it has to work without malloc");
    expect_mat(H, ((double[]){0.25, 1 / 12., 1 / 12., 5 / 12.}), 1e-14);
}
END_TEST

START_TEST(hessian_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        logistic q = any_model(t);
        check_hessian(&q, NULL);
    }
}
END_TEST

static void gradient_of(size_t, size_t p, double g[], const double theta[], void *ctx)
{
    const logistic *q = ctx;
    logreg_grad(q->n, p, g, (const double (*)[p])q->X, theta, q->y, q->lambda);
}

START_TEST(hessian_measured)
{
    for (size_t t = 0; t < 40; t++) {
        logistic q = any_model(60 + t);
        double measured[MOST * MOST];
        diff_jacobian(q.p, q.p, (double (*)[q.p])measured, q.theta, gradient_of, &q);
        call("logreg_hessian(%zu, %zu, H, X, theta, %s)", q.n, q.p, num_text(q.lambda));
        double (*H)[q.p] = out_mat("H", q.p, q.p);
        const double (*X)[q.p] = in_mat("X", q.n, q.p, q.X);
        const double *theta = in_vec("theta", q.p, q.theta);
        logreg_hessian(q.n, q.p, H, X, theta, q.lambda);
        because("measured with diff_jacobian on logreg_grad");
        /* |x| stays below 20, gradients below 60: rounding 40ε·60/6e-6 < 1e-7; truncation h²/6·|x|⁴/8 < 2e-7, far out. */
        double worst = diff_relerr(q.p * q.p, (const double *)H, measured);
        expect(worst <= 1e-6, "formula and measurement differ by %.3g", worst);
    }
}
END_TEST

/* ------------------------------------------------------------------ opt_newton */

/* Costs with luggage: ½xᵀAx − b·x, Σ √(1 + x²), Σ c·(x⁴/4 − x²/2), or one that lies about its gradient. Three callbacks, three pieces. */
typedef enum { BOWL, STRAIGHT, DOUBLE_WELL, LIAR, BROKEN, GROWTH, TORN } shape;
typedef struct {
    int kind;
    shape what;
    size_t p, calls;
    double A[MOST * MOST], b[MOST];
} surface;
enum { COST = 11, GRADIENT = 12, HESSIAN = 13 };
static bool wrong_size;

static const surface *unpack(void *ctx, int kind, size_t p)
{
    surface *s = ctx;
    if (!s || s->kind != kind) {
        mixed_up = true;
        return NULL;
    }
    s->calls++;
    wrong_size |= s->p != p;
    return s;
}

static double surface_J(size_t p, const double x[], void *ctx)
{
    const surface *s = unpack(ctx, COST, p);
    if (!s)
        return 0;
    long double sum = 0;
    for (size_t i = 0; i < p; i++) {
        if (s->what == BOWL) {
            sum -= (long double)s->b[i] * x[i];
            for (size_t j = 0; j < p; j++)
                sum += (long double)s->A[i * p + j] * x[i] * x[j] / 2;
        } else if (s->what == STRAIGHT)
            sum += s->b[i] * sqrtl(1 + (long double)x[i] * x[i]);
        else if (s->what == DOUBLE_WELL)
            sum += ((long double)x[i] * x[i] / 4 - 0.5L) * x[i] * x[i];
        else if (s->what == GROWTH)
            sum += expl((long double)x[i]) - s->b[i] * (long double)x[i];
        else if (s->what == BROKEN)
            sum = NAN;
    }
    return (double)sum;
}

static void surface_dJ(size_t m, size_t p, double g[], const double x[], void *ctx)
{
    const surface *s = unpack(ctx, GRADIENT, p);
    wrong_size |= m != p;
    for (size_t i = 0; i < p; i++) {
        long double sum = 0;
        if (!s)
            sum = 1;
        else if (s->what == BOWL) {
            sum = -s->b[i];
            for (size_t j = 0; j < p; j++)
                sum += (long double)s->A[i * p + j] * x[j];
        } else if (s->what == STRAIGHT)
            sum = s->b[i] * x[i] / sqrtl(1 + (long double)x[i] * x[i]);
        else if (s->what == DOUBLE_WELL)
            sum = ((long double)x[i] * x[i] - 1) * x[i];
        else if (s->what == GROWTH)
            sum = expl((long double)x[i]) - s->b[i];
        else if (s->what == TORN)
            sum = i == 0 ? NAN : 0;
        else
            sum = 1;
        g[i] = (double)sum;
    }
}

static void surface_d2J(size_t p, double *H, const double x[], void *ctx)
{
    const surface *s = unpack(ctx, HESSIAN, p);
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            long double r = 1 + (long double)x[i] * x[i], h = i == j;
            if (s && s->what == BOWL)
                h = s->A[i * p + j];
            else if (s && s->what == STRAIGHT)
                h *= s->b[i] / (r * sqrtl(r));
            else if (s && s->what == DOUBLE_WELL)
                h *= 3 * (long double)x[i] * x[i] - 1;
            else if (s && s->what == GROWTH)
                h *= expl((long double)x[i]);
            H[i * p + j] = (double)h;
        }
}

static void surface_fnm(size_t p, double H[p][p], const double x[p], void *ctx)
{
    surface_d2J(p, (double *)H, x, ctx);
}

typedef struct { status s; size_t iters; double *theta, *history; surface J, dJ, d2J; } run;

static run walk(const char *name, surface s, const double start[], size_t max_iter, double tol)
{
    static size_t iters;
    run r = {.J = s, .dJ = s, .d2J = s};
    r.J.kind = COST;
    r.dJ.kind = GRADIENT;
    r.d2J.kind = HESSIAN;
    mixed_up = wrong_size = false;
    call("opt_newton(%zu, %zu, theta, history, &iters, %s, J, &a, dJ, &b, d2J, &c) for J = %s", s.p, max_iter, num_text(tol), name);
    r.theta = inout_vec("theta", s.p, start);
    r.history = out_vec("history", max_iter + 1);
    iters = SIZE_MAX - 1;
    r.s = opt_newton(s.p, max_iter, r.theta, r.history, &iters, tol, surface_J, &r.J, surface_dJ, &r.dJ, surface_fnm, &r.d2J);
    r.iters = iters;
    expect(!mixed_up, "each of the three callbacks must get the ctx that was handed over with it");
    expect(!wrong_size, "the callbacks have to be told the number of dials, %zu", s.p);
    return r;
}

static void expect_iters(const run *r, size_t want)
{
    expect(r->iters == want, "*iters is %zu, expected %zu", r->iters, want);
}

static void expect_end(const run *r, status want)
{
    expect_status(r->s, want);
}

/* No slope at theta above the tolerance, in long double arithmetic; `more` allows for the rounding of a gradient. */
static void expect_level(const run *r, double tol, double more)
{
    surface s = r->dJ;
    double g[MOST];
    surface_dJ(s.p, s.p, g, r->theta, &s);
    for (size_t j = 0; j < s.p; j++)
        expect(fabs(g[j]) <= tol + more, "slope %zu at the final theta is %.3g, more than tol", j, g[j]);
}

static void expect_history(const run *r, size_t max_iter)
{
    for (size_t t = 0; t <= max_iter; t++)
        if (t <= r->iters)
            expect(isfinite(r->history[t]), "history[%zu] was not written, although *iters is %zu", t, r->iters);
        else
            expect(isnan(r->history[t]), "history[%zu] was written, although *iters is %zu", t, r->iters);
    for (size_t t = 1; t <= r->iters; t++)
        expect(r->history[t] <= r->history[t - 1], "the cost must not rise: history[%zu] is %.17g, history[%zu] is %.17g", t - 1,
               r->history[t - 1], t, r->history[t]);
}

START_TEST(newton_parabola)
{
    surface one = {.what = BOWL, .p = 1, .A = {4}, .b = {12}};
    run r = walk("2x² - 12x", one, (double[]){0}, 20, 1e-9);
    because("slope -12, bend 4, step 3: a parabola is done after one step");
    expect_end(&r, OK);
    expect_vec(r.theta, (double[]){3}, 1e-14);
    expect_iters(&r, 1);
    expect_history(&r, 20);
    expect_named("history[0]", r.history[0], 0, 0);
    expect_named("history[1]", r.history[1], -18, 1e-13);

    surface canyon = {.what = BOWL, .p = 2, .A = {1, 0, 0, 25}};
    r = walk("(x² + 25y²)/2", canyon, (double[]){5, 1}, 20, 1e-9);
    because("slopes 5 and 25, bends 1 and 25: step (-5, -1)");
    expect_end(&r, OK);
    expect_vec(r.theta, (double[]){0, 0}, 1e-14);
    expect_iters(&r, 1);
    expect_history(&r, 20);

    surface steep = {.what = BOWL, .p = 2, .A = {1e6, 0, 0, 1}, .b = {3e6, 1}};
    r = walk("(1e6·x² + y²)/2 - 3e6·x - y", steep, (double[]){0, 0}, 20, 1e-6);
    because("however steep: the slope along the direction is ∇J·d, not -‖∇J‖²");
    expect_end(&r, OK);
    expect_iters(&r, 1);
    expect_vec(r.theta, (double[]){3, 1}, 1e-12);
}
END_TEST

START_TEST(newton_parabola_any)
{
    for (size_t t = 0; t < 60; t++) {
        surface s = {.what = BOWL, .p = gen_size(t, 1, 6)};
        double start[MOST], B[MOST * MOST], size = 0;
        for (size_t i = 0; i < s.p * s.p; i++)
            B[i] = t < 20 ? (double)gen_between(0, 4) - 2 : gen_normal();
        for (size_t i = 0; i < s.p; i++) {
            start[i] = 3 * gen_normal();
            s.b[i] = gen_normal();
            for (size_t j = 0; j < s.p; j++) {
                double sum = i == j;
                for (size_t k = 0; k < s.p; k++)
                    sum += B[k * s.p + i] * B[k * s.p + j];
                s.A[i * s.p + j] = sum;
                size += fabs(sum);
            }
        }
        run r = walk("½xᵀAx - b·x, A = BᵀB + I", s, start, 20, 1e-7);
        expect_end(&r, OK);
        /* The eigenvalues of A are at least 1, so Cholesky errs by a few ε·‖A‖: far below 1e-7 after one step. */
        expect_iters(&r, 1);
        expect_level(&r, 1e-7, 0);
        (void)size;
    }
}
END_TEST

START_TEST(newton_straight)
{
    surface s = {.what = STRAIGHT, .p = 1, .b = {1}};
    run r = walk("√(1 + x²)", s, (double[]){2}, 1, 1e-9);
    because("from 2 the whole step leads to -8, half of it to -3, a quarter to -0.5; that is the first with a lower cost");
    expect_end(&r, NOT_CONVERGED);
    expect_vec(r.theta, (double[]){-0.5}, 1e-14);
    expect_iters(&r, 1);
    expect_history(&r, 1);

    r = walk("√(1 + x²)", s, (double[]){2}, 50, 1e-9);
    because("braked once, then x becomes -x³ at each step: -0.5, 0.125, -0.00195, 7e-9, 0");
    expect_end(&r, OK);
    expect(r.iters <= 6, "with whole steps near the end five are enough, these are %zu", r.iters);
    expect_level(&r, 1e-9, 1e-15);
    expect_history(&r, 50);

    for (double from = 3; from < 200; from *= 2) {
        r = walk("√(1 + x²)", s, &from, 80, 1e-9);
        expect_end(&r, OK);
        expect_level(&r, 1e-9, 1e-15);
        expect_history(&r, 80);
    }
}
END_TEST

START_TEST(newton_growth)
{
    surface s = {.what = GROWTH, .p = 3, .b = {1, 2, 0.5}};
    run r = walk("Σ(e^x - b·x)", s, (double[]){1, 0, 2}, 50, 1e-9);
    because("the minimum is at ln b; the bend is another one at each place");
    expect_end(&r, OK);
    /* e^x − b = 1e-9 at most, and the slope of e^x at ln b is b. */
    expect_vec(r.theta, (double[]){0, log(2), -log(2)}, 2e-9 + 4 * EPS);
    expect(r.iters <= 8, "the digits double: seven steps are enough, these are %zu", r.iters);
    expect_history(&r, 50);
    r = walk("Σ(e^x - b·x)", s, (double[]){0, -4, -5}, 60, 1e-9);
    expect_end(&r, OK);
    expect_level(&r, 1e-9, 1e-15);
    expect_history(&r, 60);
}
END_TEST

START_TEST(newton_limits)
{
    surface s = {.what = GROWTH, .p = 1, .b = {1}};
    run r = walk("e^x - x", s, (double[]){0}, 10, 1e-9);
    because("the slope at the start is 0 already");
    expect_end(&r, OK);
    expect_iters(&r, 0);
    expect_vec(r.theta, (double[]){0}, 0);
    expect_history(&r, 10);

    r = walk("e^x - x", s, (double[]){0}, 0, 1e-9);
    because("no step is allowed, and none is needed");
    expect_end(&r, OK);
    expect_iters(&r, 0);

    r = walk("e^x - x", s, (double[]){2}, 0, 1e-9);
    because("no step is allowed, and the slope is e² - 1");
    expect_end(&r, NOT_CONVERGED);
    expect_iters(&r, 0);
    expect_vec(r.theta, (double[]){2}, 0);

    for (size_t most = 1; most < 4; most++) {
        r = walk("e^x - x", s, (double[]){3}, most, 1e-9);
        because("from 3 five steps are needed");
        expect_end(&r, NOT_CONVERGED);
        expect_iters(&r, most);
        expect_history(&r, most);
    }

    surface wide = {.what = BOWL, .p = 4, .A = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}};
    r = walk("‖x‖²/2", wide, (double[]){0.9, 0.9, 0.9, -0.9}, 10, 1);
    because("no slope exceeds tol = 1, although the gradient is 1.8 long");
    expect_end(&r, OK);
    expect_iters(&r, 0);
}
END_TEST

START_TEST(newton_not_positive)
{
    surface saddle = {.what = BOWL, .p = 2, .A = {1, 0, 0, -1}};
    run r = walk("(x² - y²)/2", saddle, (double[]){1, 1}, 10, 1e-9);
    because("the bends are 1 and -1: no Cholesky factor");
    expect_end(&r, NOT_POSITIVE);
    surface flat = {.what = BOWL, .p = 2, .A = {1, 1, 1, 1}, .b = {1, 0}};
    r = walk("(x + y)²/2 - x", flat, (double[]){0, 0}, 10, 1e-9);
    because("along (1, -1) there is no bend at all");
    expect_end(&r, NOT_POSITIVE);
    surface wells = {.what = DOUBLE_WELL, .p = 1};
    r = walk("x⁴/4 - x²/2", wells, (double[]){0.25}, 10, 1e-9);
    because("at 0.25 the bend is 3/16 - 1");
    expect_end(&r, NOT_POSITIVE);
    expect_iters(&r, 0);
    r = walk("x⁴/4 - x²/2", wells, (double[]){0}, 10, 1e-9);
    because("at 0 no slope is left, and that is asked before the bend: level ground is where the search ends, even on a peak");
    expect_end(&r, OK);
    expect_iters(&r, 0);
    r = walk("x⁴/4 - x²/2", wells, (double[]){0.25}, 0, 1e-9);
    because("no step is allowed, so nobody has to ask for a direction");
    expect_end(&r, NOT_CONVERGED);
    r = walk("x⁴/4 - x²/2", wells, (double[]){0.8}, 20, 1e-9);
    because("at 0.8 the bend is 0.92, and the minimum at 1 is found");
    expect_end(&r, OK);
    expect_vec(r.theta, (double[]){1}, 1e-9);
}
END_TEST

START_TEST(newton_no_way)
{
    surface liar = {.what = LIAR, .p = 2};
    run r = walk("0 (and the gradient says 1, 1)", liar, (double[]){1, 2}, 5, 1e-9);
    because("no step lowers a cost that is 0 everywhere");
    expect_end(&r, NOT_CONVERGED);
    expect_iters(&r, 0);
    expect_vec(r.theta, (double[]){1, 2}, 0);
    surface torn = {.what = TORN, .p = 2};
    r = walk("0 (and the gradient says NaN, 0)", torn, (double[]){1, 2}, 5, 1e-9);
    because("a NaN is not within tol");
    expect(r.s != OK, "the status is OK, although the first slope is NaN");
    surface broken = {.what = BROKEN, .p = 2};
    r = walk("NaN", broken, (double[]){1, 2}, 5, 1e-9);
    because("the cost is not finite");
    expect_end(&r, DIVERGED);
    expect_iters(&r, 0);
}
END_TEST

START_TEST(newton_no_memory)
{
    surface s = {.what = BOWL, .p = 2, .A = {1, 0, 0, 25}};
    for (size_t works = 0; works < 8; works++) {
        surface a = s, b = s, c = s;
        size_t iters = 0;
        a.kind = COST;
        b.kind = GRADIENT;
        c.kind = HESSIAN;
        call("opt_newton(2, 10, theta, history, &iters, 1e-9, …) without memory, from allocation %zu on", works + 1);
        double *theta = inout_vec("theta", 2, (double[]){5, 1}), *history = out_vec("history", 11);
        malloc_fails_after(works);
        status got = opt_newton(2, 10, theta, history, &iters, 1e-9, surface_J, &a, surface_dJ, &b, surface_fnm, &c);
        malloc_fails(false);
        because("two matrices and two vectors are needed, and each of them may be refused");
        if (works == 0)
            expect_status(got, NO_SPACE);
        else
            expect(got != OK || (fabs(theta[0]) <= 1e-9 && fabs(theta[1]) <= 1e-9), "the status is OK, but theta is not the minimum (0, 0)");
    }
}
END_TEST

/* ------------------------------------------------------------------ logreg_fit */

static double *fit(const logistic *q, status *s)
{
    call("logreg_fit(%zu, %zu, theta, X, y, %s)", q->n, q->p, num_text(q->lambda));
    double *theta = out_vec("theta", q->p);
    const double (*X)[q->p] = in_mat("X", q->n, q->p, q->X);
    const double *y = in_vec("y", q->n, q->y);
    *s = logreg_fit(q->n, q->p, theta, X, y, q->lambda);
    return theta;
}

static void check_fit(const logistic *q, const double want[], double tol, const char *why)
{
    status s;
    double *theta = fit(q, &s);
    because("%s", why);
    expect_status(s, OK);
    if (want)
        expect_vec(theta, want, tol);
    /* A minimum has no slope; 1e-6 is ten times what the chapter asks of the search. */
    long double g[MOST] = {0};
    logistic at = *q;
    for (size_t j = 0; j < q->p; j++)
        at.theta[j] = theta[j];
    for (size_t i = 0; i < q->n; i++) {
        double off;
        long double error = squeeze(logit(&at, i, &off)) - q->y[i];
        for (size_t j = 0; j < q->p; j++)
            g[j] += error * q->X[i * q->p + j] / q->n;
    }
    for (size_t j = 0; j < q->p; j++) {
        g[j] += j ? q->lambda * theta[j] : 0;
        expect(fabsl(g[j]) <= 1e-6, "at a minimum every slope is 0; slope %zu at this theta is %.3g", j, (double)g[j]);
    }
}

static void check_refusal(const logistic *q, status want, const char *why)
{
    status s;
    fit(q, &s);
    because("%s", why);
    expect_status(s, want);
}

/* Four people without a habit, four with it. */
static const logistic HABIT = {8, 2, {1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1}, {0, 0}, {0, 0, 0, 1, 0, 1, 1, 1}, 0};

START_TEST(fit_by_hand)
{
    logistic share = {4, 1, {1, 1, 1, 1}, {0}, {0, 0, 1, 0}, 0};
    /* The smallest bend is 3/16 here and 0.036 for the habit: 1e-6 of slope is at most 3e-5 of theta. */
    check_fit(&share, (double[]){-log(3)}, 4e-5, "one of four: odds 1/3");
    share.lambda = 10;
    check_fit(&share, (double[]){-log(3)}, 4e-5, "the intercept is not penalised");
    check_fit(&HABIT, (double[]){-log(3), 2 * log(3)}, 4e-5, "odds 1/3 without and 3 with the habit: the odds ratio is 9");
}
END_TEST

START_TEST(fit_separated)
{
    check_refusal(&TUMOURS, DIVERGED, "x = -1 is benign, 0 and 2 are malignant: a border at -1/2 separates them, so there is no best theta");
    logistic q = TUMOURS;
    for (size_t i = 0; i < 3; i++)
        q.y[i] = 1 - q.y[i];
    check_refusal(&q, DIVERGED, "the same with the classes exchanged");
    logistic all = {3, 1, {1, 1, 1}, {0}, {1, 1, 1}, 0};
    check_refusal(&all, DIVERGED, "everybody has target 1: the intercept grows for ever");
    q = TUMOURS;
    q.lambda = 0.1;
    check_fit(&q, NULL, 0, "with a penalty there is a best theta");
    q.lambda = 1e-3;
    check_fit(&q, NULL, 0, "with a penalty there is a best theta");
}
END_TEST

/* Lengths have units: neither a long θ nor a short one says anything. */
START_TEST(fit_units)
{
    for (double unit = 1e-3; unit < 2e4; unit *= 10) {
        logistic q = HABIT;
        for (size_t i = 4; i < 8; i++)
            q.X[2 * i + 1] = unit;
        check_fit(&q, NULL, 0, "the habit in other units: the odds ratio is 9 as before, and there is a minimum");
        logistic apart = {3, 1, {-unit, unit, 2 * unit}, {0}, {0, 1, 1}, 0};
        check_refusal(&apart, DIVERGED, "x < 0 is benign and x > 0 is malignant, in any unit");
    }
    for (double unit = 1e8; unit < 1e19; unit *= 100) {
        logistic q = {3, 2, {1, -unit, 1, 0, 1, 2 * unit}, {0}, {0, 1, 1}, 0};
        check_refusal(&q, DIVERGED, "separated; with features this large the Hessian may die out before the slopes do, and Cholesky refuse");
    }
}
END_TEST

START_TEST(fit_nearly)
{
    /* x = -60, …, -1, 1, …, 60; everybody on the right is malignant, and on the left only the one at -2. */
    enum { N = 120 };
    static double rows[N][2], y[N];
    for (size_t i = 0; i < N; i++) {
        rows[i][0] = 1;
        rows[i][1] = i < N / 2 ? (double)i - N / 2 : (double)i - N / 2 + 1;
        y[i] = i >= N / 2 || i == N / 2 - 2;
    }
    call("logreg_fit(120, 2, theta, X, y, 0) for x = -60, …, -1, 1, …, 60");
    double *theta = out_vec("theta", 2);
    status s = logreg_fit(N, 2, theta, rows, y, 0);
    because("x > 0 and x = -2 are malignant; the benign one at -1 lies between, so no border separates all, and there is a minimum");
    expect_status(s, OK);
    double g[2];
    logreg_grad(N, 2, g, rows, theta, y, 0);
    expect(fabs(g[0]) <= 1e-6 && fabs(g[1]) <= 1e-6, "at a minimum every slope is 0; they are %.3g and %.3g", g[0], g[1]);
}
END_TEST

START_TEST(fit_dependent)
{
    logistic q = {6, 3, {1, -1, 0, 1, -1, 0, 1, 0, 0, 1, 0, 0, 1, 2, 0, 1, 2, 0}, {0}, {0, 1, 0, 1, 1, 1}, 0};
    check_refusal(&q, NOT_POSITIVE, "the last column is 0 everywhere, and so is the last row of the Hessian: no single best theta");
    q.lambda = 0.1;
    check_fit(&q, NULL, 0, "the last column is 0 everywhere; the penalty says what its coefficient is");
    logistic few = {2, 3, {1, 2, 0, 1, 0, 3}, {0}, {0, 1}, 0};
    status s;
    fit(&few, &s);
    because("two rows, three columns: separable, and the Hessian is singular from the start");
    expect(s == NOT_POSITIVE || s == DIVERGED, "the status is %d; without a penalty there is no single best theta, so it must be NOT_POSITIVE or DIVERGED", (int)s);
    few.lambda = 0.1;
    check_fit(&few, NULL, 0, "two rows, three columns, and a penalty: there is one minimum");
}
END_TEST

START_TEST(fit_refuses)
{
    static const double odd[] = {0.5, 2, -1, NAN, INFINITY};
    for (size_t k = 0; k < sizeof odd / sizeof *odd; k++)
        for (size_t at = 0; at < 8; at += 7) {
            logistic q = HABIT;
            q.lambda = 0.1;
            q.y[at] = odd[k];
            check_refusal(&q, BAD_INPUT, "a target must be 0 or 1");
        }
    logistic q = HABIT;
    q.lambda = -0.1;
    check_refusal(&q, BAD_INPUT, "lambda < 0");
    q.lambda = 0.1;
    q.n = 0;
    check_refusal(&q, BAD_INPUT, "no rows");
}
END_TEST

START_TEST(fit_any)
{
    for (size_t t = 0; t < 60; t++) {
        logistic q = any_model(30 + t);
        q.n = q.n < 4 ? 4 : q.n;
        for (size_t i = 0; i < q.n; i++)
            for (size_t j = 0; j < q.p; j++)
                q.X[i * q.p + j] = j == 0 ? 1 : gen_normal();
        q.y[0] = 0;
        q.y[1] = 1;
        for (size_t i = 2; i < q.n; i++)
            q.y[i] = (double)gen_between(0, 1);
        q.lambda = gen_uniform(0.05, 1);
        check_fit(&q, NULL, 0, "both classes and a penalty: there is one minimum");
    }
}
END_TEST

START_TEST(fit_overlapping)
{
    for (size_t t = 0; t < 40; t++) {
        /* Each place occurs with both targets: no border separates them, and a minimum exists without a penalty. */
        logistic q = {.n = 20, .p = gen_between(1, 4)};
        for (size_t i = 0; i < q.n; i += 2) {
            for (size_t j = 0; j < q.p; j++)
                q.X[i * q.p + j] = q.X[(i + 1) * q.p + j] = j == 0 ? 1 : gen_normal();
            q.y[i] = 0;
            q.y[i + 1] = 1;
        }
        for (size_t i = 0; i < 6; i += 2)
            q.y[i] = 1;
        /* The other seven pairs still hold the two classes at one place each: margins m and -m. */
        check_fit(&q, NULL, 0, "the classes overlap, so there is a minimum without a penalty");
    }
}
END_TEST

START_TEST(fit_cancer)
{
    enum { N = 569, D = 30 };
    static double X[N][D + 1], y[N];
    data_table table;
    if (data_load_scaled(&table, "chapters/data/breast_cancer.csv") != OK)
        return;
    for (size_t i = 0; i < N; i++) {
        X[i][0] = 1;
        for (size_t j = 0; j < D; j++)
            X[i][j + 1] = table.x[i * table.cols + j];
        y[i] = table.x[i * table.cols + D] > 0;
    }
    data_free(&table);
    call("logreg_fit(569, 31, theta, X, y, 0.001) for the tumours, standardised");
    double *theta = out_vec("theta", D + 1);
    status s = logreg_fit(N, D + 1, theta, X, y, 1e-3);
    expect_status(s, OK);
    because("Newton from 0 needs nine steps; the cost without its penalty term is 0.0495011 there");
    expect_named("the cost of the data at theta", logreg_cost(N, D + 1, X, theta, y, 0), 0.0495011, 1e-5);
    call("logreg_fit(569, 31, theta, X, y, 0) for the tumours, standardised");
    theta = out_vec("theta", D + 1);
    s = logreg_fit(N, D + 1, theta, X, y, 0);
    because("in 30 dimensions a plane separates all tumours");
    expect_status(s, DIVERGED);
}
END_TEST

START_TEST(fit_no_memory)
{
    call("logreg_fit(8, 2, theta, X, y, 0.1) without memory");
    out_vec("theta", 2);
    double *theta = out_vec("theta", 2);
    const double (*X)[2] = in_mat("X", 8, 2, HABIT.X);
    const double *y = in_vec("y", 8, HABIT.y);
    malloc_fails(true);
    status s = logreg_fit(8, 2, theta, X, y, 0.1);
    malloc_fails(false);
    because("opt_newton needs memory, and its status has to be passed on");
    expect_status(s, NO_SPACE);
}
END_TEST

/* ------------------------------------------------------------------ lsq_constrained */

typedef struct {
    size_t n, p, q;
    double X[ROWS * MOST], y[ROWS], C[MOST * MOST], c[MOST];
} bound;

static double *tied(const bound *b, status *s)
{
    call("lsq_constrained(%zu, %zu, %zu, theta, X, y, C, c)", b->n, b->p, b->q);
    double *theta = out_vec("theta", b->p);
    const double (*X)[b->p] = in_mat("X", b->n, b->p, b->X);
    const double *y = in_vec("y", b->n, b->y);
    const double (*C)[b->p] = in_mat("C", b->q, b->p, b->C);
    const double *c = in_vec("c", b->q, b->c);
    *s = lsq_constrained(b->n, b->p, b->q, theta, X, y, C, c);
    return theta;
}

/* Solves the KKT system in long double by Gauss-Jordan with pivots, inverse and all. Elimination with partial pivoting in double errs
   by at most some N·ε times growth times |K⁻¹| times the largest entry of |K||z| + |b|; X'X and X'y bring n·ε of their own. Growth of
   matrices this small stays below 8; 64 of it is plenty and far from any mistake. */
static void exact_tied(const bound *b, double want[], double tol[])
{
    size_t p = b->p, N = p + b->q;
    static long double K[2 * MOST][4 * MOST + 1], A[2 * MOST][2 * MOST], right[2 * MOST];
    for (size_t i = 0; i < N; i++) {
        right[i] = i < p ? 0 : b->c[i - p];
        for (size_t j = 0; j < N; j++) {
            A[i][j] = 0;
            if (i < p && j < p)
                for (size_t k = 0; k < b->n; k++)
                    A[i][j] += (long double)b->X[k * p + i] * b->X[k * p + j];
            else if (i < p)
                A[i][j] = b->C[(j - p) * p + i];
            else if (j < p)
                A[i][j] = b->C[(i - p) * p + j];
        }
        for (size_t k = 0; i < p && k < b->n; k++)
            right[i] += (long double)b->X[k * p + i] * b->y[k];
        for (size_t j = 0; j < N; j++) {
            K[i][j] = A[i][j];
            K[i][N + j] = i == j;
        }
    }
    for (size_t k = 0; k < N; k++) {
        size_t best = k;
        for (size_t i = k; i < N; i++)
            if (fabsl(K[i][k]) > fabsl(K[best][k]))
                best = i;
        for (size_t j = 0; j < 2 * N; j++) {
            long double swap = K[k][j];
            K[k][j] = K[best][j];
            K[best][j] = swap;
        }
        long double pivot = K[k][k];
        for (size_t j = 0; j < 2 * N; j++)
            K[k][j] /= pivot;
        for (size_t i = 0; i < N; i++) {
            long double f = K[i][k];
            for (size_t j = 0; i != k && j < 2 * N; j++)
                K[i][j] -= f * K[k][j];
        }
    }
    long double z[2 * MOST], load[2 * MOST];
    for (size_t i = 0; i < N; i++) {
        z[i] = 0;
        for (size_t j = 0; j < N; j++)
            z[i] += K[i][N + j] * right[j];
    }
    for (size_t i = 0; i < N; i++) {
        load[i] = fabsl(right[i]);
        for (size_t k = 0; i < p && k < b->n; k++) {
            load[i] += fabsl((long double)b->X[k * p + i] * b->y[k]);
            for (size_t j = 0; j < p; j++)
                load[i] += fabsl((long double)b->X[k * p + i] * b->X[k * p + j] * z[j]);
        }
        for (size_t j = 0; j < N; j++)
            load[i] += fabsl(A[i][j] * z[j]);
    }
    long double heaviest = 0;
    for (size_t j = 0; j < N; j++)
        heaviest = fmaxl(heaviest, load[j]);
    for (size_t i = 0; i < p; i++) {
        long double off = 0;
        for (size_t j = 0; j < N; j++)
            off += fabsl(K[i][N + j]) * heaviest;
        want[i] = (double)z[i];
        tol[i] = (double)(off * (64 * (double)(N + b->n)) * EPS) + DBL_MIN;
    }
}

static void check_tied(const bound *b, const char *why)
{
    double want[MOST], tol[MOST];
    exact_tied(b, want, tol);
    status s;
    double *theta = tied(b, &s);
    if (why)
        because("%s", why);
    expect_status(s, OK);
    expect_vec_tol(theta, want, tol);
    for (size_t k = 0; k < b->q; k++) {
        long double sum = -b->c[k], size = 1 + fabs(b->c[k]);
        for (size_t j = 0; j < b->p; j++) {
            sum += (long double)b->C[k * b->p + j] * theta[j];
            size += fabsl((long double)b->C[k * b->p + j] * theta[j]) + fabs(b->C[k * b->p + j]) * tol[j] * 1e10;
        }
        expect(fabsl(sum) <= 1e-10 * size, "condition %zu is missed by %.3g", k, (double)sum);
    }
}

static void check_singular(const bound *b, const char *why)
{
    status s;
    tied(b, &s);
    because("%s", why);
    expect_status(s, SINGULAR);
}

static const bound POINT = {2, 2, 1, {1, 0, 0, 1}, {3, 1}, {1, 1}, {2}};

START_TEST(tied_by_hand)
{
    check_tied(&POINT, "the point of the line theta0 + theta1 = 2 that is nearest to (3, 1)");
    bound one = {2, 1, 1, {1, 1}, {3, 5}, {2}, {14}};
    check_tied(&one, "2·theta = 14 leaves no choice");
    bound stretched = {2, 2, 1, {1, 0, 0, 2}, {3, 2}, {1, 1}, {2}};
    check_tied(&stretched, "errors theta0 - 3 and 2·theta1 - 2: (theta0 - 3) + nu = 0, 2(2·theta1 - 2) + nu = 0: nu = 1.6");
    bound two = {3, 3, 2, {1, 0, 0, 0, 1, 0, 0, 0, 1}, {1, 2, 6}, {1, 1, 1, 0, 1, -1}, {3, 0}};
    check_tied(&two, "theta1 = theta2 and the sum is 3, nearest to (1, 2, 6)");
}
END_TEST

START_TEST(tied_free)
{
    bound line = {4, 2, 0, {1, 0, 1, 1, 1, 2, 1, 3}, {1, 3, 4, 8}, {0}, {0}};
    double want[2];
    expect(lsq_solve(4, 2, want, (const double (*)[2])line.X, line.y) == OK, "lsq_solve has to work");
    status s;
    double *theta = tied(&line, &s);
    because("without a condition it is ordinary least squares");
    expect_status(s, OK);
    expect_vec(theta, want, 1e-12);
    line.q = 1;
    line.C[0] = 1;
    check_tied(&line, "the line has to go through the origin: the intercept is 0");
    line.c[0] = 10;
    check_tied(&line, "the intercept is 10");
}
END_TEST

START_TEST(tied_rescued)
{
    bound b = {1, 2, 1, {1, 0}, {5}, {0, 1}, {7}};
    check_tied(&b, "the data say theta0 = 5 and nothing about theta1; the condition says it");
    bound all = {1, 2, 2, {1, 1}, {0}, {1, 2, 3, 4}, {5, 11}};
    check_tied(&all, "two conditions for two coefficients: theta = (1, 2), whatever the data");
}
END_TEST

START_TEST(tied_singular)
{
    bound b = {3, 2, 2, {1, 0, 1, 1, 1, 2}, {1, 2, 4}, {1, 1, 1, 1}, {2, 2}};
    check_singular(&b, "the same condition twice");
    b.c[1] = 3;
    check_singular(&b, "two conditions that contradict each other");
    bound half = {3, 2, 2, {1, 0, 1, 1, 1, 2}, {1, 2, 4}, {1, 1, 2, 2}, {2, 4}};
    check_singular(&half, "the second condition is twice the first");
    bound blind = {2, 2, 1, {1, 0, 2, 0}, {1, 1}, {1, 0}, {1}};
    check_singular(&blind, "neither the data nor the condition says anything about theta1");
    bound flat = {1, 2, 0, {1, 2}, {1}, {0}, {0}};
    check_singular(&flat, "one row for two coefficients, and no condition");
    bound nil = {2, 2, 1, {1, 0, 0, 1}, {1, 1}, {0, 0}, {0}};
    check_singular(&nil, "a condition of zeros says nothing");
}
END_TEST

START_TEST(tied_any)
{
    static const size_t shape[][3] = {{5, 2, 1}, {7, 3, 2}, {11, 5, 2}, {7, 5, 3}, {13, 7, 5}, {11, 5, 4}, {5, 3, 1}};
    for (size_t t = 0; t < 140; t++) {
        bound b = {.n = shape[t % 7][0], .p = shape[t % 7][1], .q = shape[t % 7][2]};
        for (size_t i = 0; i < b.n * b.p; i++)
            b.X[i] = i % b.p == 0 ? 1 : t < 28 ? (double)gen_between(0, 8) - 4 + (i / b.p == i % b.p) * 9 : gen_normal();
        for (size_t i = 0; i < b.n; i++)
            b.y[i] = t < 28 ? (double)gen_between(0, 9) : 3 * gen_normal();
        for (size_t i = 0; i < b.q * b.p; i++)
            b.C[i] = i / b.p == i % b.p ? 3 : t < 28 ? (double)gen_between(0, 2) - 1 : gen_uniform(-1, 1);
        for (size_t k = 0; k < b.q; k++)
            b.c[k] = t < 28 ? (double)gen_between(1, 5) : gen_normal();
        check_tied(&b, NULL);
    }
}
END_TEST

START_TEST(tied_no_memory)
{
    for (size_t works = 0; works < 8; works++) {
        call("lsq_constrained(2, 2, 1, theta, X, y, C, c) without memory, from allocation %zu on", works + 1);
        double *theta = out_vec("theta", 2);
        const double (*X)[2] = in_mat("X", 2, 2, POINT.X);
        const double *y = in_vec("y", 2, POINT.y), *c = in_vec("c", 1, POINT.c);
        const double (*C)[2] = in_mat("C", 1, 2, POINT.C);
        malloc_fails_after(works);
        status s = lsq_constrained(2, 2, 1, theta, X, y, C, c);
        malloc_fails(false);
        because("the system needs memory, and each piece of it may be refused");
        /* Elimination needs memory of its own, so two allocations at least. */
        if (works < 2 || s != OK)
            expect_status(s, NO_SPACE);
        else
            expect_vec(theta, (double[]){2, 0}, 1e-12);
    }
}
END_TEST

/* ------------------------------------------------------------------ pens */

START_TEST(pen_iterate)
{
    double x = 1;
    for (int k = 0; k < 2; k++)
        x -= (x * x - 2) / (2 * x);
    call("pen_20_a()");
    expect_answer(pen_20_a(), x, 1e-6, "its square exceeds 2 by less than a hundredth");
}
END_TEST

START_TEST(pen_one_step)
{
    /* By another road: the lowest of many places. */
    double best = 0;
    for (double t = -20; t <= 20; t += 0.125)
        if (t * t - 4 * t + 7 < best * best - 4 * best + 7)
            best = t;
    call("pen_20_b()");
    expect_answer(pen_20_b(), best, 1e-6, "one step solves a parabola: the derivative at the new place is 0");
}
END_TEST

START_TEST(pen_circle)
{
    double best = 1e9;
    for (int k = -40000; k <= 40000; k++) {
        double y = k / 8000., x = 5 - 2 * y;
        best = fmin(best, x * x + y * y);
    }
    call("pen_20_c()");
    expect_answer(pen_20_c(), best, 1e-6, "the circle with this squared radius touches the line and does not cross it");
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("20-newton");

    TCase *root = suite_case(s, "opt_newton1");
    tcase_add_test(root, newton1_line);
    tcase_add_test(root, newton1_flat);
    tcase_add_test(root, newton1_root_of_two);
    tcase_add_test(root, newton1_level);
    tcase_add_test(root, newton1_steep);
    tcase_add_test(root, newton1_gives_up);
    tcase_add_test(root, newton1_far);
    tcase_add_test(root, newton1_any);

    TCase *predict = suite_case(s, "logreg_predict");
    tcase_add_test(predict, predict_by_hand);
    tcase_add_test(predict, predict_far);
    tcase_add_test(predict, predict_none);
    tcase_add_test(predict, predict_any);

    TCase *hessian = suite_case(s, "logreg_hessian");
    tcase_add_test(hessian, hessian_by_hand);
    tcase_add_test(hessian, hessian_far);
    tcase_add_test(hessian, hessian_lean);
    tcase_add_test(hessian, hessian_any);
    tcase_add_test(hessian, hessian_measured);

    TCase *newton = suite_case(s, "opt_newton");
    tcase_add_test(newton, newton_parabola);
    tcase_add_test(newton, newton_straight);
    tcase_add_test(newton, newton_growth);
    tcase_add_test(newton, newton_limits);
    tcase_add_test(newton, newton_not_positive);
    tcase_add_test(newton, newton_no_way);
    tcase_add_test(newton, newton_parabola_any);
    tcase_add_test(newton, newton_no_memory);

    TCase *logistic_fit = suite_case(s, "logreg_fit");
    tcase_add_test(logistic_fit, fit_by_hand);
    tcase_add_test(logistic_fit, fit_separated);
    tcase_add_test(logistic_fit, fit_units);
    tcase_add_test(logistic_fit, fit_nearly);
    tcase_add_test(logistic_fit, fit_dependent);
    tcase_add_test(logistic_fit, fit_refuses);
    tcase_add_test(logistic_fit, fit_overlapping);
    tcase_add_test(logistic_fit, fit_any);
    tcase_add_test(logistic_fit, fit_cancer);
    tcase_add_test(logistic_fit, fit_no_memory);

    TCase *constrained = suite_case(s, "lsq_constrained");
    tcase_add_test(constrained, tied_by_hand);
    tcase_add_test(constrained, tied_free);
    tcase_add_test(constrained, tied_rescued);
    tcase_add_test(constrained, tied_singular);
    tcase_add_test(constrained, tied_any);
    tcase_add_test(constrained, tied_no_memory);

    tcase_add_test(suite_case(s, "pen_20_a"), pen_iterate);
    tcase_add_test(suite_case(s, "pen_20_b"), pen_one_step);
    tcase_add_test(suite_case(s, "pen_20_c"), pen_circle);
    return s;
}
