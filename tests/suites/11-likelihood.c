/* The suite of chapter 11, likelihood. One TCase per function; in each, the chapter's own example comes first, then the
   edges that the contract names, then properties. The yardsticks are long double sums. Tolerances of the means: each term
   carries a handful of roundings and the sum n of them, so 2·(n + k)·ε·mean|term| for a small k; where a term is smaller than
   what it was computed from, the comment at its yardstick says so. */
#include "harness.h"

#include <fenv.h>

#include "dist.h"
#include "loss.h"
#include "pen.h"
#include "prob.h"
#include "stats.h"

enum { MOST = 40 };
static const double NOTHING[1] = {0};
static const double YHAT[3] = {3, 5, 2}, Y[3] = {1, 5, 8};
static const double HALF_LOG_2PI = 0.91893853320467274178;

/* The mean of n terms, all computed without cancellation, and the tolerance for it. */
static double mean_of(size_t n, const double term[], double *tol)
{
    long double sum = 0, size = 0;
    for (size_t i = 0; i < n; i++) {
        sum += term[i];
        size += fabs(term[i]);
    }
    *tol = 2 * (double)(n + 8) * EPS * (double)(size / n) + DBL_TRUE_MIN;
    return (double)(sum / n);
}

/* Predictions and targets, small whole numbers first, then with decimals. */
static void gen_pair(size_t t, size_t n, double yhat[], double y[])
{
    double spread = t < TRIALS / 2 ? 5 : 300;
    for (size_t i = 0; i < n; i++) {
        yhat[i] = spread * gen_normal();
        y[i] = spread * gen_normal();
        if (t < TRIALS / 4) {
            yhat[i] = round(yhat[i]);
            y[i] = round(y[i]);
        }
    }
}

typedef double loss_fn(size_t n, const double yhat[n], const double y[n]);

static void check_no_examples(const char *name, loss_fn *loss)
{
    call("%s(0, yhat, y)", name);
    const double *yhat = in_vec("yhat", 0, NOTHING), *y = in_vec("y", 0, NOTHING);
    double got = loss(0, yhat, y);
    because("the mean of nothing is not defined");
    expect_num(got, NAN, 0);
}

static void check_nan(const char *name, loss_fn *loss)
{
    call("%s(3, yhat, y)", name);
    const double *yhat = in_vec("yhat", 3, (double[]){3, NAN, 2}), *y = in_vec("y", 3, Y);
    double got = loss(3, yhat, y);
    because("one unknown error makes the mean unknown");
    expect_num(got, NAN, 0);

    call("%s(3, yhat, y)", name);
    const double *known = in_vec("yhat", 3, YHAT), *unknown = in_vec("y", 3, (double[]){NAN, 5, 8});
    expect_num(loss(3, known, unknown), NAN, 0);
}

/* ------------------------------------------------------------------ loss_mse */

START_TEST(mse_by_hand)
{
    call("loss_mse(1, yhat, y)");
    const double *one = in_vec("yhat", 1, (double[]){5}), *target = in_vec("y", 1, (double[]){2});
    double got = loss_mse(1, one, target);
    because("one error of 3: 9/1");
    expect_num(got, 9, 0);

    call("loss_mse(3, yhat, y)");
    const double *yhat = in_vec("yhat", 3, YHAT), *y = in_vec("y", 3, Y);
    got = loss_mse(3, yhat, y);
    because("the errors are 2, 0, -6: (4 + 0 + 36)/3 = 13.33");
    expect_num(got, 40. / 3, tol_ulp(40. / 3, 6));

    call("loss_mse(2, yhat, y)");
    const double *same = in_vec("yhat", 2, Y), *y2 = in_vec("y", 2, Y);
    expect_num(loss_mse(2, same, y2), 0, 0);
}
END_TEST

/* The errors are whole numbers and exact; the prices squared are near 10^18, where doubles are 128 apart. */
START_TEST(mse_far_away)
{
    call("loss_mse(3, yhat, y)");
    const double *yhat = in_vec("yhat", 3, (double[]){1e9 + 3, 1e9 + 5, 1e9 + 2});
    const double *y = in_vec("y", 3, (double[]){1e9 + 1, 1e9 + 5, 1e9 + 8});
    double got = loss_mse(3, yhat, y);
    because("a thousand million more on both sides: the errors are still 2, 0, -6");
    expect_num(got, 40. / 3, tol_ulp(40. / 3, 6));
}
END_TEST

START_TEST(mse_edges)
{
    check_no_examples("loss_mse", loss_mse);
    check_nan("loss_mse", loss_mse);

    call("loss_mse(2, yhat, y)");
    const double *yhat = in_vec("yhat", 2, (double[]){1e150, 0}), *y = in_vec("y", 2, (double[]){0, 0});
    expect_num(loss_mse(2, yhat, y), 5e299, tol_ulp(5e299, 8));
}
END_TEST

START_TEST(mse_any)
{
    double a[MOST], b[MOST], term[MOST], tol;
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MOST);
        gen_pair(t, n, a, b);
        long double bias = 0, spread = 0;
        for (size_t i = 0; i < n; i++) {
            term[i] = (a[i] - b[i]) * (a[i] - b[i]);
            bias += ((long double)a[i] - b[i]) / n;
        }
        for (size_t i = 0; i < n; i++)
            spread += ((long double)a[i] - b[i] - bias) * ((long double)a[i] - b[i] - bias) / n;
        double want = mean_of(n, term, &tol);

        call("loss_mse(%zu, yhat, y)", n);
        const double *yhat = in_vec("yhat", n, a), *y = in_vec("y", n, b);
        expect_num(loss_mse(n, yhat, y), want, tol);

        call("loss_mse(%zu, yhat, y)", n);
        const double *swapped = in_vec("yhat", n, b), *other = in_vec("y", n, a);
        double got = loss_mse(n, swapped, other);
        because("squared bias plus variance of the errors; prediction and target may change places");
        expect_num(got, (double)(bias * bias + spread), tol);
    }
}
END_TEST

/* ------------------------------------------------------------------ loss_mae */

START_TEST(mae_by_hand)
{
    call("loss_mae(1, yhat, y)");
    const double *one = in_vec("yhat", 1, (double[]){2}), *target = in_vec("y", 1, (double[]){5});
    double got = loss_mae(1, one, target);
    because("one error of -3: 3/1");
    expect_num(got, 3, 0);

    call("loss_mae(3, yhat, y)");
    const double *yhat = in_vec("yhat", 3, YHAT), *y = in_vec("y", 3, Y);
    got = loss_mae(3, yhat, y);
    because("the errors are 2, 0, -6: (2 + 0 + 6)/3 = 2.67");
    expect_num(got, 8. / 3, tol_ulp(8. / 3, 6));

    call("loss_mae(2, yhat, y)");
    const double *up = in_vec("yhat", 2, (double[]){1.5, 0.5}), *down = in_vec("y", 2, (double[]){1, 1});
    got = loss_mae(2, up, down);
    because("half a unit too much and half a unit too little: (0.5 + 0.5)/2");
    expect_num(got, 0.5, tol_ulp(0.5, 4));
}
END_TEST

START_TEST(mae_edges)
{
    check_no_examples("loss_mae", loss_mae);
    check_nan("loss_mae", loss_mae);

    call("loss_mae(2, yhat, y)");
    const double *yhat = in_vec("yhat", 2, (double[]){-1e150, 0}), *y = in_vec("y", 2, (double[]){0, 0});
    expect_num(loss_mae(2, yhat, y), 5e149, tol_ulp(5e149, 8));
}
END_TEST

START_TEST(mae_any)
{
    double a[MOST], b[MOST], term[MOST], tol;
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MOST);
        gen_pair(t, n, a, b);
        for (size_t i = 0; i < n; i++)
            term[i] = fabs(a[i] - b[i]);
        double want = mean_of(n, term, &tol);
        call("loss_mae(%zu, yhat, y)", n);
        const double *yhat = in_vec("yhat", n, a), *y = in_vec("y", n, b);
        expect_num(loss_mae(n, yhat, y), want, tol);
    }
}
END_TEST

START_TEST(mae_median)
{
    /* The chapter's three houses: 3 is the median, and with it the loss is 11/3. Every other whole number costs at least
       1/3 more, far beyond rounding. */
    for (int c = 2; c <= 13; c++) {
        call("loss_mae(3, yhat, y)");
        const double *yhat = in_vec("yhat", 3, (double[]){c, c, c});
        const double *y = in_vec("y", 3, (double[]){2, 3, 13});
        double want = (11 + fabs(c - 3.)) / 3, got = loss_mae(3, yhat, y);
        because("2 and 13 charge 11 together, 3 charges %g", fabs(c - 3.));
        expect_num(got, want, tol_ulp(want, 6));
    }
}
END_TEST

/* ------------------------------------------------------------------ loss_huber */

START_TEST(huber_by_hand)
{
    static const double error[] = {0, 1, -1, 2, -2, 3, -3, 6, -6}, want[] = {0, 0.5, 0.5, 2, 2, 4, 4, 10, 10};
    for (size_t i = 0; i < 9; i++) {
        call("loss_huber(1, yhat, y, 2)");
        const double *yhat = in_vec("yhat", 1, &error[i]), *y = in_vec("y", 1, NOTHING);
        double got = loss_huber(1, yhat, y, 2);
        if (fabs(error[i]) <= 2)
            because("|%g| is not beyond 2: half of its square", error[i]);
        else
            because("|%g| is beyond 2: 2·(%g - 1)", error[i], fabs(error[i]));
        expect_num(got, want[i], 0);
    }
    call("loss_huber(3, yhat, y, 2)");
    const double *yhat = in_vec("yhat", 3, YHAT), *y = in_vec("y", 3, Y);
    double got = loss_huber(3, yhat, y, 2);
    because("the errors are 2, 0, -6: (2 + 0 + 10)/3");
    expect_num(got, 4, tol_ulp(4, 6));
}
END_TEST

START_TEST(huber_delta)
{
    static const double bad[] = {0, -0.0, -1, -INFINITY, NAN};
    for (size_t i = 0; i < 5; i++) {
        call("loss_huber(3, yhat, y, %s)", num_text(bad[i]));
        const double *yhat = in_vec("yhat", 3, YHAT), *y = in_vec("y", 3, Y);
        double got = loss_huber(3, yhat, y, bad[i]);
        because("no delta but a positive one has a middle and tails");
        expect_num(got, NAN, 0);
    }
    call("loss_huber(3, yhat, y, 1e9)");
    const double *yhat = in_vec("yhat", 3, YHAT), *y = in_vec("y", 3, Y);
    double got = loss_huber(3, yhat, y, 1e9);
    because("no error is beyond delta: half of the mean square");
    expect_num(got, 20. / 3, tol_ulp(20. / 3, 8));
}
END_TEST

START_TEST(huber_edges)
{
    call("loss_huber(0, yhat, y, 1)");
    const double *none = in_vec("yhat", 0, NOTHING), *nothing = in_vec("y", 0, NOTHING);
    double got = loss_huber(0, none, nothing, 1);
    because("the mean of nothing is not defined");
    expect_num(got, NAN, 0);

    call("loss_huber(3, yhat, y, 1)");
    const double *yhat = in_vec("yhat", 3, (double[]){3, NAN, 2}), *y = in_vec("y", 3, Y);
    got = loss_huber(3, yhat, y, 1);
    because("one unknown error makes the mean unknown");
    expect_num(got, NAN, 0);
}
END_TEST

START_TEST(huber_infinite_delta)
{
    /* delta·(|r| − delta/2) must not be computed for all and picked from: the case |r| ≤ delta applies. */
    call("loss_huber(3, yhat, y, INFINITY)");
    const double *yhat = in_vec("yhat", 3, YHAT), *y = in_vec("y", 3, Y);
    double got = loss_huber(3, yhat, y, INFINITY);
    because("no error is beyond infinity: half of the mean square");
    expect_num(got, 20. / 3, tol_ulp(20. / 3, 8));
}
END_TEST

START_TEST(huber_seam)
{
    /* The slope is at most delta: over a step of h on either side of the seam the loss changes by at most delta·h. */
    for (size_t t = 0; t < TRIALS; t++) {
        double delta = gen_uniform(0.5, 20), h = 1e-7 * delta, side = t % 2 ? 1 : -1;
        double in = side * (delta - h), out = side * (delta + h);
        call("loss_huber(1, yhat, y, %s)", num_text(delta));
        const double *below = in_vec("yhat", 1, &in), *y = in_vec("y", 1, NOTHING);
        double inside = loss_huber(1, below, y, delta);
        double want = in * in / 2;
        expect_num(inside, want, tol_ulp(want, 8));
        call("loss_huber(1, yhat, y, %s)", num_text(delta));
        const double *above = in_vec("yhat", 1, &out), *zero = in_vec("y", 1, NOTHING);
        double outside = loss_huber(1, above, zero, delta);
        because("at ±delta the two pieces meet in half of delta squared, %.6g", delta * delta / 2);
        want = delta * delta / 2 + delta * h;
        /* out was rounded: an error of ε·delta in it, times the slope delta. */
        expect_num(outside, want, tol_ulp(delta * delta, 8));
    }
}
END_TEST

START_TEST(huber_any)
{
    double a[MOST], b[MOST], term[MOST], tol;
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MOST);
        double delta = gen_uniform(0.1, 10);
        gen_pair(t, n, a, b);
        for (size_t i = 0; i < n; i++) {
            double r = fabs(a[i] - b[i]);
            term[i] = r <= delta ? r * r / 2 : delta * (r - delta / 2);
        }
        /* Beyond delta, delta·|r| − delta²/2 may be computed term by term; the parts are at most twice the value. */
        double want = mean_of(n, term, &tol);
        call("loss_huber(%zu, yhat, y, %s)", n, num_text(delta));
        const double *yhat = in_vec("yhat", n, a), *y = in_vec("y", n, b);
        expect_num(loss_huber(n, yhat, y, delta), want, 2 * tol);
    }
}
END_TEST

/* ------------------------------------------------------------------ loss_nll_normal */

START_TEST(nll_by_hand)
{
    call("loss_nll_normal(1, yhat, y, 1)");
    const double *one = in_vec("yhat", 1, (double[]){6}), *target = in_vec("y", 1, (double[]){10});
    double want = 8 + HALF_LOG_2PI, got = loss_nll_normal(1, one, target, 1);
    because("16/2 + ln 1 + 0.919");
    expect_num(got, want, tol_ulp(want, 10));

    call("loss_nll_normal(3, yhat, y, 2)");
    const double *yhat = in_vec("yhat", 3, YHAT), *y = in_vec("y", 3, Y);
    want = 40. / 24 + log(2) + HALF_LOG_2PI;
    got = loss_nll_normal(3, yhat, y, 2);
    because("the errors are 2, 0, -6: 13.33/8 + ln 2 + 0.919 = 3.279");
    expect_num(got, want, tol_ulp(want, 16));

    call("loss_nll_normal(2, yhat, y, 0.5)");
    const double *right = in_vec("yhat", 2, Y), *same = in_vec("y", 2, Y);
    want = log(0.5) + HALF_LOG_2PI;
    got = loss_nll_normal(2, right, same, 0.5);
    because("no error at all: ln 0.5 + 0.919");
    expect_num(got, want, tol_ulp(1, 12));
}
END_TEST

START_TEST(nll_edges)
{
    static const double bad[] = {0, -1, -INFINITY, NAN};
    for (size_t i = 0; i < 4; i++) {
        call("loss_nll_normal(3, yhat, y, %s)", num_text(bad[i]));
        const double *yhat = in_vec("yhat", 3, YHAT), *y = in_vec("y", 3, Y);
        double got = loss_nll_normal(3, yhat, y, bad[i]);
        because("no law has a width that is not positive");
        expect_num(got, NAN, 0);
    }
    call("loss_nll_normal(0, yhat, y, 1)");
    const double *none = in_vec("yhat", 0, NOTHING), *nothing = in_vec("y", 0, NOTHING);
    double got = loss_nll_normal(0, none, nothing, 1);
    because("the mean of nothing is not defined");
    expect_num(got, NAN, 0);

    call("loss_nll_normal(3, yhat, y, 1)");
    const double *yhat = in_vec("yhat", 3, (double[]){3, NAN, 2}), *y = in_vec("y", 3, Y);
    got = loss_nll_normal(3, yhat, y, 1);
    because("one unknown error makes the mean unknown");
    expect_num(got, NAN, 0);
}
END_TEST

START_TEST(nll_far_out)
{
    call("loss_nll_normal(1, yhat, y, 1)");
    const double *yhat = in_vec("yhat", 1, (double[]){100}), *y = in_vec("y", 1, NOTHING);
    double want = 5000 + HALF_LOG_2PI, got = loss_nll_normal(1, yhat, y, 1);
    because("100²/2 + ln 1 + 0.919; the density itself, e^-5000.9, is 0 in a double");
    expect_num(got, want, tol_ulp(want, 10));
}
END_TEST

START_TEST(nll_any)
{
    double a[MOST], b[MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MOST);
        double sigma = exp(gen_uniform(-4, 6));
        gen_pair(t, n, a, b);
        long double square = 0;
        for (size_t i = 0; i < n; i++) {
            long double s = ((long double)a[i] - b[i]) / sigma;
            square += s * s / 2 / n;
        }
        double want = (double)(square + logl(sigma) + HALF_LOG_2PI);
        /* Three parts, added in any order: each with a handful of roundings of its own size, and n in the sum. */
        double size = (double)square + fabs(log(sigma)) + 3;
        call("loss_nll_normal(%zu, yhat, y, %s)", n, num_text(sigma));
        const double *yhat = in_vec("yhat", n, a), *y = in_vec("y", n, b);
        expect_num(loss_nll_normal(n, yhat, y, sigma), want, 2 * (double)(n + 10) * EPS * size);
    }
}
END_TEST

START_TEST(nll_best_width)
{
    /* sigma = RMSE times e^t costs (e^(-2t) − 1)/2 + t more than the best, at least 0.008 for |t| ≥ 0.1. */
    double rmse = sqrt(40. / 3);
    call("loss_nll_normal(3, yhat, y, %s)", num_text(rmse));
    const double *yhat = in_vec("yhat", 3, YHAT), *y = in_vec("y", 3, Y);
    double best = loss_nll_normal(3, yhat, y, rmse);
    because("1/2 + ln 3.651 + 0.919");
    expect_num(best, 0.5 + log(rmse) + HALF_LOG_2PI, 40 * EPS);
    for (int k = -20; k <= 20; k++) {
        if (k == 0)
            continue;
        double sigma = rmse * exp(0.1 * k);
        call("loss_nll_normal(3, yhat, y, %s)", num_text(sigma));
        const double *again = in_vec("yhat", 3, YHAT), *target = in_vec("y", 3, Y);
        double other = loss_nll_normal(3, again, target, sigma);
        expect(other > best, "no width is likelier than the RMSE, %.6g; this one has the loss %.6g, the RMSE has %.6g",
               rmse, other, best);
    }
}
END_TEST

/* ------------------------------------------------------------------ prob_sigmoid */

static double sigmoid(double z)
{
    long double e = expl(-fabsl((long double)z));
    return (double)(z >= 0 ? 1 / (1 + e) : e / (1 + e));
}

/* A handful of roundings; and a program that exponentiates a logarithm rounds an exponent as large as |z|, which is |z|
   units in the last place of the result. The smallest double is added for results below DBL_MIN. */
static double sigmoid_tol(double z)
{
    return tol_ulp(sigmoid(z), 8 + fmin(fabs(z), 800)) + 2 * DBL_TRUE_MIN;
}

START_TEST(sigmoid_by_hand)
{
    call("prob_sigmoid(0)");
    double got = prob_sigmoid(0);
    because("even odds");
    expect_num(got, 0.5, tol_ulp(0.5, 4));

    double z = log(4);
    call("prob_sigmoid(%s)", num_text(z));
    got = prob_sigmoid(z);
    because("z = ln 4, four to one: 1/(1 + 1/4) = 0.8");
    expect_num(got, 0.8, tol_ulp(0.8, 8));

    call("prob_sigmoid(%s)", num_text(-z));
    got = prob_sigmoid(-z);
    because("z = -ln 4, one to four: 1/(1 + 4) = 0.2");
    expect_num(got, 0.2, tol_ulp(0.2, 8));
}
END_TEST

START_TEST(sigmoid_far_out)
{
    static const double z[] = {20, -20, 40, -40, 300, -300, 600, -600, 708, -708, 720, -720, 745, 800, -800, 1e308, -1e308};
    for (size_t i = 0; i < sizeof z / sizeof *z; i++) {
        call("prob_sigmoid(%s)", num_text(z[i]));
        double got = prob_sigmoid(z[i]), want = sigmoid(z[i]);
        if (z[i] < 0)
            because("far to the left, 1/(1 + e^-z) is as small as e^z = %.4g", exp(z[i]));
        /* 720 roundings of a number near 2e-313 are less than the spacing of doubles there. */
        expect_num(got, want, z[i] < -700 ? 4 * DBL_TRUE_MIN : sigmoid_tol(z[i]));
    }
    call("prob_sigmoid(-745)");
    double got = prob_sigmoid(-745);
    expect(got > 0 && got <= 4 * DBL_TRUE_MIN, "σ(-745) is about e^-745 = 5e-324, small but not 0; got %g", got);
}
END_TEST

START_TEST(sigmoid_not_finite)
{
    call("prob_sigmoid(INFINITY)");
    double got = prob_sigmoid(INFINITY);
    because("the largest of all logits: certain");
    expect_num(got, 1, 0);
    call("prob_sigmoid(-INFINITY)");
    got = prob_sigmoid(-INFINITY);
    because("the smallest of all logits: impossible");
    expect_num(got, 0, 0);
    call("prob_sigmoid(NAN)");
    got = prob_sigmoid(NAN);
    because("an unknown logit is no probability");
    expect_num(got, NAN, 0);
}
END_TEST

/* Only overflow counts: e^-800 underflows in every right program, and nearly everything is inexact. The flag is cleared right
   before the call and read right after it, so nothing that the harness does is blamed on the learner. */
START_TEST(sigmoid_no_overflow)
{
#ifdef FE_OVERFLOW
    static const double z[] = {0, 1, -1, 40, -40, 700, -700, 720, -720, 800, -800, 1e4, -1e4, 1e308, -1e308};
    for (size_t i = 0; i < sizeof z / sizeof *z; i++) {
        call("prob_sigmoid(%s)", num_text(z[i]));
        feclearexcept(FE_OVERFLOW);
        volatile double got = prob_sigmoid(z[i]);
        bool raised = fetestexcept(FE_OVERFLOW) != 0;
        (void)got;
        expect(!raised, "no exponential may overflow on the way; here one did (the processor's overflow flag was raised)");
    }
#endif
}
END_TEST

START_TEST(sigmoid_symmetric)
{
    for (size_t t = 0; t < TRIALS; t++) {
        double z = gen_uniform(0, t < TRIALS / 2 ? 4 : 60);
        call("prob_sigmoid(%s)", num_text(z));
        double right = prob_sigmoid(z);
        expect_num(right, sigmoid(z), sigmoid_tol(z));
        call("prob_sigmoid(%s)", num_text(-z));
        double left = prob_sigmoid(-z);
        expect_num(left, sigmoid(-z), sigmoid_tol(-z));
        /* Both near the truth to a few units; the sum's rounding is one more. */
        expect(fabs(left + right - 1) <= sigmoid_tol(z) + sigmoid_tol(-z) + EPS, "σ(-z) + σ(z) is 1; here it is 1 + %.3g",
               left + right - 1);
    }
}
END_TEST

START_TEST(sigmoid_grows)
{
    /* From step to step the truth grows by a quarter of e^z to the left of 0, far more than rounding; where it no longer
       grows visibly, a few units of rounding are granted. */
    double before = 0;
    for (int i = -2980; i <= 2980; i++) {
        double z = i / 4.;
        call("prob_sigmoid(%s)", num_text(z));
        double p = prob_sigmoid(z);
        expect(p >= before - (z > 0 ? sigmoid_tol(z) : 0), "the sigmoid grows; σ(%g) is %.17g and σ(%g) is %.17g", z - 0.25, before,
               z, p);
        expect(p >= 0 && p <= 1 + sigmoid_tol(z) * (z > 0), "a probability lies in [0, 1]; this one is %.17g", p);
        before = p;
    }
}
END_TEST

/* ------------------------------------------------------------------ loss_logistic */

static long double softplus(long double t)
{
    return fmaxl(t, 0) + log1pl(expl(-fabsl(t)));
}

/* The loss of one example, and how far a right program may be from it. A hard label: the large terms cancel exactly, the rest
   has a few roundings, or |z| of them if a logarithm was exponentiated. A soft label: yz is rounded, an error of ε·|z|. */
static double bill(double z, double y, double *tol)
{
    double loss = (double)(y * softplus(-(long double)z) + (1 - (long double)y) * softplus(z));
    *tol = y == 0 || y == 1 ? 2 * EPS * loss * (8 + fabs(z)) + 2 * DBL_TRUE_MIN : 8 * EPS * (1 + fabs(z));
    return loss;
}

static void check_bill(double z, double y)
{
    call("loss_logistic(1, z, y)");
    const double *logit = in_vec("z", 1, &z), *target = in_vec("y", 1, &y);
    double tol, want = bill(z, y, &tol), got = loss_logistic(1, logit, target);
    if (y == 0 || y == 1)
        because("the model gives the logit %g for class %g, so it pays ln(1 + e^%g)", z, y, y == 1 ? -z : z);
    expect_num(got, want, tol);
}

START_TEST(logistic_by_hand)
{
    call("loss_logistic(1, z, y)");
    const double *zero = in_vec("z", 1, (double[]){0}), *one = in_vec("y", 1, (double[]){1});
    double got = loss_logistic(1, zero, one);
    because("a shrug costs ln 2");
    expect_num(got, log(2), tol_ulp(log(2), 8));

    double z = log(4);
    call("loss_logistic(1, z, y)");
    const double *four = in_vec("z", 1, &z), *benign = in_vec("y", 1, (double[]){0});
    got = loss_logistic(1, four, benign);
    because("z = ln 4, y = 0: 1.386 - 0 + ln(1 + 1/4) = 1.609 = -ln 0.2");
    expect_num(got, log(5), tol_ulp(log(5), 8));

    call("loss_logistic(1, z, y)");
    const double *again = in_vec("z", 1, &z), *malignant = in_vec("y", 1, (double[]){1});
    got = loss_logistic(1, again, malignant);
    because("z = ln 4, y = 1: 1.386 - 1.386 + ln(1 + 1/4) = 0.223 = -ln 0.8");
    expect_num(got, log(1.25), tol_ulp(log(1.25), 12));

    call("loss_logistic(2, z, y)");
    const double *both = in_vec("z", 2, (double[]){z, z}), *mixed = in_vec("y", 2, (double[]){0, 1});
    got = loss_logistic(2, both, mixed);
    because("(1.609 + 0.223)/2");
    expect_num(got, (log(5) + log(1.25)) / 2, tol_ulp(1, 12));
}
END_TEST

START_TEST(logistic_far_out)
{
    static const double z[] = {30, 36, 37, 40, 100, 700, 710, 1000};
    for (size_t i = 0; i < sizeof z / sizeof *z; i++) {
        check_bill(z[i], 0);
        check_bill(-z[i], 1);
    }
}
END_TEST

START_TEST(logistic_tiny)
{
    static const double z[] = {20, 30, 40, 100, 600, 1000};
    for (size_t i = 0; i < sizeof z / sizeof *z; i++) {
        check_bill(z[i], 1);
        check_bill(-z[i], 0);
    }
    /* Two of them: what is tiny must not meet the large terms of the next example either. */
    double tol, want = bill(40, 1, &tol);
    call("loss_logistic(2, z, y)");
    const double *logits = in_vec("z", 2, (double[]){40, 40}), *right = in_vec("y", 2, (double[]){1, 1});
    double got = loss_logistic(2, logits, right);
    because("two losses of ln(1 + e^-40), and their mean");
    expect_num(got, want, tol);
}
END_TEST

START_TEST(logistic_soft)
{
    call("loss_logistic(1, z, y)");
    const double *z = in_vec("z", 1, (double[]){3}), *y = in_vec("y", 1, (double[]){0.5});
    double want = (double)((softplus(3) + softplus(-3)) / 2), got = loss_logistic(1, z, y);
    because("half a bill for each class: (3.049 + 0.049)/2");
    expect_num(got, want, 32 * EPS);

    call("loss_logistic(1, z, y)");
    const double *sure = in_vec("z", 1, (double[]){-1000}), *half = in_vec("y", 1, (double[]){0.5});
    got = loss_logistic(1, sure, half);
    because("half of 1000 and half of nothing");
    expect_num(got, 500, tol_ulp(500, 8));

    for (size_t t = 0; t < TRIALS; t++)
        check_bill(gen_uniform(-8, 8), gen_uniform(0.01, 0.99));
}
END_TEST

START_TEST(logistic_edges)
{
    check_no_examples("loss_logistic", loss_logistic);
    call("loss_logistic(3, z, y)");
    const double *z = in_vec("z", 3, (double[]){1, NAN, 2}), *y = in_vec("y", 3, (double[]){1, 0, 1});
    double got = loss_logistic(3, z, y);
    because("one unknown logit makes the mean unknown");
    expect_num(got, NAN, 0);
}
END_TEST

START_TEST(logistic_any)
{
    double a[MOST], b[MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MOST);
        long double sum = 0;
        double tol = 0, one;
        for (size_t i = 0; i < n; i++) {
            a[i] = gen_uniform(-6, 6);
            b[i] = gen_between(0, 1) ? 1 : 0;
            sum += bill(a[i], b[i], &one);
            tol += one / (double)n;
        }
        double want = (double)(sum / n);
        call("loss_logistic(%zu, z, y)", n);
        const double *z = in_vec("z", n, a), *y = in_vec("y", n, b);
        expect_num(loss_logistic(n, z, y), want, tol + 2 * (double)(n + 2) * EPS * want);
    }
}
END_TEST

/* ------------------------------------------------------------------ dist_normal_mle */

/* The mean of n numbers is off by at most (n + 2)·ε·max|x|, so is every deviation, and so is their root mean square (the
   triangle inequality); squaring and adding costs (n + 4)·ε of the width more. Twice that. */
static void check_mle(size_t n, const double values[], const char *why)
{
    long double mean = 0, square = 0;
    double largest = 0;
    for (size_t i = 0; i < n; i++) {
        mean += (long double)values[i] / n;
        largest = fmax(largest, fabs(values[i]));
    }
    for (size_t i = 0; i < n; i++)
        square += (values[i] - mean) * (values[i] - mean) / n;
    double width = (double)sqrtl(square), tol = 2 * (double)(n + 4) * EPS * largest;

    call("dist_normal_mle(%zu, &mu, &sigma, x)", n);
    const double *x = in_vec("x", n, values);
    double *mu = out_vec("mu", 1), *sigma = out_vec("sigma", 1);
    status s = dist_normal_mle(n, mu, sigma, x);
    if (why)
        because("%s", why);
    expect_status(s, OK);
    expect_vec(mu, (double[]){(double)mean}, tol);
    expect_vec(sigma, (double[]){width}, tol + 2 * (double)(n + 4) * EPS * width);
}

START_TEST(mle_by_hand)
{
    check_mle(2, (double[]){-1, 1}, "the mean is 0, each deviation has the size 1");
    check_mle(4, (double[]){4, 7, 13, 16}, "the mean is 10; sigma² is (36 + 9 + 9 + 36)/4 = 22.5");
    check_mle(3, (double[]){2, 3, 13}, "the mean is 6; sigma² is (16 + 9 + 49)/3 = 24.67");
}
END_TEST

START_TEST(mle_few)
{
    check_mle(1, (double[]){7}, "one number is its own mean and has no width");
    check_mle(3, (double[]){5, 5, 5}, "equal numbers have no width");
}
END_TEST

START_TEST(mle_empty)
{
    call("dist_normal_mle(0, &mu, &sigma, x)");
    const double *x = in_vec("x", 0, NOTHING);
    double *mu = out_vec("mu", 1), *sigma = out_vec("sigma", 1);
    expect_status(dist_normal_mle(0, mu, sigma, x), BAD_INPUT);
}
END_TEST

START_TEST(mle_far_away)
{
    check_mle(4, (double[]){1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16},
              "a thousand million more for everybody: the mean moves, sigma is still √22.5 = 4.743");
    check_mle(4, (double[]){-1e12 + 4, -1e12 + 7, -1e12 + 13, -1e12 + 16}, NULL);
}
END_TEST

START_TEST(mle_any)
{
    double x[MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MOST);
        double middle = t < TRIALS / 2 ? 0 : 1e4 * gen_normal(), scale = exp(gen_uniform(-3, 6));
        for (size_t i = 0; i < n; i++)
            x[i] = middle + scale * gen_normal();
        check_mle(n, x, NULL);
    }
}
END_TEST

START_TEST(mle_likeliest)
{
    static const double values[] = {4, 7, 13, 16};
    call("dist_normal_mle(4, &mu, &sigma, x)");
    const double *x = in_vec("x", 4, values);
    double *mu = out_vec("mu", 1), *sigma = out_vec("sigma", 1);
    expect_status(dist_normal_mle(4, mu, sigma, x), OK);
    /* The whole grid lies below the summit; next to it by 2e-5 per number at least, far above rounding. */
    double top = 0;
    for (size_t i = 0; i < 4; i++)
        top += dist_normal_logpdf(values[i], *mu, *sigma);
    for (int a = -20; a <= 20; a++)
        for (int b = -20; b <= 20; b++) {
            double m = 10 + 0.1 * a, s = sqrt(22.5) * exp(0.05 * b), here = 0;
            for (size_t i = 0; i < 4; i++)
                here += dist_normal_logpdf(values[i], m, s);
            expect(here <= top + 1e-9, "no pair is likelier than the likeliest; (%g, %g) has the log-likelihood %.6g, yours has %.6g",
                   m, s, here, top);
        }
}
END_TEST

/* ------------------------------------------------------------------ dist_beta_map */

static void check_map(size_t k, size_t n, double a, double b, double want, const char *why)
{
    call("dist_beta_map(%zu, %zu, %s, %s)", k, n, num_text(a), num_text(b));
    double got = dist_beta_map(k, n, a, b);
    because("%s", why);
    /* Four additions and a division, with a, b ≥ 1 and a sum that is at least a third of its parts. */
    expect_num(got, want, tol_ulp(want, 16));
}

START_TEST(map_by_hand)
{
    check_map(0, 0, 2, 2, 0.5, "no data: the mode of the prior, 1/2");
    check_map(7, 10, 1, 1, 0.7, "the flat prior adds nothing: 7/10");
    check_map(10, 10, 2, 2, 11. / 12, "one pretended tumour of each kind: 11/12");
    check_map(3, 4, 5, 2, 7. / 9, "4 pretended successes and 1 failure: (3 + 4)/(4 + 5)");
    check_map(0, 0, 1.25, 1.5, 1. / 3, "pretended counts need not be whole: 0.25/(0.25 + 0.5)");
}
END_TEST

START_TEST(map_none)
{
    check_map(0, 5, 1, 1, 0, "no success, and the prior pretends none: 0/5");
    check_map(0, 5, 2, 3, 1. / 8, "no success in 5, but 1 pretended in 3: 1/8");
    check_map(0, 10, 3, 1, 2. / 12, "no success in 10, but 2 pretended in 2: 2/12");
}
END_TEST

START_TEST(map_undefined)
{
    call("dist_beta_map(0, 0, 1, 1)");
    double got = dist_beta_map(0, 0, 1, 1);
    because("no data and no opinion: 0/0");
    expect_num(got, NAN, 0);
    call("dist_beta_map(0, 0, 1.5, 0.5)");
    got = dist_beta_map(0, 0, 1.5, 0.5);
    because("the denominator 0 + 1.5 + 0.5 - 2 is 0, whatever stands above it");
    expect_num(got, NAN, 0);
    call("dist_beta_map(1, 1, 0.5, 0.5)");
    got = dist_beta_map(1, 1, 0.5, 0.5);
    because("the denominator 1 + 0.5 + 0.5 - 2 is 0, whatever stands above it");
    expect_num(got, NAN, 0);
    call("dist_beta_map(1, 2, NAN, 1)");
    expect_num(dist_beta_map(1, 2, NAN, 1), NAN, 0);
    call("dist_beta_map(1, 2, 1, NAN)");
    expect_num(dist_beta_map(1, 2, 1, NAN), NAN, 0);
}
END_TEST

START_TEST(map_stubborn)
{
    check_map(9, 10, 1e12, 1e12, (double)((1e12L + 8) / (2e12L + 8)), "a prior of 2·10¹² tumours is not impressed by ten");
    check_map(3000000000u, 4000000000u, 2, 2, (double)(3000000001.0L / 4000000002.0L), "and data of that size not by a prior");
}
END_TEST

START_TEST(map_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 500), k = gen_between(0, n);
        double a = gen_uniform(1, 50), b = gen_uniform(1, 50);
        long double u = (long double)k + a - 1, v = (long double)(n - k) + b - 1;
        call("dist_beta_map(%zu, %zu, %s, %s)", k, n, num_text(a), num_text(b));
        /* k = 0 and a near 1: a − 1 is exact up to 2; (k + a) − 1 rounds at the size of k + a, below 3 for each of u. */
        expect_num(dist_beta_map(k, n, a, b), (double)(u / (u + v)), tol_ulp((double)(u / (u + v)), 16));
    }
}
END_TEST

/* ------------------------------------------------------------------ pens */

START_TEST(pen_mean_log_likelihood)
{
    /* By another road: the largest of the log-likelihoods of 1000 values of p; 0.7 is one of them. */
    double best = -INFINITY;
    for (int i = 1; i < 1000; i++)
        best = fmax(best, (7 * log(i / 1000.) + 3 * log1p(-i / 1000.)) / 10);
    call("pen_11_a()");
    expect_answer(pen_11_a(), best, 1e-6, "e to the power of ten times your number is the likelihood of the ten tumours, about 0.0022");
}
END_TEST

START_TEST(pen_median)
{
    static const double y[] = {1, 2, 10};
    double best = INFINITY, at = 0;
    for (int i = 0; i <= 100; i++) {
        double c = i / 10., loss = fabs(c - y[0]) + fabs(c - y[1]) + fabs(c - y[2]);
        if (loss < best - 1e-9) {
            best = loss;
            at = c;
        }
    }
    call("pen_11_b()");
    expect_answer(pen_11_b(), at, 1e-6, "a little to the left and a little to the right of your number, the sum of the three distances must grow");
}
END_TEST

START_TEST(pen_drop)
{
    double before = -dist_normal_logpdf(2, 0, 1), after = -dist_normal_logpdf(1, 0, 1);
    call("pen_11_c()");
    expect_answer(pen_11_c(), before - after, 1e-6, "with an error of 2 the NLL is 2.919; take your number off and compare with -ln N(1; 0, 1)");
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("11-likelihood");

    TCase *mse = suite_case(s, "loss_mse");
    tcase_add_test(mse, mse_by_hand);
    tcase_add_test(mse, mse_far_away);
    tcase_add_test(mse, mse_edges);
    tcase_add_test(mse, mse_any);

    TCase *mae = suite_case(s, "loss_mae");
    tcase_add_test(mae, mae_by_hand);
    tcase_add_test(mae, mae_edges);
    tcase_add_test(mae, mae_any);
    tcase_add_test(mae, mae_median);

    TCase *huber = suite_case(s, "loss_huber");
    tcase_add_test(huber, huber_by_hand);
    tcase_add_test(huber, huber_delta);
    tcase_add_test(huber, huber_edges);
    tcase_add_test(huber, huber_infinite_delta);
    tcase_add_test(huber, huber_seam);
    tcase_add_test(huber, huber_any);

    TCase *nll = suite_case(s, "loss_nll_normal");
    tcase_add_test(nll, nll_by_hand);
    tcase_add_test(nll, nll_edges);
    tcase_add_test(nll, nll_far_out);
    tcase_add_test(nll, nll_any);
    tcase_add_test(nll, nll_best_width);

    TCase *sigma = suite_case(s, "prob_sigmoid");
    tcase_add_test(sigma, sigmoid_by_hand);
    tcase_add_test(sigma, sigmoid_far_out);
    tcase_add_test(sigma, sigmoid_not_finite);
    tcase_add_test(sigma, sigmoid_no_overflow);
    tcase_add_test(sigma, sigmoid_symmetric);
    tcase_add_test(sigma, sigmoid_grows);

    TCase *logistic = suite_case(s, "loss_logistic");
    tcase_add_test(logistic, logistic_by_hand);
    tcase_add_test(logistic, logistic_far_out);
    tcase_add_test(logistic, logistic_tiny);
    tcase_add_test(logistic, logistic_soft);
    tcase_add_test(logistic, logistic_edges);
    tcase_add_test(logistic, logistic_any);

    TCase *mle = suite_case(s, "dist_normal_mle");
    tcase_add_test(mle, mle_by_hand);
    tcase_add_test(mle, mle_few);
    tcase_add_test(mle, mle_empty);
    tcase_add_test(mle, mle_far_away);
    tcase_add_test(mle, mle_any);
    tcase_add_test(mle, mle_likeliest);

    TCase *map = suite_case(s, "dist_beta_map");
    tcase_add_test(map, map_by_hand);
    tcase_add_test(map, map_none);
    tcase_add_test(map, map_undefined);
    tcase_add_test(map, map_stubborn);
    tcase_add_test(map, map_any);

    tcase_add_test(suite_case(s, "pen_11_a"), pen_mean_log_likelihood);
    tcase_add_test(suite_case(s, "pen_11_b"), pen_median);
    tcase_add_test(suite_case(s, "pen_11_c"), pen_drop);
    return s;
}
