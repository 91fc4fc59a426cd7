/* The suite of chapter 13, inference. Nearly everything is certain: the bootstrap's draws are promised one by one, and a permutation test's answer
   is known wherever every deal gives the same. Where an answer depends on luck, the exact probability of a hit is known by enumeration, and the bound
   comes from Bernstein's inequality, true for every n:

     P(|S − N·p| ≥ t) ≤ 2·exp(−t²/(2·(N·v + t/3)))       S hits in N independent deals, each with probability p, v = p(1 − p)

   There are four such tests, each failed by a right program less often than once in 10^8 runs whatever SEED is; together, once in 10^7.

   A permutation test has ties, and rounding may break them: the numbers here are whole, so that sums are exact, and wherever two different sums are
   equally extreme the groups have 1, 2 or 4 members. Every way to compute the difference then agrees about every tie. */
#include "harness.h"
#include "longley.h"

#include "lsq.h"
#include "pen.h"
#include "rng.h"
#include "stats.h"

static const double NOTHING[1] = {0};

/* Michelson, 1879: the speed of light in air in km/s, less 299,000. NIST certifies the standard deviation 79.0105478190518. */
static const short LIGHT[100] = {
    850, 740, 900, 1070, 930, 850, 950, 980, 980, 880, 1000, 980, 930, 650, 760, 810, 1000, 1000, 960, 960,
    960, 940, 960, 940, 880, 800, 850, 880, 900, 840, 830, 790, 810, 880, 880, 830, 800, 790, 760, 800,
    880, 880, 880, 860, 720, 720, 620, 860, 970, 950, 880, 910, 850, 870, 840, 840, 850, 840, 840, 840,
    890, 810, 810, 820, 800, 770, 760, 740, 750, 760, 910, 920, 890, 860, 880, 720, 840, 850, 850, 780,
    890, 840, 780, 810, 760, 810, 790, 810, 820, 850, 870, 870, 810, 740, 810, 940, 950, 800, 810, 870,
};

/* The masses of the penguins in grams. */
enum { ADELIES = 146, CHINSTRAPS = 68 };
static const short ADELIE[ADELIES] = {
    3750, 3800, 3250, 3450, 3650, 3625, 4675, 3200, 3800, 4400, 3700, 3450, 4500, 3325, 4200, 3400, 3600, 3800, 3950, 3800,
    3800, 3550, 3200, 3150, 3950, 3250, 3900, 3300, 3900, 3325, 4150, 3950, 3550, 3300, 4650, 3150, 3900, 3100, 4400, 3000,
    4600, 3425, 3450, 4150, 3500, 4300, 3450, 4050, 2900, 3700, 3550, 3800, 2850, 3750, 3150, 4400, 3600, 4050, 2850, 3950,
    3350, 4100, 3050, 4450, 3600, 3900, 3550, 4150, 3700, 4250, 3700, 3900, 3550, 4000, 3200, 4700, 3800, 4200, 3350, 3550,
    3800, 3500, 3950, 3600, 3550, 4300, 3400, 4450, 3300, 4300, 3700, 4350, 2900, 4100, 3725, 4725, 3075, 4250, 2925, 3550,
    3750, 3900, 3175, 4775, 3825, 4600, 3200, 4275, 3900, 4075, 2900, 3775, 3350, 3325, 3150, 3500, 3450, 3875, 3050, 4000,
    3275, 4300, 3050, 4000, 3325, 3500, 3500, 4475, 3425, 3900, 3175, 3975, 3400, 4250, 3400, 3475, 3050, 3725, 3000, 3650,
    4250, 3475, 3450, 3750, 3700, 4000,
};
static const short CHINSTRAP[CHINSTRAPS] = {
    3500, 3900, 3650, 3525, 3725, 3950, 3250, 3750, 4150, 3700, 3800, 3775, 3700, 4050, 3575, 4050, 3300, 3700, 3450, 4400,
    3600, 3400, 2900, 3800, 3300, 4150, 3400, 3800, 3700, 4550, 3200, 4300, 3350, 4100, 3600, 3900, 3850, 4800, 2700, 4500,
    3950, 3650, 3550, 3500, 3675, 4450, 3400, 4300, 3250, 3675, 3325, 3950, 3600, 4050, 3350, 3450, 3250, 4050, 3800, 3525,
    3950, 3650, 3650, 4000, 3400, 3775, 4100, 3775,
};

static const double CERTIFIED_SE[7] = {890420.383607373,  84.9149257747669,  0.0334910077722432, 0.488399681651699,
                                       0.214274163161675, 0.226073200069370, 455.478499142212};

/* Any seed of 64 bits; depends on SEED. */
static rng any_rng(void)
{
    uint64_t high = gen_between(0, UINT32_MAX), low = gen_between(0, UINT32_MAX);
    return (rng){high << 32 | low};
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double largest(size_t n, const double x[])
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(x[i]));
    return most;
}

/* ------------------------------------------------------------------ stats_sem */

/* s² by Welford's step, two passes or sums from a pivot is off by nεκ, κ² = Σx²/Σ(x − x̄)², which is nε·max|x| in s; its nth root part goes
   to the standard error. Eight times that. */
static void sem(size_t n, const double x[], const char *why)
{
    long double mean = 0, m2 = 0;
    for (size_t i = 0; i < n; i++)
        mean += (long double)x[i] / n;
    for (size_t i = 0; i < n; i++)
        m2 += (x[i] - mean) * (x[i] - mean);
    call("stats_sem(%zu, x)", n);
    const double *in = in_vec("x", n, n ? x : NOTHING);
    double got = stats_sem(n, in);
    if (why)
        because("%s", why);
    double want = n > 1 ? (double)sqrtl(m2 / (n - 1) / n) : NAN;
    expect_num(got, want, 8 * (double)n * EPS * largest(n, x) / sqrt((double)n) + DBL_MIN);
}

START_TEST(sem_none_and_one)
{
    call("stats_sem(0, x)");
    const double *x = in_vec("x", 0, NOTHING);
    expect_num(stats_sem(0, x), NAN, 0);
    sem(1, (double[]){7}, "one number tells nothing about how far the next would be");
    sem(1, (double[]){0}, "one number tells nothing about how far the next would be");
}
END_TEST

START_TEST(sem_by_hand)
{
    sem(2, (double[]){1, 3}, "s² = 2, and the root of 2/2 is 1");
    sem(2, (double[]){1, 5}, "s² = 8, and the root of 8/2 is 2");
    sem(4, (double[]){4, 7, 13, 16}, "s² = 90/3 = 30, and the root of 30/4 is 2.74");
    sem(4, (double[]){2, 4, 4, 6}, "s² = 8/3, and the root of (8/3)/4 is 0.816");
    sem(5, (double[]){5, 5, 5, 5, 5}, "nothing varies");
}
END_TEST

START_TEST(sem_michelson)
{
    double x[100];
    for (size_t i = 0; i < 100; i++)
        x[i] = 299000 + LIGHT[i];
    sem(100, x, "certified s = 79.0105478190518, and a tenth of it");
}
END_TEST

START_TEST(sem_large_numbers)
{
    sem(4, (double[]){1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16}, "a shift changes nothing: the root of 30/4");
    sem(3, (double[]){1e120, 2e120, 6e120}, NULL);
    sem(3, (double[]){-1e-120, 2e-120, 6e-120}, NULL);
}
END_TEST

START_TEST(sem_any_numbers)
{
    double x[60];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, 60);
        double scale = pow(10, (double)gen_between(0, 12) - 6), shift = t < 100 ? 0 : scale * (double)gen_between(0, 1000);
        for (size_t i = 0; i < n; i++)
            x[i] = t < 30 ? (double)gen_between(0, 9) : shift + scale * gen_normal();
        sem(n, x, NULL);
    }
}
END_TEST

START_TEST(sem_nan)
{
    call("stats_sem(3, x)");
    const double *x = in_vec("x", 3, (double[]){1, NAN, 3});
    expect_num(stats_sem(3, x), NAN, 0);
}
END_TEST

/* ------------------------------------------------------------------ stats_bootstrap */

/* A statistic that writes down the resamples which it is given. It returns their sum. */
enum { TAPE = 600 };
typedef struct { size_t n, calls, other, used; double seen[TAPE]; } tape;
static bool no_context;

static double write_down(size_t n, const double x[n], void *ctx)
{
    tape *t = ctx;
    double sum = 0;
    if (!t) {
        no_context = true;
        return 0;
    }
    t->calls++;
    t->other += n != t->n;
    for (size_t i = 0; i < n && n == t->n; i++) {
        sum += x[i];
        if (t->used < TAPE)
            t->seen[t->used++] = x[i];
    }
    return sum;
}

/* x holds whole numbers, so that every order of a resample has the same sum. n·B ≤ TAPE. */
static void boot(size_t n, size_t B, const double x[])
{
    rng r = any_rng(), copy = r;
    tape t = {.n = n};
    no_context = false;
    call("stats_bootstrap(%zu, %zu, out, x, stat, &ctx, &r)", n, B);
    const double *in = in_vec("x", n, x);
    double *out = out_vec("out", B);
    show_size("r.state", r.state);
    expect_status(stats_bootstrap(n, B, out, in, write_down, &t, &r), OK);
    expect(!no_context, "stat was called without the ctx that was handed over");
    expect(t.calls == B, "stat is called once for each of the %zu resamples; it was called %zu times", B, t.calls);
    expect(t.other == 0, "every resample has as many numbers as x, here %zu; stat was given another size", n);
    double sums[TAPE] = {0};
    for (size_t b = 0; b < B; b++) {
        double want[TAPE], *seen = t.seen + b * n;
        for (size_t i = 0; i < n; i++) {
            want[i] = x[rng_below(n, &copy)];
            sums[b] += want[i];
        }
        qsort(want, n, sizeof *want, by_size);
        qsort(seen, n, sizeof *seen, by_size);
        for (size_t i = 0; i < n; i++)
            expect(seen[i] == want[i],
                   "sorted, resample %zu should hold %s in place %zu, not %s: this seed draws so, each draw from x by rng_below(%zu, &r)", b,
                   num_text(want[i]), i, num_text(seen[i]), n);
    }
    because("the statistic was the sum");
    expect_vec(out, sums, 0);
    expect(r.state == copy.state, "n·B = %zu numbers are drawn from r itself, no more and no fewer; afterwards r.state should be %zu, not %zu", n * B,
           (size_t)copy.state, (size_t)r.state);
}

START_TEST(boot_nothing)
{
    rng r = any_rng(), before = r;
    tape t = {.n = 3};
    call("stats_bootstrap(3, 0, out, x, stat, &ctx, &r)");
    const double *x = in_vec("x", 3, (double[]){1, 2, 4});
    double *out = out_vec("out", 0);
    expect_status(stats_bootstrap(3, 0, out, x, write_down, &t, &r), OK);
    expect(t.calls == 0 && r.state == before.state, "no resample is wanted, so nothing is drawn and stat is not called");
    for (size_t B = 0; B < 4; B += 3) {
        call("stats_bootstrap(0, %zu, out, x, stat, &ctx, &r)", B);
        const double *none = in_vec("x", 0, NOTHING);
        double *o = out_vec("out", B);
        because("from no numbers nothing can be drawn");
        expect_status(stats_bootstrap(0, B, o, none, write_down, &t, &r), BAD_INPUT);
    }
}
END_TEST

START_TEST(boot_one)
{
    boot(1, 1, (double[]){7});
    boot(1, 5, (double[]){7});
}
END_TEST

START_TEST(boot_by_hand)
{
    boot(2, 6, (double[]){1, 5});
    boot(3, 7, (double[]){2, 2, 2});
    boot(4, 8, (double[]){4, 7, 13, 16});
    boot(5, 3, (double[]){1, 10, 100, 1000, 10000});
    boot(3, 6, (double[]){1 + 0x1p-30, 2 + 0x1p-30, 4 - 0x1p-30}); /* more bits than a float has; every sum is exact */
}
END_TEST

START_TEST(boot_any)
{
    for (size_t t = 0; t < 40; t++) {
        size_t n = gen_size(5 * t, 1, 23), B = gen_between(1, 11);
        double x[23];
        for (size_t i = 0; i < n; i++)
            x[i] = t < 20 ? (double)(i + 1) : (double)gen_between(0, 9) - 4;
        boot(n, B, x);
    }
}
END_TEST

static double mean_of(size_t n, const double x[n], void *ctx)
{
    (void)ctx;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

/* Ten numbers −1 and ten numbers 1. A resampled mean m has E m = 0 and E m² = 1/20 exactly; w = 20·m² lies in [0, 20], and its variance is
   2 − 2/20 = 1.9. Bernstein for the sum of 4000 such w, scaled to its range: P(|mean w − 1| ≥ 0.2) ≤ 2·exp(−4000·0.04/(2·(1.9 + 19·0.2/3)))
   = 2·exp(−25.3) = 2.1e-11. A mean square within 20 % is a deviation within 11 %. */
START_TEST(boot_standard_error)
{
    enum { n = 20, B = 4000 };
    double x[n], square = 0;
    for (size_t i = 0; i < n; i++)
        x[i] = i % 2 ? 1 : -1;
    rng r = any_rng();
    call("stats_bootstrap(%d, %d, out, x, mean, NULL, &r)", n, B);
    const double *in = in_vec("x", n, x);
    show_size("r.state", r.state);
    static double means[B];
    expect_status(stats_bootstrap(n, B, means, in, mean_of, NULL, &r), OK);
    for (size_t b = 0; b < B; b++)
        square += means[b] * means[b] / B;
    expect(fabs(20 * square - 1) <= 0.2, "the deviation of 4000 resampled means should be about 1/√20 = 0.224; it is %.3f", sqrt(square));
}
END_TEST

/* 8.8 MB, more than a stack holds. */
enum { LOTS = 1100001 };
static double lots[LOTS];

START_TEST(boot_of_a_million)
{
    for (size_t i = 0; i < LOTS; i++)
        lots[i] = (double)(i % 8);
    rng r = any_rng(), copy = r;
    double want[1] = {0};
    for (size_t i = 0; i < LOTS; i++)
        want[0] += lots[rng_below(LOTS, &copy)] / LOTS;
    call("stats_bootstrap(%d, 1, out, x, mean, NULL, &r)", LOTS);
    double *out = out_vec("out", 1);
    show_size("r.state", r.state);
    expect_status(stats_bootstrap(LOTS, 1, out, lots, mean_of, NULL, &r), OK);
    because("x holds 0, 1, …, 7, 0, 1, … and %d numbers in all; such a list does not fit on the stack", LOTS);
    expect_vec(out, want, 1e-8);
}
END_TEST

/* Here and below: what is answered without memory is compared with what is answered with it, and nothing said depends on how often a program asks
   for some, so that a known mistake is told as such. */
START_TEST(boot_without_memory)
{
    rng r = any_rng(), copy = r;
    tape t = {.n = 2};
    double before[2] = {NAN, NAN};
    status first = stats_bootstrap(2, 2, before, (double[]){1, 5}, write_down, &t, &copy);
    for (size_t works = 0; works < 4; works++) {
        rng again = r;
        call("stats_bootstrap(2, 2, out, x, stat, &ctx, &r)");
        const double *x = in_vec("x", 2, (double[]){1, 5});
        double *out = out_vec("out", 2);
        because("In this call malloc returns a null pointer, at once or after some calls.");
        malloc_fails_after(works);
        status got = stats_bootstrap(2, 2, out, x, write_down, &t, &again);
        malloc_fails(false);
        /* Whoever needs no memory may answer. */
        if (got != first)
            expect_status(got, NO_SPACE);
        else if (got == OK)
            expect_vec(out, before, 0);
    }
}
END_TEST

/* ------------------------------------------------------------------ stats_ci */

static void ci(size_t B, const double values[], double level, double lo, double hi, double tol, const char *why)
{
    call("stats_ci(%zu, &lo, &hi, boot, %s)", B, num_text(level));
    const double *in = in_vec("boot", B, B ? values : NOTHING);
    double *l = out_vec("lo", 1), *u = out_vec("hi", 1);
    stats_ci(B, l, u, in, level);
    if (why)
        because("%s", why);
    expect_vec(l, &lo, tol);
    expect_vec(u, &hi, tol);
}

static const double NINE[9] = {4, 90, 1, 8, 3, 6, 2, 7, 5};

START_TEST(ci_by_hand)
{
    ci(1, (double[]){5}, 0.9, 5, 5, 1e-14, "one value is all its quantiles");
    ci(9, NINE, 0.5, 3, 7, 1e-13, "orders 0.25 and 0.75, places 2 and 6 of the sorted values, counted from 0");
    ci(9, NINE, 1, 1, 90, 0, "all of the values lie inside");
    ci(9, NINE, 0, 5, 5, 1e-13, "both ends are the median");
    ci(9, NINE, 0.25, 4, 6, 1e-13, "orders 0.375 and 0.625, places 3 and 5");
    ci(5, (double[]){0, 100, 1, 1, 1}, 0.75, 0.5, 50.5, 1e-12, "orders 0.125 and 0.875, half way between two values");
}
END_TEST

/* 0 to 100 in another order. An order is off by at most 2ε, a position by 2·100·ε, and neighbours are 1 apart: 4.4e-14. */
START_TEST(ci_of_a_hundred)
{
    double x[101];
    for (size_t i = 0; i < 101; i++)
        x[i] = (double)(i * 37 % 101);
    ci(101, x, 0.95, 2.5, 97.5, 1e-12, "0 to 100, shuffled: 2.5 per cent at either end");
    ci(101, x, 0.9, 5, 95, 1e-12, "0 to 100, shuffled: 5 per cent at either end");
    ci(101, x, 0.5, 25, 75, 1e-12, "0 to 100, shuffled: a quarter at either end");
}
END_TEST

START_TEST(ci_refuses)
{
    static const double odd[] = {-0.5, -1, -1e-9, 1.0625, 2, 95, NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        ci(9, NINE, odd[i], NAN, NAN, 0, "a level lies between 0 and 1");
    ci(0, NOTHING, 0.95, NAN, NAN, 0, "there are no values");
    ci(0, NOTHING, 0, NAN, NAN, 0, "there are no values");
    ci(4, (double[]){1, NAN, 2, 3}, 0.5, NAN, NAN, 0, "a statistic was NaN, and nobody knows where it belongs in the order");
}
END_TEST

/* Type 7 once more, in long double, from sorted values. */
static double ranked(size_t n, const double sorted[], long double p)
{
    long double h = (n - 1) * p;
    size_t k = (size_t)floorl(h);
    return k + 1 < n ? (double)(sorted[k] + (h - k) * ((long double)sorted[k + 1] - sorted[k])) : sorted[n - 1];
}

START_TEST(ci_any)
{
    double x[60], sorted[60];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 60);
        double level = t % 3 ? (double)gen_between(0, 64) / 64 : gen_uniform(0, 1);
        gen_vec(t, n, x);
        memcpy(sorted, x, n * sizeof *x);
        qsort(sorted, n, sizeof *sorted, by_size);
        /* An order is off by 2ε, a position by 2nε; no two neighbours are farther apart than twice the largest number. */
        double tol = 8 * (double)n * EPS * largest(n, x) + DBL_MIN;
        ci(n, x, level, ranked(n, sorted, (1 - (long double)level) / 2), ranked(n, sorted, (1 + (long double)level) / 2), tol, NULL);
    }
}
END_TEST

START_TEST(ci_of_a_million)
{
    for (size_t i = 0; i < LOTS; i++)
        lots[i] = (double)(i * 7919 % LOTS);
    call("stats_ci(%d, &lo, &hi, boot, 0.5)", LOTS);
    double *lo = out_vec("lo", 1), *hi = out_vec("hi", 1);
    stats_ci(LOTS, lo, hi, lots, 0.5);
    because("boot holds 0, 1, …, %d, mixed; such a list does not fit on the stack", LOTS - 1);
    expect_vec(lo, (double[]){(LOTS - 1) / 4}, 1e-8);
    expect_vec(hi, (double[]){(LOTS - 1) / 4 * 3}, 1e-8);
}
END_TEST

START_TEST(ci_without_memory)
{
    double l0 = NAN, u0 = NAN;
    stats_ci(9, &l0, &u0, NINE, 0.5);
    for (size_t works = 0; works < 5; works++) {
        call("stats_ci(9, &lo, &hi, boot, 0.5)");
        const double *in = in_vec("boot", 9, NINE);
        double *lo = out_vec("lo", 1), *hi = out_vec("hi", 1);
        because("In this call malloc returns a null pointer, at once or after some calls.");
        malloc_fails_after(works);
        stats_ci(9, lo, hi, in, 0.5);
        malloc_fails(false);
        double l = lo[0], u = hi[0];
        expect((isnan(l) || fabs(l - l0) <= 1e-13) && (isnan(u) || fabs(u - u0) <= 1e-13) && (works || isnan(l) == isnan(u)),
               "without memory the ends are NaN, or as ever if none was needed; these are %s and %s", num_text(l), num_text(u));
    }
}
END_TEST

/* ------------------------------------------------------------------ stats_perm_test */

static double perm(size_t na, size_t nb, const double a[], const double b[], size_t B)
{
    rng r = any_rng();
    call("stats_perm_test(%zu, %zu, a, b, %zu, &r)", na, nb, B);
    const double *x = in_vec("a", na, na ? a : NOTHING), *y = in_vec("b", nb, nb ? b : NOTHING);
    show_size("r.state", r.state);
    return stats_perm_test(na, nb, x, y, B, &r);
}

START_TEST(perm_empty)
{
    double x[2] = {1, 2};
    double p = perm(0, 2, NULL, x, 9);
    because("a group without members has no mean");
    expect_num(p, NAN, 0);
    expect_num(perm(2, 0, x, NULL, 9), NAN, 0);
    expect_num(perm(0, 0, NULL, NULL, 9), NAN, 0);
}
END_TEST

START_TEST(perm_one_against_one)
{
    double p = perm(1, 1, (double[]){1}, (double[]){2}, 19);
    because("both deals, (1 | 2) and (2 | 1), are as far apart as the observed one: 19 hits, 20/20");
    expect_num(p, 1, 0);
    p = perm(1, 1, (double[]){2}, (double[]){1}, 19);
    because("both deals, (1 | 2) and (2 | 1), are as far apart as the observed one: 19 hits, 20/20");
    expect_num(p, 1, 0);
    expect_num(perm(1, 1, (double[]){5}, (double[]){5}, 7), 1, 0);
}
END_TEST

START_TEST(perm_alike)
{
    double p = perm(3, 3, (double[]){1, 2, 3}, (double[]){1, 2, 3}, 99);
    because("the observed difference is 0, and every deal differs by 0 or more: all 99 are hits");
    expect_num(p, 1, 0);
    p = perm(2, 5, (double[]){7, 7}, (double[]){7, 7, 7, 7, 7}, 99);
    because("all numbers are equal, so all deals are");
    expect_num(p, 1, 0);
}
END_TEST

START_TEST(perm_no_deals)
{
    double p = perm(2, 3, (double[]){1, 2}, (double[]){30, 40, 50}, 0);
    because("without shuffles there is only the observed deal: (1 + 0)/(0 + 1)");
    expect_num(p, 1, 0);
}
END_TEST

/* A deal hits by parting the 60 numbers as they were: 2 of C(60, 30) = 1.2e17 deals, so the 169 deals contain a hit with probability 3e-15. */
START_TEST(perm_far_apart)
{
    double low[30], high[30];
    for (size_t i = 0; i < 30; i++) {
        low[i] = (double)i;
        high[i] = (double)(1000 + i);
    }
    static const size_t B[4] = {1, 19, 99, 50};
    for (size_t i = 0; i < 4; i++) {
        double p = i % 2 ? perm(30, 30, high, low, B[i]) : perm(30, 30, low, high, B[i]);
        because("no deal comes near: no hits, (1 + 0)/(B + 1), and never 0");
        expect_num(p, 1 / (double)(B[i] + 1), tol_ulp(1, 2));
    }
    for (size_t i = 0; i < 30; i++) {
        low[i] *= 0x1p-60;
        high[i] *= 0x1p-60;
    }
    double p = perm(30, 30, low, high, 99);
    because("no deal comes near, for in another unit the same numbers differ as much: no hits, 1/100");
    expect_num(p, 0.01, tol_ulp(1, 2));
}
END_TEST

/* One deal of 1,100,000 numbers, half of them 1 and half of them 2: a hit parts them as they were, and its probability has 331,000 zeros. */
START_TEST(perm_of_a_million)
{
    size_t half = LOTS / 2;
    for (size_t i = 0; i < LOTS; i++)
        lots[i] = i < half ? 1 : 2;
    rng r = any_rng();
    call("stats_perm_test(%zu, %zu, a, b, 1, &r)", half, half);
    show_size("r.state", r.state);
    double p = stats_perm_test(half, half, lots, lots + half, 1, &r);
    because("a holds ones and b twos, no deal parts them again: (1 + 0)/(1 + 1); such lists do not fit on the stack");
    expect_num(p, 0.5, 0);
}
END_TEST

/* Bernstein for B deals with hit probability exact; a right p is (1 + hits)/(B + 1). */
static void near_exact(double p, size_t B, double exact, double t)
{
    double hits = p * (double)(B + 1) - 1;
    expect(fabs(hits - round(hits)) <= 1e-6, "p is (1 + hits)/(B + 1) with a whole number of hits; %.9g is no such number", p);
    expect(fabs(hits - (double)B * exact) <= t, "of all deals the share %.5f is as extreme as the observed one; p = %.5f is too far from that", exact,
           p);
}

/* N = 4000, v = 2/9, N·v = 889: t = 195 gives 2·exp(−38025/(2·(889 + 65))) = 2·exp(−19.93) = 4.4e-9. One-sided, p tends to 1/6, which is
   667 hits fewer. */
START_TEST(perm_two_against_two)
{
    double p = perm(2, 2, (double[]){1, 2}, (double[]){4, 5}, 4000);
    because("of the six deals (1,2 | 4,5), (1,4 | 2,5), (1,5 | 2,4) and their mirror images, two are as far apart as 3");
    near_exact(p, 4000, 1.0 / 3, 195);
    p = perm(2, 2, (double[]){4, 5}, (double[]){1, 2}, 4000);
    because("of the six deals (1,2 | 4,5), (1,4 | 2,5), (1,5 | 2,4) and their mirror images, two are as far apart as 3");
    near_exact(p, 4000, 1.0 / 3, 195);
}
END_TEST

/* The share of all choices of na from n numbers that are as extreme as the first: n·S − na·T is proportional to the difference. */
static double enumerate(size_t na, size_t n, const double x[])
{
    double total = 0, seen = 0;
    size_t all = 0, hits = 0;
    for (size_t i = 0; i < n; i++) {
        total += x[i];
        seen += i < na ? x[i] : 0;
    }
    seen = fabs((double)n * seen - (double)na * total);
    for (size_t set = 0; set < (size_t)1 << n; set++) {
        size_t many = 0;
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            if (set >> i & 1) {
                many++;
                sum += x[i];
            }
        all += many == na;
        hits += many == na && fabs((double)n * sum - (double)na * total) >= seen;
    }
    return (double)hits / (double)all;
}

/* Fourteen cases with N = 1500, N·v ≤ 375: t = 143 gives 14·2·exp(−20449/(2·(375 + 47.7))) = 28·exp(−24.2) = 8.7e-10. Two different sums are
   never equally extreme, because 2·na·T is made no multiple of n. */
START_TEST(perm_enumerated)
{
    static const size_t size[14][2] = {{1, 2}, {2, 1}, {1, 4}, {2, 3}, {3, 2}, {5, 2}, {2, 5}, {3, 4}, {4, 3}, {2, 7}, {7, 2}, {3, 5}, {5, 3}, {3, 7}};
    for (size_t c = 0; c < 14; c++) {
        size_t na = size[c][0], nb = size[c][1], n = na + nb, total = 0;
        double x[10];
        for (size_t i = 0; i < n; i++) {
            size_t v = gen_between(0, 40) + (i < na ? 12 : 0);
            if (i + 1 == n)
                while (2 * na * (total + v) % n == 0)
                    v++;
            total += v;
            x[i] = (double)v;
        }
        double p = perm(na, nb, x, x + na, 1500);
        near_exact(p, 1500, enumerate(na, n, x), 143);
    }
}
END_TEST

/* The exact share, counted by adding one penguin after the other to a table of all sums in units of 25 g, is 0.6776012595. N = 20000, N·v = 4369:
   t = 420 gives 2·exp(−176400/(2·(4369 + 140))) = 2·exp(−19.57) = 6.3e-9. */
START_TEST(perm_penguins)
{
    double a[ADELIES], c[CHINSTRAPS];
    for (size_t i = 0; i < ADELIES; i++)
        a[i] = ADELIE[i];
    for (size_t i = 0; i < CHINSTRAPS; i++)
        c[i] = CHINSTRAP[i];
    double p = perm(ADELIES, CHINSTRAPS, a, c, 20000);
    because("146 Adelies and 68 Chinstraps, whose means differ by 27 g");
    near_exact(p, 20000, 0.6776012595, 420);
}
END_TEST

START_TEST(perm_uses_the_generator)
{
    rng r = any_rng(), before = r;
    call("stats_perm_test(3, 2, a, b, 5, &r)");
    const double *a = in_vec("a", 3, (double[]){1, 2, 3}), *b = in_vec("b", 2, (double[]){4, 6});
    stats_perm_test(3, 2, a, b, 5, &r);
    expect(r.state != before.state, "r.state is the same after five shuffles as before them: the next test would use the same luck again");
}
END_TEST

START_TEST(perm_nan)
{
    double p = perm(2, 2, (double[]){1, NAN}, (double[]){4, 5}, 99);
    because("one of the numbers is unknown, so nobody knows the difference; NaN in, NaN out");
    expect_num(p, NAN, 0);
    p = perm(1, 3, (double[]){1}, (double[]){4, 5, NAN}, 99);
    because("one of the numbers is unknown, so nobody knows the difference; NaN in, NaN out");
    expect_num(p, NAN, 0);
}
END_TEST

START_TEST(perm_without_memory)
{
    rng r = any_rng(), copy = r;
    double before = stats_perm_test(1, 1, (double[]){1}, (double[]){2}, 9, &copy);
    for (size_t works = 0; works < 5; works++) {
        rng again = r;
        call("stats_perm_test(1, 1, a, b, 9, &r)");
        const double *a = in_vec("a", 1, (double[]){1}), *b = in_vec("b", 1, (double[]){2});
        because("In this call malloc returns a null pointer, at once or after some calls.");
        malloc_fails_after(works);
        double p = stats_perm_test(1, 1, a, b, 9, &again);
        malloc_fails(false);
        expect(isnan(p) || p == before, "without memory p is NaN, or as ever if none was needed; this one is %s", num_text(p));
    }
}
END_TEST

/* ------------------------------------------------------------------ lsq_r2 */

static double r2(size_t n, const double yhat[], const double y[])
{
    call("lsq_r2(%zu, yhat, y)", n);
    const double *f = in_vec("yhat", n, n ? yhat : NOTHING), *in = in_vec("y", n, n ? y : NOTHING);
    return lsq_r2(n, f, in);
}

START_TEST(r2_by_hand)
{
    double y[4] = {2, 4, 5, 7}, line[4] = {3, 3, 6, 6}, mean[4] = {4.5, 4.5, 4.5, 4.5}, far[4] = {8, 8, 8, 8};
    double got = r2(4, y, y);
    because("perfect predictions");
    expect_num(got, 1, 0);
    got = r2(4, mean, y);
    because("the mean itself: RSS = TSS = 13");
    expect_num(got, 0, tol_ulp(1, 4));
    got = r2(4, line, y);
    because("misses −1, 1, −1, 1: RSS = 4; the mean 4.5 misses by −2.5, −0.5, 0.5, 2.5: TSS = 13");
    expect_num(got, 9.0 / 13, tol_ulp(1, 4));
    got = r2(4, far, y);
    because("RSS = 36 + 16 + 9 + 1 = 62, TSS = 13: worse than the mean, and so negative");
    expect_num(got, 1 - 62.0 / 13, tol_ulp(62.0 / 13, 4));
    for (size_t i = 0; i < 4; i++) {
        y[i] *= 0x1p-40;
        line[i] *= 0x1p-40;
    }
    got = r2(4, line, y);
    because("2, 4, 5, 7 and 3, 3, 6, 6 in another unit; a share has no unit: 1 − 4/13");
    expect_num(got, 9.0 / 13, tol_ulp(1, 4));
}
END_TEST

START_TEST(r2_is_no_correlation)
{
    double got = r2(3, (double[]){2, 4, 6}, (double[]){1, 2, 3});
    because("misses 1, 2, 3: RSS = 14; TSS = 2. That the predictions rise with y does not help");
    expect_num(got, -6, tol_ulp(7, 4));
    got = r2(3, (double[]){3, 2, 1}, (double[]){1, 2, 3});
    because("misses 2, 0, 2: RSS = 8; TSS = 2");
    expect_num(got, -3, tol_ulp(4, 4));
    got = r2(2, (double[]){5, 5}, (double[]){4, 6});
    because("constant predictions are allowed; these are the mean");
    expect_num(got, 0, tol_ulp(1, 4));
}
END_TEST

START_TEST(r2_nothing_to_explain)
{
    double none = r2(0, NULL, NULL);
    because("no prices, and so nothing to explain");
    expect_num(none, NAN, 0);
    static const double y[6][4] = {{5}, {5, 5}, {0, 0, 0}, {0.1, 0.1, 0.1}, {0.7, 0.7, 0.7}, {-0.1, -0.1, -0.1}};
    static const size_t n[6] = {1, 2, 3, 3, 3, 3};
    for (size_t i = 0; i < 6; i++)
        for (size_t off = 0; off < 2; off++) {
            double yhat[4];
            for (size_t k = 0; k < n[i]; k++)
                yhat[k] = y[i][k] + (double)(off * k);
            double got = r2(n[i], yhat, y[i]);
            because("y does not vary");
            expect_num(got, NAN, 0);
        }
}
END_TEST

/* The differences from the mean are off by nε·max|y| each, so TSS by at most 2·√(n·TSS)·nε·max|y|; RSS by a few nε relative. */
static void r2_near(size_t n, const double yhat[], const double y[], double want)
{
    long double mean = 0, tss = 0, rss = 0;
    for (size_t i = 0; i < n; i++)
        mean += (long double)y[i] / n;
    for (size_t i = 0; i < n; i++) {
        tss += (y[i] - mean) * (y[i] - mean);
        rss += ((long double)y[i] - yhat[i]) * ((long double)y[i] - yhat[i]);
    }
    double many = (double)n, rel = 8 * many * EPS * (1 + sqrt(many) * largest(n, y) / sqrt((double)tss));
    double got = r2(n, yhat, y);
    expect_num(got, isnan(want) ? (double)(1 - rss / tss) : want, rel * (double)(1 + rss / tss));
}

START_TEST(r2_longley)
{
    double y[16], yhat[16];
    for (size_t i = 0; i < 16; i++) {
        long double sum = 0;
        for (size_t j = 0; j < 7; j++)
            sum += (long double)LONGLEY[i][j] * CERTIFIED[j];
        yhat[i] = (double)sum;
        y[i] = LONGLEY[i][7];
    }
    r2_near(16, yhat, y, 0.995479004577296);
}
END_TEST

START_TEST(r2_any)
{
    double y[40], yhat[40];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, 40);
        double shift = t < 60 ? 0 : (double)gen_between(0, 100), noise = gen_uniform(0, 3);
        for (size_t i = 0; i < n; i++) {
            y[i] = t < 60 ? (double)gen_between(0, 9) + (i == 0 ? 10 : 0) : shift + gen_normal();
            yhat[i] = t < 60 ? (double)gen_between(0, 15) : y[i] + noise * gen_normal();
        }
        r2_near(n, yhat, y, NAN);
    }
}
END_TEST

START_TEST(r2_nan)
{
    expect_num(r2(3, (double[]){1, 2, NAN}, (double[]){1, 2, 3}), NAN, 0);
    expect_num(r2(3, (double[]){1, 2, 3}, (double[]){1, NAN, 3}), NAN, 0);
    expect_num(r2(3, (double[]){1, 2, 3}, (double[]){NAN, 2, 3}), NAN, 0);
}
END_TEST

/* ------------------------------------------------------------------ lsq_stderr */

static const double FOUR[4][2] = {{1, 1}, {1, 1}, {1, 3}, {1, 3}};
enum { ROWS = 23, COLUMNS = 5 };

static double *errors(size_t n, size_t p, const double x[], const double theta[], const double y[])
{
    call("lsq_stderr(%zu, %zu, se, X, theta, y)", n, p);
    const double (*X)[p] = in_mat("X", n, p, x);
    const double *in = in_vec("theta", p, theta), *prices = in_vec("y", n, y);
    double *se = out_vec("se", p);
    expect_status(lsq_stderr(n, p, se, X, in, prices), OK);
    return se;
}

START_TEST(stderr_one_column)
{
    double *se = errors(2, 1, (double[]){1, 1}, (double[]){2}, (double[]){1, 3});
    because("RSS = 2, n − p = 1, XᵀX = 2: the root of 2/2");
    expect_vec(se, (double[]){1}, tol_ulp(1, 20));
    se = errors(4, 1, (double[]){1, 1, 1, 1}, (double[]){10}, (double[]){4, 7, 13, 16});
    because("with the ones alone the fit is the mean, and this is its standard error: the root of 30/4");
    expect_vec(se, (double[]){sqrt(7.5)}, tol_ulp(sqrt(7.5), 20));
    se = errors(3, 1, (double[]){2, 0, 1}, (double[]){3}, (double[]){5, 4, 5});
    because("misses −1, 4, 2: RSS = 21, n − p = 2, XᵀX = 5");
    expect_vec(se, (double[]){sqrt(21 / 2.0 / 5)}, tol_ulp(2, 20));
}
END_TEST

START_TEST(stderr_by_hand)
{
    double *se = errors(4, 2, &FOUR[0][0], (double[]){1.5, 1.5}, (double[]){2, 4, 5, 7});
    because("misses −1, 1, −1, 1: σ̂² = 4/(4 − 2) = 2. The inverse of XᵀX = {4, 8; 8, 20} has 1.25 and 0.25 on its diagonal");
    /* κ(X) is about 6, 10·n·p·ε·κ is 1e-13. */
    expect_vec(se, (double[]){sqrt(2.5), sqrt(0.5)}, 1e-12);
    static const double three[5][3] = {{1, -1, 0}, {1, 0, -1}, {1, 0, 0}, {1, 0, 1}, {1, 1, 0}};
    se = errors(5, 3, &three[0][0], (double[]){4, 3, 2}, (double[]){3, 2, 0, 6, 9});
    because("the columns are orthogonal, with the squared lengths 5, 2, 2; misses 2, 0, −4, 0, 2: σ̂² = 24/2 = 12");
    expect_vec(se, (double[]){sqrt(2.4), sqrt(6), sqrt(6)}, 1e-12);
}
END_TEST

START_TEST(stderr_perfect)
{
    double *se = errors(5, 2, (double[]){1, 1, 1, 2, 1, 3, 1, 4, 1, 7}, (double[]){2, 3}, (double[]){5, 8, 11, 14, 23});
    because("all points lie on 2 + 3x: there is no noise");
    expect_vec(se, (double[]){0, 0}, 1e-13);
}
END_TEST

/* Sixteen equally likely worlds: each of four houses misses 1 + 2x by 1, up or down. By the covariance theorem the variances of the
   coefficients over the worlds are 1.25 and 0.25, and by E[RSS] = (n − p)σ² the average of se² is the same. No luck is involved. */
START_TEST(stderr_sixteen_worlds)
{
    double square[2] = {0}, mean[2] = {0}, var[2] = {0};
    for (size_t w = 0; w < 16; w++) {
        double y[4], theta[2];
        for (size_t i = 0; i < 4; i++)
            y[i] = 1 + 2 * FOUR[i][1] + (w >> i & 1 ? 1 : -1);
        theta[1] = (y[2] + y[3] - y[0] - y[1]) / 4;
        theta[0] = (y[0] + y[1]) / 2 - theta[1];
        double *se = errors(4, 2, &FOUR[0][0], theta, y);
        for (size_t j = 0; j < 2; j++) {
            square[j] += se[j] * se[j] / 16;
            mean[j] += theta[j] / 16;
            var[j] += (theta[j] - 1 - (double)j) * (theta[j] - 1 - (double)j) / 16;
        }
    }
    because("four houses miss the line 1 + 2x by 1, up or down; over all sixteen patterns");
    for (size_t j = 0; j < 2; j++)
        expect(fabs(square[j] - var[j]) <= 1e-12, "theta[%zu] has the mean %g and the variance %g, and the average of se[%zu]² should be the same as this; it is %.9g",
               j, mean[j], var[j], j, square[j]);
}
END_TEST

static void refused(size_t n, size_t p, const double x[], status want, const char *why)
{
    static const double zeros[8] = {0}, y[8] = {1, 2, 4, 8};
    call("lsq_stderr(%zu, %zu, se, X, theta, y)", n, p);
    const double (*X)[p] = in_mat("X", n, p, x);
    const double *theta = in_vec("theta", p, zeros), *prices = in_vec("y", n, y);
    double *se = out_vec("se", p);
    because("%s", why);
    expect_status(lsq_stderr(n, p, se, X, theta, prices), want);
}

START_TEST(stderr_refused)
{
    refused(1, 1, (double[]){3}, BAD_INPUT, "one row and one coefficient: no misses are left from which to estimate the noise");
    refused(2, 2, (double[]){1, 1, 1, 3}, BAD_INPUT, "two rows and two coefficients: no misses are left from which to estimate the noise");
    refused(2, 3, (double[]){1, 1, 2, 1, 3, 5}, BAD_INPUT, "fewer rows than coefficients");
    refused(0, 1, (double[]){0}, BAD_INPUT, "no rows at all");
    refused(4, 2, (double[]){1, 2, 1, 2, 1, 2, 1, 2}, SINGULAR, "column 1 is twice column 0");
    refused(3, 2, (double[]){1, 0, 2, 0, 3, 0}, SINGULAR, "column 1 is zero");
}
END_TEST

/* The inverse of the Gram matrix in long double, by Gauss and Jordan; SPD, so no exchange of rows is needed. */
static void gram_inverse(size_t n, size_t p, long double V[COLUMNS][COLUMNS], const double X[n][p])
{
    long double G[COLUMNS][COLUMNS] = {0};
    for (size_t j = 0; j < p; j++)
        for (size_t k = 0; k < p; k++) {
            V[j][k] = j == k;
            for (size_t i = 0; i < n; i++)
                G[j][k] += (long double)X[i][j] * X[i][k];
        }
    for (size_t k = 0; k < p; k++) {
        long double pivot = G[k][k];
        for (size_t j = 0; j < p; j++) {
            G[k][j] /= pivot;
            V[k][j] /= pivot;
        }
        for (size_t i = 0; i < p; i++) {
            long double m = G[i][k];
            for (size_t j = 0; i != k && j < p; j++) {
                G[i][j] -= m * G[k][j];
                V[i][j] -= m * V[k][j];
            }
        }
    }
}

/* Rows of R⁻¹ from an orthogonal factorisation are off by c·n·p·ε·κ·‖X⁻¹‖ at most, where ‖X⁻¹‖² ≤ trace (XᵀX)⁻¹ = v and κ² ≤ ‖X‖²·v; c = 10.
   A miss is off by (p + 2)·ε·(|y| + Σ|xθ|), so σ̂ by that much times √(n/(n − p)). */
START_TEST(stderr_any)
{
    static const size_t shape[][2] = {{2, 1}, {3, 1}, {5, 2}, {7, 3}, {11, 2}, {11, 5}, {13, 3}, {17, 5}, {23, 5}};
    for (size_t t = 0; t < TRIALS; t++) {
        size_t s = gen_between(0, t * 9 / TRIALS), n = shape[s][0], p = shape[s][1];
        double x[ROWS * COLUMNS], y[ROWS], theta[COLUMNS], want[COLUMNS], tol[COLUMNS], length2 = 0, size = 0;
        double scale = pow(10, (double)gen_between(0, 8) - 4);
        for (size_t i = 0; i < n * p; i++) {
            x[i] = gen_normal() + (i / p == i % p ? 3 : 0); /* never nearly singular */
            length2 += x[i] * x[i];
        }
        for (size_t i = 0; i < n; i++)
            y[i] = scale * gen_normal();
        const double (*X)[p] = (const double (*)[p])x;
        long double V[COLUMNS][COLUMNS], rss = 0, v = 0;
        gram_inverse(n, p, V, X);
        for (size_t j = 0; j < p; j++) {
            long double sum = 0;
            for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < p; k++)
                    sum += V[j][k] * X[i][k] * y[i];
            theta[j] = (double)sum;
            v += V[j][j];
        }
        for (size_t i = 0; i < n; i++) {
            long double miss = y[i];
            double row = fabs(y[i]);
            for (size_t j = 0; j < p; j++) {
                miss -= (long double)X[i][j] * theta[j];
                row += fabs(X[i][j] * theta[j]);
            }
            rss += miss * miss;
            size = fmax(size, row);
        }
        double sigma = (double)sqrtl(rss / (n - p)), inverse = (double)sqrtl(v), kappa = sqrt(length2) * inverse;
        for (size_t j = 0; j < p; j++) {
            want[j] = sigma * (double)sqrtl(V[j][j]);
            tol[j] = 10 * (double)(n * p) * EPS * kappa * inverse * sigma +
                     (double)(p + 2) * EPS * size * sqrt((double)n / (double)(n - p)) * inverse + DBL_MIN;
        }
        double *se = errors(n, p, x, theta, y);
        expect_vec_tol(se, want, tol);
    }
}
END_TEST

START_TEST(stderr_longley)
{
    double x[16][7], y[16];
    for (size_t i = 0; i < 16; i++) {
        memcpy(x[i], LONGLEY[i], sizeof x[i]);
        y[i] = LONGLEY[i][7];
    }
    double *se = errors(16, 7, &x[0][0], CERTIFIED, y);
    for (size_t j = 0; j < 7; j++) {
        /* With columns scaled to length 1, κ is 4.3e4 and ε·κ is 1e-11. Ten digits leave a factor of ten for the order of the sums; the Gram
           matrix, with κ², promises between six and seven, and keeps eight or nine. */
        double digits = -log10(fabs(se[j] - CERTIFIED_SE[j]) / CERTIFIED_SE[j]);
        expect(digits >= 10, "Longley's data: se[%zu] is %.15g, certified is %.15g; %.1f digits agree, and an orthogonal factorisation keeps at least 10",
               j, se[j], CERTIFIED_SE[j], digits);
    }
}
END_TEST

/* Columns u = 1 to 5 and v = u + δw, w = −1, 1, −1, 1, −1, δ = 2^-20: |u|² = 55, u·w = −3, |w|² = 5, so that det XᵀX = δ²·(55·5 − 9) = 266·δ², and
   the inverse has |v|²/266δ² and 55/266δ² on its diagonal. The misses (−1, 2, 0, −2, 1) are orthogonal to u and w: RSS = 10, and 10/3 is σ̂².
   κ ≤ √110·√(110/266)/δ = 7.1e6, and 10·n·p·ε·κ is 1.6e-7; with κ² nothing is left but two or three digits. */
START_TEST(stderr_nearly_parallel)
{
    static const double miss[5] = {-1, 2, 0, -2, 1};
    double x[10], y[5], d = 0x1p-20;
    for (size_t i = 0; i < 5; i++) {
        x[2 * i] = (double)(i + 1);
        x[2 * i + 1] = x[2 * i] + (i % 2 ? d : -d);
        y[i] = 3 * x[2 * i] - 2 * x[2 * i + 1] + miss[i]; /* exact: few bits */
    }
    double want[2] = {sqrt(10 / 3.0 * (55 - 6 * d + 5 * d * d) / 266) / d, sqrt(10 / 3.0 * 55 / 266) / d};
    double *se = errors(5, 2, x, (double[]){3, -2}, y);
    because("two columns that agree to six digits; the misses are −1, 2, 0, −2, 1");
    expect_vec_tol(se, want, (double[]){1.6e-7 * want[0], 1.6e-7 * want[1]});
}
END_TEST

/* A column of ones, misses 1 and −1, σ̂² = n/(n − 1). Sums of n terms are off by nε = 2.4e-10 relative at most. A lin_qr that asks for a square of
   n rows is not to be blamed here. */
START_TEST(stderr_of_a_million)
{
    static double ones[LOTS - 1][1];
    for (size_t i = 0; i < LOTS - 1; i++) {
        ones[i][0] = 1;
        lots[i] = i % 2 ? 1 : -1;
    }
    call("lsq_stderr(%d, 1, se, X, theta, y)", LOTS - 1);
    const double *theta = in_vec("theta", 1, NOTHING);
    double *se = out_vec("se", 1), want = 1 / sqrt(LOTS - 2);
    status got = lsq_stderr(LOTS - 1, 1, se, ones, theta, lots);
    because("X is a column of ones, y alternates between −1 and 1; what has as many rows does not fit on the stack");
    if (got != NO_SPACE) {
        expect_status(got, OK);
        expect_vec(se, &want, 1e-8 * want);
    }
}
END_TEST

START_TEST(stderr_without_memory)
{
    static const double theta[2] = {1.5, 1.5}, y[4] = {2, 4, 5, 7};
    double before[2] = {NAN, NAN};
    status first = lsq_stderr(4, 2, before, FOUR, theta, y);
    for (size_t works = 0; works < 8; works++) {
        call("lsq_stderr(4, 2, se, X, theta, y)");
        const double (*X)[2] = in_mat("X", 4, 2, &FOUR[0][0]);
        const double *fit = in_vec("theta", 2, theta), *prices = in_vec("y", 4, y);
        double *se = out_vec("se", 2);
        because("In this call malloc returns a null pointer, at once or after some calls.");
        malloc_fails_after(works);
        status got = lsq_stderr(4, 2, se, X, fit, prices);
        malloc_fails(false);
        /* Whoever needs no memory may answer. */
        if (got != first)
            expect_status(got, NO_SPACE);
        else if (got == OK)
            expect_vec(se, before, 1e-12);
    }
}
END_TEST

START_TEST(stderr_nan)
{
    call("lsq_stderr(4, 2, se, X, theta, y)");
    const double (*X)[2] = in_mat("X", 4, 2, &FOUR[0][0]);
    const double *theta = in_vec("theta", 2, (double[]){1.5, 1.5}), *y = in_vec("y", 4, (double[]){2, NAN, 5, 7});
    double *se = out_vec("se", 2);
    status s = lsq_stderr(4, 2, se, X, theta, y);
    expect(s != OK || (isnan(se[0]) && isnan(se[1])), "a NaN in y makes σ̂ unknown; se is (%g, %g)", se[0], se[1]);
}
END_TEST

/* ------------------------------------------------------------------ pen */

START_TEST(pen_error)
{
    /* Eighteen numbers c and eighteen −c with Σx² = 35·144. */
    double x[36], c = sqrt(35.0 * 144 / 36);
    for (size_t i = 0; i < 36; i++)
        x[i] = i % 2 ? c : -c;
    double square = exact_dot(36, x, x) / 35 / 36;
    call("pen_13_a()");
    expect_answer(pen_13_a(), sqrt(square), 1e-6 * sqrt(square), "six of these make the deviation of a single house");
}
END_TEST

START_TEST(pen_multisets)
{
    double want = 0;
    for (size_t a = 0; a < 3; a++)
        for (size_t b = a; b < 3; b++)
            for (size_t c = b; c < 3; c++)
                want++;
    call("pen_13_b()");
    expect_answer(pen_13_b(), want, 1e-6 * want, "each stands for 1, 3 or 6 ordered draws, and together they are 27");
}
END_TEST

START_TEST(pen_smallest)
{
    double want = 1;
    for (size_t hits = 0; hits <= 999; hits++)
        want = fmin(want, (1 + (double)hits) / (999 + 1.0));
    call("pen_13_c()");
    expect_answer(pen_13_c(), want, 1e-6 * want, NULL);
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("13-inference");

    TCase *sem_case = suite_case(s, "stats_sem");
    tcase_add_test(sem_case, sem_none_and_one);
    tcase_add_test(sem_case, sem_by_hand);
    tcase_add_test(sem_case, sem_michelson);
    tcase_add_test(sem_case, sem_large_numbers);
    tcase_add_test(sem_case, sem_any_numbers);
    tcase_add_test(sem_case, sem_nan);

    TCase *boot_case = suite_case(s, "stats_bootstrap");
    tcase_add_test(boot_case, boot_by_hand);
    tcase_add_test(boot_case, boot_one);
    tcase_add_test(boot_case, boot_nothing);
    tcase_add_test(boot_case, boot_any);
    tcase_add_test(boot_case, boot_standard_error);
    tcase_add_test(boot_case, boot_of_a_million);
    tcase_add_test(boot_case, boot_without_memory);

    TCase *ci_case = suite_case(s, "stats_ci");
    tcase_add_test(ci_case, ci_by_hand);
    tcase_add_test(ci_case, ci_of_a_hundred);
    tcase_add_test(ci_case, ci_refuses);
    tcase_add_test(ci_case, ci_any);
    tcase_add_test(ci_case, ci_of_a_million);
    tcase_add_test(ci_case, ci_without_memory);

    TCase *perm_case = suite_case(s, "stats_perm_test");
    tcase_add_test(perm_case, perm_empty);
    tcase_add_test(perm_case, perm_one_against_one);
    tcase_add_test(perm_case, perm_alike);
    tcase_add_test(perm_case, perm_no_deals);
    tcase_add_test(perm_case, perm_far_apart);
    tcase_add_test(perm_case, perm_two_against_two);
    tcase_add_test(perm_case, perm_enumerated);
    tcase_add_test(perm_case, perm_penguins);
    tcase_add_test(perm_case, perm_of_a_million);
    tcase_add_test(perm_case, perm_uses_the_generator);
    tcase_add_test(perm_case, perm_nan);
    tcase_add_test(perm_case, perm_without_memory);

    TCase *r2_case = suite_case(s, "lsq_r2");
    tcase_add_test(r2_case, r2_by_hand);
    tcase_add_test(r2_case, r2_is_no_correlation);
    tcase_add_test(r2_case, r2_nothing_to_explain);
    tcase_add_test(r2_case, r2_longley);
    tcase_add_test(r2_case, r2_any);
    tcase_add_test(r2_case, r2_nan);

    TCase *stderr_case = suite_case(s, "lsq_stderr");
    tcase_add_test(stderr_case, stderr_one_column);
    tcase_add_test(stderr_case, stderr_by_hand);
    tcase_add_test(stderr_case, stderr_perfect);
    tcase_add_test(stderr_case, stderr_sixteen_worlds);
    tcase_add_test(stderr_case, stderr_refused);
    tcase_add_test(stderr_case, stderr_any);
    tcase_add_test(stderr_case, stderr_longley);
    tcase_add_test(stderr_case, stderr_nearly_parallel);
    tcase_add_test(stderr_case, stderr_of_a_million);
    tcase_add_test(stderr_case, stderr_without_memory);
    tcase_add_test(stderr_case, stderr_nan);

    tcase_add_test(suite_case(s, "pen_13_a"), pen_error);
    tcase_add_test(suite_case(s, "pen_13_b"), pen_multisets);
    tcase_add_test(suite_case(s, "pen_13_c"), pen_smallest);
    return s;
}
