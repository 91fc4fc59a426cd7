/* The suite of chapter 12, entropy. One TCase per function: the chapter's own example first, then zeros and infinities, then
   random inputs against long double yardsticks. The tolerances are bounds for any order of summation and any of the usual
   arrangements (a logarithm of a quotient or a difference of logarithms, a division or a shift by log-sum-exp); where a
   bound is not evident it is derived at its place. */
#include "harness.h"

#include "info.h"
#include "loss.h"
#include "pen.h"
#include "prob.h"
#include "vec.h"

enum { MOST = 40 };

/* k probabilities; each is zero with the given chance, but never all of them. */
static void distribution(size_t k, double p[], double zeros)
{
    double sum = 0;
    for (size_t i = 0; i < k; i++)
        p[i] = gen_uniform(0, 1) < zeros ? 0 : gen_uniform(0.01, 1);
    size_t sure = gen_between(0, k - 1);
    p[sure] = fmax(p[sure], 0.25);
    for (size_t i = 0; i < k; i++)
        sum += p[i];
    for (size_t i = 0; i < k; i++)
        p[i] /= sum;
}

/* ------------------------------------------------------------------ info_entropy */

static double entropy_yardstick(size_t k, const double p[])
{
    long double sum = 0;
    for (size_t i = 0; i < k; i++)
        if (p[i] > 0)
            sum -= (long double)p[i] * logl(p[i]);
    return (double)sum;
}

/* A term p·log p is wrong by a few roundings of itself, and, where the logarithm is assembled of others, of p; a sum of k
   terms of one sign adds k roundings of the whole. */
static double entropy_tol(size_t k, const double p[])
{
    return 4 * EPS * (double)(k + 4) * (entropy_yardstick(k, p) + exact_sum(k, p)) + DBL_MIN;
}

static void entropy_case(size_t k, const double values[], double want, const char *why)
{
    call("info_entropy(%zu, p)", k);
    const double *p = in_vec("p", k, values);
    double got = info_entropy(k, p);
    because("%s", why);
    expect_num(got, want, entropy_tol(k, values));
}

START_TEST(entropy_by_hand)
{
    entropy_case(2, (double[]){0.5, 0.5}, log(2), "a fair coin: both surprises are log 2");
    entropy_case(2, (double[]){0.9, 0.1}, entropy_yardstick(2, (double[]){0.9, 0.1}),
                 "0.9·0.1054 + 0.1·2.3026 = 0.3251");
    entropy_case(1, (double[]){1}, 0, "one certain outcome surprises nobody");
    entropy_case(0, NULL, 0, "a sum of no terms is 0");
}
END_TEST

START_TEST(entropy_uniform)
{
    for (size_t k = 1; k <= MOST; k++) {
        double p[MOST];
        for (size_t i = 0; i < k; i++)
            p[i] = 1 / (double)k;
        entropy_case(k, p, log((double)k), "k equal probabilities have entropy log k");
    }
}
END_TEST

START_TEST(entropy_zero_probabilities)
{
    static const char why[] = "an outcome that never happens adds 0: 0·log 0 = 0";
    entropy_case(2, (double[]){1, 0}, 0, why);
    entropy_case(3, (double[]){0.5, 0, 0.5}, log(2), why);
    entropy_case(5, (double[]){0, 0.25, 0.25, 0.25, 0.25}, log(4), why);
    entropy_case(3, (double[]){1, 1e-300, 0}, 1e-300 * 690.77552789821368, "1e-300·log 1e300 = 6.9e-298");
    const double rare[] = {1 - 1e-14, 1e-14};
    entropy_case(2, rare, entropy_yardstick(2, rare), "rare is not never: 1e-14·(log 1e14 + 1) = 3.3e-13");
}
END_TEST

START_TEST(entropy_not_minus_zero)
{
    for (size_t k = 1; k <= 5; k++) {
        double values[5] = {0};
        values[k / 2] = 1;
        call("info_entropy(%zu, p)", k);
        const double *p = in_vec("p", k, values);
        double got = info_entropy(k, p);
        expect_num(got, 0, 0);
        expect(!signbit(got), "the entropy of a certain outcome is 0, and this is -0");
    }
}
END_TEST

START_TEST(entropy_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t k = gen_size(t, 1, MOST);
        double values[MOST];
        distribution(k, values, 0.3);
        call("info_entropy(%zu, p)", k);
        const double *p = in_vec("p", k, values);
        double got = info_entropy(k, p), tol = entropy_tol(k, values);
        expect_num(got, entropy_yardstick(k, values), tol);
        expect(got >= -tol && got <= log((double)k) + tol, "an entropy lies between 0 and log k = %g", log((double)k));
    }
}
END_TEST

START_TEST(entropy_nan)
{
    call("info_entropy(3, p)");
    const double *p = in_vec("p", 3, (double[]){0.5, NAN, 0.5});
    double got = info_entropy(3, p);
    because("NaN is not zero: what is not known must not be left out");
    expect_num(got, NAN, 0);
}
END_TEST

/* ------------------------------------------------------------------ info_kl */

static double kl_yardstick(size_t k, const double p[], const double q[])
{
    long double sum = 0;
    for (size_t i = 0; i < k; i++)
        if (p[i] > 0)
            sum += q[i] > 0 ? (long double)p[i] * (logl(p[i]) - logl(q[i])) : (long double)INFINITY;
    return (double)sum;
}

/* log p − log q as a difference is wrong by roundings of both logarithms, log(p/q) by one of the quotient, which is an
   absolute error of ε; each weighs p. Then k roundings of the sum of all sizes. */
static double kl_tol(size_t k, const double p[], const double q[])
{
    double size = 0;
    for (size_t i = 0; i < k; i++)
        if (p[i] > 0 && q[i] > 0)
            size += p[i] * (1 + fabs(log(p[i])) + fabs(log(q[i])));
    return 4 * EPS * (double)(k + 4) * size;
}

static void kl_case(size_t k, const double p_[], const double q_[], double want, const char *why)
{
    call("info_kl(%zu, p, q)", k);
    const double *p = in_vec("p", k, p_);
    const double *q = in_vec("q", k, q_);
    double got = info_kl(k, p, q);
    because("%s", why);
    expect_num(got, want, kl_tol(k, p_, q_));
}

START_TEST(kl_by_hand)
{
    const double fair[] = {0.5, 0.5}, loaded[] = {0.9, 0.1};
    kl_case(2, fair, loaded, log(5.0 / 3), "0.5·log(0.5/0.9) + 0.5·log(0.5/0.1) = log(5/3) = 0.5108");
    kl_case(2, loaded, fair, kl_yardstick(2, loaded, fair), "0.9·log 1.8 + 0.1·log 0.2 = 0.3681");
    kl_case(2, fair, fair, 0, "no false belief, no divergence");
    kl_case(1, (double[]){1}, (double[]){1}, 0, "one outcome leaves nothing to be wrong about");
    kl_case(0, NULL, NULL, 0, "a sum of no terms is 0");
}
END_TEST

START_TEST(kl_zeros)
{
    kl_case(2, (double[]){1, 0}, (double[]){0.5, 0.5}, log(2), "p[1] = 0 adds 0; 1·log(1/0.5) = log 2");
    kl_case(3, (double[]){0.5, 0, 0.5}, (double[]){0.9, 0, 0.1}, log(5.0 / 3),
            "p[1] = q[1] = 0: impossible in both, and adds 0 to log(5/3)");
    kl_case(2, (double[]){0.5, 0.5}, (double[]){1, 0}, INFINITY, "p[1] > 0 = q[1]: the impossible happens");
    kl_case(3, (double[]){1e-9, 1, 0}, (double[]){0, 0.5, 0.5}, INFINITY, "p[0] > 0 = q[0], however small p[0] is");
    kl_case(2, (double[]){1, 0}, (double[]){1, 0}, 0, "certain and expected");
    kl_case(2, (double[]){1, 0}, (double[]){0, 1}, INFINITY, "certain, and held to be impossible");
}
END_TEST

START_TEST(kl_small)
{
    kl_case(2, (double[]){0.5, 0.5}, (double[]){1, 1e-300}, kl_yardstick(2, (double[]){0.5, 0.5}, (double[]){1, 1e-300}),
            "0.5·log 0.5 + 0.5·log(0.5/1e-300) = 344.7, large and not infinite");
    kl_case(2, (double[]){1, 1e-300}, (double[]){0.5, 0.5}, log(2), "the second term is about -7e-298");
    kl_case(2, (double[]){0.5, 0.5}, (double[]){0.5001, 0.4999}, -log1p(-4e-8) / 2, "-log(4·0.5001·0.4999)/2 = 2e-8, nearly right and not quite");
}
END_TEST

START_TEST(kl_any)
{
    for (size_t t = 0; t < 5 * TRIALS; t++) {
        size_t k = gen_size(t / 5, 1, MOST);
        double a[MOST], b[MOST];
        distribution(k, a, 0.3);
        distribution(k, b, t % 2 ? 0 : 0.1);
        call("info_kl(%zu, p, q)", k);
        const double *p = in_vec("p", k, a);
        const double *q = in_vec("q", k, b);
        double got = info_kl(k, p, q), tol = kl_tol(k, a, b);
        expect_num(got, kl_yardstick(k, a, b), tol);
        expect(got >= -tol, "a divergence is never negative");
    }
}
END_TEST

START_TEST(kl_nan)
{
    kl_case(2, (double[]){0.5, NAN}, (double[]){0.5, 0.5}, NAN, "a NaN in p");
    kl_case(2, (double[]){0.5, 0.5}, (double[]){NAN, 0.5}, NAN, "a NaN in q where p is not zero");
}
END_TEST

/* ------------------------------------------------------------------ info_mutual */

enum { SIDE = 13, CELLS = SIDE * SIDE };

static double mutual_yardstick(size_t a, size_t b, const double P[a][b])
{
    long double across[SIDE] = {0}, down[SIDE] = {0}, sum = 0;
    for (size_t cell = 0; cell < a * b; cell++) {
        across[cell / b] += P[cell / b][cell % b];
        down[cell % b] += P[cell / b][cell % b];
    }
    for (size_t cell = 0; cell < a * b; cell++) {
        long double p = P[cell / b][cell % b];
        if (p > 0)
            sum += p * logl(p / (across[cell / b] * down[cell % b]));
    }
    return (double)sum;
}

/* The sums of rows and columns are wrong by b and a roundings, which a logarithm turns into an absolute error and P weighs:
   (a + b)·ε in all. The three entropies of the other formula are at most 2·log(ab) together, summed in at most ab + 4
   roundings. */
static double mutual_tol(size_t a, size_t b)
{
    double n = (double)(a * b), sides = (double)(a + b);
    return 4 * EPS * (sides + (n + 4) * (1 + 2 * log(n)));
}

static void mutual_case(size_t a, size_t b, const double cells[], double want, const char *why)
{
    call("info_mutual(%zu, %zu, P)", a, b);
    const double (*P)[b] = in_mat("P", a, b, cells);
    double got = info_mutual(a, b, P);
    because("%s", why);
    expect_num(got, want, mutual_tol(a, b));
}

static const double CHAIN[6] = {0.25, 0.25, 0, 0, 0.25, 0.25};

START_TEST(mutual_by_hand)
{
    mutual_case(2, 2, (double[]){0.125, 0.375, 0.125, 0.375}, 0,
                "rows (1/2, 1/2), columns (1/4, 3/4): every cell is their product, so nothing is learned");
    mutual_case(2, 3, CHAIN, log(2) / 2, "two cells of 1/4·log((1/4)/(1/8)), two of 1/4·log 1: log(2)/2 = 0.3466");
    mutual_case(3, 2, (double[]){0.25, 0, 0.25, 0.25, 0, 0.25}, log(2) / 2, "the transposed table tells as much");
    mutual_case(1, 1, (double[]){1}, 0, "one cell");
    mutual_case(1, 3, (double[]){0.5, 0.25, 0.25}, 0, "a single row tells nothing");
    mutual_case(3, 1, (double[]){0.5, 0.25, 0.25}, 0, "a single column tells nothing");
}
END_TEST

START_TEST(mutual_identical)
{
    mutual_case(2, 2, (double[]){0.5, 0, 0, 0.5}, log(2), "each settles the other: the entropy of a fair coin");
    mutual_case(2, 2, (double[]){0.9, 0, 0, 0.1}, entropy_yardstick(2, (double[]){0.9, 0.1}),
                "each settles the other: the entropy of the loaded coin, 0.3251");
}
END_TEST

START_TEST(mutual_empty_row)
{
    mutual_case(2, 3, (double[]){0.25, 0.5, 0.25, 0, 0, 0}, 0, "a pixel that is never inked tells nothing");
    mutual_case(3, 3, (double[]){0.25, 0.25, 0, 0, 0, 0, 0, 0.25, 0.25}, log(2) / 2,
                "the empty row adds 0 to the example of the chapter");
    mutual_case(2, 4, (double[]){0.25, 0, 0.25, 0, 0, 0, 0.25, 0.25}, log(2) / 2, "and so does an empty column");
}
END_TEST

START_TEST(mutual_any)
{
    static const size_t prime[] = {2, 3, 5, 7, 11, SIDE};
    for (size_t t = 0; t < TRIALS; t++) {
        size_t last = 1 + t * 5 / TRIALS, a = prime[gen_between(0, last)], b = prime[gen_between(0, last)];
        double cells[CELLS], turned[CELLS];
        distribution(a * b, cells, 0.3);
        for (size_t i = 0; i < a; i++)
            for (size_t j = 0; j < b; j++)
                turned[j * a + i] = cells[i * b + j];

        call("info_mutual(%zu, %zu, P)", a, b);
        const double (*P)[b] = in_mat("P", a, b, cells);
        double got = info_mutual(a, b, P);
        expect_num(got, mutual_yardstick(a, b, P), mutual_tol(a, b));
        expect(got >= -mutual_tol(a, b), "mutual information is never negative");

        call("info_mutual(%zu, %zu, P)", b, a);
        const double (*Q)[a] = in_mat("P", b, a, turned);
        double back = info_mutual(b, a, Q);
        because("the transposed table has the same mutual information");
        expect_num(back, got, 2 * mutual_tol(a, b));
    }
}
END_TEST

/* What each settles the other of: log of the side. 8.8 MB, more than a stack holds; and a row and a column added up anew at
   each cell would be 2·10^9 additions, unless the zeros are asked for first. */
START_TEST(mutual_a_million_cells)
{
    enum { LARGE = 1050 };
    static double P[LARGE][LARGE];
    for (size_t i = 0; i < LARGE; i++)
        P[i][i] = 1. / LARGE;
    call("info_mutual(%d, %d, P)", LARGE, LARGE);
    because("P holds 1/%d on its diagonal and zeros elsewhere: log %d; such a table does not fit on the stack", LARGE, LARGE);
    double got = info_mutual(LARGE, LARGE, P);
    expect_num(got, log(LARGE), mutual_tol(LARGE, LARGE));
}
END_TEST

START_TEST(mutual_long)
{
    enum { LONG = 1000 };
    double wide[2 * LONG] = {0}, tall[2 * LONG] = {0};
    for (size_t j = 0; j < LONG; j++) {
        size_t row = j < LONG / 2 ? 0 : 1;
        wide[row * LONG + j] = tall[j * 2 + row] = 1. / LONG;
    }
    mutual_case(2, LONG, wide, log(2), "the column settles which of the two rows it is: log 2");
    mutual_case(LONG, 2, tall, log(2), "the row settles which of the two columns it is: log 2");
}
END_TEST

START_TEST(mutual_no_memory)
{
    for (size_t works = 0; works < 2; works++) {
        call("info_mutual(2, 3, P) with malloc failing after %zu calls", works);
        const double (*P)[3] = in_mat("P", 2, 3, CHAIN);
        malloc_fails_after(works);
        double got = info_mutual(2, 3, P);
        malloc_fails(false);
        expect(isnan(got) || fabs(got - log(2) / 2) <= mutual_tol(2, 3),
               "without memory the answer is NAN (or right, if none was needed); this is %.17g", got);
    }
}
END_TEST

/* ------------------------------------------------------------------ vec_logsumexp */

static long double lse_long(size_t k, const double z[])
{
    long double m = -INFINITY, sum = 0;
    for (size_t i = 0; i < k; i++)
        m = fmaxl(m, z[i]);
    if (isinf(m))
        return m;
    for (size_t i = 0; i < k; i++)
        sum += expl(z[i] - m);
    return m + logl(sum);
}

/* The exponent z − m = −d is rounded by ε·d, which changes the term e^−d by at most ε·d·e^−d < ε/2; k terms and their sum, at
   least 1, are then wrong by a few k·ε, and the last addition by ε·|lse|. Folding pairs instead (log of two at a time)
   rounds at |lse| in each of the k steps. */
static double lse_tol(size_t k, double want)
{
    return isfinite(want) ? 4 * EPS * (double)(k + 1) * (1 + fabs(want)) : 0;
}

static void lse_case(size_t k, const double values[], double want, const char *why)
{
    call("vec_logsumexp(%zu, z)", k);
    const double *z = in_vec("z", k, values);
    double got = vec_logsumexp(k, z);
    because("%s", why);
    expect_num(got, want, lse_tol(k, want));
}

START_TEST(lse_by_hand)
{
    lse_case(1, (double[]){3}, 3, "of one number it is that number: log e^3");
    lse_case(2, (double[]){0, 0}, log(2), "log(1 + 1)");
    lse_case(3, (double[]){0, log(2), log(5)}, log(8), "log(1 + 2 + 5) = log 8 = 2.0794");
    lse_case(3, (double[]){-log(2), -log(4), -log(4)}, 0, "log(1/2 + 1/4 + 1/4) = log 1");
}
END_TEST

START_TEST(lse_large)
{
    lse_case(2, (double[]){1000, 1000}, 1000 + log(2), "1000 + log 2 = 1000.6931");
    lse_case(2, (double[]){-400, -400}, -400 + log(2), "-400 + log 2 = -399.3069");
    lse_case(2, (double[]){-1000, -1000}, -1000 + log(2), "-1000 + log 2 = -999.3069");
    lse_case(3, (double[]){-1000, 0, 1000}, 1000, "e^0 and e^-1000 are nothing next to e^1000");
    lse_case(2, (double[]){1e300, -1e300}, 1e300, "the larger one takes all");
    lse_case(2, (double[]){-1.7e308, 1.7e308}, 1.7e308, "their difference overflows, and its exponential is 0");
    lse_case(1, (double[]){-5000}, -5000, "of one number it is that number");
}
END_TEST

START_TEST(lse_infinite)
{
    lse_case(0, NULL, -INFINITY, "the sum of no terms is 0, and log 0 = -inf");
    lse_case(1, (double[]){-INFINITY}, -INFINITY, "log 0 = -inf");
    lse_case(2, (double[]){-INFINITY, -INFINITY}, -INFINITY, "log(0 + 0) = -inf");
    lse_case(2, (double[]){-INFINITY, 2}, 2, "e^-inf = 0 adds nothing");
    lse_case(3, (double[]){1, INFINITY, 2}, INFINITY, "one infinite term");
    lse_case(2, (double[]){INFINITY, INFINITY}, INFINITY, "two infinite terms");
    lse_case(2, (double[]){INFINITY, -INFINITY}, INFINITY, "e^inf + 0");
}
END_TEST

START_TEST(lse_nan)
{
    lse_case(1, (double[]){NAN}, NAN, "NaN in, NaN out");
    lse_case(2, (double[]){1, NAN}, NAN, "NaN in, NaN out");
    lse_case(2, (double[]){NAN, 1}, NAN, "NaN in, NaN out");
    lse_case(2, (double[]){NAN, -INFINITY}, NAN, "NaN in, NaN out, also beside an infinity");
    lse_case(2, (double[]){INFINITY, NAN}, NAN, "NaN in, NaN out, also beside an infinity");
}
END_TEST

enum { MANY = 1000 };

START_TEST(lse_many)
{
    double z[MANY];
    for (size_t i = 0; i < MANY; i++)
        z[i] = log((double)(i + 1));
    lse_case(MANY, z, log(MANY * (MANY + 1) / 2), "log(1 + 2 + … + 1000) = log 500500");
}
END_TEST

START_TEST(lse_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t k = gen_size(t, 1, MOST);
        double values[MOST], centre = gen_uniform(-1, 1) * pow(10, (double)(t % 4)), m = -INFINITY;
        for (size_t i = 0; i < k; i++) {
            values[i] = centre + 3 * gen_normal();
            m = fmax(m, values[i]);
        }
        call("vec_logsumexp(%zu, z)", k);
        const double *z = in_vec("z", k, values);
        double got = vec_logsumexp(k, z), want = (double)lse_long(k, values), tol = lse_tol(k, want);
        expect_num(got, want, tol);
        expect(got >= m - tol && got <= m + log((double)k) + tol, "log-sum-exp lies between max and max + log k");
    }
}
END_TEST

/* ------------------------------------------------------------------ prob_softmax */

/* exp(z − lse) inherits the absolute error of z − lse as a relative one: ε·(|z| + |lse|) and that of lse itself; a quotient
   of sums does better, and both must pass. */
static void softmax_expect(size_t k, const double p[], const double z[])
{
    double want[MANY], tol[MANY];
    long double lse = lse_long(k, z);
    for (size_t i = 0; i < k; i++) {
        want[i] = (double)expl(z[i] - lse);
        double size = isinf(z[i]) ? 0 : fabs(z[i]) + fabs((double)lse);
        tol[i] = 4 * EPS * ((double)k + 4) * (1 + size) * want[i] + DBL_MIN;
    }
    expect_vec_tol(p, want, tol);
}

static void softmax_case(size_t k, const double values[], const char *why)
{
    call("prob_softmax(%zu, p, z)", k);
    const double *z = in_vec("z", k, values);
    double *p = out_vec("p", k);
    prob_softmax(k, p, z);
    because("%s", why);
    softmax_expect(k, p, values);
}

START_TEST(softmax_by_hand)
{
    softmax_case(1, (double[]){7}, "one outcome is certain, whatever its score");
    softmax_case(2, (double[]){0, 0}, "equal scores, equal probabilities");
    softmax_case(3, (double[]){0, log(2), log(5)}, "e^z is (1, 2, 5), and its sum is 8: (1/8, 2/8, 5/8)");
    softmax_case(4, (double[]){-2, -2, -2, -2}, "equal scores, equal probabilities");
}
END_TEST

START_TEST(softmax_large)
{
    softmax_case(2, (double[]){1000, 1001}, "as for (0, 1): 1/(1 + e) = 0.2689 and 0.7311");
    softmax_case(2, (double[]){-1000, -1001}, "as for (1, 0): 0.7311 and 0.2689");
    softmax_case(3, (double[]){-1000, 0, 1000}, "e^-1000 is 0 in a double, and the largest takes all");
    softmax_case(2, (double[]){0, 1e300}, "the larger takes all");
    softmax_case(3, (double[]){0, -INFINITY, log(3)}, "an impossible outcome has probability 0: (1/4, 0, 3/4)");
}
END_TEST

START_TEST(softmax_many)
{
    double z[MANY];
    for (size_t i = 0; i < MANY; i++)
        z[i] = log((double)(i + 1));
    softmax_case(MANY, z, "e^z is (1, 2, …, 1000), and its sum is 500500");
}
END_TEST

START_TEST(softmax_in_place)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t k = gen_size(t, 2, MOST);
        double values[MOST];
        for (size_t i = 0; i < k; i++)
            values[i] = 3 * gen_normal();
        call("prob_softmax(%zu, z, z)", k);
        double *z = inout_vec("z", k, values);
        prob_softmax(k, z, z);
        because("p may be z: nothing that is still needed may be overwritten");
        softmax_expect(k, z, values);
    }
}
END_TEST

START_TEST(softmax_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t k = gen_size(t, 1, MOST);
        double values[MOST], shifted[MOST], shift = (double)gen_between(0, 2000) - 1000;
        for (size_t i = 0; i < k; i++) {
            values[i] = 3 * gen_normal();
            shifted[i] = values[i] + shift;
        }
        softmax_case(k, values, "e^z divided by the sum of all e^z");
        softmax_case(k, shifted, "adding a number to all scores changes no probability");

        call("prob_softmax(%zu, p, z)", k);
        const double *z = in_vec("z", k, values);
        double *p = out_vec("p", k);
        prob_softmax(k, p, z);
        double sum = exact_sum(k, p), size = 1;
        for (size_t i = 0; i < k; i++)
            size = fmax(size, fabs(values[i]));
        /* Each probability has a relative error of at most 4(k + 4)·ε·(1 + 2·size + log k), and they sum to 1. */
        expect(fabs(sum - 1) <= 4 * EPS * (double)(k + 4) * (1 + 2 * size + log((double)k)),
               "probabilities sum to 1, these to %.17g", sum);
    }
}
END_TEST

START_TEST(softmax_nothing_and_nan)
{
    call("prob_softmax(0, p, z)");
    const double *none = in_vec("z", 0, NULL);
    double *nothing = out_vec("p", 0);
    prob_softmax(0, nothing, none);
    expect_intact();

    call("prob_softmax(3, p, z)");
    const double *z = in_vec("z", 3, (double[]){1, NAN, 2});
    double *p = out_vec("p", 3);
    prob_softmax(3, p, z);
    for (size_t i = 0; i < 3; i++)
        expect(isnan(p[i]), "every probability depends on every score, so one NaN makes all of them NaN; p[%zu] = %g", i,
               p[i]);
    /* The stub leaves NaN as well; the call below tells them apart. */
    softmax_case(2, (double[]){0, log(3)}, "(1/4, 3/4)");
}
END_TEST

/* ------------------------------------------------------------------ loss_softmax_ce */

enum { ROWS = 31, CLASSES = 11 };

/* Each row: log-sum-exp with its bound, and a difference of numbers of its size; then n roundings of the sum of the sizes. */
static void loss_want(size_t n, size_t k, const double Z[], const size_t label[], double *want, double *tol)
{
    long double sum = 0;
    double size = 0;
    for (size_t i = 0; i < n; i++) {
        long double lse = lse_long(k, Z + i * k);
        sum += lse - Z[i * k + label[i]];
        size += 1 + fabs((double)lse) + fabs(Z[i * k + label[i]]);
    }
    *want = (double)(sum / n);
    *tol = isinf(*want) ? 0 : 4 * EPS * (double)(n + k + 4) * (size / (double)n);
}

static void loss_case(size_t n, size_t k, const double cells[], const size_t labels[], const char *why)
{
    double want, tol;
    loss_want(n, k, cells, labels, &want, &tol);
    call("loss_softmax_ce(%zu, %zu, Z, label)", n, k);
    const double (*Z)[k] = in_mat("Z", n, k, cells);
    const size_t *label = in_index("label", n, labels);
    double got = loss_softmax_ce(n, k, Z, label);
    because("%s", why);
    expect_num(got, want, tol);
}

START_TEST(loss_by_hand)
{
    const double Z[] = {0, log(2), log(5), 0, 0, 0};
    loss_case(1, 3, Z + 3, (size_t[]){1}, "three equal logits: log 3 = 1.0986");
    loss_case(1, 3, Z, (size_t[]){2}, "log 8 - log 5 = 0.4700");
    loss_case(2, 3, Z, (size_t[]){1, 0}, "row 0: log 8 - log 2 = 1.3863; row 1: log 3 = 1.0986; their mean");
    loss_case(2, 3, Z, (size_t[]){2, 0}, "(0.4700 + 1.0986)/2 = 0.7843");
    loss_case(3, 1, (double[]){5, -5, 1000}, (size_t[]){0, 0, 0}, "one class is no surprise");
}
END_TEST

START_TEST(loss_knows_nothing)
{
    double zero[7 * CLASSES] = {0};
    for (size_t k = 1; k <= CLASSES; k++)
        if (k != 10)
            loss_case(7, k, zero, (size_t[]){0, k - 1, k / 2, 0, k - 1, k / 3, 0}, "k equal logits cost log k, whatever the label");
}
END_TEST

START_TEST(loss_large)
{
    loss_case(1, 2, (double[]){1000, 1000}, (size_t[]){0}, "1000 + log 2 - 1000");
    loss_case(1, 2, (double[]){-1000, -1000}, (size_t[]){1}, "-1000 + log 2 + 1000");
    loss_case(1, 3, (double[]){-1000, 0, 1000}, (size_t[]){2}, "sure and right: 0");
    loss_case(1, 3, (double[]){-1000, 0, 1000}, (size_t[]){0}, "sure and wrong: the gap, 2000");
    loss_case(2, 2, (double[]){1e4, 0, 0, 1e4}, (size_t[]){1, 1}, "the gap 10000 and 0: 5000 on average");
    loss_case(1, 2, (double[]){1e300, -1e300}, (size_t[]){1}, "the gap is 2e300");
    loss_case(1, 3, (double[]){0, -INFINITY, log(3)}, (size_t[]){0}, "an impossible class beside: log 4");
    loss_case(1, 3, (double[]){0, -INFINITY, log(3)}, (size_t[]){1}, "the impossible happened: infinite surprise");
}
END_TEST

START_TEST(loss_any)
{
    static const size_t prime[] = {2, 3, 5, 7, CLASSES};
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, ROWS), k = prime[gen_between(0, t * 5 / TRIALS)], labels[ROWS];
        double cells[ROWS * CLASSES], scale = pow(10, (double)(t % 4)), shift = scale * gen_normal();
        for (size_t i = 0; i < n * k; i++)
            cells[i] = scale * gen_normal() + shift;
        for (size_t i = 0; i < n; i++)
            labels[i] = gen_between(0, k - 1);
        loss_case(n, k, cells, labels, "the mean over rows of log-sum-exp minus the logit at the label");
    }
}
END_TEST

START_TEST(loss_undefined)
{
    call("loss_softmax_ce(0, 3, Z, label)");
    const double (*none)[3] = in_mat("Z", 0, 3, NULL);
    const size_t *nobody = in_index("label", 0, NULL);
    double got = loss_softmax_ce(0, 3, none, nobody);
    because("the mean of nothing is undefined");
    expect_num(got, NAN, 0);

    const size_t bad[] = {3, 4, 1000, SIZE_MAX};
    for (size_t b = 0; b < 4; b++)
        for (size_t at = 0; at < 3; at++) {
            size_t labels[3] = {0, 1, 2};
            labels[at] = bad[b];
            call("loss_softmax_ce(3, 3, Z, label)");
            const double (*Z)[3] = in_mat("Z", 3, 3, (double[]){1, 2, 3, 4, 5, 6, 7, 8, 9});
            const size_t *label = in_index("label", 3, labels);
            got = loss_softmax_ce(3, 3, Z, label);
            because("label[%zu] is no class", at);
            expect_num(got, NAN, 0);
        }

    call("loss_softmax_ce(2, 2, Z, label)");
    const double (*Z)[2] = in_mat("Z", 2, 2, (double[]){1, 2, NAN, 0});
    const size_t *label = in_index("label", 2, (size_t[]){0, 1});
    got = loss_softmax_ce(2, 2, Z, label);
    because("NaN in, NaN out");
    expect_num(got, NAN, 0);
    loss_case(1, 2, (double[]){0, 0}, (size_t[]){0}, "two equal logits: log 2");
}
END_TEST

/* ------------------------------------------------------------------ prob_onehot */

static void onehot_case(size_t n, size_t k, const size_t labels[], const char *why)
{
    double want[ROWS * CLASSES] = {0};
    for (size_t i = 0; i < n; i++)
        if (labels[i] < k)
            want[i * k + labels[i]] = 1;
    call("prob_onehot(%zu, %zu, Y, label)", n, k);
    const size_t *label = in_index("label", n, labels);
    double (*Y)[k] = out_mat("Y", n, k);
    prob_onehot(n, k, Y, label);
    because("%s", why);
    expect_mat(Y, want, 0);
}

START_TEST(onehot_by_hand)
{
    onehot_case(1, 1, (size_t[]){0}, "one class");
    onehot_case(2, 3, (size_t[]){1, 1}, "both rows have their 1 in column 1");
    onehot_case(2, 4, (size_t[]){2, 0}, "row 0 has its 1 in column 2, row 1 in column 0");
    onehot_case(5, 2, (size_t[]){0, 1, 1, 0, 1}, "more rows than classes");
    onehot_case(0, 3, NULL, "no rows, nothing to write");
}
END_TEST

START_TEST(onehot_no_class)
{
    onehot_case(1, 3, (size_t[]){3}, "3 is no class of 0, 1, 2: a row of zeros");
    onehot_case(3, 2, (size_t[]){1, 2, 0}, "the row in the middle is all zeros, the others are not touched by it");
    onehot_case(3, 2, (size_t[]){SIZE_MAX, 0, 5}, "two labels that are no class");
}
END_TEST

START_TEST(onehot_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, ROWS), k = gen_size(t, 1, CLASSES), labels[ROWS];
        for (size_t i = 0; i < n; i++)
            labels[i] = gen_between(0, k + k / 4);
        onehot_case(n, k, labels, "row i: a 1 in column label[i], zeros elsewhere");
    }
}
END_TEST

/* ------------------------------------------------------------------ pen and paper */

START_TEST(pen_entropy)
{
    double want = info_entropy(3, (double[]){0.5, 0.25, 0.25});
    call("pen_12_a()");
    expect_answer(pen_12_a(), want, 1e-6 * want, "It is less than the entropy of three equal outcomes, log 3 = 1.0986.");
}
END_TEST

START_TEST(pen_divergence)
{
    double want = info_kl(2, (double[]){0.5, 0.5}, (double[]){0.25, 0.75});
    call("pen_12_b()");
    expect_answer(pen_12_b(), want, 1e-6 * want, "Added to log 2 = 0.6931, it must give the cross-entropy.");
}
END_TEST

START_TEST(pen_untrained)
{
    double Z[1][10] = {0}, want = loss_softmax_ce(1, 10, Z, (size_t[]){3});
    call("pen_12_c()");
    expect_answer(pen_12_c(), want, 1e-6 * want, "e to the power of your answer is the number of classes.");
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("12-entropy");

    TCase *entropy = suite_case(s, "info_entropy");
    tcase_add_test(entropy, entropy_by_hand);
    tcase_add_test(entropy, entropy_uniform);
    tcase_add_test(entropy, entropy_zero_probabilities);
    tcase_add_test(entropy, entropy_not_minus_zero);
    tcase_add_test(entropy, entropy_any);
    tcase_add_test(entropy, entropy_nan);

    TCase *kl = suite_case(s, "info_kl");
    tcase_add_test(kl, kl_by_hand);
    tcase_add_test(kl, kl_zeros);
    tcase_add_test(kl, kl_small);
    tcase_add_test(kl, kl_any);
    tcase_add_test(kl, kl_nan);

    TCase *mutual = suite_case(s, "info_mutual");
    tcase_add_test(mutual, mutual_by_hand);
    tcase_add_test(mutual, mutual_identical);
    tcase_add_test(mutual, mutual_empty_row);
    tcase_add_test(mutual, mutual_any);
    tcase_add_test(mutual, mutual_long);
    tcase_add_test(mutual, mutual_a_million_cells);
    tcase_add_test(mutual, mutual_no_memory);

    TCase *lse = suite_case(s, "vec_logsumexp");
    tcase_add_test(lse, lse_by_hand);
    tcase_add_test(lse, lse_large);
    tcase_add_test(lse, lse_infinite);
    tcase_add_test(lse, lse_nan);
    tcase_add_test(lse, lse_many);
    tcase_add_test(lse, lse_any);

    TCase *softmax = suite_case(s, "prob_softmax");
    tcase_add_test(softmax, softmax_by_hand);
    tcase_add_test(softmax, softmax_large);
    tcase_add_test(softmax, softmax_in_place);
    tcase_add_test(softmax, softmax_many);
    tcase_add_test(softmax, softmax_any);
    tcase_add_test(softmax, softmax_nothing_and_nan);

    TCase *loss = suite_case(s, "loss_softmax_ce");
    tcase_add_test(loss, loss_by_hand);
    tcase_add_test(loss, loss_knows_nothing);
    tcase_add_test(loss, loss_large);
    tcase_add_test(loss, loss_any);
    tcase_add_test(loss, loss_undefined);

    TCase *onehot = suite_case(s, "prob_onehot");
    tcase_add_test(onehot, onehot_by_hand);
    tcase_add_test(onehot, onehot_no_class);
    tcase_add_test(onehot, onehot_any);

    tcase_add_test(suite_case(s, "pen_12_a"), pen_entropy);
    tcase_add_test(suite_case(s, "pen_12_b"), pen_divergence);
    tcase_add_test(suite_case(s, "pen_12_c"), pen_untrained);
    return s;
}
