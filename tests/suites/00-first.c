/* Chapter 00: one line, its cost, its slopes, and the walk downhill.

   The three points (1, 2), (2, 3), (3, 7) are those of the chapter, so every first test can be redone with a pencil. Their x are not
   centred on purpose: on centred data a step that turns one dial after the other cannot be told from a right one. */
#include "harness.h"
#include "line.h"
#include "pen.h"

enum { MOST = 40, MANY = 3000 }; /* examples in a random data set, at most; in a large one */

static const double X3[3] = {1, 2, 3}, Y3[3] = {2, 3, 7};

/* ------------------------------------------------------------------ yardsticks and tolerances

   A residual θ0 + θ1·x − y is three operations on numbers no larger than M = |θ0| + |θ1·x| + |y|, in any order: its error is below
   3·(ε/2)·M. We allow 4·ε·M. A mean of n terms adds less than (n + 4)·ε of the sum of their sizes. */

static long double residual(double theta0, double theta1, double x, double y)
{
    return (long double)theta0 + (long double)theta1 * x - y;
}

static double tol_residual(double theta0, double theta1, double x, double y)
{
    return 4 * EPS * (fabs(theta0) + fabs(theta1 * x) + fabs(y)) + DBL_MIN;
}

static double exact_cost(size_t n, double theta0, double theta1, const double x[], const double y[])
{
    long double sum = 0;
    for (size_t i = 0; i < n; i++) {
        long double r = residual(theta0, theta1, x[i], y[i]);
        sum += r * r;
    }
    return (double)(sum / (2 * (long double)n));
}

static double tol_cost(size_t n, double theta0, double theta1, const double x[], const double y[])
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double d = tol_residual(theta0, theta1, x[i], y[i]);
        double r = (double)fabsl(residual(theta0, theta1, x[i], y[i]));
        sum += 2 * r * d + d * d + (double)(n + 4) * EPS * r * r;
    }
    return sum / (2 * (double)n) + DBL_MIN;
}

static void exact_grad(size_t n, double g[2], double theta0, double theta1, const double x[], const double y[])
{
    long double sum0 = 0, sum1 = 0;
    for (size_t i = 0; i < n; i++) {
        long double r = residual(theta0, theta1, x[i], y[i]);
        sum0 += r;
        sum1 += r * x[i];
    }
    g[0] = (double)(sum0 / (long double)n);
    g[1] = (double)(sum1 / (long double)n);
}

static void tol_grad(size_t n, double tol[2], double theta0, double theta1, const double x[], const double y[])
{
    tol[0] = tol[1] = DBL_MIN;
    for (size_t i = 0; i < n; i++) {
        double d = tol_residual(theta0, theta1, x[i], y[i]);
        double r = (double)fabsl(residual(theta0, theta1, x[i], y[i]));
        double each = (d + (double)(n + 4) * EPS * r) / (double)n;
        tol[0] += each;
        tol[1] += each * fabs(x[i]);
    }
}

/* ------------------------------------------------------------------ line_predict */

static void predicts(double theta0, double theta1, double x, double want)
{
    call("line_predict(%s, %s, %s)", num_text(theta0), num_text(theta1), num_text(x));
    expect_num(line_predict(theta0, theta1, x), want, tol_residual(theta0, theta1, x, 0));
}

START_TEST(predict_by_hand)
{
    predicts(1, 2, 3, 7);
}
END_TEST

START_TEST(predict_intercept)
{
    predicts(5, 2, 0, 5);
    predicts(-33805, 83.6, 0, -33805);
}
END_TEST

START_TEST(predict_left_of_zero)
{
    predicts(1, 2, -3, -5);
}
END_TEST

START_TEST(predict_fractions)
{
    predicts(0, 1, 0.5, 0.5);
    predicts(0, 0.5, 1, 0.5);
    predicts(0.1, 0.2, 3, 0.7);
}
END_TEST

START_TEST(predict_nan)
{
    predicts(NAN, 2, 3, NAN);
    predicts(1, NAN, 3, NAN);
    predicts(1, 2, NAN, NAN);
}
END_TEST

START_TEST(predict_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        double theta0 = gen_num(t), theta1 = gen_num(t), x = gen_num(t);
        predicts(theta0, theta1, x, (double)residual(theta0, theta1, x, 0));
    }
}
END_TEST

/* ------------------------------------------------------------------ line_cost */

static void costs(size_t n, double theta0, double theta1, const double x0[], const double y0[], double want, double tol)
{
    call("line_cost(%zu, %s, %s, x, y)", n, num_text(theta0), num_text(theta1));
    const double *x = in_vec("x", n, x0);
    const double *y = in_vec("y", n, y0);
    expect_num(line_cost(n, theta0, theta1, x, y), want, tol);
}

START_TEST(cost_by_hand)
{
    costs(3, 0, 0, X3, Y3, 62.0 / 6, tol_ulp(62.0 / 6, 4));
    costs(3, 1, 1, X3, Y3, 1.5, tol_ulp(1.5, 4));
    costs(3, 2, 0, X3, Y3, 13.0 / 3, tol_ulp(13.0 / 3, 4));
}
END_TEST

START_TEST(cost_one_house)
{
    costs(1, 1, 2, (double[]){3}, (double[]){3}, 8, 0);
}
END_TEST

START_TEST(cost_misses_do_not_cancel)
{
    costs(2, 0, 0, (double[]){1, 2}, (double[]){3, -3}, 4.5, 0);
}
END_TEST

START_TEST(cost_perfect_line)
{
    costs(5, 3, 2, (double[]){-1, 0, 1, 2, 7}, (double[]){1, 3, 5, 7, 17}, 0, 0);
}
END_TEST

START_TEST(cost_no_houses)
{
    costs(0, 1, 2, X3, Y3, NAN, 0);
}
END_TEST

/* The book has 1,421 houses, and a larger county has more. */
START_TEST(cost_many_houses)
{
    static double x[MANY], y[MANY];
    for (size_t i = 0; i < MANY; i++)
        y[i] = 1 + 2 * (x[i] = (double)i);
    costs(MANY, 1, 2, x, y, 0, 0);
    costs(MANY, 2, 2, x, y, 0.5, tol_ulp(0.5, MANY));
}
END_TEST

START_TEST(cost_nan)
{
    costs(3, NAN, 0, X3, Y3, NAN, 0);
    costs(3, 0, 0, (double[]){1, 2, 3}, (double[]){2, NAN, 7}, NAN, 0);
}
END_TEST

/* A whole number is added to whole prices, so nothing is rounded and the two costs must agree to the last bits. */
START_TEST(cost_shift)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MOST);
        double theta0 = (double)gen_between(0, 20) - 10, theta1 = (double)gen_between(0, 8) - 4;
        double c = (double)gen_between(1, 1000), x[MOST], y[MOST], higher[MOST];
        for (size_t i = 0; i < n; i++) {
            x[i] = (double)gen_between(0, 10) - 3;
            y[i] = (double)gen_between(0, 50);
            higher[i] = y[i] + c;
        }
        double want = exact_cost(n, theta0, theta1, x, y);
        costs(n, theta0 + c, theta1, x, higher, want, tol_ulp(want, (double)n + 4));
    }
}
END_TEST

START_TEST(cost_any)
{
    costs(2, 0.1, 0, (double[]){1, 2}, (double[]){0.3, 0.6}, 0.0725, tol_ulp(0.0725, 16));
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MOST);
        double theta0 = gen_num(t), theta1 = gen_num(t), x[MOST], y[MOST];
        gen_vec(t, n, x);
        gen_vec(t, n, y);
        costs(n, theta0, theta1, x, y, exact_cost(n, theta0, theta1, x, y), tol_cost(n, theta0, theta1, x, y));
    }
}
END_TEST

/* ------------------------------------------------------------------ line_grad */

static void slopes(size_t n, double theta0, double theta1, const double x0[], const double y0[], const double want[2],
                   const double tol[2], const char *why)
{
    call("line_grad(%zu, g, %s, %s, x, y)", n, num_text(theta0), num_text(theta1));
    double *g = out_vec("g", 2);
    const double *x = in_vec("x", n, x0);
    const double *y = in_vec("y", n, y0);
    if (why)
        because("%s", why);
    line_grad(n, g, theta0, theta1, x, y);
    expect_vec_tol(g, want, tol);
}

START_TEST(grad_by_hand)
{
    double tol[2];
    tol_grad(3, tol, 0, 0, X3, Y3);
    slopes(3, 0, 0, X3, Y3, (double[]){-4, -29.0 / 3}, tol,
           "The residuals are -2, -3, -7, and times x they are -2, -6, -21.");
}
END_TEST

START_TEST(grad_one_house)
{
    slopes(1, 0, 1, (double[]){2}, (double[]){3}, (double[]){-1, -2}, (double[]){0, 0}, "The residual is -1.");
}
END_TEST

/* The residuals are halves, but a third of one is rounded: who divides each term before adding may miss the zeros by a little. */
START_TEST(grad_balanced)
{
    double tol[2];
    tol_grad(3, tol, -1, 2.5, X3, Y3);
    slopes(3, -1, 2.5, X3, Y3, (double[]){0, 0}, tol,
           "This is the best line of the three points: the votes balance.");
}
END_TEST

START_TEST(grad_no_houses)
{
    slopes(0, 1, 2, X3, Y3, (double[]){NAN, NAN}, (double[]){0, 0}, NULL);
}
END_TEST

START_TEST(grad_many_houses)
{
    static double x[MANY], y[MANY];
    for (size_t i = 0; i < MANY; i++)
        y[i] = 1 + 2 * (x[i] = (double)i);
    slopes(MANY, 1, 2, x, y, (double[]){0, 0}, (double[]){0, 0}, "Every house lies on the line.");
}
END_TEST

START_TEST(grad_nan)
{
    slopes(3, 1, NAN, X3, Y3, (double[]){NAN, NAN}, (double[]){0, 0}, NULL);
}
END_TEST

/* The cost is a parabola along each dial, so a nudge of 1 to both sides measures its slope exactly, up to round-off: the costs are
   computed in long double, and (c1 − c2)/2 of two costs of size c is off by less than 2^-62·c. The nudges are recomputed here, from
   the definition of the cost and not from a formula for its slopes. */
static long double nudged(double theta0, double theta1, size_t n, const double x[], const double y[])
{
    long double sum = 0;
    for (size_t i = 0; i < n; i++) {
        long double r = residual(theta0, theta1, x[i], y[i]);
        sum += r * r / 2;
    }
    return sum / (long double)n;
}

START_TEST(grad_by_nudging)
{
    const double x[5] = {1, 2, 3, 5, 11}, y[5] = {2, 3, 7, 4, 20};
    for (size_t t = 0; t < 20; t++) {
        double theta0 = round(gen_uniform(-8, 8) * 4) / 4, theta1 = round(gen_uniform(-8, 8) * 4) / 4;
        double want[2] = {(double)(nudged(theta0 + 1, theta1, 5, x, y) - nudged(theta0 - 1, theta1, 5, x, y)) / 2,
                          (double)(nudged(theta0, theta1 + 1, 5, x, y) - nudged(theta0, theta1 - 1, 5, x, y)) / 2};
        slopes(5, theta0, theta1, x, y, want, (double[]){1e-7, 1e-7},
               "Expected is what the cost itself says: one dial nudged by 1 to both sides, difference divided by 2.");
    }
}
END_TEST

START_TEST(grad_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MOST);
        double theta0 = gen_num(t), theta1 = gen_num(t), x[MOST], y[MOST], want[2], tol[2];
        gen_vec(t, n, x);
        gen_vec(t, n, y);
        exact_grad(n, want, theta0, theta1, x, y);
        tol_grad(n, tol, theta0, theta1, x, y);
        slopes(n, theta0, theta1, x, y, want, tol, NULL);
    }
}
END_TEST

/* ------------------------------------------------------------------ line_step */

/* theta − lr·g: two operations, error below ε·(|theta| + |lr·g|). */
static void steps_to(const double theta0[2], const double g0[2], double lr)
{
    double want[2], tol[2];
    for (int j = 0; j < 2; j++) {
        want[j] = (double)(theta0[j] - (long double)lr * g0[j]);
        tol[j] = 2 * EPS * (fabs(theta0[j]) + fabs(lr * g0[j])) + DBL_MIN;
    }
    call("line_step(theta, g, %s)", num_text(lr));
    double *theta = inout_vec("theta", 2, theta0);
    const double *g = in_vec("g", 2, g0);
    line_step(theta, g, lr);
    expect_vec_tol(theta, want, tol);
}

START_TEST(step_by_hand)
{
    steps_to((double[]){1, 2}, (double[]){3, 4}, 0.5);
}
END_TEST

START_TEST(step_of_the_chapter)
{
    steps_to((double[]){0, 0}, (double[]){-4, -29.0 / 3}, 0.1);
}
END_TEST

START_TEST(step_negative_slopes)
{
    steps_to((double[]){-1, 5}, (double[]){-2, 8}, 0.25);
    steps_to((double[]){-1, 5}, (double[]){2, -8}, 0.25);
}
END_TEST

START_TEST(step_of_no_length)
{
    steps_to((double[]){1, 2}, (double[]){3, 4}, 0);
    steps_to((double[]){1, 2}, (double[]){0, 0}, 0.5);
}
END_TEST

START_TEST(step_any)
{
    for (size_t t = 0; t < TRIALS; t++)
        steps_to((double[]){gen_num(t), gen_num(t)}, (double[]){gen_num(t), gen_num(t)}, gen_uniform(0, 2));
}
END_TEST

/* ------------------------------------------------------------------ line_fit */

/* The hand traces are fractions, written out here: nothing of the code under test made them. Three steps of a dozen operations
   on numbers below 10 stay within 1e-13 of them; 1e-12 is what the contract's "to 1e-12" promises. */
static void fits(const double theta0[2], double lr, size_t steps, const double want[2], double J)
{
    call("line_fit(3, theta, x, y, %s, %zu)", num_text(lr), steps);
    double *theta = inout_vec("theta", 2, theta0);
    const double *x = in_vec("x", 3, X3);
    const double *y = in_vec("y", 3, Y3);
    double got = line_fit(3, theta, x, y, lr, steps);
    expect_vec(theta, want, 1e-12);
    because("The cost at the theta that is handed back.");
    expect_num(got, J, 1e-12);
}

START_TEST(fit_one_step)
{
    fits((double[]){0, 0}, 0.1, 1, (double[]){0.4, 29.0 / 30}, 6541.0 / 2700);
}
END_TEST

START_TEST(fit_no_steps)
{
    fits((double[]){0, 0}, 0.1, 0, (double[]){0, 0}, 62.0 / 6);
    fits((double[]){1, 1}, 0.1, 0, (double[]){1, 1}, 1.5);
}
END_TEST

START_TEST(fit_two_steps)
{
    fits((double[]){0, 0}, 0.1, 2, (double[]){17.0 / 30, 631.0 / 450}, 1032089.0 / 1215000);
}
END_TEST

START_TEST(fit_three_steps)
{
    fits((double[]){0, 0}, 0.1, 3, (double[]){2833.0 / 4500, 5404.0 / 3375}, 116657599.0 / 218700000);
}
END_TEST

/* From (1, 1) the residuals are 0, 0, −3, the slopes −1 and −3. */
START_TEST(fit_from_elsewhere)
{
    fits((double[]){1, 1}, 0.1, 1, (double[]){1.1, 1.3}, 0.775);
}
END_TEST

START_TEST(fit_arrives)
{
    call("line_fit(3, theta, x, y, 0.3, 2000)");
    double *theta = inout_vec("theta", 2, (double[]){0, 0});
    const double *x = in_vec("x", 3, X3);
    const double *y = in_vec("y", 3, Y3);
    because("(-1, 2.5) is the best line of the three points; its cost is 0.25.");
    double got = line_fit(3, theta, x, y, 0.3, 2000);
    expect_vec(theta, (double[]){-1, 2.5}, 1e-9);
    expect_num(got, 0.25, 1e-9);
}
END_TEST

START_TEST(fit_too_fast)
{
    call("line_fit(3, theta, x, y, 1000, 500)");
    double *theta = inout_vec("theta", 2, (double[]){0, 0});
    const double *x = in_vec("x", 3, X3);
    const double *y = in_vec("y", 3, Y3);
    because("At this rate every step multiplies the distance by thousands; the cost has to overflow, not to be hidden.");
    double got = line_fit(3, theta, x, y, 1000, 500);
    expect(!isfinite(got), "returned %s, expected infinity or NaN", num_text(got));
}
END_TEST

static void walk(size_t n, double theta[2], double *tol, const double x[], const double y[], double lr, size_t steps);

/* Too fast, but not for long: a step multiplies the distance by about 4.5, a rounding error too, so the digits of the result are
   those of theta, 20 steps of a dozen roundings; 1e-9 is ten thousand times that. */
START_TEST(fit_far)
{
    double want[2] = {0, 0}, unused;
    walk(3, want, &unused, X3, Y3, 1, 20);
    double J = exact_cost(3, want[0], want[1], X3, Y3);
    call("line_fit(3, theta, x, y, 1, 20)");
    double *theta = inout_vec("theta", 2, (double[]){0, 0});
    const double *x = in_vec("x", 3, X3);
    const double *y = in_vec("y", 3, Y3);
    because("The cost grows at this rate; whoever asks for twenty steps gets twenty, and the cost after them.");
    double got = line_fit(3, theta, x, y, 1, 20);
    expect_vec(theta, want, 1e-9 * fabs(want[1]));
    expect_num(got, J, 1e-9 * J);
}
END_TEST

/* The walk again, in long double. With lr below 1/(1 + mean x²) a step never lengthens the distance between two walks, so the errors
   of the single steps (lr times that of the gradient, and a rounding of theta) add up at most. */
static void walk(size_t n, double theta[2], double *tol, const double x[], const double y[], double lr, size_t steps)
{
    long double a = theta[0], b = theta[1];
    *tol = 0;
    for (size_t t = 0; t < steps; t++) {
        double each[2];
        long double g0 = 0, g1 = 0;
        for (size_t i = 0; i < n; i++) {
            long double r = a + b * x[i] - y[i];
            g0 += r / (long double)n;
            g1 += r * x[i] / (long double)n;
        }
        tol_grad(n, each, (double)a, (double)b, x, y);
        a -= lr * g0;
        b -= lr * g1;
        *tol += lr * (each[0] + each[1]) + 4 * EPS * (double)(fabsl(a) + fabsl(b) + lr * (fabsl(g0) + fabsl(g1)));
    }
    theta[0] = (double)a;
    theta[1] = (double)b;
    *tol = 4 * *tol + DBL_MIN;
}

START_TEST(fit_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MOST), steps = gen_size(t, 1, 20);
        double x[MOST], y[MOST], size = 1, tol, slope[2];
        for (size_t i = 0; i < n; i++) {
            x[i] = t < TRIALS / 2 ? (double)gen_between(1, 4) : gen_uniform(0.5, 4);
            y[i] = t < TRIALS / 2 ? (double)gen_between(0, 9) : gen_uniform(-10, 10);
            size += x[i] * x[i] / (double)n;
        }
        double start[2] = {(double)gen_between(0, 4) - 2, (double)gen_between(0, 4) - 2};
        double lr = gen_uniform(0.2, 0.9) / size, want[2] = {start[0], start[1]};
        walk(n, want, &tol, x, y, lr, steps);
        call("line_fit(%zu, theta, x, y, %s, %zu)", n, num_text(lr), steps);
        double *theta = inout_vec("theta", 2, start);
        const double *xs = in_vec("x", n, x);
        const double *ys = in_vec("y", n, y);
        double got = line_fit(n, theta, xs, ys, lr, steps);
        expect_vec(theta, want, tol);
        /* A cost moves by its slope times the distance, and half its curvature (below `size`) times the square of that. */
        exact_grad(n, slope, want[0], want[1], x, y);
        expect_num(got, exact_cost(n, want[0], want[1], x, y),
                   tol_cost(n, want[0], want[1], x, y) + (fabs(slope[0]) + fabs(slope[1])) * tol + size * tol * tol);
    }
}
END_TEST

/* ------------------------------------------------------------------ line_unscale */

/* θ1/σ is one operation, θ0 − θ1·μ/σ three, on numbers no larger than |θ0| + |θ1·μ/σ|. */
static void unscales(const double theta0[2], double mu, double sd, const char *why)
{
    double per = theta0[1] / sd;
    double want[2] = {(double)(theta0[0] - (long double)theta0[1] * mu / sd), per};
    double tol[2] = {4 * EPS * (fabs(theta0[0]) + fabs(per * mu)) + DBL_MIN, 2 * EPS * fabs(per) + DBL_MIN};
    call("line_unscale(theta, %s, %s)", num_text(mu), num_text(sd));
    double *theta = inout_vec("theta", 2, theta0);
    if (why)
        because("%s", why);
    line_unscale(theta, mu, sd);
    expect_vec_tol(theta, want, tol);
}

START_TEST(unscale_by_hand)
{
    unscales((double[]){10, 6}, 4, 2, "At x = 4 (z = 0) both lines say 10, at x = 6 (z = 1) both say 16.");
}
END_TEST

START_TEST(unscale_three_points)
{
    unscales((double[]){4, 2.5}, 2, 1, "The best line of the three points, -1 + 2.5x.");
}
END_TEST

START_TEST(unscale_nothing)
{
    unscales((double[]){3, -2}, 0, 1, "With mean 0 and deviation 1, z is x.");
}
END_TEST

START_TEST(unscale_houses)
{
    unscales((double[]){86386.36, 50589.2}, 1437.0929, 604.88057, NULL);
}
END_TEST

START_TEST(unscale_predicts_the_same)
{
    for (size_t t = 0; t < 10; t++) {
        double before[2] = {gen_num(t), gen_num(t)}, mu = gen_num(t), sd = (double)gen_between(1, 9) / 4;
        double x = (double)gen_between(0, 20) - 10, z = (x - mu) / sd;
        call("line_unscale(theta, %s, %s)", num_text(mu), num_text(sd));
        double *theta = inout_vec("theta", 2, before);
        line_unscale(theta, mu, sd);
        double want = before[0] + before[1] * z;
        double size = fabs(before[0]) + fabs(before[1]) * (fabs(x) + fabs(mu)) / sd;
        because("x = %s is z = %s, which the scaled line prices at %s.", num_text(x), num_text(z), num_text(want));
        expect_named("theta[0] + theta[1]*x after the call", theta[0] + theta[1] * x, want, 8 * EPS * size + DBL_MIN);
    }
}
END_TEST

START_TEST(unscale_any)
{
    for (size_t t = 0; t < TRIALS; t++)
        unscales((double[]){gen_num(t), gen_num(t)}, gen_num(t), gen_uniform(0.01, 100), NULL);
}
END_TEST

/* ------------------------------------------------------------------ pen and paper

   Each answer is computed by another road than the question asks for. */

START_TEST(pen_a)
{
    double J = exact_cost(3, 0, 0, X3, Y3);
    call("pen_00_a()");
    expect_answer(pen_00_a(), J, 1e-5 * J, NULL);
}
END_TEST

/* By nudging, from the cost alone. */
START_TEST(pen_b)
{
    double slope = (double)(nudged(0, 1, 3, X3, Y3) - nudged(0, -1, 3, X3, Y3)) / 2;
    call("pen_00_b()");
    expect_answer(pen_00_b(), -0.1 * slope, 1e-5, NULL);
}
END_TEST

/* 2 over the larger eigenvalue of the matrix (1, mean x; mean x, mean x²). */
START_TEST(pen_c)
{
    double m = 2, q = 14.0 / 3, root = sqrt((1 - q) * (1 - q) + 4 * m * m);
    double border = 2 / ((1 + q + root) / 2);
    call("pen_00_c()");
    expect_answer(pen_00_c(), border, 0.01 * border, NULL);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("00-first");

    TCase *predict = suite_case(s, "line_predict");
    tcase_add_test(predict, predict_by_hand);
    tcase_add_test(predict, predict_intercept);
    tcase_add_test(predict, predict_left_of_zero);
    tcase_add_test(predict, predict_fractions);
    tcase_add_test(predict, predict_nan);
    tcase_add_test(predict, predict_any);

    TCase *cost = suite_case(s, "line_cost");
    tcase_add_test(cost, cost_by_hand);
    tcase_add_test(cost, cost_one_house);
    tcase_add_test(cost, cost_misses_do_not_cancel);
    tcase_add_test(cost, cost_perfect_line);
    tcase_add_test(cost, cost_no_houses);
    tcase_add_test(cost, cost_many_houses);
    tcase_add_test(cost, cost_nan);
    tcase_add_test(cost, cost_shift);
    tcase_add_test(cost, cost_any);

    TCase *grad = suite_case(s, "line_grad");
    tcase_add_test(grad, grad_by_hand);
    tcase_add_test(grad, grad_one_house);
    tcase_add_test(grad, grad_balanced);
    tcase_add_test(grad, grad_no_houses);
    tcase_add_test(grad, grad_many_houses);
    tcase_add_test(grad, grad_nan);
    tcase_add_test(grad, grad_by_nudging);
    tcase_add_test(grad, grad_any);

    TCase *step = suite_case(s, "line_step");
    tcase_add_test(step, step_by_hand);
    tcase_add_test(step, step_of_the_chapter);
    tcase_add_test(step, step_negative_slopes);
    tcase_add_test(step, step_of_no_length);
    tcase_add_test(step, step_any);

    TCase *fit = suite_case(s, "line_fit");
    tcase_add_test(fit, fit_one_step);
    tcase_add_test(fit, fit_no_steps);
    tcase_add_test(fit, fit_two_steps);
    tcase_add_test(fit, fit_three_steps);
    tcase_add_test(fit, fit_from_elsewhere);
    tcase_add_test(fit, fit_arrives);
    tcase_add_test(fit, fit_too_fast);
    tcase_add_test(fit, fit_far);
    tcase_add_test(fit, fit_any);

    TCase *unscale = suite_case(s, "line_unscale");
    tcase_add_test(unscale, unscale_by_hand);
    tcase_add_test(unscale, unscale_three_points);
    tcase_add_test(unscale, unscale_nothing);
    tcase_add_test(unscale, unscale_houses);
    tcase_add_test(unscale, unscale_predicts_the_same);
    tcase_add_test(unscale, unscale_any);

    tcase_add_test(suite_case(s, "pen_00_a"), pen_a);
    tcase_add_test(suite_case(s, "pen_00_b"), pen_b);
    tcase_add_test(suite_case(s, "pen_00_c"), pen_c);
    return s;
}
