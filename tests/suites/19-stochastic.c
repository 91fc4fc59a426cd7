/* The suite of chapter 19, stochastic descent. One TCase per function; the chapter's own example first, then the edges that the
   contract names, then properties, which hold for every seed: nothing here is statistical. Yardsticks compute in long double. */
#include "harness.h"

#include "diff.h"
#include "model.h"
#include "opt.h"
#include "pen.h"
#include "rng.h"

enum { ROWS = 14, DIALS = 5, CLASSES = 7, CELLS = DIALS * CLASSES };

/* 8.8 MB, more than a stack holds. */
enum { LOTS = 1100000 };
static double ones[LOTS][1];
static size_t all_zero[LOTS];

static void fill_ones(void)
{
    for (size_t i = 0; i < LOTS; i++)
        ones[i][0] = 1;
}

/* ------------------------------------------------------------------ softmax regression */

typedef struct {
    size_t n, p, k;
    double X[ROWS * DIALS], Theta[CELLS];
    size_t label[ROWS];
    double lambda;
} problem;

/* The example of the chapter. */
static problem pictures(void)
{
    return (problem){2, 2, 3, {1, 2, 1, -1}, {0, log(2), log(5), 0, 0, 0}, {2, 0}, 0};
}

static problem any_problem(size_t t)
{
    problem q = {.n = gen_size(t, 1, ROWS), .p = gen_between(1, DIALS), .k = gen_between(1, CLASSES)};
    q.lambda = t % 3 ? gen_uniform(0, 2) : 0;
    for (size_t i = 0; i < q.n; i++) {
        q.label[i] = gen_between(0, q.k - 1);
        for (size_t j = 0; j < q.p; j++)
            q.X[i * q.p + j] = j == 0 ? 1 : t < TRIALS / 4 ? (double)gen_between(0, 4) - 2 : 2 * gen_normal();
    }
    for (size_t j = 0; j < q.p * q.k; j++)
        q.Theta[j] = t < TRIALS / 4 ? (double)gen_between(0, 4) - 2 : 2 * gen_normal();
    return q;
}

/* The scores of example i. *off bounds what another order of the sums, and the roundings of exp, log and softmax among k terms, can
   change in a loss or a probability, whose slopes along the scores are at most 1. */
static void scores(const problem *q, size_t i, long double z[], double *off)
{
    double widest = 0, most = 0;
    for (size_t c = 0; c < q->k; c++) {
        double size = 0;
        z[c] = 0;
        for (size_t j = 0; j < q->p; j++) {
            long double term = (long double)q->X[i * q->p + j] * q->Theta[j * q->k + c];
            z[c] += term;
            size += (double)fabsl(term);
        }
        widest = fmax(widest, size);
        most = fmax(most, (double)fabsl(z[c]));
    }
    *off = 4 * (double)(q->p + 2) * EPS * widest + (double)(2 * q->k + 16) * EPS * (1 + 2 * most);
}

static void softmax(size_t k, long double z[])
{
    long double top = z[0], sum = 0;
    for (size_t c = 1; c < k; c++)
        top = fmaxl(top, z[c]);
    for (size_t c = 0; c < k; c++)
        sum += z[c] = expl(z[c] - top);
    for (size_t c = 0; c < k; c++)
        z[c] /= sum;
}

static double cost_want(const problem *q, double *tol)
{
    long double sum = 0, squares = 0;
    double wrong = 0;
    for (size_t i = 0; i < q->n; i++) {
        long double z[CLASSES], top, part = 0;
        double off;
        scores(q, i, z, &off);
        top = z[0];
        for (size_t c = 1; c < q->k; c++)
            top = fmaxl(top, z[c]);
        for (size_t c = 0; c < q->k; c++)
            part += expl(z[c] - top);
        sum += logl(part) + top - z[q->label[i]];
        wrong += 2 * off;
    }
    for (size_t j = q->k; j < q->p * q->k; j++)
        squares += (long double)q->Theta[j] * q->Theta[j];
    double want = (double)(sum / q->n + q->lambda * squares / 2);
    *tol = wrong / (double)q->n + 4 * (double)(q->n + q->p * q->k + 4) * EPS * fabs(want) + DBL_MIN;
    return want;
}

static double run_cost(const problem *q)
{
    call("softreg_cost(%zu, %zu, %zu, X, Theta, label, %s)", q->n, q->p, q->k, num_text(q->lambda));
    const double (*X)[q->p] = in_mat("X", q->n, q->p, q->X);
    const double (*Theta)[q->k] = in_mat("Theta", q->p, q->k, q->Theta);
    const size_t *label = in_index("label", q->n, q->label);
    return softreg_cost(q->n, q->p, q->k, X, Theta, label, q->lambda);
}

static void check_cost(const problem *q, const char *why)
{
    double tol, want = cost_want(q, &tol), got = run_cost(q);
    if (why)
        because("%s", why);
    expect_num(got, want, tol);
}

START_TEST(cost_by_hand)
{
    problem one = {1, 1, 2, {1}, {0, 0}, {1}, 0};
    check_cost(&one, "two classes, no opinion: ln 2 = 0.693");
    problem q = pictures();
    check_cost(&q, "bills -ln 5/8 = 0.4700 and -ln 1/8 = 2.0794, their mean is 1.2747");
    q.lambda = 3;
    check_cost(&q, "1.2747 as before: intercepts, the row of ln 2 and ln 5, cost nothing");
    problem blank = {3, 2, 5, {1, 4, 1, -7, 1, 2}, {0}, {0, 4, 2}, 0.5};
    check_cost(&blank, "a table of zeros: ln 5 = 1.609 whatever the labels are");
    problem steep = {2, 2, 3, {1, 1, 1, 0}, {0, 0, 0, 1, 0, -1}, {0, 1}, 0.5};
    check_cost(&steep, "scores (1, 0, -1) and (0, 0, 0): bills 0.4076 and ln 3 = 1.0986, mean 0.7531; the penalty is 0.25·(1 + 1) = 0.5");
    problem first = {1, 2, 2, {1, 0}, {0, 0, 3, 0}, {0}, 1};
    check_cost(&first, "ln 2, and 1/2·3² for the coefficient of class 0");
}
END_TEST

START_TEST(cost_edges)
{
    problem q = pictures();
    for (size_t bad = 3; bad < 5; bad++) {
        q.label[1] = bad;
        double got = run_cost(&q);
        because("there is no class %zu among three", bad);
        expect_num(got, NAN, 0);
    }
    q = pictures();
    q.n = 0;
    double got = run_cost(&q);
    because("the mean of nothing is not defined");
    expect_num(got, NAN, 0);
    q = pictures();
    q.X[3] = NAN;
    expect_num(run_cost(&q), NAN, 0);
}
END_TEST

START_TEST(cost_far)
{
    problem q = {2, 1, 3, {1, 1}, {1000, 0, -1000}, {0, 2}, 0};
    check_cost(&q, "a sure success costs nothing, a sure mistake the gap of 2000");
}
END_TEST

START_TEST(cost_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        problem q = any_problem(t);
        check_cost(&q, NULL);
    }
}
END_TEST

/* A sum of n equal terms is off by nε = 2.4e-10 relative at most. */
START_TEST(cost_of_a_million)
{
    fill_ones();
    call("softreg_cost(%d, 1, 2, X, Theta, label, 0)", LOTS);
    const double (*Theta)[2] = in_mat("Theta", 1, 2, (double[]){0, 0});
    double got = softreg_cost(LOTS, 1, 2, ones, Theta, all_zero, 0);
    because("X is a column of ones: ln 2 for each; a table with as many rows does not fit on the stack");
    expect_num(got, log(2), 1e-9);
}
END_TEST

START_TEST(cost_no_memory)
{
    problem q = pictures();
    call("softreg_cost(2, 2, 3, X, Theta, label, 0) without memory");
    const double (*X)[2] = in_mat("X", 2, 2, q.X);
    const double (*Theta)[3] = in_mat("Theta", 2, 3, q.Theta);
    const size_t *label = in_index("label", 2, q.label);
    malloc_fails(true);
    double got = softreg_cost(2, 2, 3, X, Theta, label, 0);
    malloc_fails(false);
    expect(isnan(got) || fabs(got - 1.2747) < 1e-4, "without memory the answer is NAN (or right, if none was needed); this is %.17g", got);
}
END_TEST

/* ------------------------------------------------------------------ softreg_grad */

/* Each error P - Y is off by at most 2·off (the slopes of softmax along all scores together are at most 2p(1 - p) ≤ 1/2); the sums of n products,
   the division and the penalty round a few times more. */
static void grad_want(const problem *q, double want[], double tol[])
{
    long double sum[CELLS] = {0};
    double size[CELLS] = {0}, wrong[CELLS] = {0};
    for (size_t i = 0; i < q->n; i++) {
        long double z[CLASSES];
        double off;
        scores(q, i, z, &off);
        softmax(q->k, z);
        z[q->label[i]] -= 1;
        for (size_t j = 0; j < q->p; j++)
            for (size_t c = 0; c < q->k; c++) {
                long double term = q->X[i * q->p + j] * z[c];
                sum[j * q->k + c] += term;
                size[j * q->k + c] += (double)fabsl(term);
                wrong[j * q->k + c] += fabs(q->X[i * q->p + j]) * 2 * off;
            }
    }
    for (size_t j = 0; j < q->p * q->k; j++) {
        double pull = j < q->k ? 0 : q->lambda * q->Theta[j];
        want[j] = (double)(sum[j] / q->n + pull);
        tol[j] = (wrong[j] + 4 * (double)(q->n + 4) * EPS * size[j]) / (double)q->n + 4 * EPS * fabs(pull) + DBL_MIN;
    }
}

static double *run_grad(const problem *q)
{
    call("softreg_grad(%zu, %zu, %zu, G, X, Theta, label, %s)", q->n, q->p, q->k, num_text(q->lambda));
    double (*G)[q->k] = out_mat("G", q->p, q->k);
    const double (*X)[q->p] = in_mat("X", q->n, q->p, q->X);
    const double (*Theta)[q->k] = in_mat("Theta", q->p, q->k, q->Theta);
    const size_t *label = in_index("label", q->n, q->label);
    softreg_grad(q->n, q->p, q->k, G, X, Theta, label, q->lambda);
    return (double *)G;
}

static void check_grad(const problem *q, const char *why)
{
    double want[CELLS], tol[CELLS];
    grad_want(q, want, tol);
    double *G = run_grad(q);
    if (why)
        because("%s", why);
    expect_mat_tol(G, want, tol);
}

START_TEST(grad_by_hand)
{
    problem one = {1, 1, 2, {1}, {0, 0}, {1}, 0};
    check_grad(&one, "probabilities (1/2, 1/2), label 1: errors 1/2 and -1/2");
    problem q = pictures();
    check_grad(&q, "errors (1, 2, -3)/8 and (-7, 2, 5)/8: half their sum, then half of 2 times the first minus the second");
    problem steep = {2, 2, 3, {1, 1, 1, 0}, {0, 0, 0, 1, 0, -1}, {0, 1}, 0.5};
    check_grad(&steep, "the penalty adds 0.5·(1, 0, -1) to row 1, after the mean has been taken");
    problem base = {2, 2, 2, {1, 0, 1, 0}, {log(3), 0, 0, 0}, {0, 1}, 4};
    check_grad(&base, "probabilities (3/4, 1/4) twice: errors (-1/4, 1/4) and (3/4, -3/4); intercepts are not penalised");
    problem blank = {3, 2, 5, {1, 4, 1, -7, 1, 2}, {0}, {0, 4, 2}, 0.5};
    check_grad(&blank, "probabilities 1/5 everywhere, and no penalty on zeros");
}
END_TEST

START_TEST(grad_far)
{
    problem q = {2, 2, 3, {1, 1, 1, -1}, {0, 0, 0, 1000, 0, -1000}, {0, 2}, 0};
    check_grad(&q, "both pictures are read right, and surely: nothing pulls");
    q.label[0] = 2;
    q.label[1] = 0;
    check_grad(&q, "both are read wrong, and surely: errors of 1 and -1");
}
END_TEST

START_TEST(grad_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        problem q = any_problem(t);
        check_grad(&q, NULL);
    }
}
END_TEST

START_TEST(grad_rows)
{
    for (size_t t = 0; t < 40; t++) {
        problem q = any_problem(3 * t);
        double want[CELLS], tol[CELLS];
        q.lambda = 0;
        grad_want(&q, want, tol);
        double *G = run_grad(&q);
        for (size_t j = 0; j < q.p; j++) {
            double sum = 0, most = 0;
            for (size_t c = 0; c < q.k; c++) {
                sum += G[j * q.k + c];
                most += tol[j * q.k + c] + 8 * EPS * fabs(want[j * q.k + c]);
            }
            expect(fabs(sum) <= most, "without a penalty every row of the gradient sums to 0; row %zu sums to %.3g", j, sum);
        }
    }
}
END_TEST

static double flat_cost(size_t, const double theta[], void *ctx)
{
    const problem *q = ctx;
    return softreg_cost(q->n, q->p, q->k, (const double (*)[q->p])q->X, (const double (*)[q->k])theta, q->label, q->lambda);
}

START_TEST(grad_measured)
{
    for (size_t t = 0; t < 20; t++) {
        problem q = any_problem(10 * t);
        double measured[CELLS];
        diff_grad(q.p * q.k, measured, q.Theta, flat_cost, &q);
        double *G = run_grad(&q);
        because("measured with diff_grad on softreg_cost");
        /* Costs stay below 1e3: rounding 40ε·1e3/(2·6e-6) < 1e-6; the third derivative, below |x|³ < 1e4, times h²/6 < 1e-7. */
        double far = diff_relerr(q.p * q.k, G, measured);
        expect(far <= 2e-6, "formula and measurement differ by %.3g; the first slopes are %.10g and %.10g", far, G[0], measured[0]);
    }
}
END_TEST

START_TEST(grad_of_a_million)
{
    fill_ones();
    call("softreg_grad(%d, 1, 2, G, X, Theta, label, 0)", LOTS);
    double (*G)[2] = out_mat("G", 1, 2);
    const double (*Theta)[2] = in_mat("Theta", 1, 2, (double[]){0, 0});
    softreg_grad(LOTS, 1, 2, G, ones, Theta, all_zero, 0);
    because("X is a column of ones, all labels are 0: errors (-1/2, 1/2); a table with as many rows does not fit on the stack");
    expect_mat(G, ((double[]){-0.5, 0.5}), 1e-9);
}
END_TEST

/* G holds numbers before the call, so that NAN has to be written. */
START_TEST(grad_no_memory)
{
    problem q = pictures();
    double want[CELLS], tol[CELLS];
    grad_want(&q, want, tol);
    call("softreg_grad(2, 2, 3, G, X, Theta, label, 0) without memory");
    double (*G)[3] = inout_mat("G", 2, 3, (double[]){9, 9, 9, 9, 9, 9});
    const double (*X)[2] = in_mat("X", 2, 2, q.X);
    const double (*Theta)[3] = in_mat("Theta", 2, 3, q.Theta);
    const size_t *label = in_index("label", 2, q.label);
    malloc_fails(true);
    softreg_grad(2, 2, 3, G, X, Theta, label, 0);
    malloc_fails(false);
    bool nan = true, right = true;
    for (size_t j = 0; j < 6; j++) {
        nan = nan && isnan(((double *)G)[j]);
        right = right && fabs(((double *)G)[j] - want[j]) <= tol[j];
    }
    expect(nan || right, "without memory all of G is NAN (or right, if none was needed); G[0][0] is %.17g", G[0][0]);
}
END_TEST

/* ------------------------------------------------------------------ opt_batch_next */

enum { DECK = 40 };

/* One call, against the contract. The yardstick's order, position and generator go along. */
static void check_batch(size_t n, size_t b, size_t order[], size_t *pos, rng *r)
{
    size_t want[DECK + 8], list[DECK + 1], m = b < n - *pos ? b : n - *pos, at = *pos;
    rng mine = *r;
    bool fresh = at == 0;
    for (size_t i = 0; i < n; i++)
        list[i] = order[i];
    call("opt_batch_next(%zu, %zu, batch, order, &pos, &r), pos = %zu", n, b, at);
    size_t *batch = out_index("batch", b);
    size_t *cards = inout_index("order", n, list);
    if (fresh)
        rng_shuffle(n, list, r);
    for (size_t i = 0; i < b; i++)
        want[i] = i < m ? list[at + i] : batch[i];
    size_t got = opt_batch_next(n, b, batch, cards, &at, &mine);
    because(fresh ? "an epoch begins: order is shuffled, once, and the batch is its beginning" : "the epoch goes on: order stays as it is");
    if (m < b)
        because("only %zu are left, so %zu entries of batch are written", m, m);
    expect_size(got, m);
    expect_index(cards, list);
    expect_index(batch, want);
    *pos = (*pos + m) % n;
    expect(at == *pos, "pos is %zu after the call, expected %zu", at, *pos);
    expect(mine.state == r->state, "the generator should have been used for %s", fresh ? "one shuffle" : "nothing");
    for (size_t i = 0; i < n; i++)
        order[i] = list[i];
}

START_TEST(batch_small)
{
    rng r = {7};
    size_t pos = 0, one[1] = {0};
    check_batch(1, 1, one, &pos, &r);
    check_batch(1, 1, one, &pos, &r);
    check_batch(1, 3, one, &pos, &r);
    size_t five[5] = {0, 1, 2, 3, 4};
    for (size_t t = 0; t < 7; t++)
        check_batch(5, 2, five, &pos, &r);
}
END_TEST

START_TEST(batch_none)
{
    rng r = {7};
    size_t pos = 0;
    call("opt_batch_next(0, 3, batch, order, &pos, &r)");
    size_t *batch = out_index("batch", 3);
    size_t *order = inout_index("order", 0, &pos);
    size_t got = opt_batch_next(0, 3, batch, order, &pos, &r);
    because("there is nothing to draw from");
    expect_size(got, 0);
    expect_intact();
}
END_TEST

START_TEST(batch_whole)
{
    rng r = {11};
    size_t pos = 0, order[5] = {0, 1, 2, 3, 4};
    check_batch(5, 5, order, &pos, &r);
    check_batch(5, 5, order, &pos, &r);
    check_batch(5, 8, order, &pos, &r);
}
END_TEST

START_TEST(batch_foreign)
{
    rng r = {3};
    size_t pos = 0, order[4] = {70, 10, 10, 50};
    for (size_t t = 0; t < 5; t++)
        check_batch(4, 3, order, &pos, &r);
}
END_TEST

START_TEST(batch_once_each)
{
    for (size_t t = 0; t < 40; t++) {
        size_t n = gen_size(5 * t, 1, DECK), b = gen_between(1, n + 3), order[DECK], pos = 0;
        rng r = {gen_between(0, 1000000)};
        for (size_t i = 0; i < n; i++)
            order[i] = i;
        for (size_t e = 0; e < 2; e++) {
            size_t seen[DECK] = {0}, calls = 0;
            do {
                call("opt_batch_next(%zu, %zu, batch, order, &pos, &r), call %zu of epoch %zu", n, b, calls, e);
                size_t *batch = out_index("batch", b);
                size_t *cards = inout_index("order", n, order);
                size_t m = opt_batch_next(n, b, batch, cards, &pos, &r);
                because("%zu examples, %zu at a time", n, b);
                expect_size(m, calls < n / b ? b : n % b);
                for (size_t i = 0; i < m; i++) {
                    expect(batch[i] < n, "entry %zu of the batch is %zu, no row number below %zu", i, batch[i], n);
                    seen[batch[i]]++;
                }
                for (size_t i = 0; i < n; i++)
                    order[i] = cards[i];
                calls++;
            } while (pos > 0 && calls <= n);
            for (size_t i = 0; i < n; i++)
                expect(seen[i] == 1, "in each epoch every row is drawn once; row %zu was drawn %zu times", i, seen[i]);
        }
    }
}
END_TEST

START_TEST(batch_any)
{
    for (size_t t = 0; t < 30; t++) {
        size_t n = gen_size(6 * t, 1, DECK), b = gen_between(1, n), order[DECK], pos = 0;
        rng r = {gen_between(0, 1000000)};
        for (size_t i = 0; i < n; i++)
            order[i] = 100 + i;
        for (size_t c = 0; c < n / b + 3; c++)
            check_batch(n, b, order, &pos, &r);
    }
}
END_TEST

/* ------------------------------------------------------------------ opt_momentum_step */

/* Two roundings in v, two more in theta. */
static void check_momentum(size_t p, double theta[], double v[], const double g[], double lr, double beta, const char *why)
{
    double wv[8], wt[8], tv[8], tt[8];
    for (size_t j = 0; j < p; j++) {
        long double fast = (long double)beta * v[j] + g[j];
        wv[j] = (double)fast;
        wt[j] = (double)(theta[j] - lr * fast);
        tv[j] = 4 * EPS * (fabs(beta * v[j]) + fabs(g[j]));
        tt[j] = 4 * EPS * fabs(theta[j]) + fabs(lr) * 2 * tv[j] + DBL_MIN;
    }
    call("opt_momentum_step(%zu, theta, v, g, %s, %s)", p, num_text(lr), num_text(beta));
    double *at = inout_vec("theta", p, theta), *speed = inout_vec("v", p, v);
    const double *slope = in_vec("g", p, g);
    opt_momentum_step(p, at, speed, slope, lr, beta);
    if (why)
        because("%s", why);
    expect_vec_tol(speed, wv, tv);
    expect_vec_tol(at, wt, tt);
    for (size_t j = 0; j < p; j++) {
        theta[j] = at[j];
        v[j] = speed[j];
    }
}

START_TEST(momentum_by_hand)
{
    double theta[1] = {0}, v[1] = {0}, g[1] = {1};
    check_momentum(1, theta, v, g, 0.1, 0.5, "v = 0 + 1, and the step is 0.1");
    check_momentum(1, theta, v, g, 0.1, 0.5, "v = 0.5 + 1 = 1.5, and the step is 0.15");
    check_momentum(1, theta, v, g, 0.1, 0.5, "v = 0.75 + 1 = 1.75, and the step is 0.175");
    double two[2] = {3, -4}, still[2] = {8, 8}, slope[2] = {1, -2};
    check_momentum(2, two, still, slope, 0.5, 0, "beta = 0: a plain step, and v is g");
    double roll[2] = {0, 0}, fast[2] = {4, -2}, flat[2] = {0, 0};
    check_momentum(2, roll, fast, flat, 1, 0.25, "no slope: it rolls on with a quarter of its velocity");
}
END_TEST

START_TEST(momentum_none)
{
    check_momentum(0, (double[]){0}, (double[]){0}, (double[]){0}, 0.1, 0.9, "no dials, no work");
}
END_TEST

START_TEST(momentum_terminal)
{
    double theta[1] = {0}, v[1] = {0}, g[1] = {3}, before = 0;
    for (size_t t = 0; t < 60; t++) {
        before = theta[0];
        check_momentum(1, theta, v, g, 0.25, 0.5, NULL);
    }
    expect(fabs(before - theta[0] - 1.5) <= 1e-12, "on a steady slope of 3 the steps grow to 0.25·3/(1 - 0.5) = 1.5, the last one is %.17g",
           before - theta[0]);
}
END_TEST

START_TEST(momentum_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t p = gen_size(t, 1, 7);
        double theta[8], v[8], g[8];
        gen_vec(t, p, theta);
        gen_vec(t, p, v);
        gen_vec(t, p, g);
        check_momentum(p, theta, v, g, gen_uniform(0.01, 1), gen_uniform(0, 1), NULL);
    }
}
END_TEST

/* ------------------------------------------------------------------ opt_adam_step */

typedef struct {
    size_t p;
    double theta[8], m[8], v[8], most[8];
} adam;

/* 1 - 0.999^t in doubles is off by up to 2e-13 of itself at t = 1, since 0.999 is rounded; so is what 1 - 0.999 weighs. Together with
   a few roundings a step is right to 1e-12 of the rate, and m and v to 1e-13 of the largest slope so far and of its square. */
static void check_adam(adam *a, const double g[], size_t t, double lr, const char *why)
{
    double wt[8], wm[8], wv[8], tt[8], tm[8], tv[8];
    for (size_t j = 0; j < a->p; j++) {
        long double m = 0.9L * a->m[j] + 0.1L * g[j], v = 0.999L * a->v[j] + 0.001L * g[j] * g[j];
        long double mhat = m / (1 - powl(0.9L, t)), vhat = v / (1 - powl(0.999L, t));
        long double step = lr * mhat / (sqrtl(vhat) + 1e-8L);
        a->most[j] = fmax(a->most[j], fabs(g[j]));
        wm[j] = (double)m;
        wv[j] = (double)v;
        wt[j] = (double)(a->theta[j] - step);
        tm[j] = 1e-14 * a->most[j] + DBL_MIN;
        tv[j] = 1e-13 * a->most[j] * a->most[j] + DBL_MIN;
        tt[j] = 1e-12 * (fabs(lr) + fabs((double)step)) + 2 * EPS * fabs(a->theta[j]);
    }
    call("opt_adam_step(%zu, theta, m, v, g, %zu, %s)", a->p, t, num_text(lr));
    double *theta = inout_vec("theta", a->p, a->theta), *m = inout_vec("m", a->p, a->m), *v = inout_vec("v", a->p, a->v);
    const double *slope = in_vec("g", a->p, g);
    opt_adam_step(a->p, theta, m, v, slope, t, lr);
    if (why)
        because("%s", why);
    expect_vec_tol(m, wm, tm);
    expect_vec_tol(v, wv, tv);
    expect_vec_tol(theta, wt, tt);
    for (size_t j = 0; j < a->p; j++) {
        a->theta[j] = theta[j];
        a->m[j] = m[j];
        a->v[j] = v[j];
    }
}

START_TEST(adam_by_hand)
{
    adam a = {.p = 1};
    check_adam(&a, (double[]){4}, 1, 0.5, "m = 0.4 and v = 0.016, corrected 4 and 16: the step is the rate, 0.5");
    check_adam(&a, (double[]){-2}, 2, 0.5, "m = 0.16 and v = 0.019984, corrected 0.8421 and 9.997: the step is 0.2663·0.5");
    adam b = {.p = 2, .theta = {1, 1}};
    check_adam(&b, (double[]){3, 0}, 1, 0.1, "the dial without a slope stays where it is");
    check_adam(&b, (double[]){0, -5}, 2, 0.1, "every dial has averages of its own");
}
END_TEST

START_TEST(adam_nothing)
{
    call("opt_adam_step(2, theta, m, v, g, 0, 0.1)");
    double *theta = inout_vec("theta", 2, (double[]){1, 2}), *m = inout_vec("m", 2, (double[]){0, 0});
    double *v = inout_vec("v", 2, (double[]){0, 0});
    const double *g = in_vec("g", 2, (double[]){3, 4});
    opt_adam_step(2, theta, m, v, g, 0, 0.1);
    because("steps count from 1: step 0 does nothing");
    expect_intact();
    adam none = {.p = 0};
    check_adam(&none, (double[]){0}, 1, 0.1, "no dials, no work");
}
END_TEST

START_TEST(adam_units)
{
    static const double size[] = {1, 1e-4, 1e4, 1e8, -1e-2, -1e6};
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        adam a = {.p = 2};
        check_adam(&a, (double[]){size[i], 1}, 1, 0.01, "the first step has the length of the rate, whatever the size of the slope");
        check_adam(&a, (double[]){size[i], 1}, 2, 0.01, "and so has the second, if the slope stays");
    }
    adam tiny = {.p = 1};
    check_adam(&tiny, (double[]){1e-8}, 1, 1, "a slope of 1e-8 divided by (1e-8 + 1e-8), outside the root: half the rate");
}
END_TEST

START_TEST(adam_trace)
{
    for (size_t r = 0; r < 12; r++) {
        adam a = {.p = gen_size(16 * r, 1, 7)};
        double g[8], lr = gen_uniform(0.001, 1), scale = pow(10, (double)gen_between(0, 6) - 3);
        for (size_t j = 0; j < a.p; j++)
            a.theta[j] = gen_normal();
        for (size_t t = 1; t <= 10; t++) {
            for (size_t j = 0; j < a.p; j++)
                g[j] = scale * (r < 3 ? (double)gen_between(0, 6) - 3 : gen_normal());
            check_adam(&a, g, t, lr, NULL);
        }
    }
}
END_TEST

START_TEST(adam_late)
{
    adam a = {.p = 3, .theta = {1, -1, 0}, .m = {0.5, -0.25, 2}, .v = {1, 0.25, 9}, .most = {2, 1, 6}};
    check_adam(&a, (double[]){1, 2, -3}, 5000, 0.1, "after 5000 steps the corrections are nearly 1");
    check_adam(&a, (double[]){1, 2, -3}, 4000000000000, 0.1, "and they stay there, however late it is");
}
END_TEST

/* ------------------------------------------------------------------ opt_lr_cosine */

/* The rate is lr0 times a number in [0, 1] that is right to a few units of the last place of 1. */
static void check_rate(double lr0, size_t t, size_t warmup, size_t total, double share, const char *why)
{
    call("opt_lr_cosine(%s, %zu, %zu, %zu)", num_text(lr0), t, warmup, total);
    double got = opt_lr_cosine(lr0, t, warmup, total);
    if (why)
        because("%s", why);
    expect_num(got, lr0 * share, 8 * EPS * lr0);
}

START_TEST(rate_by_hand)
{
    check_rate(0.2, 0, 4, 12, 0.25, "the first of four steps of warm-up");
    check_rate(0.2, 1, 4, 12, 0.5, "the second of four steps of warm-up");
    check_rate(0.2, 3, 4, 12, 1, "the last step of warm-up has the full rate");
    check_rate(0.2, 4, 4, 12, 1, "the cosine begins at its top");
    check_rate(0.2, 6, 4, 12, (1 + sqrt(0.5)) / 2, "a quarter of the way down: 0.1·(1 + cos π/4)");
    check_rate(0.2, 8, 4, 12, 0.5, "half-way");
    check_rate(0.2, 12, 4, 12, 0, "the end");
    check_rate(0.2, 13, 4, 12, 0, "after the end");
}
END_TEST

START_TEST(rate_edges)
{
    check_rate(1, 0, 0, 2, 1, "no warm-up: the top at once");
    check_rate(1, 1, 0, 2, 0.5, "half-way");
    check_rate(1, 2, 0, 2, 0, "the end");
    check_rate(3, 0, 0, 0, 0, "a training of no steps is over");
    check_rate(3, 4, 5, 5, 1, "all of it is warm-up");
    check_rate(3, 5, 5, 5, 0, "all of it is warm-up, and over");
    check_rate(3, 1, 8, 4, 0.25, "the training ends within its warm-up");
    check_rate(3, 4, 8, 4, 0, "the training ends within its warm-up");
    check_rate(3, 7, 8, 4, 0, "the training ended within its warm-up");
    check_rate(0.01, 1000000, 1000000, 3000000, 1, NULL);
    check_rate(0.01, 2000000, 1000000, 3000000, 0.5, NULL);
    check_rate(0.01, 2000000000000, 1000000000000, 3000000000000, 0.5, "a long training, half-way down");
    check_rate(0.01, 4294967295, 8589934592, 3000000000000, 0.5, "a long warm-up, half-way up");
}
END_TEST

START_TEST(rate_any)
{
    for (size_t k = 0; k < TRIALS; k++) {
        size_t total = gen_size(k, 1, 500), warmup = gen_between(0, total), t = gen_between(0, total + 2);
        long double pi = acosl(-1), done = total > warmup ? ((long double)t - warmup) / (total - warmup) : 0;
        double share = t >= total ? 0 : t < warmup ? (double)(t + 1) / (double)warmup : (double)((1 + cosl(pi * done)) / 2);
        check_rate(gen_uniform(0.001, 2), t, warmup, total, share, NULL);
    }
}
END_TEST

/* ------------------------------------------------------------------ softreg_fit */

/* The training step by step, with plain loops. Batches come from rng_shuffle as the text says. A cost that is not finite ends it before
   its step. Returns the generator at the end. */
static rng train(const problem *q, size_t epochs, sgd_options o, rng r, double Theta[], double history[])
{
    size_t order[ROWS], b = o.batch < q->n ? o.batch : q->n, d = q->p * q->k;
    double V[CELLS] = {0};
    for (size_t i = 0; i < q->n; i++)
        order[i] = i;
    for (size_t j = 0; j < d; j++)
        Theta[j] = q->Theta[j];
    for (size_t e = 0; e < epochs; e++) {
        size_t batches = 0;
        rng_shuffle(q->n, order, &r);
        history[e] = 0;
        for (size_t at = 0; at < q->n; at += b, batches++) {
            problem part = {.n = b < q->n - at ? b : q->n - at, .p = q->p, .k = q->k, .lambda = o.lambda};
            double G[CELLS], unused[CELLS], tol;
            for (size_t i = 0; i < part.n; i++) {
                part.label[i] = q->label[order[at + i]];
                memcpy(part.X + i * q->p, q->X + order[at + i] * q->p, q->p * sizeof(double));
            }
            memcpy(part.Theta, Theta, d * sizeof(double));
            history[e] += cost_want(&part, &tol);
            if (!isfinite(history[e]))
                return r;
            grad_want(&part, G, unused);
            for (size_t j = 0; j < d; j++) {
                V[j] = o.beta * V[j] + G[j];
                Theta[j] -= o.lr * V[j];
            }
        }
        history[e] /= (double)batches;
    }
    return r;
}

/* One step of a right program differs from the yardstick's by about 1e-15 of numbers below 10. With features in [-2, 2], four of them, the
   curvature is at most ½·17 plus λ, and lr·(curvature) stays below 2: an old difference does not grow, but by momentum up to
   1/(1 - β) ≤ 10 times. At most 45 steps: 45·10·1e-14 < 5e-12. */
enum { FIT_EPOCHS = 3 };
static const double FIT_TOL = 1e-11;

static void check_fit(const problem *q, size_t epochs, sgd_options o, uint64_t seed, const char *why)
{
    double want[CELLS], costs[16];
    rng r = {seed}, end = train(q, epochs, o, r, want, costs);
    call("softreg_fit(%zu, %zu, %zu, %zu, Theta, history, X, label, o, &r), o: batch %zu, lr %s, beta %s, lambda %s", q->n, q->p, q->k,
         epochs, o.batch, num_text(o.lr), num_text(o.beta), num_text(o.lambda));
    double (*Theta)[q->k] = inout_mat("Theta", q->p, q->k, q->Theta);
    double *history = out_vec("history", epochs);
    const double (*X)[q->p] = in_mat("X", q->n, q->p, q->X);
    const size_t *label = in_index("label", q->n, q->label);
    status s = softreg_fit(q->n, q->p, q->k, epochs, Theta, history, X, label, o, &r);
    if (why)
        because("%s", why);
    expect_status(s, OK);
    expect_vec(history, costs, FIT_TOL);
    expect_mat(Theta, want, FIT_TOL);
    expect(r.state == end.state, "the generator should have been used for one shuffle of %zu in each of %zu epochs, and nothing else", q->n,
           epochs);
}

static const problem FIVE = {5, 2, 3, {1, -2, 1, -1, 1, 0, 1, 1, 1, 2}, {0, 0.5, 0, 0.25, 0, -0.25}, {2, 2, 1, 0, 0}, 0};

START_TEST(fit_by_hand)
{
    problem one = {1, 1, 2, {1}, {0, 0}, {0}, 0};
    check_fit(&one, 1, (sgd_options){.batch = 1, .lr = 1}, 1, "cost ln 2, errors (-1/2, 1/2): Theta becomes (1/2, -1/2)");
    check_fit(&one, 3, (sgd_options){.batch = 1, .lr = 0.5, .beta = 0.5}, 1, "three epochs of one step; the velocity lives on");
}
END_TEST

START_TEST(fit_five)
{
    problem q = FIVE;
    check_fit(&q, 1, (sgd_options){.batch = 5, .lr = 0.2}, 19, "one batch of all five: one step of plain descent");
    check_fit(&q, 2, (sgd_options){.batch = 2, .lr = 0.2}, 19, "batches of 2, 2 and 1 in each epoch, shuffled anew");
    check_fit(&q, FIT_EPOCHS, (sgd_options){.batch = 2, .lr = 0.1, .beta = 0.9}, 5, "with momentum, from one epoch into the next");
    check_fit(&q, FIT_EPOCHS, (sgd_options){.batch = 3, .lr = 0.1, .beta = 0.5, .lambda = 0.5}, 5, "with a penalty");
    check_fit(&q, 6, (sgd_options){.batch = 1000, .lr = 0.1, .warmup = 7, .patience = 1}, 3, "a batch has at most all five; warmup and patience play no part");
    check_fit(&q, 1, (sgd_options){.batch = 1000000000000000, .lr = 0.1}, 3, "a batch has at most all five: there is no room for more");
}
END_TEST

START_TEST(fit_any)
{
    for (size_t t = 0; t < 25; t++) {
        problem q = any_problem(8 * t);
        for (size_t j = 0; j < q.n * q.p; j++)
            q.X[j] = fmin(2, fmax(-2, q.X[j]));
        for (size_t j = 0; j < q.p * q.k; j++)
            q.Theta[j] = fmin(1, fmax(-1, q.Theta[j]));
        sgd_options o = {.batch = gen_between(1, q.n + 1), .lr = gen_uniform(0.01, 0.2), .beta = gen_uniform(0, 0.9), .lambda = gen_uniform(0, 0.5)};
        check_fit(&q, FIT_EPOCHS, o, gen_between(0, 1000000), NULL);
    }
}
END_TEST

/* Twelve points in three directions from the origin, four each, sorted by label. */
START_TEST(fit_learns)
{
    problem q = {12, 3, 3, {0}, {0}, {0}, 0};
    for (size_t i = 0; i < 12; i++) {
        double angle = (double)(i / 4) * 2 * acos(-1) / 3 + 0.3 * ((double)(i % 4) - 1.5);
        q.label[i] = i / 4;
        q.X[3 * i] = 1;
        q.X[3 * i + 1] = 2 * cos(angle);
        q.X[3 * i + 2] = 2 * sin(angle);
    }
    double last[2][9];
    for (size_t k = 0; k < 2; k++) {
        rng r = {19};
        sgd_options o = {.batch = 5, .lr = 0.1, .beta = 0.9, .lambda = 1e-4};
        call("softreg_fit(12, 3, 3, 15, Theta, history, X, label, o, &r), o: batch 5, lr 0.1, beta 0.9, lambda 1e-4");
        double (*Theta)[3] = inout_mat("Theta", 3, 3, q.Theta);
        double *history = out_vec("history", 15);
        const double (*X)[3] = in_mat("X", 12, 3, q.X);
        const size_t *label = in_index("label", 12, q.label);
        status s = softreg_fit(12, 3, 3, 15, Theta, history, X, label, o, &r);
        expect_status(s, OK);
        expect(history[14] < 0.1 && history[14] < history[0] / 5,
               "three classes that lie apart are learned: the cost should fall to below a fifth and 0.1, it went from %.3g to %.3g", history[0], history[14]);
        for (size_t j = 0; j < 9; j++)
            last[k][j] = ((double *)Theta)[j];
    }
    expect(memcmp(last[0], last[1], sizeof last[0]) == 0, "the same seed should give the same bits");
}
END_TEST

static status fit_status(const problem *q, size_t epochs, sgd_options o, const char *text)
{
    rng r = {1};
    call("softreg_fit(%zu, %zu, %zu, %zu, Theta, history, X, label, o, &r), %s", q->n, q->p, q->k, epochs, text);
    double (*Theta)[q->k] = inout_mat("Theta", q->p, q->k, q->Theta);
    double *history = out_vec("history", epochs);
    const double (*X)[q->p] = in_mat("X", q->n, q->p, q->X);
    const size_t *label = in_index("label", q->n, q->label);
    return softreg_fit(q->n, q->p, q->k, epochs, Theta, history, X, label, o, &r);
}

START_TEST(fit_refuses)
{
    problem q = FIVE;
    expect_status(fit_status(&q, 2, (sgd_options){.batch = 0, .lr = 0.1}, "batch 0"), BAD_INPUT);
    expect_status(fit_status(&q, 2, (sgd_options){.batch = 2, .lr = 0}, "lr 0"), BAD_INPUT);
    expect_status(fit_status(&q, 2, (sgd_options){.batch = 2, .lr = -0.1}, "lr -0.1"), BAD_INPUT);
    for (size_t i = 0; i < 5; i++) {
        q = FIVE;
        q.label[i] = 3;
        call("softreg_fit(5, 2, 3, 2, Theta, history, X, label, o, &r), batch 1, lr 0.1, a label 3 among three classes");
        double (*Theta)[3] = inout_mat("Theta", 2, 3, q.Theta);
        double *history = out_vec("history", 2);
        const double (*X)[2] = in_mat("X", 5, 2, q.X);
        const size_t *label = in_index("label", 5, q.label);
        rng r = {1};
        status s = softreg_fit(5, 2, 3, 2, Theta, history, X, label, (sgd_options){.batch = 1, .lr = 0.1}, &r);
        expect_status(s, BAD_INPUT);
        because("the fault was there to be seen before the first step");
        expect_mat(Theta, q.Theta, 0);
        expect(r.state == 1, "the generator should not have been used: all labels are looked at before anything moves");
    }
    q = FIVE;
    q.n = 0;
    expect_status(fit_status(&q, 2, (sgd_options){.batch = 2, .lr = 0.1}, "no examples"), BAD_INPUT);
}
END_TEST

START_TEST(fit_no_epochs)
{
    problem q = FIVE;
    status s = fit_status(&q, 0, (sgd_options){.batch = 2, .lr = 0.1}, "no epochs");
    because("nothing to do, and nothing went wrong");
    expect_status(s, OK);
    expect_intact();
}
END_TEST

START_TEST(fit_diverges)
{
    problem q = FIVE;
    status s = fit_status(&q, 4, (sgd_options){.batch = 2, .lr = 1e300, .lambda = 0.1}, "lr 1e300, lambda 0.1");
    because("after a step of 1e300 the squares of the penalty are infinite");
    expect_status(s, DIVERGED);
    q.X[5] = NAN;
    s = fit_status(&q, 1, (sgd_options){.batch = 2, .lr = 0.1}, "an unknown number in X");
    because("the cost of its batch is not a number");
    expect_status(s, DIVERGED);
    q = FIVE;
    s = fit_status(&q, 4, (sgd_options){.batch = 2, .lr = 1e3}, "lr 1000");
    because("a rate of 1000 is foolish, but without a penalty every cost stays finite");
    expect_status(s, OK);
    s = fit_status(&q, 4, (sgd_options){.batch = 2, .lr = 1e9}, "lr 1e9");
    because("a rate of 1e9 is more than foolish, but every cost is still a number");
    expect_status(s, OK);
}
END_TEST

/* Steps before the bad batch count, the one on it is not taken. */
START_TEST(fit_stops_in_time)
{
    sgd_options o = {.batch = 1, .lr = 0.1, .beta = 0.5};
    for (size_t i = 0; i < 5; i++) {
        problem q = FIVE;
        double want[CELLS], costs[2];
        q.X[2 * i + 1] = NAN;
        train(&q, 2, o, (rng){19}, want, costs);
        call("softreg_fit(5, 2, 3, 2, Theta, history, X, label, o, &r), batch 1, lr 0.1, beta 0.5, an unknown number in X");
        double (*Theta)[3] = inout_mat("Theta", 2, 3, q.Theta);
        double *history = out_vec("history", 2);
        const double (*X)[2] = in_mat("X", 5, 2, q.X);
        const size_t *label = in_index("label", 5, q.label);
        rng r = {19};
        status s = softreg_fit(5, 2, 3, 2, Theta, history, X, label, o, &r);
        expect_status(s, DIVERGED);
        because("the training ends with the last step before the batch whose cost is not a number");
        expect_mat(Theta, want, FIT_TOL);
    }
}
END_TEST

START_TEST(fit_a_million)
{
    fill_ones();
    rng r = {19};
    call("softreg_fit(%d, 1, 2, 1, Theta, history, X, label, o, &r), o: batch %d, lr 1", LOTS, LOTS);
    double (*Theta)[2] = inout_mat("Theta", 1, 2, (double[]){0, 0});
    double *history = out_vec("history", 1), want = log(2);
    status s = softreg_fit(LOTS, 1, 2, 1, Theta, history, ones, all_zero, (sgd_options){.batch = LOTS, .lr = 1}, &r);
    because("X is a column of ones, all labels are 0: one step along (1/2, -1/2); lists so long do not fit on the stack");
    expect_status(s, OK);
    expect_vec(history, &want, 1e-9);
    expect_mat(Theta, ((double[]){0.5, -0.5}), 1e-9);
}
END_TEST

START_TEST(fit_no_memory)
{
    problem q = FIVE;
    rng r = {1};
    for (size_t works = 0; works < 9; works++) {
        call("softreg_fit(5, 2, 3, 2, Theta, history, X, label, o, &r), memory for %zu requests", works);
        double (*Theta)[3] = inout_mat("Theta", 2, 3, q.Theta);
        double *history = out_vec("history", 2);
        const double (*X)[2] = in_mat("X", 5, 2, q.X);
        const size_t *label = in_index("label", 5, q.label);
        if (works)
            malloc_fails_after(works);
        else
            malloc_fails(true);
        status s = softreg_fit(5, 2, 3, 2, Theta, history, X, label, (sgd_options){.batch = 2, .lr = 0.1}, &r);
        malloc_fails(false);
        /* What fails within the cost of a batch is a NAN there, and may be called DIVERGED. */
        expect(s == NO_SPACE || (works && s == DIVERGED) || (s == OK && isfinite(history[1])),
               "without memory the status is NO_SPACE, not %d", (int)s);
    }
}
END_TEST

/* ------------------------------------------------------------------ pens */

START_TEST(pen_first_step)
{
    /* By another road: the step of the first gradient, all of it in long double. */
    long double m = 0.1L * 1000, v = 0.001L * 1000 * 1000;
    double step = (double)(0.001L * (m / 0.1L) / (sqrtl(v / 0.001L) + 1e-8L));
    call("pen_19_a()");
    expect_answer(pen_19_a(), step, 1e-9, "the answer would be the same for a slope of 10");
}
END_TEST

START_TEST(pen_terminal)
{
    double v = 0;
    for (size_t t = 0; t < 1000; t++)
        v = 0.9 * v + 2;
    call("pen_19_b()");
    expect_answer(pen_19_b(), 0.1 * v, 2e-6, "plain steps would be ten times shorter");
}
END_TEST

START_TEST(pen_batches)
{
    size_t batches = 0;
    for (size_t left = 1421; left > 0; left -= left < 32 ? left : 32)
        batches++;
    call("pen_19_c()");
    expect_answer(pen_19_c(), (double)batches, 1e-6, "count the houses in your batches: there should be 1421");
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("19-stochastic");

    TCase *cost = suite_case(s, "softreg_cost");
    tcase_add_test(cost, cost_by_hand);
    tcase_add_test(cost, cost_edges);
    tcase_add_test(cost, cost_far);
    tcase_add_test(cost, cost_any);
    tcase_add_test(cost, cost_of_a_million);
    tcase_add_test(cost, cost_no_memory);

    TCase *grad = suite_case(s, "softreg_grad");
    tcase_add_test(grad, grad_by_hand);
    tcase_add_test(grad, grad_far);
    tcase_add_test(grad, grad_any);
    tcase_add_test(grad, grad_rows);
    tcase_add_test(grad, grad_measured);
    tcase_add_test(grad, grad_of_a_million);
    tcase_add_test(grad, grad_no_memory);

    TCase *batch = suite_case(s, "opt_batch_next");
    tcase_add_test(batch, batch_small);
    tcase_add_test(batch, batch_none);
    tcase_add_test(batch, batch_whole);
    tcase_add_test(batch, batch_foreign);
    tcase_add_test(batch, batch_once_each);
    tcase_add_test(batch, batch_any);

    TCase *momentum = suite_case(s, "opt_momentum_step");
    tcase_add_test(momentum, momentum_by_hand);
    tcase_add_test(momentum, momentum_none);
    tcase_add_test(momentum, momentum_terminal);
    tcase_add_test(momentum, momentum_any);

    TCase *step = suite_case(s, "opt_adam_step");
    tcase_add_test(step, adam_by_hand);
    tcase_add_test(step, adam_nothing);
    tcase_add_test(step, adam_units);
    tcase_add_test(step, adam_trace);
    tcase_add_test(step, adam_late);

    TCase *rate = suite_case(s, "opt_lr_cosine");
    tcase_add_test(rate, rate_by_hand);
    tcase_add_test(rate, rate_edges);
    tcase_add_test(rate, rate_any);

    TCase *fit = suite_case(s, "softreg_fit");
    tcase_add_test(fit, fit_by_hand);
    tcase_add_test(fit, fit_five);
    tcase_add_test(fit, fit_any);
    tcase_add_test(fit, fit_learns);
    tcase_add_test(fit, fit_refuses);
    tcase_add_test(fit, fit_no_epochs);
    tcase_add_test(fit, fit_diverges);
    tcase_add_test(fit, fit_stops_in_time);
    tcase_add_test(fit, fit_a_million);
    tcase_add_test(fit, fit_no_memory);

    tcase_add_test(suite_case(s, "pen_19_a"), pen_first_step);
    tcase_add_test(suite_case(s, "pen_19_b"), pen_terminal);
    tcase_add_test(suite_case(s, "pen_19_c"), pen_batches);
    return s;
}
