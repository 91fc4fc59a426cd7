/* The suite of chapter 08, describing data. One TCase per function; in each, the chapter's own example comes first, then the
   smallest lists, then the awkward ones: huge, far from zero, constant, with a NaN in them.

   Tolerances. A right program makes rounding errors that a list with slightly other numbers would explain: x + e instead of x. For
   a plain sum, for shares x/n and for a running mean alike, ‖e‖ ≤ c·n·ε·‖x‖ with a c of 1 to 3; here c = 4. All bounds follow from
   that one sentence, since all the quantities are lengths and angles of the deviations from the mean:

       mean        moves by at most ‖e‖/√n                        (Cauchy-Schwarz with the vector of ones)
       deviation   sd moves by at most η = ‖e‖/√(n − 1)           (taking the mean away makes no vector longer)
       variance    by 2·sd·η + η²
       covariance  by sx·ηy + sy·ηx + ηx·ηy
       r           by 2·(ηx/sx + ηy/sy)                           (the angle by which each list turns)

   plus a few roundings of the result itself. One pass (Welford), two passes, two with correction, any order: all stay inside. The
   difference of mean squares, whose error grows with the square of the offset, does not. */
#include "harness.h"

#include "pen.h"
#include "stats.h"

enum { LONGEST = 41, MANY = 3000 };

/* Sums that are made in long double have errors 2048 times smaller. */
static double true_mean(size_t n, const double x[])
{
    long double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return (double)(sum / (long double)n);
}

static long double co_moment(size_t n, const double x[], const double y[])
{
    long double sx = 0, sy = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        sx += x[i];
        sy += y[i];
    }
    for (size_t i = 0; i < n; i++)
        sum += (x[i] - sx / (long double)n) * (y[i] - sy / (long double)n);
    return sum;
}

static double true_cov(size_t n, const double x[], const double y[])
{
    return (double)(co_moment(n, x, y) / (long double)(n - 1));
}

/* ‖e‖, see above. */
static double wobble(size_t n, const double x[])
{
    return 4 * (double)n * EPS * exact_norm2(n, x);
}

static double tol_mean(size_t n, const double x[])
{
    /* the last term: n subnormal shares, each cut by half of the smallest number */
    return wobble(n, x) / sqrt((double)n) + (double)n * 0x1p-1074;
}

static double tol_sd(size_t n, const double x[])
{
    return wobble(n, x) / sqrt((double)(n - 1)) + 4 * (double)n * EPS * sqrt(true_cov(n, x, x));
}

static double tol_cov(size_t n, const double x[], const double y[])
{
    return sqrt(true_cov(n, x, x)) * tol_sd(n, y) + sqrt(true_cov(n, y, y)) * tol_sd(n, x) + tol_sd(n, x) * tol_sd(n, y) + DBL_MIN;
}

static double tol_corr(size_t n, const double x[], const double y[])
{
    return 2 * (tol_sd(n, x) / sqrt(true_cov(n, x, x)) + tol_sd(n, y) / sqrt(true_cov(n, y, y))) + 4 * (double)n * EPS;
}

static void normal(size_t n, double x[], double centre, double spread)
{
    for (size_t i = 0; i < n; i++)
        x[i] = centre + spread * gen_normal();
}

/* Michelson, 1879: the speed of light in air in km/s, less 299,000. NIST certifies the mean 299852.4 and the standard deviation
   79.0105478190518 for the whole numbers. */
static const short LIGHT[100] = {
    850, 740, 900, 1070, 930, 850, 950, 980, 980, 880, 1000, 980, 930, 650, 760, 810, 1000, 1000, 960, 960,
    960, 940, 960, 940, 880, 800, 850, 880, 900, 840, 830, 790, 810, 880, 880, 830, 800, 790, 760, 800,
    880, 880, 880, 860, 720, 720, 620, 860, 970, 950, 880, 910, 850, 870, 840, 840, 850, 840, 840, 840,
    890, 810, 810, 820, 800, 770, 760, 740, 750, 760, 910, 920, 890, 860, 880, 720, 840, 850, 850, 780,
    890, 840, 780, 810, 760, 810, 790, 810, 820, 850, 870, 870, 810, 740, 810, 940, 950, 800, 810, 870,
};

static void light(double x[100])
{
    for (size_t i = 0; i < 100; i++)
        x[i] = 299000 + LIGHT[i];
}

/* NumAcc4 of the NIST: 10000000.2, then 10000000.1 and 10000000.3 five hundred times each. Mean 10000000.2, deviation 0.1. */
enum { NUMACC = 1001 };
static void numacc4(double x[NUMACC])
{
    x[0] = 10000000.2;
    for (size_t i = 1; i < NUMACC; i += 2) {
        x[i] = 10000000.1;
        x[i + 1] = 10000000.3;
    }
}

static const double STREET[4] = {4, 7, 13, 16};

/* ------------------------------------------------------------------ stats_mean */

static void mean_is(size_t n, const double x[], double want, double tol, const char *why)
{
    call("stats_mean(%zu, x)", n);
    const double *in = in_vec("x", n, x);
    double got = stats_mean(n, in);
    if (why)
        because("%s", why);
    expect_num(got, want, tol);
}

START_TEST(mean_by_hand)
{
    mean_is(4, STREET, 10, tol_mean(4, STREET), "4 + 7 + 13 + 16 = 40, and 40/4 = 10");
    mean_is(1, (double[]){7}, 7, 0, "a single number is its own mean");
    mean_is(2, (double[]){-3, 4}, 0.5, 4 * EPS, NULL);
    mean_is(3, (double[]){2, 2, 14}, 6, 48 * EPS, "18/3 = 6");
}
END_TEST

START_TEST(mean_of_nothing)
{
    mean_is(0, NULL, NAN, 0, "no numbers, no mean");
}
END_TEST

START_TEST(mean_any_list)
{
    double x[LONGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, LONGEST);
        gen_vec(t, n, x);
        mean_is(n, x, true_mean(n, x), tol_mean(n, x), NULL);
    }
}
END_TEST

START_TEST(mean_of_huge)
{
    /* Sizes stay below 1.7e308, 5 % from the end of the range, so that the shares may be rounded. */
    mean_is(2, (double[]){1e308, 1e308}, 1e308, 1e308 * 8 * EPS, "the sum is too large for a double; the mean is not");
    mean_is(3, (double[]){-1.5e308, -1.5e308, -1.5e308}, -1.5e308, 1.5e308 * 12 * EPS, NULL);
    mean_is(2, (double[]){1.5e308, -1.5e308}, 0, 1.5e308 * 8 * EPS, "they cancel; but their difference is too large for a double");
    mean_is(4, (double[]){1.5e308, 1.5e308, -1.5e308, -1.5e308}, 0, 1.5e308 * 16 * EPS,
            "they cancel; but the sum of the first two is too large for a double");
    mean_is(3, (double[]){1.7e308, 1.7e308, -1.7e308}, 1.7e308 / 3, 1.7e308 * 12 * EPS, NULL);
}
END_TEST

START_TEST(mean_of_tiny)
{
    double x[] = {3e-310, 5e-310, 7e-310};
    mean_is(3, x, 5e-310, tol_mean(3, x), "the mean of numbers below the smallest normal double");
}
END_TEST

START_TEST(mean_of_light)
{
    double x[100];
    light(x);
    mean_is(100, x, 299852.4, tol_mean(100, x), "the mean that NIST certifies for Michelson's hundred runs");
    double y[NUMACC];
    numacc4(y);
    mean_is(NUMACC, y, 10000000.2, tol_mean(NUMACC, y), "the mean that NIST certifies for NumAcc4");
}
END_TEST

START_TEST(mean_with_nan)
{
    mean_is(3, (double[]){1, NAN, 3}, NAN, 0, "a NaN that goes in comes out");
    mean_is(3, (double[]){1e308, 1e308, NAN}, NAN, 0, "a NaN that goes in comes out, also from a list whose sum overflows");
    call("stats_mean(2, x)");
    const double *x = in_vec("x", 2, (double[]){1, INFINITY});
    expect(!isfinite(stats_mean(2, x)), "with an infinite number in the list the mean is not finite");
}
END_TEST

/* ------------------------------------------------------------------ stats_var */

static void var_is(size_t n, const double x[], double want, double tol, const char *why)
{
    call("stats_var(%zu, x)", n);
    const double *in = in_vec("x", n, x);
    double got = stats_var(n, in);
    if (why)
        because("%s", why);
    expect_num(got, want, tol);
}

START_TEST(var_by_hand)
{
    var_is(4, STREET, 30, tol_cov(4, STREET, STREET), "the deviations are -6, -3, 3, 6; (36 + 9 + 9 + 36)/3 = 30");
    var_is(2, (double[]){1, 3}, 2, 100 * EPS, "the deviations are -1 and 1; (1 + 1)/1 = 2");
    double eight[] = {2, 4, 4, 4, 5, 5, 7, 9};
    var_is(8, eight, 32.0 / 7, tol_cov(8, eight, eight), NULL);
}
END_TEST

START_TEST(var_of_too_few)
{
    var_is(1, (double[]){5}, NAN, 0, "one number says nothing about spread: 0/0");
    var_is(0, NULL, NAN, 0, "no numbers, no spread");
}
END_TEST

START_TEST(var_far_from_zero)
{
    /* The bound at 1e9: ‖e‖ = 4·4·ε·2e9, so sd may move by 4e-6 and the variance by 5e-5. */
    double x[4];
    static const double offset[] = {1e9, 1e3, 1e5, 1e7, -1e8};
    for (size_t k = 0; k < 5; k++) {
        for (size_t i = 0; i < 4; i++)
            x[i] = offset[k] + STREET[i];
        var_is(4, x, 30, tol_cov(4, x, x), "an offset moves every number and the mean alike; the deviations are still -6, -3, 3, 6");
    }
}
END_TEST

START_TEST(var_any_list)
{
    double x[LONGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, LONGEST);
        gen_vec(t, n, x);
        var_is(n, x, true_cov(n, x, x), tol_cov(n, x, x), NULL);
    }
}
END_TEST

START_TEST(var_never_negative)
{
    double x[LONGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, LONGEST);
        normal(n, x, pow(10, gen_uniform(0, 12)), pow(10, gen_uniform(-6, 0)));
        call("stats_var(%zu, x)", n);
        const double *in = in_vec("x", n, x);
        double got = stats_var(n, in);
        expect(got >= 0, "a variance is a sum of squares, it cannot be %g", got);
        var_is(n, x, true_cov(n, x, x), tol_cov(n, x, x), NULL);
    }
}
END_TEST

START_TEST(var_of_constants)
{
    var_is(3, (double[]){7, 7, 7}, 0, tol_cov(3, (double[]){7, 7, 7}, (double[]){7, 7, 7}), "nothing varies");
    double x[LONGEST];
    for (size_t n = 2; n <= LONGEST; n++) {
        for (size_t i = 0; i < n; i++)
            x[i] = n % 2 ? 0.1 : 1e9 / 3;
        call("stats_var(%zu, x)", n);
        const double *in = in_vec("x", n, x);
        double got = stats_var(n, in);
        expect(got >= 0, "a variance cannot be %g", got);
        var_is(n, x, 0, tol_cov(n, x, x), "nothing varies");
    }
}
END_TEST

START_TEST(var_certified)
{
    double x[100], y[NUMACC];
    light(x);
    /* Certified to 15 digits: sd 79.0105478190518. */
    var_is(100, x, 79.0105478190518 * 79.0105478190518, tol_cov(100, x, x), "NIST certifies the deviation 79.0105478190518");
    /* Stored as doubles, which lie 1.9e-9 apart at 1e7, the numbers of NumAcc4 have the variance 0.01·(1 + 1.2e-8): the certified
       value can be met to 8 digits and no more. A program whose every deviation of 0.1 is wrong by one such spacing adds 1.9e-8,
       doubled by squaring. */
    numacc4(y);
    var_is(NUMACC, y, 0.01, 0.01 * (1.2e-8 + 3.8e-8), "NIST certifies the deviation 0.1, so the variance 0.01");
}
END_TEST

START_TEST(var_with_nan)
{
    var_is(3, (double[]){1, NAN, 3}, NAN, 0, "a NaN that goes in comes out");
    var_is(2, (double[]){NAN, NAN}, NAN, 0, "a NaN that goes in comes out");
}
END_TEST

START_TEST(var_of_scaled)
{
    /* a + b·x has the variance b²·var: by a power of two the numbers of the list are exact. */
    double x[4];
    for (int e = -400; e <= 400; e += 200) {
        for (size_t i = 0; i < 4; i++)
            x[i] = ldexp(STREET[i], e);
        var_is(4, x, ldexp(30, 2 * e), ldexp(tol_cov(4, STREET, STREET), 2 * e), "every number times 2^e: the variance times 2^(2e)");
    }
}
END_TEST

/* ------------------------------------------------------------------ stats_welford

   A structure is not an array, so the state is shown by hand. */

static running steps(size_t n, const double x[])
{
    running s = {0};
    for (size_t i = 0; i < n; i++)
        stats_welford(&s, x[i]);
    return s;
}

static void state_is(running s, size_t n, double mean, double tol, double m2, double tol2)
{
    expect(s.n == n, "s.n is %zu, expected %zu", s.n, n);
    expect_named("s.mean", s.mean, mean, tol);
    expect_named("s.m2", s.m2, m2, tol2);
}

START_TEST(welford_by_hand)
{
    static const double mean[] = {4, 5.5, 8, 10}, m2[] = {0, 4.5, 42, 90};
    running s = {0};
    for (size_t i = 0; i < 4; i++) {
        call("stats_welford(&s, %g)", STREET[i]);
        show_size("s.n before", s.n);
        show_num("s.mean before", s.mean);
        show_num("s.m2 before", s.m2);
        stats_welford(&s, STREET[i]);
        because("of the first %zu of 4, 7, 13, 16 the mean is %g and the squared deviations add up to %g", i + 1, mean[i], m2[i]);
        state_is(s, i + 1, mean[i], 1e-13, m2[i], 1e-12);
    }
}
END_TEST

START_TEST(welford_goes_on)
{
    call("stats_welford(&s, 13)");
    running s = {2, 5.5, 4.5};
    show_size("s.n before", 2);
    show_num("s.mean before", 5.5);
    show_num("s.m2 before", 4.5);
    stats_welford(&s, 13);
    because("two numbers with mean 5.5 came before; with 13 the mean is (11 + 13)/3 = 8, and m2 grows by (13 - 5.5)(13 - 8) = 37.5");
    state_is(s, 3, 8, 1e-13, 42, 1e-12);
}
END_TEST

START_TEST(welford_is_two_pass)
{
    /* s.m2 is (n − 1) times a variance, and has (n − 1) times its bound. */
    double x[LONGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, LONGEST);
        gen_vec(t, n, x);
        call("stats_welford(&s, x[i]) for i = 0 … %zu", n - 1);
        const double *in = in_vec("x", n, x);
        running s = steps(n, in);
        double scale = (double)(n - 1);
        state_is(s, n, true_mean(n, x), tol_mean(n, x), scale * true_cov(n, x, x), scale * tol_cov(n, x, x));
    }
}
END_TEST

START_TEST(welford_any_order)
{
    double x[LONGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, LONGEST);
        gen_vec(t, n, x);
        double scale = (double)(n - 1), mean = true_mean(n, x), m2 = scale * true_cov(n, x, x);
        for (size_t i = n; i-- > 1;) {
            size_t j = gen_between(0, i);
            double other = x[i];
            x[i] = x[j];
            x[j] = other;
        }
        call("stats_welford(&s, x[i]) for i = 0 … %zu", n - 1);
        const double *in = in_vec("x", n, x);
        running s = steps(n, in);
        because("the numbers were shuffled; mean and m2 do not depend on their order");
        state_is(s, n, mean, tol_mean(n, x), m2, scale * tol_cov(n, x, x));
    }
}
END_TEST

START_TEST(welford_far_from_zero)
{
    double x[4];
    for (size_t i = 0; i < 4; i++)
        x[i] = 1e9 + STREET[i];
    call("stats_welford(&s, x[i]) for i = 0 … 3");
    const double *in = in_vec("x", 4, x);
    running s = steps(4, in);
    because("an offset of 1e9 moves the mean to 1000000010 and leaves m2 at 90");
    state_is(s, 4, 1e9 + 10, tol_mean(4, x), 90, 3 * tol_cov(4, x, x));
}
END_TEST

START_TEST(welford_of_many)
{
    double x[MANY];
    normal(MANY, x, 10, 1);
    call("stats_welford(&s, x[i]) for i = 0 … %d", MANY - 1);
    const double *in = in_vec("x", MANY, x);
    running s = steps(MANY, in);
    state_is(s, MANY, true_mean(MANY, x), tol_mean(MANY, x), (MANY - 1) * true_cov(MANY, x, x), (MANY - 1) * tol_cov(MANY, x, x));
}
END_TEST

START_TEST(welford_never_falls)
{
    for (size_t t = 0; t < 50; t++) {
        double centre = pow(10, gen_uniform(0, 12)), spread = pow(10, gen_uniform(-6, 0));
        running s = {0};
        for (size_t i = 0; i < LONGEST; i++) {
            double x = centre + spread * gen_normal(), before = s.m2;
            call("stats_welford(&s, %.17g)", x);
            show_size("s.n before", s.n);
            show_num("s.mean before", s.mean);
            show_num("s.m2 before", before);
            stats_welford(&s, x);
            expect(s.m2 >= before, "s.m2 is a sum of squares: it may not fall, and became %.17g", s.m2);
        }
    }
}
END_TEST

START_TEST(welford_with_nan)
{
    call("stats_welford(&s, NAN), then stats_welford(&s, 1)");
    running s = {2, 5.5, 4.5};
    stats_welford(&s, NAN);
    stats_welford(&s, 1);
    because("a NaN that goes in comes out, whatever follows");
    state_is(s, 4, NAN, 0, NAN, 0);
}
END_TEST

/* ------------------------------------------------------------------ stats_quantile */

static void quantile_is(size_t n, const double x[], double p, double want, double tol, const char *why)
{
    call("stats_quantile(%zu, x, %s)", n, num_text(p));
    const double *in = in_vec("x", n, x);
    double got = stats_quantile(n, in, p);
    if (why)
        because("%s", why);
    expect_num(got, want, tol);
}

START_TEST(quantile_by_hand)
{
    double x[] = {1, 2, 3, 4}, odd[] = {3, 1, 2};
    quantile_is(3, odd, 0.5, 2, 0, "in order: 1, 2, 3; the one in the middle");
    quantile_is(4, x, 0.25, 1.75, 1e-14, "3 steps from 1 to 4; a quarter of them is 0.75, three quarters of the way from 1 to 2");
    quantile_is(4, x, 0.5, 2.5, 1e-14, "1.5 steps: half way from 2 to 3");
    quantile_is(4, STREET, 0.5, 10, 1e-14, "half way from 7 to 13");
    quantile_is(4, STREET, 1 / 3.0, 7, 1e-13, "one step from 4");
}
END_TEST

START_TEST(quantile_ends)
{
    double x[] = {5, 9, 1, 7, 3};
    quantile_is(5, x, 0, 1, 0, "order 0 is the smallest number");
    quantile_is(5, x, 1, 9, 0, "order 1 is the largest number, and behind it there is nothing");
    quantile_is(1, (double[]){7}, 0, 7, 0, NULL);
    quantile_is(1, (double[]){7}, 0.3, 7, 1e-14, "one number is all its quantiles");
    quantile_is(1, (double[]){7}, 1, 7, 0, NULL);
}
END_TEST

START_TEST(quantile_fractions)
{
    double x[] = {0.3, 0.1, 0.4, 0.2, 0};
    quantile_is(5, x, 0.5, 0.2, 1e-15, "in order: 0, 0.1, 0.2, 0.3, 0.4");
    quantile_is(5, x, 0.75, 0.3, 1e-15, "in order: 0, 0.1, 0.2, 0.3, 0.4");
}
END_TEST

START_TEST(quantile_refuses)
{
    double x[] = {1, 2, 3};
    quantile_is(0, NULL, 0.5, NAN, 0, "no numbers, no quantile");
    quantile_is(3, x, -0.01, NAN, 0, "an order lies between 0 and 1");
    quantile_is(3, x, 1.01, NAN, 0, "an order lies between 0 and 1");
    quantile_is(3, x, 25, NAN, 0, "an order lies between 0 and 1; 25 is a percentage");
    quantile_is(3, x, NAN, NAN, 0, "the order is NaN");
    for (size_t i = 0; i < 3; i++) {
        double y[] = {1, 2, 3};
        y[i] = NAN;
        quantile_is(3, y, 0, NAN, 0, "there is a NaN in the list");
        quantile_is(3, y, 1, NAN, 0, "there is a NaN in the list");
    }
}
END_TEST

/* The yardstick sorts by insertion. The position (n − 1)p is rounded, by ε(n − 1)/2 at most, and a step is no longer than twice
   the largest number; the rest are a few roundings of such a number. */
START_TEST(quantile_any_list)
{
    double x[LONGEST], sorted[LONGEST + 1];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, LONGEST);
        gen_vec(t, n, x);
        if (t % 3 == 0)
            x[n - 1] = x[0];
        double largest = 0;
        for (size_t i = 0; i < n; i++) {
            size_t j = i;
            for (; j > 0 && sorted[j - 1] > x[i]; j--)
                sorted[j] = sorted[j - 1];
            sorted[j] = x[i];
            largest = fmax(largest, fabs(x[i]));
        }
        sorted[n] = sorted[n - 1];
        double p = t % 4 ? gen_uniform(0, 1) : (double)gen_between(0, 4) / 4;
        long double h = (long double)(n - 1) * p, k = floorl(h);
        double a = sorted[(size_t)k], b = sorted[(size_t)k + 1];
        quantile_is(n, x, p, (double)(a + (h - k) * ((long double)b - a)), 8 * (double)n * EPS * largest, NULL);
    }
}
END_TEST

START_TEST(quantile_large_numbers)
{
    /* Differences of these do not fit into an int. */
    double x[] = {5e9, -4e9, 3e12, 1e9, -6e15};
    quantile_is(5, x, 0, -6e15, 0, "in order: -6e15, -4e9, 1e9, 5e9, 3e12");
    quantile_is(5, x, 0.5, 1e9, 0, "in order: -6e15, -4e9, 1e9, 5e9, 3e12");
    quantile_is(5, x, 0.75, 5e9, 1e-5, "in order: -6e15, -4e9, 1e9, 5e9, 3e12");
}
END_TEST

START_TEST(quantile_of_infinite)
{
    quantile_is(3, (double[]){2, -INFINITY, 1}, 0.5, 1, 0, "an infinite number has its place in the order: the last or, here, the first");
    quantile_is(3, (double[]){2, -INFINITY, 1}, 1, 2, 0, "an infinite number has its place in the order: the last or, here, the first");
}
END_TEST

START_TEST(quantile_of_a_million)
{
    /* 8.8 MB, more than a stack holds. The numbers 0 … n − 1, mixed, the median first: who counts ranks, one number after the other, is
       right too, and would need hours to come to the last. */
    enum { LOTS = 1100001 };
    static double x[LOTS];
    for (size_t i = 0; i < LOTS; i++)
        x[i] = (double)((LOTS / 2 + i * 7919) % LOTS);
    call("stats_quantile(%d, x, 0.5)", LOTS);
    double got = stats_quantile(LOTS, x, 0.5);
    because("x holds 0, 1, …, %d, mixed; such a list does not fit on the stack", LOTS - 1);
    expect_num(got, (LOTS - 1) / 2, 0);
}
END_TEST

START_TEST(quantile_without_memory)
{
    for (size_t works = 0; works < 4; works++) {
        call("stats_quantile(4, x, 0.25)");
        const double *x = in_vec("x", 4, (double[]){1, 2, 3, 4});
        malloc_fails_after(works);
        double got = stats_quantile(4, x, 0.25);
        malloc_fails(false);
        because("malloc works %zu times and then fails", works);
        expect(isnan(got) || fabs(got - 1.75) < 1e-14, "without memory the answer is NaN, or the right one, but not %g", got);
    }
}
END_TEST

/* ------------------------------------------------------------------ stats_corr */

static void corr_is(size_t n, const double x[], const double y[], double want, double tol, const char *why)
{
    call("stats_corr(%zu, x, y)", n);
    const double *a = in_vec("x", n, x), *b = in_vec("y", n, y);
    double got = stats_corr(n, a, b);
    if (why)
        because("%s", why);
    expect_num(got, want, tol);
}

START_TEST(corr_by_hand)
{
    double x[] = {1, 2, 3}, y[] = {1, 2, 6}, up[] = {2, 4, 6}, down[] = {6, 4, 2}, square[] = {1, 0, 1}, z[] = {-1, 0, 1};
    corr_is(3, x, up, 1, tol_corr(3, x, up), "the points lie on a rising line");
    corr_is(3, x, down, -1, tol_corr(3, x, down), "the points lie on a falling line");
    corr_is(3, x, y, 5 / sqrt(28), tol_corr(3, x, y), "deviations -1, 0, 1 and -2, -1, 3: 5/(√2·√14)");
    corr_is(3, z, square, 0, tol_corr(3, z, square), "-1/3 + 0 + 1/3 = 0");
    corr_is(2, (double[]){1, 5}, (double[]){9, 3}, -1, 1e-14, "two points always lie on a line");
}
END_TEST

/* Anscombe's four data sets. The exact quotients of the published decimals, to 16 digits, from integer arithmetic. */
START_TEST(corr_anscombe)
{
    static const double x[] = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5}, x4[] = {8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8};
    static const double y[4][11] = {
        {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68},
        {9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74},
        {7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73},
        {6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.50, 5.56, 7.91, 6.89},
    };
    static const double want[] = {0.8164205163448398, 0.8162365060002427, 0.8162867394895982, 0.8165214368885028};
    for (size_t k = 0; k < 4; k++)
        corr_is(11, k < 3 ? x : x4, y[k], want[k], tol_corr(11, k < 3 ? x : x4, y[k]), "Anscombe's sets all have r = 0.816 or 0.817");
}
END_TEST

START_TEST(corr_undefined)
{
    double x[] = {1, 2, 3}, same[] = {4, 4, 4}, tenth[LONGEST], any[LONGEST];
    corr_is(3, x, same, NAN, 0, "the second list does not vary");
    corr_is(3, same, x, NAN, 0, "the first list does not vary");
    corr_is(1, x, same, NAN, 0, "one pair does not vary");
    corr_is(0, NULL, NULL, NAN, 0, "no pairs");
    for (size_t n = 2; n <= LONGEST; n++) {
        for (size_t i = 0; i < n; i++)
            tenth[i] = 0.1;
        normal(n, any, 0, 1);
        corr_is(n, tenth, any, NAN, 0, "a list of equal numbers does not vary, whatever its computed mean is");
        corr_is(n, any, tenth, NAN, 0, "a list of equal numbers does not vary, whatever its computed mean is");
    }
}
END_TEST

START_TEST(corr_on_a_line)
{
    double x[LONGEST], y[LONGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, LONGEST);
        normal(n, x, gen_uniform(-3, 3), 1);
        double sign = t % 2 ? -1 : 1;
        for (size_t i = 0; i < n; i++)
            y[i] = 5 + sign * 0.3 * x[i];
        /* y is rounded: a relative error of ε each, inside the factor 4 of the bound */
        call("stats_corr(%zu, x, y)", n);
        const double *a = in_vec("x", n, x), *b = in_vec("y", n, y);
        double got = stats_corr(n, a, b);
        expect(fabs(got) <= 1, "a correlation lies in [-1, 1]; acos of %.17g would be NaN", got);
        corr_is(n, x, y, sign, tol_corr(n, x, y), "the points lie on a line, up to rounding");
    }
}
END_TEST

START_TEST(corr_far_from_zero)
{
    double x[3], y[3];
    for (size_t i = 0; i < 3; i++) {
        x[i] = 1e8 + (double)(i + 1);
        y[i] = 1e8 + (i < 2 ? (double)(i + 1) : 6);
    }
    corr_is(3, x, y, 5 / sqrt(28), tol_corr(3, x, y), "an offset changes no deviation: -1, 0, 1 and -2, -1, 3, as for 1, 2, 3 and 1, 2, 6");
}
END_TEST

START_TEST(corr_nearly_a_line)
{
    /* Deviations u = (-1, 0, 1) and u + t·(1, -2, 1), which are orthogonal parts: r = 1/√(1 + 3t²). */
    double t = 0x1p-16, x[] = {-1, 0, 1}, y[] = {-1 + t, -2 * t, 1 + t};
    corr_is(3, x, y, 1 / sqrt(1 + 3 * t * t), tol_corr(3, x, y), "the points lie nearly on a line, so r is nearly 1, and not 1");
}
END_TEST

START_TEST(corr_small_spread)
{
    /* Steps of 2^-13 at 1e9 are exact. A mean that is off by a spacing, 1.2e-7, moves r by the square of 1e-3. */
    double x[4], y[] = {0, 1, 2, 3};
    for (size_t i = 0; i < 4; i++)
        x[i] = 1e9 + ldexp((double)i, -13);
    corr_is(4, x, y, 1, 1e-3, "x varies little, but in equal steps: the points lie on a line");
    corr_is(4, y, x, 1, 1e-3, "y varies little, but in equal steps: the points lie on a line");
}
END_TEST

START_TEST(corr_any_lists)
{
    double x[LONGEST], y[LONGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, LONGEST);
        gen_vec(t, n, x);
        gen_vec(t, n, y);
        x[0] += 1000; /* so that nothing is constant by chance */
        y[n - 1] -= 1000;
        double xx = true_cov(n, x, x), yy = true_cov(n, y, y);
        if (xx == 0 || yy == 0)
            continue;
        corr_is(n, x, y, true_cov(n, x, y) / (sqrt(xx) * sqrt(yy)), tol_corr(n, x, y), NULL);
    }
}
END_TEST

START_TEST(corr_of_moved_and_stretched)
{
    double x[LONGEST], y[LONGEST], u[LONGEST];
    for (size_t t = 0; t < 50; t++) {
        size_t n = gen_size(4 * t, 3, LONGEST);
        normal(n, x, 0, 1);
        for (size_t i = 0; i < n; i++)
            y[i] = x[i] + gen_normal();
        double r = true_cov(n, x, y) / sqrt(true_cov(n, x, x) * true_cov(n, y, y)), a = pow(10, gen_uniform(0, 9)),
               b = t % 2 ? -2 : 2;
        for (size_t i = 0; i < n; i++)
            u[i] = a + b * x[i];
        double rounded = EPS * a / sqrt(true_cov(n, x, x)); /* each u is rounded at the size of a */
        corr_is(n, u, y, b > 0 ? r : -r, tol_corr(n, u, y) + 2 * rounded, "r of a + bx and y is that of x and y, with the sign of b");
    }
}
END_TEST

START_TEST(corr_of_large_and_small)
{
    double x[] = {1, 2, 3}, y[] = {1, 2, 6}, u[3], v[3];
    for (int k = -1; k <= 1; k++)
        for (int l = -1; l <= 1; l++) {
            for (size_t i = 0; i < 3; i++) {
                u[i] = ldexp(x[i], 330 * k);
                v[i] = ldexp(y[i], 330 * l);
            }
            corr_is(3, u, v, 5 / sqrt(28), tol_corr(3, x, y), "x and y were multiplied by powers of two near 1e-99, 1 or 1e99");
        }
}
END_TEST

START_TEST(corr_with_nan)
{
    double x[] = {1, 2, 3}, y[] = {4, NAN, 7};
    corr_is(3, x, y, NAN, 0, "a NaN that goes in comes out");
    corr_is(3, y, x, NAN, 0, "a NaN that goes in comes out");
}
END_TEST

/* ------------------------------------------------------------------ stats_histogram

   Edges are whole numbers or powers of two wherever a number is on one or near one: which side of an edge that no double can
   express a number is on, the contract does not say. */

static void histogram_is(size_t n, size_t bins, const double x[], double lo, double hi, const size_t want[], const char *why)
{
    call("stats_histogram(%zu, %zu, counts, x, %s, %s)", n, bins, num_text(lo), num_text(hi));
    size_t *counts = out_index("counts", bins);
    const double *in = in_vec("x", n, x);
    status got = stats_histogram(n, bins, counts, in, lo, hi);
    if (why)
        because("%s", why);
    expect_status(got, OK);
    expect_index(counts, want);
}

START_TEST(histogram_by_hand)
{
    histogram_is(4, 3, STREET, 4, 16, (size_t[]){2, 0, 2}, "cells [4, 8), [8, 12), [12, 16]");
    histogram_is(3, 2, (double[]){0.5, 1.5, 1.25}, 0, 2, (size_t[]){1, 2}, "cells [0, 1), [1, 2]");
    histogram_is(1, 1, (double[]){3}, 0, 5, (size_t[]){1}, "one cell holds all");
}
END_TEST

START_TEST(histogram_edges)
{
    histogram_is(6, 5, (double[]){0, 2, 4, 6, 8, 10}, 0, 10, (size_t[]){1, 1, 1, 1, 2},
                 "each edge belongs to the cell above it, and 10 to the last");
    histogram_is(5, 4, (double[]){-1, -0.5, 0, 0.5, 1}, -1, 1, (size_t[]){1, 1, 1, 2},
                 "each edge belongs to the cell above it, and 1 to the last");
    double below = nextafter(3, 0);
    histogram_is(2, 7, (double[]){below, 3}, 0, 3, (size_t[]){0, 0, 0, 0, 0, 0, 2}, "a hair below hi is inside the last cell");
    histogram_is(1, 3, (double[]){nextafter(1, 0)}, -1, 1, (size_t[]){0, 0, 1},
                 "x is below hi, but x - lo rounds to hi - lo: the last cell, not one behind it");
}
END_TEST

START_TEST(histogram_outside)
{
    histogram_is(4, 2, (double[]){-0.25, 4.25, 1, 3}, 0, 4, (size_t[]){1, 1}, "-0.25 and 4.25 lie outside");
    histogram_is(5, 3, (double[]){-1e300, 1e300, -INFINITY, INFINITY, NAN}, 0, 3, (size_t[]){0, 0, 0}, "all of them lie outside");
    histogram_is(3, 2, (double[]){NAN, 1, NAN}, 0, 4, (size_t[]){1, 0}, "NaN is in no cell");
}
END_TEST

START_TEST(histogram_empty)
{
    histogram_is(0, 3, NULL, 0, 1, (size_t[]){0, 0, 0}, "no numbers, but three cells that must say 0");
}
END_TEST

START_TEST(histogram_refuses)
{
    static const double bad[][2] = {{1, 1}, {2, 1}};
    for (size_t k = 0; k < 2; k++) {
        call("stats_histogram(2, 3, counts, x, %g, %g)", bad[k][0], bad[k][1]);
        size_t *counts = out_index("counts", 3);
        const double *x = in_vec("x", 2, (double[]){1, 1});
        status got = stats_histogram(2, 3, counts, x, bad[k][0], bad[k][1]);
        because("lo must be below hi");
        expect_status(got, BAD_INPUT);
    }
    call("stats_histogram(2, 0, counts, x, 0, 2)");
    size_t *none = out_index("counts", 0);
    const double *x = in_vec("x", 2, (double[]){1, 1});
    status got = stats_histogram(2, 0, none, x, 0, 2);
    because("there are no cells to count into");
    expect_status(got, BAD_INPUT);
}
END_TEST

START_TEST(histogram_many_cells)
{
    enum { CELLS = 1000 };
    double x[CELLS];
    size_t want[CELLS];
    for (size_t k = 0; k < CELLS; k++) {
        x[k] = (double)k + 0.5;
        want[k] = 1;
    }
    histogram_is(CELLS, CELLS, x, 0, CELLS, want, "one number in the middle of each cell");
}
END_TEST

START_TEST(histogram_any_list)
{
    double x[LONGEST];
    size_t want[13];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, LONGEST), bins = gen_size(t, 1, 13);
        double lo = gen_uniform(-5, 5), width = gen_uniform(0.5, 2), hi = lo + (double)bins * width;
        memset(want, 0, sizeof want);
        for (size_t i = 0; i < n; i++) {
            /* inside cell k, 1 % of its width or more from its edges; cell −1 and cell `bins` lie outside */
            size_t k = gen_between(0, bins + 1);
            x[i] = lo + width * ((double)k - 1 + gen_uniform(0.01, 0.99));
            if (k > 0 && k <= bins)
                want[k - 1]++;
        }
        histogram_is(n, bins, x, lo, hi, want, NULL);
    }
}
END_TEST

/* ------------------------------------------------------------------ stats_cov_matrix */

enum { ROWS = 17, COLS = 5 };

static const double THREE[3][2] = {{1, 1}, {2, 2}, {3, 6}};

static void column(size_t n, size_t d, double c[], const double x[], size_t j)
{
    for (size_t i = 0; i < n; i++)
        c[i] = x[i * d + j];
}

static void cov_is(size_t n, size_t d, const double x[], const char *why)
{
    double want[COLS * COLS], tol[COLS * COLS], a[ROWS], b[ROWS];
    for (size_t i = 0; i < d; i++)
        for (size_t j = 0; j < d; j++) {
            column(n, d, a, x, i);
            column(n, d, b, x, j);
            want[i * d + j] = n < 2 ? NAN : true_cov(n, a, b);
            tol[i * d + j] = n < 2 ? 0 : tol_cov(n, a, b);
        }
    call("stats_cov_matrix(%zu, %zu, S, X)", n, d);
    double (*S)[d] = out_mat("S", d, d);
    const double (*X)[d] = in_mat("X", n, d, x);
    stats_cov_matrix(n, d, S, X);
    if (why)
        because("%s", why);
    expect_mat_tol(S, want, tol);
    for (size_t i = 0; i < d; i++)
        for (size_t j = 0; j < i; j++)
            expect(S[i][j] == S[j][i] || n < 2, "S[%zu][%zu] and S[%zu][%zu] must be the same double; they differ by %g", i, j, j, i,
                   S[i][j] - S[j][i]);
}

START_TEST(cov_by_hand)
{
    cov_is(3, 2, &THREE[0][0], "deviations -1, 0, 1 and -2, -1, 3: S[0][0] = 2/2, S[0][1] = 5/2, S[1][1] = 14/2");
    cov_is(4, 1, STREET, "one column: its variance, 30");
    cov_is(2, 3, (double[]){1, 2, 3, 3, 2, 7}, "deviations ∓1, 0, ∓2: the second column does not vary");
}
END_TEST

START_TEST(cov_of_too_few)
{
    cov_is(1, 2, (double[]){1, 2}, "one row says nothing about spread");
    cov_is(1, 1, (double[]){1}, "one row says nothing about spread");
    cov_is(0, 3, NULL, "no rows");
}
END_TEST

START_TEST(cov_any_shape)
{
    static const size_t rows[] = {2, 3, 5, 7, 11, 13, ROWS};
    double x[ROWS * COLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = rows[gen_size(t, 0, 6)], d = gen_size(t, 1, COLS);
        gen_vec(t, n * d, x);
        cov_is(n, d, x, NULL);
    }
}
END_TEST

START_TEST(cov_far_from_zero)
{
    double x[ROWS * 3];
    for (size_t t = 0; t < 30; t++) {
        for (size_t i = 0; i < ROWS; i++)
            for (size_t j = 0; j < 3; j++)
                x[i * 3 + j] = (j == 1 ? 1e8 : j ? -1955 : 0) + gen_normal();
        cov_is(ROWS, 3, x, "offsets of the columns change no covariance");
    }
}
END_TEST

START_TEST(cov_never_negative)
{
    /* Column 2 is the sum of columns 0 and 1, so S has an eigenvalue 0. uᵀSu is the variance of Xu: computed exactly from S, it may
       be negative by the errors of S only, Σ |u_i|·|u_j|·tol_ij. */
    double x[ROWS * 3], c[3][ROWS];
    for (size_t t = 0; t < 50; t++) {
        for (size_t i = 0; i < ROWS; i++) {
            x[i * 3] = gen_normal();
            x[i * 3 + 1] = gen_normal();
            x[i * 3 + 2] = x[i * 3] + x[i * 3 + 1];
        }
        call("stats_cov_matrix(%d, 3, S, X)", ROWS);
        double (*S)[3] = out_mat("S", 3, 3);
        const double (*X)[3] = in_mat("X", ROWS, 3, x);
        stats_cov_matrix(ROWS, 3, S, X);
        double u[] = {1, 1, -1};
        long double form = 0, slack = 0;
        for (size_t j = 0; j < 3; j++)
            column(ROWS, 3, c[j], x, j);
        for (size_t k = 0; k < 4; k++) {
            for (size_t i = 0; i < 3; i++)
                for (size_t j = 0; j < 3; j++) {
                    form += (long double)u[i] * S[i][j] * u[j];
                    slack += fabs(u[i] * u[j]) * tol_cov(ROWS, c[i], c[j]);
                }
            expect(form >= -slack, "the variance of %g·x0 + %g·x1 + %g·x2, read off S, is %g: negative", u[0], u[1], u[2], (double)form);
            form = slack = 0;
            normal(3, u, 0, 1);
        }
    }
}
END_TEST

START_TEST(cov_with_nan)
{
    call("stats_cov_matrix(3, 2, S, X)");
    double (*S)[2] = out_mat("S", 2, 2);
    const double (*X)[2] = in_mat("X", 3, 2, (double[]){1, 1, 2, NAN, 3, 6});
    stats_cov_matrix(3, 2, S, X);
    because("a NaN in column 1 spoils what column 1 has a part in, and nothing else");
    expect_mat(S, (double[2][2]){{1, NAN}, {NAN, NAN}}, 1e-13);
}
END_TEST

START_TEST(cov_without_memory)
{
    for (size_t works = 0; works < 6; works++) {
        call("stats_cov_matrix(3, 2, S, X)");
        double (*S)[2] = out_mat("S", 2, 2);
        const double (*X)[2] = in_mat("X", 3, 2, &THREE[0][0]);
        for (size_t i = 0; i < 4; i++)
            S[i / 2][i % 2] = 8; /* outputs begin as NaN, and a program that writes nothing would seem right */
        malloc_fails_after(works);
        stats_cov_matrix(3, 2, S, X);
        malloc_fails(false);
        because("malloc works %zu times and then fails; before the call, all of S is 8", works);
        bool nothing = true, right = fabs(S[0][0] - 1) < 1e-13 && fabs(S[0][1] - 2.5) < 1e-13 && fabs(S[1][0] - 2.5) < 1e-13 &&
                                     fabs(S[1][1] - 7) < 1e-13;
        for (size_t i = 0; i < 4; i++)
            nothing = nothing && isnan(S[i / 2][i % 2]);
        expect(nothing || right, "without memory all of S is NaN, or right");
    }
}
END_TEST

/* Two columns of 600,000 rows, 9.6 MB: more than a stack holds. Column 0 alternates between 1 and 3, column 1 is 10 less twice that. */
enum { LONG = 600000 };
static double long_table[LONG][2];

static const double (*many_rows(void))[2]
{
    for (size_t i = 0; i < LONG; i++) {
        long_table[i][0] = i % 2 ? 1 : 3;
        long_table[i][1] = 10 - 2 * long_table[i][0];
    }
    return long_table;
}

START_TEST(cov_many_rows)
{
    double v = (double)LONG / (LONG - 1);
    call("stats_cov_matrix(%d, 2, S, X)", LONG);
    double (*S)[2] = out_mat("S", 2, 2);
    stats_cov_matrix(LONG, 2, S, many_rows());
    because("column 0 alternates between 3 and 1, column 1 between 4 and 8; such a table does not fit on the stack");
    expect_mat(S, (double[2][2]){{v, -2 * v}, {-2 * v, 4 * v}}, 1e-8);
}
END_TEST

/* ------------------------------------------------------------------ stats_scale_fit */

static void fit_is(size_t n, size_t d, const double x[], const bool constant[], const char *why)
{
    double want_mean[COLS], want_sd[COLS], mean_tol[COLS], sd_tol[COLS], c[ROWS];
    for (size_t j = 0; j < d; j++) {
        column(n, d, c, x, j);
        want_mean[j] = true_mean(n, c);
        mean_tol[j] = tol_mean(n, c);
        want_sd[j] = constant && constant[j] ? 1 : sqrt(true_cov(n, c, c));
        sd_tol[j] = constant && constant[j] ? 0 : tol_sd(n, c);
    }
    call("stats_scale_fit(%zu, %zu, mean, sd, X)", n, d);
    double *mean = out_vec("mean", d), *sd = out_vec("sd", d);
    const double (*X)[d] = in_mat("X", n, d, x);
    stats_scale_fit(n, d, mean, sd, X);
    if (why)
        because("%s", why);
    expect_vec_tol(mean, want_mean, mean_tol);
    expect_vec_tol(sd, want_sd, sd_tol);
}

START_TEST(fit_by_hand)
{
    fit_is(3, 2, &THREE[0][0], NULL, "column 0 is 1, 2, 3 with deviation 1; column 1 is 1, 2, 6: mean 3, deviation √7");
    fit_is(4, 1, STREET, NULL, "mean 10, deviation √30");
    fit_is(2, 3, (double[]){1, 5, 10, 3, 5, 30}, (bool[]){false, true, false}, "the middle column does not vary: its sd is 1");
}
END_TEST

START_TEST(fit_constants)
{
    double x[ROWS * 3];
    for (size_t i = 0; i < ROWS; i++) {
        x[i * 3] = 0;
        x[i * 3 + 1] = 14.62;
        x[i * 3 + 2] = -7;
    }
    fit_is(ROWS, 3, x, (bool[]){true, true, true}, "columns that do not vary have sd 1, also where they hold 0");
}
END_TEST

START_TEST(fit_noise)
{
    /* One number of 17 differs from the others by one spacing of doubles: a deviation of 3e-17 times the mean. The rule of the
       contract begins at 1e-12. Column 2 varies by 1e-9 of its mean and is not constant. In the second table the deviations are
       5e-13 and 5e-12 of the mean, on the two sides of the rule, with room for rounding: a spacing at -1 is 1e-16. */
    double x[ROWS * 3];
    for (size_t i = 0; i < ROWS; i++) {
        x[i * 3] = i == 7 ? nextafter(1e6, 2e6) : 1e6;
        x[i * 3 + 1] = i == 3 ? nextafter(-14.62, 0) : -14.62;
        x[i * 3 + 2] = 1e6 + 1e-3 * (double)(i % 3);
    }
    fit_is(ROWS, 3, x, (bool[]){true, true, false}, "what varies in the last bit only counts as constant");
    for (size_t i = 0; i < ROWS; i++) {
        x[i * 2] = i % 2 ? -1 - 5e-13 : -1 + 5e-13;
        x[i * 2 + 1] = i % 2 ? -1 - 5e-12 : -1 + 5e-12;
    }
    fit_is(ROWS, 2, x, (bool[]){true, false}, "the deviations are 5e-13 and 5e-12 of the mean; the rule is 1e-12");
}
END_TEST

START_TEST(fit_small_units)
{
    double x[] = {1e-15, 4e-20, 3e-15, 2e-20, 8e-15, 3e-20};
    fit_is(3, 2, x, NULL, "small numbers are not constant numbers: the deviation is about as large as the mean");
    double zero[] = {-1e-3, 1e-3, 0};
    fit_is(3, 1, zero, NULL, "with mean 0 nothing but a deviation of 0 counts as constant");
}
END_TEST

START_TEST(fit_too_few)
{
    fit_is(1, 2, (double[]){5, 0}, (bool[]){true, true}, "one row: the mean is that row, and sd counts as constant");
    call("stats_scale_fit(0, 2, mean, sd, X)");
    double *mean = out_vec("mean", 2), *sd = out_vec("sd", 2);
    const double (*X)[2] = in_mat("X", 0, 2, NULL);
    stats_scale_fit(0, 2, mean, sd, X);
    because("fewer than two rows count as constant: sd is 1");
    expect_vec(sd, (double[]){1, 1}, 0);
}
END_TEST

START_TEST(fit_any_shape)
{
    static const size_t rows[] = {2, 3, 5, 7, 11, 13, ROWS};
    double x[ROWS * COLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = rows[gen_size(t, 0, 6)], d = gen_size(t, 1, COLS);
        gen_vec(t, n * d, x);
        for (size_t j = 0; j < d; j++)
            x[j] += 1000; /* so that nothing is constant by chance */
        fit_is(n, d, x, NULL, NULL);
    }
}
END_TEST

START_TEST(fit_then_apply)
{
    double train[ROWS * 3], c[ROWS], tol_m[3], tol_s[3];
    for (size_t t = 0; t < 30; t++) {
        for (size_t i = 0; i < ROWS; i++) {
            train[i * 3] = 50 * gen_normal() + 86000;
            train[i * 3 + 1] = gen_uniform(0, 16);
            train[i * 3 + 2] = 0;
        }
        call("stats_scale_fit(%d, 3, mean, sd, X)", ROWS);
        double *mean = out_vec("mean", 3), *sd = out_vec("sd", 3);
        const double (*X)[3] = in_mat("X", ROWS, 3, train);
        stats_scale_fit(ROWS, 3, mean, sd, X);
        double z[ROWS][3];
        stats_scale_apply(ROWS, 3, z, X, mean, sd);
        for (size_t j = 0; j < 3; j++) {
            column(ROWS, 3, c, train, j);
            double s = j < 2 ? sqrt(true_cov(ROWS, c, c)) : 1;
            /* z has the errors of mean and sd, divided by sd, and roundings of z itself, which is below √n */
            tol_m[j] = j < 2 ? (tol_mean(ROWS, c) + wobble(ROWS, c)) / s + 8 * ROWS * EPS : 0;
            tol_s[j] = j < 2 ? 2 * tol_sd(ROWS, c) / s + 8 * ROWS * EPS : 0;
            column(ROWS, 3, c, &z[0][0], j);
            because("scaled with the given stats_scale_apply, column %zu has mean 0 and deviation %d", j, j < 2);
            expect_named("the mean of a scaled column", true_mean(ROWS, c), 0, tol_m[j]);
            expect_named("the deviation of a scaled column", sqrt(true_cov(ROWS, c, c)), j < 2, tol_s[j]);
        }
    }
}
END_TEST

START_TEST(fit_with_nan)
{
    call("stats_scale_fit(3, 2, mean, sd, X)");
    double *mean = out_vec("mean", 2), *sd = out_vec("sd", 2);
    const double (*X)[2] = in_mat("X", 3, 2, (double[]){1, 1, 2, NAN, 3, 6});
    stats_scale_fit(3, 2, mean, sd, X);
    because("a NaN in column 1 spoils column 1 and nothing else");
    expect_vec(mean, (double[]){2, NAN}, 1e-14);
    expect_named("sd[0]", sd[0], 1, 1e-14);
}
END_TEST

START_TEST(fit_without_memory)
{
    for (size_t works = 0; works < 6; works++) {
        call("stats_scale_fit(3, 2, mean, sd, X)");
        double *mean = out_vec("mean", 2), *sd = out_vec("sd", 2);
        const double (*X)[2] = in_mat("X", 3, 2, &THREE[0][0]);
        for (size_t j = 0; j < 2; j++)
            mean[j] = sd[j] = 8; /* outputs begin as NaN, and a program that writes nothing would seem right */
        malloc_fails_after(works);
        stats_scale_fit(3, 2, mean, sd, X);
        malloc_fails(false);
        because("malloc works %zu times and then fails; before the call, all of mean and sd is 8", works);
        bool nothing = isnan(mean[0]) && isnan(mean[1]) && isnan(sd[0]) && isnan(sd[1]);
        bool right = fabs(mean[0] - 2) < 1e-13 && fabs(mean[1] - 3) < 1e-13 && fabs(sd[0] - 1) < 1e-13 && fabs(sd[1] - sqrt(7)) < 1e-13;
        expect(nothing || right, "without memory all of mean and sd is NaN, or right");
    }
}
END_TEST

START_TEST(fit_many_rows)
{
    double v = sqrt((double)LONG / (LONG - 1));
    call("stats_scale_fit(%d, 2, mean, sd, X)", LONG);
    double *mean = out_vec("mean", 2), *sd = out_vec("sd", 2);
    stats_scale_fit(LONG, 2, mean, sd, many_rows());
    because("column 0 alternates between 3 and 1, column 1 between 4 and 8; such a table does not fit on the stack");
    expect_vec(mean, (double[]){2, 6}, 1e-8);
    expect_vec(sd, (double[]){v, 2 * v}, 1e-8);
}
END_TEST

/* ------------------------------------------------------------------ pen and paper, by other routes */

START_TEST(pen_variance)
{
    /* half the mean squared difference of all pairs */
    static const double x[] = {2, 4, 4, 4, 5, 5, 7, 9};
    double sum = 0;
    for (size_t i = 0; i < 8; i++)
        for (size_t j = 0; j < i; j++)
            sum += (x[i] - x[j]) * (x[i] - x[j]);
    call("pen_08_a()");
    expect_answer(pen_08_a(), sum / (8 * 7), 1e-6 * sum / 56, "times 7 it is the sum of the eight squared deviations, a whole number");
}
END_TEST

START_TEST(pen_quantile)
{
    /* the broken line through (0, 1), (1/3, 2), (2/3, 3), (1, 4) is the straight line 1 + 3p */
    call("pen_08_b()");
    expect_answer(pen_08_b(), 1 + 3 * 0.25, 1e-6, "the four numbers lie on a straight line over p = 0, 1/3, 2/3, 1; so does the answer");
}
END_TEST

START_TEST(pen_parabola)
{
    /* x ↦ −x turns the list of pairs around, x² stays: r = −r */
    call("pen_08_c()");
    expect_answer(pen_08_c(), 0, 1e-6, "with -x in place of x the same three points of the parabola come back");
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("08-describe");

    TCase *mean = suite_case(s, "stats_mean");
    tcase_add_test(mean, mean_by_hand);
    tcase_add_test(mean, mean_of_nothing);
    tcase_add_test(mean, mean_any_list);
    tcase_add_test(mean, mean_of_huge);
    tcase_add_test(mean, mean_of_tiny);
    tcase_add_test(mean, mean_of_light);
    tcase_add_test(mean, mean_with_nan);

    TCase *var = suite_case(s, "stats_var");
    tcase_add_test(var, var_by_hand);
    tcase_add_test(var, var_of_too_few);
    tcase_add_test(var, var_far_from_zero);
    tcase_add_test(var, var_any_list);
    tcase_add_test(var, var_never_negative);
    tcase_add_test(var, var_of_constants);
    tcase_add_test(var, var_certified);
    tcase_add_test(var, var_with_nan);
    tcase_add_test(var, var_of_scaled);

    TCase *welford = suite_case(s, "stats_welford");
    tcase_add_test(welford, welford_by_hand);
    tcase_add_test(welford, welford_goes_on);
    tcase_add_test(welford, welford_is_two_pass);
    tcase_add_test(welford, welford_any_order);
    tcase_add_test(welford, welford_far_from_zero);
    tcase_add_test(welford, welford_of_many);
    tcase_add_test(welford, welford_never_falls);
    tcase_add_test(welford, welford_with_nan);

    TCase *quantile = suite_case(s, "stats_quantile");
    tcase_add_test(quantile, quantile_by_hand);
    tcase_add_test(quantile, quantile_ends);
    tcase_add_test(quantile, quantile_fractions);
    tcase_add_test(quantile, quantile_refuses);
    tcase_add_test(quantile, quantile_any_list);
    tcase_add_test(quantile, quantile_large_numbers);
    tcase_add_test(quantile, quantile_of_infinite);
    tcase_add_test(quantile, quantile_of_a_million);
    tcase_add_test(quantile, quantile_without_memory);

    TCase *corr = suite_case(s, "stats_corr");
    tcase_add_test(corr, corr_by_hand);
    tcase_add_test(corr, corr_anscombe);
    tcase_add_test(corr, corr_undefined);
    tcase_add_test(corr, corr_far_from_zero);
    tcase_add_test(corr, corr_on_a_line);
    tcase_add_test(corr, corr_nearly_a_line);
    tcase_add_test(corr, corr_small_spread);
    tcase_add_test(corr, corr_any_lists);
    tcase_add_test(corr, corr_of_moved_and_stretched);
    tcase_add_test(corr, corr_of_large_and_small);
    tcase_add_test(corr, corr_with_nan);

    TCase *histogram = suite_case(s, "stats_histogram");
    tcase_add_test(histogram, histogram_by_hand);
    tcase_add_test(histogram, histogram_edges);
    tcase_add_test(histogram, histogram_outside);
    tcase_add_test(histogram, histogram_empty);
    tcase_add_test(histogram, histogram_refuses);
    tcase_add_test(histogram, histogram_many_cells);
    tcase_add_test(histogram, histogram_any_list);

    TCase *cov = suite_case(s, "stats_cov_matrix");
    tcase_add_test(cov, cov_by_hand);
    tcase_add_test(cov, cov_of_too_few);
    tcase_add_test(cov, cov_any_shape);
    tcase_add_test(cov, cov_far_from_zero);
    tcase_add_test(cov, cov_never_negative);
    tcase_add_test(cov, cov_with_nan);
    tcase_add_test(cov, cov_many_rows);
    tcase_add_test(cov, cov_without_memory);

    TCase *fit = suite_case(s, "stats_scale_fit");
    tcase_add_test(fit, fit_by_hand);
    tcase_add_test(fit, fit_constants);
    tcase_add_test(fit, fit_small_units);
    tcase_add_test(fit, fit_noise);
    tcase_add_test(fit, fit_too_few);
    tcase_add_test(fit, fit_any_shape);
    tcase_add_test(fit, fit_then_apply);
    tcase_add_test(fit, fit_with_nan);
    tcase_add_test(fit, fit_many_rows);
    tcase_add_test(fit, fit_without_memory);

    tcase_add_test(suite_case(s, "pen_08_a"), pen_variance);
    tcase_add_test(suite_case(s, "pen_08_b"), pen_quantile);
    tcase_add_test(suite_case(s, "pen_08_c"), pen_parabola);
    return s;
}
