/* The suite of chapter 17, gradients. One TCase per function; in each, the chapter's own example comes first, then the edges
   that the contract names, then properties. Functions handed to the numerical derivatives compute in long double and round
   once, so that a value f carries at most ε·|f|; the bounds of the derivatives follow from that and from the step. */
#include "harness.h"

#include "diff.h"
#include "line.h"
#include "model.h"
#include "pen.h"

enum { MOST = 8, ROWS = 30 };
static const double NOTHING[1] = {0};

/* ------------------------------------------------------------------ functions with luggage */

/* f(x) = xᵀAx + b·x + Σ e_i·exp(x_i), counted. */
typedef struct {
    size_t d, calls;
    double A[MOST * MOST], b[MOST], e[MOST];
    const double *at; /* if given, only one coordinate may differ from it */
} form;

static bool no_context, wrong_size, strayed;

static void watch(void)
{
    no_context = wrong_size = strayed = false;
}

static void watch_place(size_t d, const double x[], const double at[])
{
    size_t moved = 0;
    for (size_t i = 0; at && i < d; i++)
        moved += x[i] != at[i];
    strayed = strayed || moved > 1;
}

static double form_value(size_t d, const double x[d], void *ctx)
{
    form *q = ctx;
    if (!q) {
        no_context = true;
        return 0;
    }
    q->calls++;
    if (q->d != d) {
        wrong_size = true;
        return NAN;
    }
    watch_place(d, x, q->at);
    long double f = 0;
    for (size_t i = 0; i < d; i++) {
        f += (long double)q->b[i] * x[i];
        if (q->e[i] != 0)
            f += q->e[i] * expl((long double)x[i]);
        for (size_t j = 0; j < d; j++)
            f += (long double)q->A[i * d + j] * x[i] * x[j];
    }
    return (double)f;
}

static void form_grad(const form *q, double g[], const double x[])
{
    for (size_t i = 0; i < q->d; i++) {
        long double s = q->b[i];
        if (q->e[i] != 0)
            s += q->e[i] * expl((long double)x[i]);
        for (size_t j = 0; j < q->d; j++)
            s += ((long double)q->A[i * q->d + j] + q->A[j * q->d + i]) * x[j];
        g[i] = (double)s;
    }
}

static double rule(double x)
{
    return cbrt(EPS) * fmax(1, fabs(x));
}

/* A central difference with a step between half and twice the rule. Rounding: the two values carry ε·F together 2ε·F, divided by
   2h ≥ rule; the place x ± h is rounded to ε·|x|, times the slope. Truncation h²/6 times the third derivative. Twice all. */
static double slope_tol(double x, double F, double slope, double third)
{
    double h = rule(x);
    return 8 * EPS * F / h + 8 * EPS * fmax(1, fabs(x)) * fabs(slope) / h + 2 * 4 * h * h / 6 * third + DBL_MIN;
}

/* How large the values of f are around x, as far as a step reaches. */
static double form_size(const form *q, const double x[], double step)
{
    double F = 0;
    for (size_t i = 0; i < q->d; i++) {
        double a = fabs(x[i]) + 2 * step * fmax(1, fabs(x[i]));
        F += fabs(q->b[i]) * a + fabs(q->e[i]) * exp(fmin(a, 700));
        for (size_t j = 0; j < q->d; j++)
            F += fabs(q->A[i * q->d + j]) * a * (fabs(x[j]) + 2 * step * fmax(1, fabs(x[j])));
    }
    return F;
}

static void form_any(form *q, size_t t, size_t d, double x[])
{
    *q = (form){.d = d};
    for (size_t i = 0; i < d; i++) {
        x[i] = t < TRIALS / 4 ? (double)gen_between(0, 6) - 3 : 2 * gen_normal();
        q->b[i] = t < TRIALS / 4 ? (double)gen_between(0, 4) - 2 : gen_normal();
        q->e[i] = t < TRIALS / 2 ? 0 : gen_uniform(-1, 1);
        for (size_t j = 0; j < d; j++)
            q->A[i * d + j] = t < TRIALS / 4 ? (double)gen_between(0, 4) - 2 : gen_normal();
    }
}

/* ------------------------------------------------------------------ diff_grad */

static void check_grad(form *q, const double at[], const char *why)
{
    size_t d = q->d;
    double want[MOST], tol[MOST], F = form_size(q, at, cbrt(EPS));
    form_grad(q, want, at);
    for (size_t j = 0; j < d; j++)
        tol[j] = slope_tol(at[j], F, want[j], q->e[j] == 0 ? 0 : fabs(q->e[j]) * exp(at[j] + 1));
    q->calls = 0;
    q->at = at;
    watch();
    call("diff_grad(%zu, g, x, f, &ctx)", d);
    double *g = out_vec("g", d);
    const double *x = in_vec("x", d, d ? at : NOTHING);
    diff_grad(d, g, x, form_value, q);
    expect(!no_context, "f was called without the ctx that was handed over");
    expect(!wrong_size, "f has to be told the number of its variables, %zu", d);
    if (why)
        because("%s", why);
    expect_vec_tol(g, want, tol);
    expect(!strayed, "while one coordinate moves, the others have to stand where x has them, to the last bit; f was called with two "
                     "of them elsewhere");
    because("each of the %zu slopes takes two calls of f", d);
    expect_size(q->calls, 2 * d);
}

START_TEST(grad_by_hand)
{
    form square = {.d = 1, .A = {1}};
    check_grad(&square, (double[]){3}, "f = x², so its slope at 3 is 6");
    form bowl = {.d = 2, .A = {1, 2, 0, 3}};
    check_grad(&bowl, (double[]){1, 1}, "f = x² + 2xy + 3y²: slopes 2x + 2y = 4 and 2x + 6y = 8");
    form plane = {.d = 3, .b = {2, -1, 5}};
    check_grad(&plane, (double[]){1, 2, 3}, "f = 2x - y + 5z: a plane has the same slopes everywhere");
    check_grad(&plane, (double[]){0, 0, 0}, "f = 2x - y + 5z: a plane has the same slopes everywhere");
}
END_TEST

static double hill(size_t, const double x[], void *)
{
    return (double)((long double)x[0] * x[0] * x[0] + 2 * (long double)x[0] * x[1] * x[1]);
}

START_TEST(grad_hill)
{
    watch();
    call("diff_grad(2, g, x, f, NULL)");
    double *g = out_vec("g", 2);
    const double *x = in_vec("x", 2, (double[]){1, -1});
    diff_grad(2, g, x, hill, NULL);
    because("f = x³ + 2xy²: slopes 3x² + 2y² = 5 and 4xy = -4");
    /* The third derivative is 6: h² = 4e-11 at the rule; rounding 3ε/h = 1e-10. */
    expect_vec(g, (double[]){5, -4}, 2e-9);
}
END_TEST

START_TEST(grad_none)
{
    form none = {.d = 0};
    watch();
    call("diff_grad(0, g, x, f, &ctx)");
    double *g = out_vec("g", 0);
    const double *x = in_vec("x", 0, NOTHING);
    diff_grad(0, g, x, form_value, &none);
    expect_intact();
    expect_size(none.calls, 0);
}
END_TEST

START_TEST(grad_sizes)
{
    static const double at[] = {1e8, -1e8, 1e-8, 0, 1e4, 3e12};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        form square = {.d = 1, .A = {1}};
        check_grad(&square, &at[i], "f = x², so its slope is 2x; the step has to suit x");
        form line = {.d = 1, .b = {7}};
        check_grad(&line, &at[i], "f = 7x");
    }
    form mixed = {.d = 2, .A = {1e-16, 0, 0, 1}};
    check_grad(&mixed, (double[]){1e8, 2}, "f = (x/1e8)² + y²: slopes 2e-8 and 4");
    form turned = {.d = 2, .A = {1, 0, 0, 1e-16}};
    check_grad(&turned, (double[]){2, 1e8}, "f = x² + (y/1e8)²: slopes 4 and 2e-8; each coordinate has a step of its own");
    form curved = {.d = 2, .A = {1e-16}, .e = {0, 1}};
    check_grad(&curved, (double[]){1e8, 0.5}, "f = (x/1e8)² + e^y: slopes 2e-8 and e^0.5; each coordinate has a step of its own");
}
END_TEST

START_TEST(grad_any)
{
    form q;
    double x[MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        form_any(&q, t, gen_size(t, 1, MOST), x);
        check_grad(&q, x, NULL);
    }
}
END_TEST

START_TEST(grad_lends)
{
    /* x + h − h is not always x: these places would drift, with a rounded step those that are smaller than it. */
    static const double at[] = {0.1, 0.3, 1e-9, 1.1, 3e-7, 2.3, 1e-3};
    form q = {.d = 7, .b = {1, 1, 1, 1, 1, 1, 1}};
    check_grad(&q, at, "f is the sum of its variables");
}
END_TEST

enum { MANY = 3000, SOME = 50, LOTS = 1100000 };

/* The first times the last, whatever lies between. */
static double ends(size_t d, const double x[], void *)
{
    return (double)((long double)x[0] * x[d - 1]);
}

START_TEST(grad_of_thousands)
{
    static double at[MANY], want[MANY];
    for (size_t i = 0; i < MANY; i++)
        at[i] = 1;
    want[0] = at[MANY - 1] = 3;
    want[MANY - 1] = 1;
    call("diff_grad(%d, g, x, f, NULL)", MANY);
    double *g = out_vec("g", MANY);
    diff_grad(MANY, g, at, ends, NULL);
    because("f is the first number times the last, 1 and 3; there are %d", MANY);
    expect_vec(g, want, slope_tol(3, 4, 3, 0));
}
END_TEST

START_TEST(grad_nan)
{
    form q = {.d = 2, .b = {1, NAN}};
    watch();
    call("diff_grad(2, g, x, f, &ctx)");
    double *g = out_vec("g", 2);
    const double *x = in_vec("x", 2, (double[]){1, 2});
    diff_grad(2, g, x, form_value, &q);
    because("f is NaN everywhere");
    expect_vec(g, (double[]){NAN, NAN}, 0);
}
END_TEST

START_TEST(grad_no_memory)
{
    form q = {.d = 2, .b = {3, 4}};
    watch();
    call("diff_grad(2, g, x, f, &ctx) without memory");
    double *g = out_vec("g", 2);
    const double *x = in_vec("x", 2, (double[]){1, 2});
    g[0] = g[1] = -7;
    malloc_fails(true);
    diff_grad(2, g, x, form_value, &q);
    malloc_fails(false);
    for (size_t j = 0; j < 2; j++)
        expect(isnan(g[j]) || fabs(g[j] - q.b[j]) <= 1e-8,
               "without memory every slope is NAN (or right, if none was needed); g[%zu] is %g", j, g[j]);
}
END_TEST

/* ------------------------------------------------------------------ diff_jacobian */

/* F_i(x) = Σ A_ij·x_j + c·x_i'·x_i'' with the indices i and i + 1, mod d. */
typedef struct {
    size_t m, d, calls;
    double A[MOST * MOST], c;
    const double *at;
} map;

static void map_value(size_t m, size_t d, double y[], const double x[], void *ctx)
{
    map *q = ctx;
    for (size_t i = 0; i < m; i++)
        y[i] = 0;
    if (!q) {
        no_context = true;
        return;
    }
    q->calls++;
    if (q->m != m || q->d != d) {
        wrong_size = true;
        return;
    }
    watch_place(d, x, q->at);
    for (size_t i = 0; i < m; i++) {
        long double s = (long double)q->c * x[i % d] * x[(i + 1) % d];
        for (size_t j = 0; j < d; j++)
            s += (long double)q->A[i * d + j] * x[j];
        y[i] = (double)s;
    }
}

static void check_jacobian(map *q, const double at[], const char *why)
{
    size_t m = q->m, d = q->d;
    double want[MOST * MOST], tol[MOST * MOST];
    for (size_t i = 0; i < m; i++) {
        size_t a = i % d, b = (i + 1) % d;
        double F = fabs(q->c) * (fabs(at[a]) + rule(at[a])) * (fabs(at[b]) + rule(at[b])) * 4;
        for (size_t j = 0; j < d; j++)
            F += fabs(q->A[i * d + j]) * (fabs(at[j]) + 2 * rule(at[j]));
        for (size_t j = 0; j < d; j++) {
            long double s = q->A[i * d + j];
            if (j == a)
                s += (long double)q->c * at[b];
            if (j == b)
                s += (long double)q->c * at[a];
            want[i * d + j] = (double)s;
            tol[i * d + j] = slope_tol(at[j], F, (double)s, 0);
        }
    }
    q->calls = 0;
    q->at = at;
    watch();
    call("diff_jacobian(%zu, %zu, J, x, f, &ctx)", m, d);
    double (*J)[d] = out_mat("J", m, d);
    const double *x = in_vec("x", d, at);
    diff_jacobian(m, d, J, x, map_value, q);
    expect(!no_context, "f was called without the ctx that was handed over");
    expect(!wrong_size, "f has to be told its sizes, m = %zu outputs and d = %zu inputs", m, d);
    if (why)
        because("%s", why);
    expect_mat_tol(J, want, tol);
    expect(!strayed, "while one input moves, the others have to stand where x has them, to the last bit; f was called with two of "
                     "them elsewhere");
    because("a pair of calls fills a column, so %zu columns take %zu calls", d, 2 * d);
    expect_size(q->calls, 2 * d);
}

static void three_outputs(size_t, size_t, double y[], const double x[], void *)
{
    y[0] = x[0] * x[0] * x[1];
    y[1] = x[0] + 3 * x[1];
    y[2] = x[0] * x[1] * x[1];
}

START_TEST(jacobian_by_hand)
{
    map line = {.m = 1, .d = 1, .A = {3}};
    check_jacobian(&line, (double[]){2}, "f = 3x");

    watch();
    call("diff_jacobian(3, 2, J, x, f, NULL)");
    double (*J)[2] = out_mat("J", 3, 2);
    const double *x = in_vec("x", 2, (double[]){1, 2});
    diff_jacobian(3, 2, J, x, three_outputs, NULL);
    because("f = (x²y, x + 3y, xy²): rows (2xy, x²), (1, 3), (y², 2xy)");
    /* Values up to 7, a rounding or three in each: 8·4ε·7/h < 2e-9. */
    expect_mat(J, (double[]){4, 1, 1, 3, 4, 4}, 4e-9);
}
END_TEST

START_TEST(jacobian_linear)
{
    static const size_t shape[][2] = {{1, 2}, {2, 1}, {3, 2}, {2, 3}, {5, 3}, {2, 5}, {7, 2}, {3, 3}};
    for (size_t k = 0; k < sizeof shape / sizeof *shape; k++) {
        map q = {.m = shape[k][0], .d = shape[k][1]};
        double x[MOST];
        for (size_t i = 0; i < q.m * q.d; i++)
            q.A[i] = (double)i + 1;
        for (size_t j = 0; j < q.d; j++)
            x[j] = 1 - (double)j;
        check_jacobian(&q, x, "f(x) = A·x with A[i][j] = 1, 2, 3, … row by row: the Jacobian of a linear map is its matrix");
    }
}
END_TEST

START_TEST(jacobian_sizes)
{
    map q = {.m = 2, .d = 3, .A = {0, 0, 0, 1, 2, 3}, .c = 1};
    check_jacobian(&q, (double[]){1e8, 2e8, -3e8}, "f = (xy, yz + x + 2y + 3z)");
    check_jacobian(&q, (double[]){0, 0, 0}, "f = (xy, yz + x + 2y + 3z) at the origin");
    check_jacobian(&q, (double[]){1e-9, 1, 1e12}, "f = (xy, yz + x + 2y + 3z)");
}
END_TEST

static void exponentials(size_t m, size_t, double y[], const double x[], void *)
{
    for (size_t i = 0; i < m; i++)
        y[i] = exp((double)(i + 1) * x[0]);
}

START_TEST(jacobian_curved)
{
    call("diff_jacobian(3, 1, J, x, f, NULL)");
    double (*J)[1] = out_mat("J", 3, 1);
    const double *x = in_vec("x", 1, (double[]){0.5});
    diff_jacobian(3, 1, J, x, exponentials, NULL);
    double want[3], tol[3];
    for (int i = 0; i < 3; i++) {
        double k = i + 1;
        want[i] = k * exp(0.5 * k);
        tol[i] = slope_tol(0.5, 2 * exp(0.5 * k), want[i], k * k * want[i]);
    }
    because("f = (e^x, e^2x, e^3x): slopes e^x, 2e^2x, 3e^3x");
    expect_mat_tol(J, want, tol);
}
END_TEST

static size_t wide_calls;

/* Output i is i mod 8 times the input. Whoever calls for every output gets no answer after a while. */
static void wide(size_t m, size_t, double y[], const double x[], void *)
{
    if (++wide_calls > 9)
        return;
    for (size_t i = 0; i < m; i++)
        y[i] = (double)(i % 8) * x[0];
}

/* 8.8 MB, more than a stack holds. */
START_TEST(jacobian_of_a_million)
{
    static double want[LOTS];
    for (size_t i = 0; i < LOTS; i++)
        want[i] = (double)(i % 8);
    wide_calls = 0;
    call("diff_jacobian(%d, 1, J, x, f, NULL)", LOTS);
    double (*J)[1] = out_mat("J", LOTS, 1);
    diff_jacobian(LOTS, 1, J, (double[]){1}, wide, NULL);
    because("f = (0, x, 2x, …, 7x, 0, x, …), %d outputs; such a list does not fit on the stack", LOTS);
    expect_mat(J, want, slope_tol(1, 8, 7, 0));
}
END_TEST

START_TEST(jacobian_any)
{
    double x[MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        map q = {.m = gen_size(t, 1, 7), .d = gen_between(1, 5), .c = t < 20 ? 1 : gen_normal()};
        for (size_t i = 0; i < q.m * q.d; i++)
            q.A[i] = t < 40 ? (double)gen_between(0, 9) : gen_normal();
        for (size_t j = 0; j < q.d; j++)
            x[j] = t < 40 ? (double)gen_between(0, 6) - 3 : gen_normal() * pow(10, (double)gen_between(0, 5));
        check_jacobian(&q, x, NULL);
    }
}
END_TEST

START_TEST(jacobian_no_memory)
{
    for (size_t works = 0; works < 3; works++) {
        map q = {.m = 2, .d = 2, .A = {1, 2, 3, 4}};
        watch();
        call("diff_jacobian(2, 2, J, x, f, &ctx) without memory");
        double (*J)[2] = out_mat("J", 2, 2);
        const double *x = in_vec("x", 2, (double[]){1, 2});
        for (size_t i = 0; i < 4; i++)
            J[i / 2][i % 2] = -7;
        malloc_fails_after(works);
        diff_jacobian(2, 2, J, x, map_value, &q);
        malloc_fails(false);
        for (size_t i = 0; i < 4; i++)
            expect(isnan(J[i / 2][i % 2]) || fabs(J[i / 2][i % 2] - q.A[i]) <= 1e-8,
                   "without memory every entry is NAN (or right, if none was needed); J[%zu][%zu] is %g", i / 2, i % 2,
                   J[i / 2][i % 2]);
    }
}
END_TEST

/* ------------------------------------------------------------------ diff_hessian */

/* The contract names no step. Whatever lies between 4e-5 and 1e-3 times s = max(1, |x|) is accepted. Four values with an error of
   ε·F each, divided by h_i·h_j: at 4e-5 that is 5.6e-7·F/(s_i·s_j). Places are rounded to ε·s, which costs ε·s·|slope|/h²:
   1.4e-7·(|g_i|·s_i + |g_j|·s_j)/(s_i·s_j). Truncation h²/6 of the fourth derivatives, 1.7e-7·fourth. Twice all that, and for
   what is divided by two steps of unequal length, as differences of diff_grad are, once more. */
static double bend_tol(double xi, double xj, double F, double gi, double gj, double fourth)
{
    double si = fmax(1, fabs(xi)), sj = fmax(1, fabs(xj));
    return (2.2e-6 * F + 6e-7 * (fabs(gi) * si + fabs(gj) * sj)) / (si * sj) + 4e-7 * fourth + DBL_MIN;
}

static void expect_symmetric(size_t d, const double H[d][d])
{
    for (size_t i = 0; i < d; i++)
        for (size_t j = 0; j < i; j++)
            expect(H[i][j] == H[j][i], "the matrix has to be exactly symmetric, but H[%zu][%zu] - H[%zu][%zu] is %.3g", i, j, j, i,
                   H[i][j] - H[j][i]);
}

static void check_hessian(form *q, const double at[], const char *why)
{
    size_t d = q->d;
    double want[MOST * MOST], tol[MOST * MOST], g[MOST], F = form_size(q, at, 1e-3);
    form_grad(q, g, at);
    for (size_t i = 0; i < d; i++)
        for (size_t j = 0; j < d; j++) {
            double bend = i == j && q->e[i] != 0 ? q->e[i] * exp(at[i]) : 0;
            want[i * d + j] = q->A[i * d + j] + q->A[j * d + i] + bend;
            tol[i * d + j] = bend_tol(at[i], at[j], F, g[i], g[j], 2 * fabs(bend));
        }
    watch();
    call("diff_hessian(%zu, H, x, f, &ctx)", d);
    double (*H)[d] = out_mat("H", d, d);
    const double *x = in_vec("x", d, at);
    diff_hessian(d, H, x, form_value, q);
    expect(!no_context, "f was called without the ctx that was handed over");
    expect(!wrong_size, "f has to be told the number of its variables, %zu", d);
    if (why)
        because("%s", why);
    expect_mat_tol(H, want, tol);
    expect_symmetric(d, H);
}

START_TEST(hessian_by_hand)
{
    form square = {.d = 1, .A = {1}};
    check_hessian(&square, (double[]){3}, "f = x² bends by 2 everywhere");
    form product = {.d = 2, .A = {0, 1, 0, 0}};
    check_hessian(&product, (double[]){0, 0}, "f = xy: turning x changes the slope of y by 1, and no dial bends alone");
    form bowl = {.d = 2, .A = {1, 2, 0, 3}};
    check_hessian(&bowl, (double[]){1, 1}, "f = x² + 2xy + 3y²: xᵀAx has the second derivatives A + Aᵀ");
    form plane = {.d = 3, .b = {2, -1, 5}};
    check_hessian(&plane, (double[]){1, 2, 3}, "a plane does not bend");
}
END_TEST

START_TEST(hessian_hill)
{
    call("diff_hessian(2, H, x, f, NULL)");
    double (*H)[2] = out_mat("H", 2, 2);
    const double *x = in_vec("x", 2, (double[]){1, -1});
    diff_hessian(2, H, x, hill, NULL);
    because("f = x³ + 2xy²: second derivatives 6x, 4y, 4x");
    expect_mat(H, (double[]){6, -4, -4, 4}, bend_tol(1, 1, 4, 5, 5, 0));
    expect_symmetric(2, H);
}
END_TEST

static double rosenbrock(size_t, const double x[], void *)
{
    long double a = 1 - (long double)x[0], b = x[1] - (long double)x[0] * x[0];
    return (double)(a * a + 100 * b * b);
}

START_TEST(hessian_rosenbrock)
{
    static const double at[2][2] = {{1, 1}, {-1.2, 1}}, want[2][4] = {{802, -400, -400, 200}, {1330, 480, 480, 200}};
    for (size_t k = 0; k < 2; k++) {
        call("diff_hessian(2, H, x, f, NULL)");
        double (*H)[2] = out_mat("H", 2, 2);
        const double *x = in_vec("x", 2, at[k]);
        diff_hessian(2, H, x, rosenbrock, NULL);
        because("f = (1 - x)² + 100(y - x²)²: 2 - 400y + 1200x², -400x, 200");
        /* Around the point f stays below 30, the slopes below 300; the fourth derivative by x is 2400. */
        expect_mat(H, want[k], bend_tol(1, 1, 30, 300, 300, 2400));
        expect_symmetric(2, H);
    }
}
END_TEST

START_TEST(hessian_sizes)
{
    form far = {.d = 2, .A = {1e-12, 1e-6, 0, 1}};
    check_hessian(&far, (double[]){1e6, 2}, "f = (x/1e6)² + xy/1e6 + y², x = 1e6: the step has to suit x");
    form square = {.d = 1, .A = {1}};
    check_hessian(&square, (double[]){1e8}, "f = x² bends by 2 everywhere; the step has to suit x");
    form turned = {.d = 2, .A = {1, 1e-6, 0, 1e-12}};
    check_hessian(&turned, (double[]){2, 1e6}, "f = x² + xy/1e6 + (y/1e6)², y = 1e6: each coordinate has a step of its own");
    form curved = {.d = 2, .A = {1e-12}, .e = {0, 1}};
    check_hessian(&curved, (double[]){1e6, 0.5}, "f = (x/1e6)² + e^y, x = 1e6: each coordinate has a step of its own");
    check_hessian(&square, (double[]){-1e-8}, "f = x² bends by 2 everywhere");
    check_hessian(&square, (double[]){0}, "f = x² bends by 2 everywhere");
}
END_TEST

START_TEST(hessian_of_many)
{
    static double at[SOME], want[SOME * SOME];
    for (size_t i = 0; i < SOME; i++)
        at[i] = 1;
    want[SOME - 1] = want[(SOME - 1) * SOME] = 1;
    call("diff_hessian(%d, H, x, f, NULL)", SOME);
    double (*H)[SOME] = out_mat("H", SOME, SOME);
    diff_hessian(SOME, H, at, ends, NULL);
    because("f is the first number times the last; there are %d", SOME);
    expect_mat(H, want, bend_tol(1, 1, 2, 1, 1, 0));
    expect_symmetric(SOME, H);
}
END_TEST

START_TEST(hessian_any)
{
    form q;
    double x[MOST];
    for (size_t t = 0; t < TRIALS / 2; t++) {
        form_any(&q, 2 * t, gen_size(2 * t, 1, 6), x);
        check_hessian(&q, x, NULL);
    }
}
END_TEST

START_TEST(hessian_no_memory)
{
    for (size_t works = 0; works < 2; works++) {
        form q = {.d = 2, .A = {1, 2, 0, 3}};
        static const double want[4] = {2, 2, 2, 6};
        watch();
        call("diff_hessian(2, H, x, f, &ctx) without memory");
        double (*H)[2] = out_mat("H", 2, 2);
        const double *x = in_vec("x", 2, (double[]){1, 1});
        for (size_t i = 0; i < 4; i++)
            H[i / 2][i % 2] = -7;
        malloc_fails_after(works);
        diff_hessian(2, H, x, form_value, &q);
        malloc_fails(false);
        for (size_t i = 0; i < 4; i++)
            expect(isnan(H[i / 2][i % 2]) || fabs(H[i / 2][i % 2] - want[i]) <= 1e-3,
                   "without memory every entry is NAN (or right, if none was needed); H[%zu][%zu] is %g", i / 2, i % 2,
                   H[i / 2][i % 2]);
    }
}
END_TEST

/* ------------------------------------------------------------------ diff_relerr */

/* A subtraction, a division and maxima: two roundings. */
static void check_relerr(size_t d, const double a[], const double b[], double want, const char *why)
{
    call("diff_relerr(%zu, g, h)", d);
    const double *g = in_vec("g", d, d ? a : NOTHING), *h = in_vec("h", d, d ? b : NOTHING);
    double got = diff_relerr(d, g, h);
    if (why)
        because("%s", why);
    expect_num(got, want, isnan(want) ? 0 : tol_ulp(want, 4));
}

#define LIST(...) (double[]){__VA_ARGS__}

START_TEST(relerr_by_hand)
{
    check_relerr(1, LIST(2), LIST(2.5), 0.2, "0.5/2.5");
    check_relerr(1, LIST(2.5), LIST(2), 0.2, "0.5/2.5");
    check_relerr(1, LIST(0.5), LIST(0.25), 0.25, "below size 1 the difference itself counts");
    check_relerr(2, LIST(2, 0.5), LIST(2.5, 0.25), 0.25, "0.2 for the first entry, 0.25 for the second");
    check_relerr(2, LIST(0.5, 2), LIST(0.25, 2.5), 0.25, "the worst entry counts, wherever it stands");
}
END_TEST

START_TEST(relerr_edges)
{
    check_relerr(0, NOTHING, NOTHING, 0, "no entries, no error");
    check_relerr(3, LIST(1, -2, 1e9), LIST(1, -2, 1e9), 0, "equal");
    check_relerr(2, LIST(0, 0), LIST(0, 0), 0, "equal, and zero");
    check_relerr(1, LIST(0), LIST(1e-11), 1e-11, "at a minimum a measured slope is nearly 0");
    check_relerr(1, LIST(5), LIST(-5), 2, "10/5: a sign");
    check_relerr(1, LIST(1000), LIST(1), 0.999, "999/1000: the larger of the two");
    check_relerr(1, LIST(1), LIST(1000), 0.999, "999/1000: the larger of the two");
    check_relerr(3, LIST(1e6, -3e5, 2), LIST(1e6, -3e5, -2), 2, "one wrong sign among large entries: 4/2");
    check_relerr(2, LIST(2, 5), LIST(-1, -5), 2, "3/2, then 10/5: the worst entry counts");
    check_relerr(3, LIST(1e-3, 1e8, 4), LIST(1e-3, 1e8, 5), 0.2, "1/5 for the last");
}
END_TEST

START_TEST(relerr_nan)
{
    check_relerr(1, LIST(NAN), LIST(1), NAN, "a gradient that is no number must not pass");
    check_relerr(1, LIST(1), LIST(NAN), NAN, "a gradient that is no number must not pass");
    check_relerr(3, LIST(1, NAN, 3), LIST(1, 2, 3), NAN, "a gradient that is no number must not pass");
    check_relerr(3, LIST(1, 2, 3), LIST(NAN, 2, 4), NAN, "a gradient that is no number must not pass");
    check_relerr(2, LIST(5, NAN), LIST(-5, 1), NAN, "a gradient that is no number must not pass");
    check_relerr(2, LIST(NAN, 3), LIST(NAN, 3), NAN, "two broken entries are not equal");
}
END_TEST

START_TEST(relerr_any)
{
    double a[MOST], b[MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t d = gen_size(t, 1, MOST);
        double want = 0;
        gen_vec(t, d, a);
        for (size_t i = 0; i < d; i++) {
            b[i] = a[i] * (1 + 0.1 * gen_normal()) + 0.01 * gen_normal();
            want = fmax(want, fabs(a[i] - b[i]) / fmax(1, fmax(fabs(a[i]), fabs(b[i]))));
        }
        check_relerr(d, a, b, want, NULL);
    }
}
END_TEST

/* ------------------------------------------------------------------ models */

typedef struct {
    size_t n, p;
    double X[ROWS * MOST], theta[MOST], y[ROWS], lambda;
} problem;

static const problem THREE = {3, 2, {1, 1, 1, 2, 1, 3}, {1, 1}, {2, 3, 7}, 0};
/* The first column need not be ones: a prediction is X·θ, whatever stands there. */
static const problem SCALED = {2, 2, {2, 1, 3, -1}, {1, 2}, {1, 0}, 0};
static const problem TUMOURS = {3, 2, {1, -1, 1, 0, 1, 2}, {0, 0}, {0, 1, 1}, 0};

static problem any_problem(size_t t, bool classes)
{
    problem q = {.n = gen_size(t, 1, ROWS), .p = gen_between(1, 5)};
    bool whole = t < TRIALS / 4, ones = t % 5 != 4;
    q.lambda = t % 3 == 0 ? 0 : whole ? (double)gen_between(1, 4) / 2 : gen_uniform(0, 2);
    for (size_t i = 0; i < q.n; i++) {
        for (size_t j = 0; j < q.p; j++)
            q.X[i * q.p + j] = j == 0 && ones ? 1 : whole ? (double)gen_between(0, 6) - 3 : 2 * gen_normal();
        q.y[i] = classes ? (double)gen_between(0, 1) : whole ? (double)gen_between(0, 9) : 5 * gen_normal();
    }
    for (size_t j = 0; j < q.p; j++)
        q.theta[j] = whole ? (double)gen_between(0, 4) - 2 : gen_normal();
    return q;
}

/* The prediction of row i, and how far a right program may be from it: a dot product of p terms, then perhaps minus y. */
static long double predict(const problem *q, size_t i, double *tol)
{
    long double z = 0, size = fabs(q->y[i]);
    for (size_t j = 0; j < q->p; j++) {
        z += (long double)q->X[i * q->p + j] * q->theta[j];
        size += fabsl((long double)q->X[i * q->p + j] * q->theta[j]);
    }
    *tol = 2 * (double)(q->p + 2) * EPS * (double)size;
    return z;
}

static long double penalty(const problem *q)
{
    long double sum = 0;
    for (size_t j = 1; j < q->p; j++)
        sum += (long double)q->theta[j] * q->theta[j];
    return q->lambda / 2 * sum;
}

typedef double cost_fn(size_t n, size_t p, const double X[n][p], const double theta[p], const double y[n], double lambda);
typedef void grad_fn(size_t n, size_t p, double g[p], const double X[n][p], const double theta[p], const double y[n], double lambda);

static double run_cost(const char *name, cost_fn *cost, const problem *q)
{
    call("%s(%zu, %zu, X, theta, y, %s)", name, q->n, q->p, num_text(q->lambda));
    const double (*X)[q->p] = in_mat("X", q->n, q->p, q->X);
    const double *theta = in_vec("theta", q->p, q->theta), *y = in_vec("y", q->n, q->y);
    return cost(q->n, q->p, X, theta, y, q->lambda);
}

static double *run_grad(const char *name, grad_fn *grad, const problem *q)
{
    call("%s(%zu, %zu, g, X, theta, y, %s)", name, q->n, q->p, num_text(q->lambda));
    double *g = out_vec("g", q->p);
    const double (*X)[q->p] = in_mat("X", q->n, q->p, q->X);
    const double *theta = in_vec("theta", q->p, q->theta), *y = in_vec("y", q->n, q->y);
    grad(q->n, q->p, g, X, theta, y, q->lambda);
    return g;
}

/* Xᵀ·delta/n plus penalty, where delta is known to tol: each entry may be off by Σ|x|·tol/n, by (n + 4) roundings of the
   sum, and by a few of the penalty. */
static void exact_grad(const problem *q, const long double delta[], const double off[], double want[], double tol[])
{
    for (size_t j = 0; j < q->p; j++) {
        long double sum = 0, size = 0, wrong = 0;
        for (size_t i = 0; i < q->n; i++) {
            double x = q->X[i * q->p + j];
            sum += delta[i] * x;
            size += fabsl(delta[i] * x);
            wrong += fabs(x) * off[i];
        }
        double slope = j > 0 ? q->lambda * q->theta[j] : 0;
        want[j] = (double)(sum / q->n + slope);
        tol[j] = (double)((wrong + 2 * (double)(q->n + 6) * EPS * size) / q->n) + 8 * EPS * fabs(slope) + DBL_MIN;
    }
}

/* ------------------------------------------------------------------ linreg_cost */

static void check_linreg_cost(const problem *q, const char *why)
{
    long double sum = 0, wrong = 0;
    for (size_t i = 0; i < q->n; i++) {
        double tol;
        long double r = predict(q, i, &tol) - q->y[i];
        sum += r * r;
        wrong += 2 * fabsl(r) * tol + tol * tol;
    }
    double want = (double)(sum / (2 * q->n) + penalty(q));
    double got = run_cost("linreg_cost", linreg_cost, q);
    if (why)
        because("%s", why);
    expect_num(got, want, (double)(wrong / (2 * q->n)) + 2 * (double)(q->n + q->p + 8) * EPS * want + DBL_MIN);
}

START_TEST(linreg_cost_by_hand)
{
    problem one = {1, 1, {1}, {2}, {5}, 0};
    check_linreg_cost(&one, "one house, missed by 3: 9/2");
    check_linreg_cost(&THREE, "the line says 2, 3, 4 and misses by 0, 0, -3: 9/6");
    problem q = THREE;
    q.lambda = 0.5;
    check_linreg_cost(&q, "9/6 and a penalty of 0.25·1²");
    q.theta[0] = q.theta[1] = 0;
    check_linreg_cost(&q, "misses 2, 3, 7: (4 + 9 + 49)/6, and zero coefficients cost nothing");
    q.theta[0] = 10;
    check_linreg_cost(&q, "misses 8, 7, 3: (64 + 49 + 9)/6; the intercept is not penalised");
    problem wide = {2, 3, {1, 2, 0, 1, 0, 3}, {1, 2, -1}, {5, -2}, 2};
    check_linreg_cost(&wide, "no misses; the penalty is 2/2·(2² + 1²)");
    check_linreg_cost(&SCALED, "predictions 2 + 2 and 3 - 2, misses 3 and 1: (9 + 1)/4; the first column counts as it stands");
}
END_TEST

START_TEST(linreg_cost_none)
{
    for (size_t k = 0; k < 2; k++) {
        problem q = THREE;
        q.n = 0;
        q.lambda = (double)k;
        double got = run_cost("linreg_cost", linreg_cost, &q);
        because("the mean of nothing is not defined");
        expect_num(got, NAN, 0);
    }
    problem q = THREE;
    q.y[1] = NAN;
    expect_num(run_cost("linreg_cost", linreg_cost, &q), NAN, 0);
}
END_TEST

START_TEST(linreg_cost_is_line_cost)
{
    for (size_t t = 0; t < 50; t++) {
        problem q = any_problem(4 * t, false);
        double x[ROWS], tol = 0;
        q.p = 2;
        q.lambda = 0;
        q.theta[1] = gen_normal();
        for (size_t i = 0; i < q.n; i++) {
            x[i] = q.X[2 * i + 1] = gen_normal();
            q.X[2 * i] = 1;
        }
        for (size_t i = 0; i < q.n; i++) {
            double one;
            long double r = predict(&q, i, &one) - q.y[i];
            tol += (double)(2 * fabsl(r) * one + one * one) / (double)q.n;
        }
        double want = line_cost(q.n, q.theta[0], q.theta[1], x, q.y);
        double got = run_cost("linreg_cost", linreg_cost, &q);
        because("for one feature and no penalty it is the cost of chapter 0");
        expect_num(got, want, tol + 4 * (double)(q.n + 8) * EPS * want + DBL_MIN);
    }
}
END_TEST

START_TEST(linreg_cost_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        problem q = any_problem(t, false);
        check_linreg_cost(&q, NULL);
    }
}
END_TEST

/* ------------------------------------------------------------------ linreg_grad */

static void check_linreg_grad(const problem *q, const char *why)
{
    long double r[ROWS];
    double off[ROWS], want[MOST], tol[MOST];
    for (size_t i = 0; i < q->n; i++)
        r[i] = predict(q, i, &off[i]) - q->y[i];
    exact_grad(q, r, off, want, tol);
    double *g = run_grad("linreg_grad", linreg_grad, q);
    if (why)
        because("%s", why);
    expect_vec_tol(g, want, tol);
}

START_TEST(linreg_grad_by_hand)
{
    problem one = {1, 1, {1}, {2}, {5}, 0};
    check_linreg_grad(&one, "one house, residual -3");
    check_linreg_grad(&THREE, "residuals 0, 0, -3: their mean is -1, the mean of r·x is -9/3");
    problem q = THREE;
    q.lambda = 0.5;
    check_linreg_grad(&q, "(-1, -3) and 0.5·1 for the second coefficient");
    problem three = {2, 3, {1, 2, 0, 1, 0, 3}, {1, 2, -1}, {4, -4}, 2};
    check_linreg_grad(&three, "residuals 1, 2: means 3/2, 2/2, 6/2; penalty 2·2 and 2·(-1)");
    check_linreg_grad(&SCALED, "residuals 3, 1: (6 + 3)/2 and (3 - 1)/2; the first column counts as it stands");
}
END_TEST

START_TEST(linreg_grad_at_the_bottom)
{
    problem line = THREE;
    line.theta[0] = -1;
    line.theta[1] = 2.5;
    check_linreg_grad(&line, "y = -1 + 2.5x is the best line: residuals -0.5, 1, -0.5, at a right angle to 1, 1, 1 and 1, 2, 3");
    problem ridge = {3, 2, {1, -1, 1, 0, 1, 1}, {3, 1}, {1, 2, 6}, 1};
    check_linreg_grad(&ridge, "residuals 1, 1, -2: mean 0, and (-1 - 2)/3 + 1·1 = 0: the solution of the penalised normal equations");
}
END_TEST

START_TEST(linreg_grad_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        problem q = any_problem(t, false);
        check_linreg_grad(&q, NULL);
    }
}
END_TEST

START_TEST(linreg_grad_nan)
{
    problem q = THREE;
    q.y[2] = NAN;
    double *g = run_grad("linreg_grad", linreg_grad, &q);
    because("one unknown price makes every slope unknown");
    expect_vec(g, (double[]){NAN, NAN}, 0);
}
END_TEST

static double linreg_of(size_t p, const double theta[p], void *ctx)
{
    const problem *q = ctx;
    return linreg_cost(q->n, p, (const double (*)[p])q->X, theta, q->y, q->lambda);
}

START_TEST(linreg_grad_measured)
{
    for (size_t t = 0; t < 60; t++) {
        problem q = any_problem(60 + t, false);
        double measured[MOST];
        diff_grad(q.p, measured, q.theta, linreg_of, &q);
        double *g = run_grad("linreg_grad", linreg_grad, &q);
        because("measured with diff_grad on linreg_cost");
        /* Costs stay below 1e4 (a residual of 140 is 14 deviations): 2ε·(n + 10)·1e4/(2·6e-6) < 2e-5, seldom above 1e-8. */
        expect(diff_relerr(q.p, g, measured) <= 2e-5, "formula and measurement differ by %.3g, the first slopes are %.10g and %.10g",
               diff_relerr(q.p, g, measured), g[0], measured[0]);
    }
}
END_TEST

/* ------------------------------------------------------------------ logreg_cost */

/* ln(1 + e^z) changes by at most the change of z; the formula carries a few roundings of size max(|z|, 1). */
static double logreg_want(const problem *q, double *tol)
{
    long double sum = 0, wrong = 0;
    for (size_t i = 0; i < q->n; i++) {
        double off;
        long double z = predict(q, i, &off), t = q->y[i] == 1 ? -z : z;
        sum += fmaxl(t, 0) + log1pl(expl(-fabsl(t)));
        wrong += off + 8 * EPS * (1 + fabsl(z));
    }
    double want = (double)(sum / q->n + penalty(q));
    *tol = (double)(wrong / q->n) + 2 * (double)(q->n + q->p + 8) * EPS * want;
    return want;
}

static void check_logreg_cost(const problem *q, const char *why)
{
    double tol, want = logreg_want(q, &tol), got = run_cost("logreg_cost", logreg_cost, q);
    if (why)
        because("%s", why);
    expect_num(got, want, tol);
}

START_TEST(logreg_cost_by_hand)
{
    problem one = {1, 1, {1}, {0}, {0}, 0};
    check_logreg_cost(&one, "even odds cost ln 2 = 0.693");
    check_logreg_cost(&TUMOURS, "with all coefficients 0 every tumour costs ln 2 = 0.693");
    problem q = TUMOURS;
    q.theta[1] = log(3);
    check_logreg_cost(&q, "probabilities 1/4, 1/2, 9/10: (0.2877 + 0.6931 + 0.1054)/3");
    q.lambda = 0.5;
    check_logreg_cost(&q, "0.3621 and 0.25·(ln 3)² = 0.3017");
    q.theta[0] = 2;
    q.theta[1] = 0;
    check_logreg_cost(&q, "logits 2, 2, 2: (2.127 + 2·0.127)/3; the intercept is not penalised");
    check_logreg_cost(&SCALED, "logits 2 + 2 and 3 - 2: (0.018 + 1.313)/2; the first column counts as it stands");
}
END_TEST

START_TEST(logreg_cost_far)
{
    static const double z[] = {40, 700, 720, 1000};
    for (size_t i = 0; i < 4; i++)
        for (int side = -1; side <= 1; side += 2)
            for (int y = 0; y < 2; y++) {
                problem q = {1, 1, {1}, {side * z[i]}, {y}, 0};
                check_logreg_cost(&q, "a confident mistake costs its logit, a confident success nearly nothing");
            }
}
END_TEST

START_TEST(logreg_cost_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        problem q = any_problem(t, true);
        check_logreg_cost(&q, NULL);
    }
}
END_TEST

/* 8.8 MB, more than a stack holds. A sum of a million terms may lose n·ε of itself. */
START_TEST(logreg_cost_of_a_million)
{
    static double zeros[LOTS];
    call("logreg_cost(%d, 1, X, theta, y, 0)", LOTS);
    double got = logreg_cost(LOTS, 1, (const double (*)[1])zeros, (double[]){1}, zeros, 0);
    because("X and y are zeros, so every tumour costs ln 2; what has as many rows does not fit on the stack");
    expect_num(got, log(2), 2 * LOTS * EPS);
}
END_TEST

START_TEST(logreg_cost_no_memory)
{
    call("logreg_cost(3, 2, X, theta, y, 0) without memory");
    const double (*X)[2] = in_mat("X", 3, 2, TUMOURS.X);
    const double *theta = in_vec("theta", 2, TUMOURS.theta), *y = in_vec("y", 3, TUMOURS.y);
    malloc_fails(true);
    double got = logreg_cost(3, 2, X, theta, y, 0);
    malloc_fails(false);
    expect(isnan(got) || fabs(got - log(2)) <= 1e-14,
           "without memory the answer is NAN (or right, if none was needed); this is %.17g", got);
}
END_TEST

/* ------------------------------------------------------------------ logreg_grad */

/* The sigmoid has a slope of at most 1/4 and is computed to a few units of 1 (½(1 + tanh) loses relative digits near 0, not
   absolute ones). */
static void check_logreg_grad(const problem *q, const char *why)
{
    long double delta[ROWS];
    double off[ROWS], want[MOST], tol[MOST];
    for (size_t i = 0; i < q->n; i++) {
        long double z = predict(q, i, &off[i]), e = expl(-fabsl(z));
        delta[i] = (z >= 0 ? 1 / (1 + e) : e / (1 + e)) - q->y[i];
        off[i] = off[i] / 4 + 8 * EPS;
    }
    exact_grad(q, delta, off, want, tol);
    double *g = run_grad("logreg_grad", logreg_grad, q);
    if (why)
        because("%s", why);
    expect_vec_tol(g, want, tol);
}

START_TEST(logreg_grad_by_hand)
{
    problem one = {1, 1, {1}, {0}, {1}, 0};
    check_logreg_grad(&one, "1/2 - 1");
    check_logreg_grad(&TUMOURS, "errors 1/2, -1/2, -1/2: their mean is -1/6, the mean of error times x is (-1/2 + 0 - 1)/3");
    problem q = TUMOURS;
    q.theta[1] = log(3);
    check_logreg_grad(&q, "probabilities 1/4, 1/2, 9/10, errors 1/4, -1/2, -1/10: -0.35/3 and (-1/4 + 0 - 1/5)/3");
    q.theta[0] = 1;
    q.theta[1] = 0;
    q.lambda = 0.5;
    check_logreg_grad(&q, "logits 1, 1, 1: errors 0.731, -0.269, -0.269; the intercept is not penalised");
    q.theta[1] = -2;
    check_logreg_grad(&q, "logits 3, 1, -3: errors 0.953, -0.269, -0.953; the penalty adds 0.5·(-2) to the second slope");
    check_logreg_grad(&SCALED, "logits 2 + 2 and 3 - 2: errors -0.018, 0.731; the first column counts as it stands");
}
END_TEST

START_TEST(logreg_grad_far)
{
    for (int y = 0; y < 2; y++) {
        problem q = {2, 2, {1, 1000, 1, -1000}, {0, 1}, {y, y}, 0};
        check_logreg_grad(&q, "logits 1000 and -1000: probabilities 1 and 0");
    }
    problem apart = {4, 2, {1, -2, 1, -1, 1, 1, 1, 3}, {0, 60}, {0, 0, 1, 1}, 0};
    check_logreg_grad(&apart, "all four are right, and sure: nothing is left to pull");
    problem wrong = {4, 2, {1, -2, 1, -1, 1, 1, 1, 3}, {0, -60}, {0, 0, 1, 1}, 0};
    check_logreg_grad(&wrong, "all four are wrong, and sure: errors 1, 1, -1, -1 pull with full force");
}
END_TEST

START_TEST(logreg_grad_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        problem q = any_problem(t, true);
        check_logreg_grad(&q, NULL);
    }
}
END_TEST

static double logreg_of(size_t p, const double theta[p], void *ctx)
{
    const problem *q = ctx;
    return logreg_cost(q->n, p, (const double (*)[p])q->X, theta, q->y, q->lambda);
}

START_TEST(logreg_grad_measured)
{
    for (size_t t = 0; t < 60; t++) {
        problem q = any_problem(60 + t, true);
        double measured[MOST];
        diff_grad(q.p, measured, q.theta, logreg_of, &q);
        double *g = run_grad("logreg_grad", logreg_grad, &q);
        because("measured with diff_grad on logreg_cost");
        /* Costs stay below 300: 2ε·(n + 10)·300/(2·6e-6) < 5e-7; truncation h²/6·|x|³/10 < 1e-8. */
        expect(diff_relerr(q.p, g, measured) <= 1e-6, "formula and measurement differ by %.3g, the first slopes are %.10g and %.10g",
               diff_relerr(q.p, g, measured), g[0], measured[0]);
    }
}
END_TEST

/* ------------------------------------------------------------------ pens */

static double pen_f(double x, double y)
{
    return x * x * y + y * y * y;
}

START_TEST(pen_steepest)
{
    /* By another road: the largest slope over all directions, by differences of a cubic, which Richardson's rule makes exact. */
    double best = 0;
    for (int k = 0; k < 36000; k++) {
        double u = cos(k * acos(-1) / 18000), v = sin(k * acos(-1) / 18000), h = 0.01;
        double far = (pen_f(1 + 2 * h * u, 2 + 2 * h * v) - pen_f(1 - 2 * h * u, 2 - 2 * h * v)) / (4 * h);
        double near = (pen_f(1 + h * u, 2 + h * v) - pen_f(1 - h * u, 2 - h * v)) / (2 * h);
        best = fmax(best, (4 * near - far) / 3);
    }
    call("pen_17_a()");
    expect_answer(pen_17_a(), best, 2e-6, "no direction is steeper, and the slope straight to the north alone is already 13");
}
END_TEST

START_TEST(pen_direction)
{
    double h = 0.01, far = (pen_f(1 + 1.2 * h, 2 + 1.6 * h) - pen_f(1 - 1.2 * h, 2 - 1.6 * h)) / (4 * h);
    double near = (pen_f(1 + 0.6 * h, 2 + 0.8 * h) - pen_f(1 - 0.6 * h, 2 - 0.8 * h)) / (2 * h);
    call("pen_17_b()");
    expect_answer(pen_17_b(), (4 * near - far) / 3, 1e-6, "walk 0.01 towards (3, 4), to (1.006, 2.008): f changes by 0.01 times your number, to two digits");
}
END_TEST

START_TEST(pen_determinant)
{
    /* Second differences of a cubic are exact up to rounding, with any step. */
    double h = 0.5, m = pen_f(1, 2);
    double a = (pen_f(1 + h, 2) - 2 * m + pen_f(1 - h, 2)) / (h * h), c = (pen_f(1, 2 + h) - 2 * m + pen_f(1, 2 - h)) / (h * h);
    double b = (pen_f(1 + h, 2 + h) - pen_f(1 + h, 2 - h) - pen_f(1 - h, 2 + h) + pen_f(1 - h, 2 - h)) / (4 * h * h);
    call("pen_17_c()");
    expect_answer(pen_17_c(), a * c - b * b, 1e-6, "it is the product of the two eigenvalues, whose sum is 16");
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("17-gradients");

    TCase *grad = suite_case(s, "diff_grad");
    tcase_add_test(grad, grad_by_hand);
    tcase_add_test(grad, grad_hill);
    tcase_add_test(grad, grad_none);
    tcase_add_test(grad, grad_sizes);
    tcase_add_test(grad, grad_lends);
    tcase_add_test(grad, grad_any);
    tcase_add_test(grad, grad_nan);
    tcase_add_test(grad, grad_of_thousands);
    tcase_add_test(grad, grad_no_memory);

    TCase *jacobian = suite_case(s, "diff_jacobian");
    tcase_add_test(jacobian, jacobian_by_hand);
    tcase_add_test(jacobian, jacobian_linear);
    tcase_add_test(jacobian, jacobian_curved);
    tcase_add_test(jacobian, jacobian_sizes);
    tcase_add_test(jacobian, jacobian_any);
    tcase_add_test(jacobian, jacobian_no_memory);
    tcase_add_test(jacobian, jacobian_of_a_million);

    TCase *hessian = suite_case(s, "diff_hessian");
    tcase_add_test(hessian, hessian_by_hand);
    tcase_add_test(hessian, hessian_hill);
    tcase_add_test(hessian, hessian_rosenbrock);
    tcase_add_test(hessian, hessian_sizes);
    tcase_add_test(hessian, hessian_any);
    tcase_add_test(hessian, hessian_no_memory);
    tcase_add_test(hessian, hessian_of_many);

    TCase *relerr = suite_case(s, "diff_relerr");
    tcase_add_test(relerr, relerr_by_hand);
    tcase_add_test(relerr, relerr_edges);
    tcase_add_test(relerr, relerr_nan);
    tcase_add_test(relerr, relerr_any);

    TCase *linear_cost = suite_case(s, "linreg_cost");
    tcase_add_test(linear_cost, linreg_cost_by_hand);
    tcase_add_test(linear_cost, linreg_cost_none);
    tcase_add_test(linear_cost, linreg_cost_is_line_cost);
    tcase_add_test(linear_cost, linreg_cost_any);

    TCase *linear_grad = suite_case(s, "linreg_grad");
    tcase_add_test(linear_grad, linreg_grad_by_hand);
    tcase_add_test(linear_grad, linreg_grad_at_the_bottom);
    tcase_add_test(linear_grad, linreg_grad_any);
    tcase_add_test(linear_grad, linreg_grad_nan);
    tcase_add_test(linear_grad, linreg_grad_measured);

    TCase *logistic_cost = suite_case(s, "logreg_cost");
    tcase_add_test(logistic_cost, logreg_cost_by_hand);
    tcase_add_test(logistic_cost, logreg_cost_far);
    tcase_add_test(logistic_cost, logreg_cost_any);
    tcase_add_test(logistic_cost, logreg_cost_no_memory);
    tcase_add_test(logistic_cost, logreg_cost_of_a_million);

    TCase *logistic_grad = suite_case(s, "logreg_grad");
    tcase_add_test(logistic_grad, logreg_grad_by_hand);
    tcase_add_test(logistic_grad, logreg_grad_far);
    tcase_add_test(logistic_grad, logreg_grad_any);
    tcase_add_test(logistic_grad, logreg_grad_measured);

    tcase_add_test(suite_case(s, "pen_17_a"), pen_steepest);
    tcase_add_test(suite_case(s, "pen_17_b"), pen_direction);
    tcase_add_test(suite_case(s, "pen_17_c"), pen_determinant);
    return s;
}
