/* The suite of chapter 10, distributions. Expected numbers come from the chapter's examples or from long double. Every
   tolerance is the condition of the problem times the roundings that a right program makes, counted twice; the bound stands
   where it is set. Tests of chance have a false-alarm rate below 1e-6 for any seed, stated where they stand; each generator is
   first replayed exactly, so a right program meets them with the numbers of the reference. */
#include "harness.h"

#include "dist.h"
#include "pen.h"
#include "rng.h"

#include <stdio.h>

static const double HALF_LOG_2PI = 0.91893853320467274178;
static const double PI = 3.14159265358979323846;

static long double logpdf(double x, double mu, double sigma)
{
    long double z = ((long double)x - mu) / sigma;
    return -z * z / 2 - logl(sigma) - 0.918938533204672741780329736406L;
}

/* z takes two roundings, its half square three more, the logarithm one, the two sums two, none of them of a quantity larger
   than ½z² + |ln σ| + ½ln 2π: together at most 4ε of that. Twice. */
static double logpdf_tol(double x, double mu, double sigma)
{
    double z = (x - mu) / sigma;
    return 8 * EPS * (z * z / 2 + fabs(log(sigma)) + HALF_LOG_2PI);
}

static long double phi_below(long double z)
{
    return erfcl(-z * 0.707106781186547524400844362105L) / 2;
}

static long double phi_density(long double z)
{
    return expl(-z * z / 2) * 0.398942280401432677939946059934L;
}

/* The relative tolerance of Φ(z). x − μ, the division and the two roundings of ·1/√2 make z wrong by at most 2ε, relatively;
   the chapter's theorem on the tail bounds the condition number zφ(z)/Φ(z) by z² + 1 for z < 0, and it is below 0.3 for
   z > 0; erfc of the C library is within 5 units in the last place. So 2ε(z² + 1) + 5ε, twice. */
static double phi_rel(double z)
{
    return EPS * (4 * (z < 0 ? z * z + 1 : 0.3) + 10);
}

/* Where Φ is subnormal its last place is DBL_TRUE_MIN, and that is added. */
static double phi_tol(double z)
{
    return phi_rel(z) * (double)phi_below(z) + 4 * DBL_TRUE_MIN;
}

/* The quantile in long double: Newton for ln Φ = ln q, which comes from the left and never passes the answer. */
static long double quantile(double p)
{
    long double q = p > 0.5 ? 1 - (long double)p : p, z = -sqrtl(-2 * logl(q));
    for (int i = 0; i < 100; i++) {
        long double below = phi_below(z);
        long double next = z + (logl(q) - logl(below)) * below / phi_density(z);
        if (!(next > z))
            break;
        z = next;
    }
    return p > 0.5 ? -z : z;
}

/* A program that compares its own Φ with p is off by at most Φ's error over the slope φ, and by the roundings of z itself. In the
   left tail Φ/φ is about 1/|z|, so that this is about 4ε|z|: full relative accuracy. Next to 1 it is wide, because the doubles
   there are far apart for a quantile. */
static double quantile_tol(double p)
{
    double z = (double)quantile(p);
    return phi_tol(z) / (double)phi_density(z) + 2 * EPS * fabs(z);
}

/* ------------------------------------------------------------------ dist_normal_logpdf */

static void expect_logpdf(double x, double mu, double sigma)
{
    call("dist_normal_logpdf(%s, %s, %s)", num_text(x), num_text(mu), num_text(sigma));
    double z = (x - mu) / sigma;
    because("z = (x - mu)/sigma = %g; -z²/2 = %g, -ln sigma = %g, -ln(2π)/2 = -0.918939", z, -z * z / 2, -log(sigma));
    expect_num(dist_normal_logpdf(x, mu, sigma), (double)logpdf(x, mu, sigma), logpdf_tol(x, mu, sigma));
}

START_TEST(logpdf_by_hand)
{
    expect_logpdf(0, 0, 1);
    expect_logpdf(3, 0, 1);
    expect_logpdf(5, 1, 2);
    expect_logpdf(1, 5, 2);
    expect_logpdf(3, 3, 0.5);
}
END_TEST

START_TEST(logpdf_far_out)
{
    static const double far[] = {40, -40, 1e3, 1e10, -1e100};
    for (size_t i = 0; i < 5; i++)
        expect_logpdf(far[i], 0, 1);
}
END_TEST

START_TEST(logpdf_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        double scale = t < 50 ? 3 : pow(10, gen_uniform(-5, 6));
        double mu = gen_num(t), sigma = t < 50 ? (double)gen_between(1, 5) : scale * gen_uniform(0.1, 2);
        expect_logpdf(mu + scale * gen_uniform(-9, 9), mu, sigma);
    }
}
END_TEST

START_TEST(logpdf_extreme_sigma)
{
    static const double sigma[] = {1e-100, 1e100, 1e-200, 1e200, 1e-300, 1e300};
    for (size_t i = 0; i < 6; i++) {
        expect_logpdf(0, 0, sigma[i]);
        expect_logpdf(2 * sigma[i], 0, sigma[i]);
    }
}
END_TEST

START_TEST(logpdf_encloses_one)
{
    /* For a bell the sum of trapezia is exact to far below the roundings: 161 of them, and the exponential turns the tolerance
       of the logarithm into a relative one. Beyond 10 deviations lie 1e-23. */
    static const double sigma[] = {1, 3, 0.25};
    for (size_t i = 0; i < 3; i++) {
        double area = 0;
        call("dist_normal_logpdf(x, 2, %g)", sigma[i]);
        for (int k = -80; k <= 80; k++)
            area += sigma[i] / 8 * exp(dist_normal_logpdf(2 + sigma[i] * k / 8, 2, sigma[i]));
        because("a density encloses an area of 1");
        expect_named("the area under exp of the log-density", area, 1, 1e-12);
    }
}
END_TEST

START_TEST(logpdf_undefined)
{
    static const double bad[][3] = {{0, 0, 0}, {1, 0, 0}, {1, 0, -1}, {1, 0, -INFINITY},
                                    {1, 0, NAN}, {NAN, 0, 1}, {1, NAN, 1}};
    for (size_t i = 0; i < 7; i++) {
        call("dist_normal_logpdf(%g, %g, %g)", bad[i][0], bad[i][1], bad[i][2]);
        expect_num(dist_normal_logpdf(bad[i][0], bad[i][1], bad[i][2]), NAN, 0);
    }
    for (int side = -1; side <= 1; side += 2) {
        call("dist_normal_logpdf(%g, 0, 1)", side * INFINITY);
        expect_num(dist_normal_logpdf(side * INFINITY, 0, 1), -INFINITY, 0);
    }
}
END_TEST

/* ------------------------------------------------------------------ dist_normal_cdf */

static void expect_phi(double x, double mu, double sigma)
{
    call("dist_normal_cdf(%s, %s, %s)", num_text(x), num_text(mu), num_text(sigma));
    long double z = ((long double)x - mu) / sigma;
    because("z = %g", (double)z);
    if (z <= -2 && z >= -37)
        because("by the bounds of the tail it lies between %.6g and %.6g",
                (double)(-z / (1 + z * z) * phi_density(z)), (double)(phi_density(z) / -z));
    expect_num(dist_normal_cdf(x, mu, sigma), (double)phi_below(z), phi_tol((double)z));
}

START_TEST(cdf_by_hand)
{
    expect_phi(0, 0, 1);
    expect_phi(-1, 0, 1);
    expect_phi(1, 0, 1);
    expect_phi(70, 100, 15);
    expect_phi(130, 100, 15);
    expect_phi(4, 3, 0.5);
}
END_TEST

START_TEST(cdf_left_tail)
{
    call("dist_normal_cdf(-10, 0, 1)");
    because("by the bounds of the tail it lies between 7.6184e-24 and 7.6946e-24");
    expect_num(dist_normal_cdf(-10, 0, 1), 7.61985302416052606e-24, phi_tol(-10));
    for (int k = 1; k <= 370; k++)
        expect_phi(-0.1 * k, 0, 1);
}
END_TEST

START_TEST(cdf_right_tail)
{
    for (int k = 1; k <= 100; k++)
        expect_phi(0.1 * k, 0, 1);
}
END_TEST

START_TEST(cdf_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        double sigma = t < 50 ? (double)gen_between(1, 5) : pow(10, gen_uniform(-6, 6));
        double mu = gen_num(t);
        expect_phi(mu + sigma * gen_uniform(-9, 9), mu, sigma);
    }
}
END_TEST

START_TEST(cdf_mirror)
{
    /* Each of the two is within its own tolerance, and these sum to less than 20ε: z²Φ(−z) is below 0.5. */
    for (int k = 0; k <= 400; k++) {
        double z = 0.05 * k;
        call("dist_normal_cdf(z, 0, 1), z = %g and z = %g", z, -z);
        expect_named("the sum of the areas left of z and left of -z",
                     dist_normal_cdf(z, 0, 1) + dist_normal_cdf(-z, 0, 1), 1, 20 * EPS);
    }
}
END_TEST

START_TEST(cdf_extreme_sigma)
{
    static const double sigma[] = {1e-100, 1e100, 1e-200, 1e200, 1e-300, 1e300};
    for (size_t i = 0; i < 6; i++) {
        expect_phi(-2 * sigma[i], 0, sigma[i]);
        expect_phi(sigma[i], 0, sigma[i]);
    }
}
END_TEST

START_TEST(cdf_ends)
{
    call("dist_normal_cdf(INFINITY, 1, 2)");
    expect_num(dist_normal_cdf(INFINITY, 1, 2), 1, 0);
    call("dist_normal_cdf(-INFINITY, 1, 2)");
    expect_num(dist_normal_cdf(-INFINITY, 1, 2), 0, 0);
    call("dist_normal_cdf(-50, 0, 1)");
    expect_num(dist_normal_cdf(-50, 0, 1), 0, 4 * DBL_TRUE_MIN);
    expect_phi(-38, 0, 1);
}
END_TEST

START_TEST(cdf_undefined)
{
    static const double bad[][3] = {{1, 0, 0}, {0, 0, 0}, {1, 0, -1}, {-3, 0, -2},
                                    {1, 0, NAN}, {NAN, 0, 1}, {1, NAN, 1}};
    for (size_t i = 0; i < 7; i++) {
        call("dist_normal_cdf(%g, %g, %g)", bad[i][0], bad[i][1], bad[i][2]);
        expect_num(dist_normal_cdf(bad[i][0], bad[i][1], bad[i][2]), NAN, 0);
    }
}
END_TEST

/* ------------------------------------------------------------------ dist_normal_quantile */

static void expect_quantile(double p)
{
    call("dist_normal_quantile(%s)", num_text(p));
    expect_num(dist_normal_quantile(p), (double)quantile(p), quantile_tol(p));
}

START_TEST(quantile_by_hand)
{
    static const double p[] = {0.5, 0.25, 0.75, 0.025, 0.975, 0.001, 0.999};
    call("dist_normal_quantile(0.025)");
    because("one in forty lies below -1.959964");
    expect_num(dist_normal_quantile(0.025), -1.9599639845400545, quantile_tol(0.025));
    for (size_t i = 0; i < 7; i++)
        expect_quantile(p[i]);
}
END_TEST

START_TEST(quantile_left_tail)
{
    for (int k = 1; k <= 307; k++)
        expect_quantile(pow(10, -k));
}
END_TEST

START_TEST(quantile_last)
{
    expect_quantile(1e-300);
    expect_quantile(DBL_MIN);
    /* The very last double. Φ has but one bit left there and may round it to 0 a little further out, so 8 of these bits over the
       slope are allowed, about 0.2. */
    call("dist_normal_quantile(%s)", num_text(DBL_TRUE_MIN));
    expect_num(dist_normal_quantile(DBL_TRUE_MIN), (double)quantile(DBL_TRUE_MIN), 2 * quantile_tol(DBL_TRUE_MIN));
}
END_TEST

START_TEST(quantile_right_tail)
{
    for (int k = 1; k <= 53; k++)
        expect_quantile(1 - ldexp(1, -k));
}
END_TEST

START_TEST(quantile_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        double p = t < 20 ? (double)gen_between(1, 99) / 100 : gen_uniform(0, 1);
        expect_quantile(t % 2 ? p * pow(10, -gen_uniform(0, 290)) : p);
    }
}
END_TEST

START_TEST(quantile_is_odd)
{
    for (int k = 1; k < 512; k++) {
        double p = k / 1024.0;
        call("dist_normal_quantile(p), p = %g and p = %g", p, 1 - p);
        expect_named("the sum of the two quantiles", dist_normal_quantile(p) + dist_normal_quantile(1 - p), 0,
                     quantile_tol(p) + quantile_tol(1 - p));
    }
}
END_TEST

START_TEST(quantile_ends)
{
    call("dist_normal_quantile(0)");
    because("only -∞ has nothing to its left");
    expect_num(dist_normal_quantile(0), -INFINITY, 0);
    call("dist_normal_quantile(1)");
    because("only ∞ has everything to its left");
    expect_num(dist_normal_quantile(1), INFINITY, 0);
}
END_TEST

START_TEST(quantile_undefined)
{
    static const double bad[] = {-0.1, 1.1, -DBL_TRUE_MIN, 1 + EPS, INFINITY, -INFINITY, NAN};
    for (size_t i = 0; i < 7; i++) {
        call("dist_normal_quantile(%s)", num_text(bad[i]));
        expect_num(dist_normal_quantile(bad[i]), NAN, 0);
    }
}
END_TEST

/* ------------------------------------------------------------------ rng_normal */

static const uint64_t GAMMA = 0x9e3779b97f4a7c15u;

/* How many numbers a SplitMix64 has made between two states: the difference over γ, modulo 2^64. */
static uint64_t draws(uint64_t from, uint64_t to)
{
    uint64_t inverse = GAMMA;
    for (int i = 0; i < 6; i++)
        inverse *= 2 - GAMMA * inverse;
    return (to - from) * inverse;
}

static void expect_draws(rng before, rng after, uint64_t want)
{
    uint64_t made = draws(before.state, after.state);
    expect(made == want, "the call should draw %u uniforms, and has drawn %g", (unsigned)want, (double)made);
}

/* The formula from the generator's own two uniforms. The angle takes two roundings of at most 2π, which the slope of the cosine
   passes on: 2π·ε; the distance three, the product one. Less than 10ε times the distance; twice. */
static void expect_normal(rng r)
{
    rng copy = r, before = r;
    double u1 = rng_uniform(&copy), u2 = rng_uniform(&copy);
    double distance = (double)sqrtl(-2 * log1pl(-(long double)u1));
    double want = (double)(distance * cosl(2 * 3.14159265358979323846264338328L * u2));
    call("rng_normal(&r), r.state = 0x%llx", (unsigned long long)r.state);
    double got = rng_normal(&r);
    because("U1 = %.6f and U2 = %.6f: distance %.6f, angle %.4f of a turn", u1, u2, distance, u2);
    expect_num(got, want, 20 * EPS * distance + DBL_TRUE_MIN);
    expect_draws(before, r, 2);
}

START_TEST(normal_replayed)
{
    for (uint64_t seed = 0; seed < 5; seed++)
        expect_normal((rng){seed});
    for (size_t t = 0; t < TRIALS; t++)
        expect_normal((rng){(uint64_t)gen_between(0, SIZE_MAX - 1)});
}
END_TEST

START_TEST(normal_of_zero)
{
    /* SplitMix64 turns the state 0 into the number 0, and steps by γ first. */
    rng r = {-GAMMA};
    call("rng_normal(&r), r.state = -0x9e3779b97f4a7c15");
    because("U1 = 0: the distance is √(-2·ln 1) = 0");
    expect_num(rng_normal(&r), 0, 0);
}
END_TEST

START_TEST(normal_has_no_memory)
{
    rng a = {12}, b = {12}, other = {345};
    call("rng_normal(&a), rng_normal(&other), rng_normal(&b); a and b with the same seed");
    double first = rng_normal(&a);
    (void)rng_normal(&other);
    double again = rng_normal(&b);
    because("same seed, same number, whatever was drawn in between from another generator");
    expect_named("the number from b, compared with that from a", again, first, 0);
    for (int i = 0; i < 3; i++)
        (void)rng_normal(&other);
    first = rng_normal(&a);
    expect_named("the second number from b, compared with that from a", rng_normal(&b), first, 0);
}
END_TEST

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

enum { MANY = 40000 };

START_TEST(normal_by_numbers)
{
    /* n = 40,000. With false-alarm rates of, in this order,
       mean:       P(|Z| > 5.5) = 3.8e-8, exactly, since the mean is normal;
       variance:   nS² is χ² with n − 1; by Laurent and Massart P(|χ²/n − 1| > 2√(t/n) + 2t/n) < 2e^−t; t = 18: 3.1e-8;
       Kolmogorov: P(√n·D > 2.9) < 2·e^(−2·2.9²) = 1.0e-7 (Dvoretzky, Kiefer, Wolfowitz, Massart);
       fourth moment: the mean of z⁴ is 3 with the standard error s = √(96/n) = 0.049. Allowed is from 6s = 0.29 below to 33s = 1.62
                   above. Below: z⁴ is never negative, so P < exp(−t²/(2n·E[z⁸])), t = 6sn, E[z⁸] = 105: e^−16.5 = 7e-8. Above: the
                   formula ends at |z| = 8.6, z⁴ < 5,500, and Bernstein gives exp(−½t²/(96n + 5500t/3)), t = 33sn: e^−17.1 = 4e-8.
       Together below 3.2e-7. (A sum of twelve uniforms has the fourth moment 2.9 and passes here; the replay above has refused it.) */
    static double z[MANY];
    rng r = {(uint64_t)gen_between(0, SIZE_MAX - 1)};
    double sum = 0, squares = 0, fourth = 0, gap = 0, n = MANY, s = sqrt(96 / n);
    call("rng_normal(&r), 40000 times");
    for (size_t i = 0; i < MANY; i++)
        sum += z[i] = rng_normal(&r);
    for (size_t i = 0; i < MANY; i++) {
        squares += z[i] * z[i];
        fourth += z[i] * z[i] * z[i] * z[i];
    }
    qsort(z, MANY, sizeof *z, ascending);
    for (size_t i = 0; i < MANY; i++) {
        double below = (double)phi_below(z[i]);
        gap = fmax(gap, fmax(below - (double)i / n, (double)(i + 1) / n - below));
    }
    expect_named("the mean", sum / n, 0, 5.5 / sqrt(n));
    expect_named("the mean square", squares / n, 1, 2 * sqrt(18 / n) + 36 / n);
    expect_named("the largest distance of the sample's cdf from Φ", gap, 0, 2.9 / sqrt(n));
    because("the fourth moment of the normal law is 3");
    expect(fourth / n > 3 - 6 * s && fourth / n < 3 + 33 * s, "the mean fourth power should lie near 3, and is %.4f", fourth / n);
}
END_TEST

/* ------------------------------------------------------------------ dist_lognormal_logpdf */

static void expect_lognormal(double x, double mu, double sigma)
{
    long double t = logl(x), z = (t - mu) / sigma;
    long double want = -z * z / 2 - logl(sigma) - 0.918938533204672741780329736406L - t;
    /* ln x is off by ε/2·|ln x| and the difference by as much again, which z·1/σ passes on; the rest as for the normal law. */
    double reach = fabs((double)z) * (fabs((double)t) + fabs(mu)) / sigma;
    double tol = 8 * EPS * (reach + (double)(z * z / 2) + fabs(log(sigma)) + 1 + fabs((double)t));
    call("dist_lognormal_logpdf(%s, %s, %s)", num_text(x), num_text(mu), num_text(sigma));
    because("log N(ln x; mu, sigma²) = %g, ln x = %g", (double)(want + t), (double)t);
    expect_num(dist_lognormal_logpdf(x, mu, sigma), (double)want, tol);
}

START_TEST(lognormal_by_hand)
{
    expect_lognormal(1, 0, 1);
    expect_lognormal(exp(1), 0, 1);
    expect_lognormal(exp(3), 0, 1);
    expect_lognormal(0.5, 1, 2);
    expect_lognormal(20000, 11.136, 0.7);
}
END_TEST

START_TEST(lognormal_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        double mu = t < 50 ? (double)gen_between(0, 4) - 2 : gen_uniform(-20, 20);
        double sigma = t < 50 ? (double)gen_between(1, 3) : gen_uniform(0.05, 4);
        expect_lognormal(exp(mu + sigma * gen_uniform(-6, 6)), mu, sigma);
    }
    expect_lognormal(1e-300, 0, 1);
    expect_lognormal(1e300, 0, 1);
}
END_TEST

START_TEST(lognormal_encloses_one)
{
    /* 2,400 trapezia of the density over x from e^(μ−8σ) to e^(μ+8σ): with steps of σ/150 in ln x the error of the trapezia is
       below 1e-4 for σ ≤ 2. */
    static const double law[][2] = {{0, 1}, {1, 0.5}, {-2, 2}};
    for (size_t i = 0; i < 3; i++) {
        double mu = law[i][0], sigma = law[i][1], area = 0, x0 = 0, y0 = 0;
        call("dist_lognormal_logpdf(x, %g, %g)", mu, sigma);
        for (int k = -1200; k <= 1200; k++) {
            double x = exp(mu + sigma * k / 150), y = exp(dist_lognormal_logpdf(x, mu, sigma));
            if (k > -1200)
                area += (x - x0) * (y + y0) / 2;
            x0 = x;
            y0 = y;
        }
        because("a density encloses an area of 1");
        expect_named("the area under exp of the log-density", area, 1, 1e-4);
    }
}
END_TEST

START_TEST(lognormal_peak)
{
    /* A percent from the peak the log-density is lower by about (0.01/σ)²/2 = 2e-4; roundings are 1e-15. */
    double peak = exp(1 - 0.25);
    call("dist_lognormal_logpdf(x, 1, 0.5) at x = %g and one percent to the left and right", peak);
    double top = dist_lognormal_logpdf(peak, 1, 0.5);
    double left = dist_lognormal_logpdf(0.99 * peak, 1, 0.5), right = dist_lognormal_logpdf(1.01 * peak, 1, 0.5);
    expect(top > left && top > right, "the peak is at e^(mu - sigma²); the values are %.9g, %.9g, %.9g", left, top, right);
}
END_TEST

START_TEST(lognormal_impossible)
{
    static const double x[] = {0, -1, -1e300, -DBL_TRUE_MIN, -INFINITY};
    for (size_t i = 0; i < 5; i++) {
        call("dist_lognormal_logpdf(%s, 0, 1)", num_text(x[i]));
        because("such a price is impossible: density 0");
        expect_num(dist_lognormal_logpdf(x[i], 0, 1), -INFINITY, 0);
    }
    call("dist_lognormal_logpdf(INFINITY, 0, 1)");
    expect_num(dist_lognormal_logpdf(INFINITY, 0, 1), -INFINITY, 0);
}
END_TEST

START_TEST(lognormal_undefined)
{
    static const double bad[][3] = {{1, 0, 0}, {2, 0, -1}, {2, 0, NAN}, {NAN, 0, 1}, {2, NAN, 1}};
    for (size_t i = 0; i < 5; i++) {
        call("dist_lognormal_logpdf(%g, %g, %g)", bad[i][0], bad[i][1], bad[i][2]);
        expect_num(dist_lognormal_logpdf(bad[i][0], bad[i][1], bad[i][2]), NAN, 0);
    }
}
END_TEST

/* ------------------------------------------------------------------ dist_binomial_logpmf */

static double binomial(size_t k, size_t n, double p)
{
    long double a = k, b = n - k, sum = lgammal(a + b + 1) - lgammal(a + 1) - lgammal(b + 1);
    if (k)
        sum += a * logl(p);
    if (n - k)
        sum += b * log1pl(-(long double)p);
    return (double)sum;
}

/* Whoever adds logarithms makes up to n roundings of a sum that stays below ln n! (lgamma and Stirling make a few); ln(1 − p) may
   be off by ε/2 absolutely, and is taken n − k times. All of it at most 2ε(n + 8)(ln n! + |k ln p| + |(n − k) ln(1 − p)| + 1); twice. */
static double binomial_tol(size_t k, size_t n, double p)
{
    double a = (double)k, b = (double)(n - k), sum = lgamma(a + b + 1) + 1;
    if (k)
        sum -= a * log(p);
    if (n - k)
        sum -= b * log1p(-p);
    return 4 * EPS * (a + b + 8) * sum;
}

static void expect_binomial(size_t k, size_t n, double p)
{
    call("dist_binomial_logpmf(%zu, %zu, %s)", k, n, num_text(p));
    expect_num(dist_binomial_logpmf(k, n, p), binomial(k, n, p), binomial_tol(k, n, p));
}

START_TEST(binomial_by_hand)
{
    call("dist_binomial_logpmf(2, 4, 0.5)");
    because("6 of the 16 orders have two heads: ln(6/16)");
    expect_num(dist_binomial_logpmf(2, 4, 0.5), log(0.375), binomial_tol(2, 4, 0.5));
    call("dist_binomial_logpmf(1, 3, 0.25)");
    because("3 orders, each 1/4·3/4·3/4: ln(27/64)");
    expect_num(dist_binomial_logpmf(1, 3, 0.25), log(27.0 / 64), binomial_tol(1, 3, 0.25));
    expect_binomial(0, 1, 0.25);
    expect_binomial(1, 1, 0.25);
}
END_TEST

START_TEST(binomial_no_trials)
{
    call("dist_binomial_logpmf(0, 0, 0.3)");
    because("without trials no success is certain: ln 1");
    expect_num(dist_binomial_logpmf(0, 0, 0.3), 0, 8 * 4 * EPS);
}
END_TEST

START_TEST(binomial_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 60), k = gen_between(0, n);
        expect_binomial(k, n, t < 50 ? (double)gen_between(1, 9) / 10 : gen_uniform(1e-6, 1 - 1e-6));
    }
}
END_TEST

START_TEST(binomial_large)
{
    static const size_t n[] = {21, 25, 171, 200, 1000, 30000};
    for (size_t i = 0; i < 6; i++) {
        expect_binomial(n[i] / 2, n[i], 0.5);
        expect_binomial(n[i] / 3, n[i], 0.25);
        expect_binomial(1, n[i], 1e-10);
        expect_binomial(n[i], n[i], 0.9);
    }
    /* Two million, for which a table of all factorials would not fit on the stack. */
    expect_binomial(1000000, 2000000, 0.5);
    expect_binomial(3, 2000000, 1e-6);
}
END_TEST

START_TEST(binomial_sums_to_one)
{
    /* Every term has its tolerance relatively, and all of them less than the largest of these. */
    static const double p[] = {0.5, 0.1, 0.003};
    for (size_t i = 0; i < 3; i++) {
        double sum = 0, tol = 0;
        call("dist_binomial_logpmf(k, 1000, %g), k = 0..1000", p[i]);
        for (size_t k = 0; k <= 1000; k++) {
            double term = exp(dist_binomial_logpmf(k, 1000, p[i]));
            sum += term;
            tol += exp(binomial(k, 1000, p[i])) * binomial_tol(k, 1000, p[i]);
        }
        expect_named("the sum of all probabilities", sum, 1, tol + 1e-12);
    }
}
END_TEST

START_TEST(binomial_certain)
{
    for (size_t n = 1; n <= 7; n++)
        for (size_t k = 0; k <= n; k++) {
            call("dist_binomial_logpmf(%zu, %zu, 0)", k, n);
            because("p = 0: no success is certain");
            expect_num(dist_binomial_logpmf(k, n, 0), k == 0 ? 0 : -INFINITY, k == 0 ? binomial_tol(0, n, 0) : 0);
            call("dist_binomial_logpmf(%zu, %zu, 1)", k, n);
            because("p = 1: nothing but successes");
            expect_num(dist_binomial_logpmf(k, n, 1), k == n ? 0 : -INFINITY, k == n ? binomial_tol(n, n, 1) : 0);
        }
}
END_TEST

START_TEST(binomial_beyond)
{
    static const size_t k[] = {1, 4, 5, 1000, SIZE_MAX, ((size_t)1 << 32) + 1}, n[] = {0, 3, 3, 10, 10, 2};
    for (size_t i = 0; i < 6; i++) {
        call("dist_binomial_logpmf(%zu, %zu, 0.5)", k[i], n[i]);
        because("more successes than trials are impossible");
        expect_num(dist_binomial_logpmf(k[i], n[i], 0.5), -INFINITY, 0);
    }
}
END_TEST

START_TEST(binomial_undefined)
{
    static const double bad[] = {-0.1, 1.1, NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < 5; i++) {
        call("dist_binomial_logpmf(2, 4, %g)", bad[i]);
        expect_num(dist_binomial_logpmf(2, 4, bad[i]), NAN, 0);
    }
}
END_TEST

/* ------------------------------------------------------------------ dist_mvn_logpdf */

enum { DIMS = 200 };

/* The value in long double, and its tolerance. Forward substitution in any order solves a triangle each of whose entries is off by
   at most (d + 2)ε: so the error y of z obeys |l_ii| y_i ≤ Σ_{j<i} |l_ij| y_j + (d + 2)ε(Σ|l_ij||z_j| + |x_i| + |μ_i|), which is solved here
   for y. The square passes on |z_i| y_i; the sums have at most 3d roundings. Twice the whole. */
static double mvn(size_t d, const double x[d], const double mu[d], const double L[d][d], double *tol)
{
    static long double z[DIMS];
    static double y[DIMS];
    long double want = 0;
    double passed = 0, size = 0, unit = (double)(d + 2) * EPS;
    for (size_t i = 0; i < d; i++) {
        long double rest = (long double)x[i] - mu[i];
        double r = unit * (fabs(x[i]) + fabs(mu[i]));
        for (size_t j = 0; j < i; j++) {
            rest -= L[i][j] * z[j];
            r += fabs(L[i][j]) * (y[j] + unit * fabs((double)z[j]));
        }
        z[i] = rest / L[i][i];
        y[i] = r / fabs(L[i][i]) + unit * fabs((double)z[i]);
        want -= z[i] * z[i] / 2 + logl(L[i][i]) + 0.918938533204672741780329736406L;
        passed += fabs((double)z[i]) * y[i];
        size += (double)(z[i] * z[i] / 2) + fabs(log(L[i][i])) + 1;
    }
    *tol = 2 * (passed + 3 * unit * size);
    return (double)want;
}

static void expect_mvn(size_t d, const double x[d], const double mu[d], const double L[d][d], const char *why)
{
    double tol, want = mvn(d, x, mu, L, &tol);
    call("dist_mvn_logpdf(%zu, x, mu, L)", d);
    const double *gx = in_vec("x", d, x), *gmu = in_vec("mu", d, mu);
    const double (*gL)[d] = in_mat("L", d, d, &L[0][0]);
    double got = dist_mvn_logpdf(d, gx, gmu, gL);
    if (why)
        because("%s", why);
    expect_num(got, want, tol);
}

START_TEST(mvn_by_hand)
{
    expect_mvn(2, (double[]){3, 6}, (double[]){1, -1}, (double[2][2]){{2, 0}, {1, 3}},
               "z = (2/2, (7 - 1)/3) = (1, 2): -(1 + 4)/2 - ln 6 - ln 2π = -6.129636");
    expect_mvn(2, (double[]){1, 1}, (double[]){0, 0}, (double[2][2]){{1, 0}, {0.6, 0.8}},
               "z = (1, 0.4/0.8) = (1, 0.5): -1.25/2 - ln 0.8 - ln 2π");
}
END_TEST

START_TEST(mvn_one_dimension)
{
    for (size_t t = 0; t < TRIALS; t++) {
        double x[] = {gen_num(t)}, mu[] = {t < 50 ? 0 : gen_uniform(-5, 5)}, L[1][1] = {{gen_uniform(0.2, 5)}};
        expect_mvn(1, x, mu, L, "d = 1: the normal law with sigma = L[0][0]");
    }
}
END_TEST

START_TEST(mvn_any)
{
    static const size_t prime[] = {2, 3, 5, 7, 11};
    for (size_t t = 0; t < TRIALS; t++) {
        size_t d = prime[t * 5 / TRIALS];
        double x[11], mu[11], l[121] = {0};
        double (*L)[d] = (double (*)[d])l;
        for (size_t i = 0; i < d; i++) {
            x[i] = gen_uniform(-4, 4);
            mu[i] = gen_uniform(-4, 4);
            for (size_t j = 0; j < i; j++)
                L[i][j] = gen_uniform(-1, 1);
            L[i][i] = gen_uniform(0.5, 3);
        }
        expect_mvn(d, x, mu, L, NULL);
    }
}
END_TEST

START_TEST(mvn_two_hundred)
{
    static double x[DIMS], L[DIMS][DIMS];
    static const double scale[] = {1, 1e-3, 1e3};
    for (size_t s = 0; s < 3; s++) {
        double tol;
        for (size_t i = 0; i < DIMS; i++)
            for (size_t j = 0; j < DIMS; j++)
                L[i][j] = i == j ? scale[s] : 0;
        double want = mvn(DIMS, x, x, L, &tol);
        call("dist_mvn_logpdf(200, mu, mu, L), L = %g times the identity", scale[s]);
        because("-200·(ln %g + 0.918939); the determinant of L is %g^200", scale[s], scale[s]);
        expect_num(dist_mvn_logpdf(DIMS, x, x, L), want, tol);
    }
}
END_TEST

START_TEST(mvn_zero_on_diagonal)
{
    static const double L[][3][3] = {{{0, 0, 0}, {1, 1, 0}, {1, 1, 1}},
                                     {{1, 0, 0}, {1, 0, 0}, {1, 1, 1}},
                                     {{1, 0, 0}, {1, 1, 0}, {1, 1, 0}}};
    for (size_t k = 0; k < 3; k++) {
        call("dist_mvn_logpdf(3, x, mu, L)");
        const double *x = in_vec("x", 3, (double[]){1, 2, 3}), *mu = in_vec("mu", 3, (double[]){0, 1, 0});
        const double (*A)[3] = in_mat("L", 3, 3, &L[k][0][0]);
        because("L[%zu][%zu] = 0", k, k);
        expect_num(dist_mvn_logpdf(3, x, mu, A), NAN, 0);
    }
    call("dist_mvn_logpdf(1, x, mu, L)");
    const double *x = in_vec("x", 1, (double[]){1}), *mu = in_vec("mu", 1, (double[]){1});
    const double (*A)[1] = in_mat("L", 1, 1, (double[]){0});
    expect_num(dist_mvn_logpdf(1, x, mu, A), NAN, 0);
}
END_TEST

START_TEST(mvn_nan)
{
    for (size_t k = 0; k < 2; k++) {
        double v[2] = {1, 2};
        v[k] = NAN;
        call("dist_mvn_logpdf(2, x, mu, L)");
        const double *x = in_vec("x", 2, v), *mu = in_vec("mu", 2, (double[]){0, 0});
        const double (*L)[2] = in_mat("L", 2, 2, (double[]){2, 0, 1, 3});
        expect_num(dist_mvn_logpdf(2, x, mu, L), NAN, 0);
    }
}
END_TEST

START_TEST(mvn_no_memory)
{
    double tol;
    static const double a[] = {3, 6}, b[] = {1, -1}, l[2][2] = {{2, 0}, {1, 3}};
    double want = mvn(2, a, b, l, &tol);
    call("dist_mvn_logpdf(2, x, mu, L), with every malloc failing");
    const double *x = in_vec("x", 2, a), *mu = in_vec("mu", 2, b);
    const double (*L)[2] = in_mat("L", 2, 2, &l[0][0]);
    malloc_fails(true);
    double got = dist_mvn_logpdf(2, x, mu, L);
    malloc_fails(false);
    expect(isnan(got) || fabs(got - want) <= tol, "without memory the answer is NAN, not %g", got);
}
END_TEST

/* ------------------------------------------------------------------ rng_mvn */

/* Replays the draws: x = μ + L·z from the reference's z. Row i is a sum of i + 2 terms. Above the diagonal lies NaN. */
static void expect_draw(size_t d, const double mu[d], double L[d][d], uint64_t seed)
{
    rng copy = {seed}, r = {seed};
    double z[d], want[d], tol[d];
    for (size_t i = 0; i < d; i++)
        z[i] = rng_normal(&copy);
    for (size_t i = 0; i < d; i++) {
        double term[d + 1], one[d + 1];
        for (size_t j = 0; j < d; j++) {
            one[j] = j <= i ? z[j] : 0;
            term[j] = j <= i ? L[i][j] : 0;
            if (j > i)
                L[i][j] = NAN;
        }
        one[d] = 1;
        term[d] = mu[i];
        want[i] = exact_dot(d + 1, term, one);
        tol[i] = tol_dot(d + 1, term, one);
    }
    call("rng_mvn(%zu, x, mu, L, &r), r.state = 0x%llx", d, (unsigned long long)seed);
    const double *gmu = in_vec("mu", d, mu);
    const double (*gL)[d] = in_mat("L", d, d, &L[0][0]);
    double *x = out_vec("x", d);
    rng_mvn(d, x, gmu, gL, &r);
    because(d == 1 ? "z = (%.6f)" : d == 2 ? "z = (%.6f, %.6f)" : "z = (%.6f, %.6f, …)", z[0], d > 1 ? z[1] : 0);
    expect_vec_tol(x, want, tol);
    expect_draws((rng){seed}, r, 2 * d);
}

START_TEST(draw_by_hand)
{
    for (uint64_t seed = 1; seed <= 5; seed++) {
        expect_draw(2, (double[]){0, 0}, (double[2][2]){{1, 0}, {0, 1}}, seed);
        expect_draw(2, (double[]){1, -1}, (double[2][2]){{2, 0}, {1, 3}}, seed);
    }
}
END_TEST

START_TEST(draw_one_dimension)
{
    for (uint64_t seed = 1; seed <= 5; seed++)
        expect_draw(1, (double[]){5}, (double[1][1]){{2}}, seed);
}
END_TEST

START_TEST(draw_any)
{
    static const size_t prime[] = {1, 2, 3, 5, 7};
    for (size_t t = 0; t < TRIALS; t++) {
        size_t d = prime[t * 5 / TRIALS];
        double mu[7], l[49];
        double (*L)[d] = (double (*)[d])l;
        gen_vec(t, d, mu);
        gen_vec(t, d * d, l);
        expect_draw(d, mu, L, (uint64_t)gen_between(0, SIZE_MAX - 1));
    }
}
END_TEST

START_TEST(draw_of_a_hundred)
{
    enum { WIDE = 100 };
    static double mu[WIDE], L[WIDE][WIDE];
    for (size_t i = 0; i < WIDE; i++) {
        mu[i] = (double)i;
        for (size_t j = 0; j <= i; j++)
            L[i][j] = (double)(1 + (i + j) % 3);
    }
    expect_draw(WIDE, mu, L, 3);
}
END_TEST

START_TEST(draw_no_scratch)
{
    rng r = {4}, copy = {4};
    double z[2] = {0};
    for (size_t i = 0; i < 2; i++)
        z[i] = rng_normal(&copy);
    call("rng_mvn(2, x, mu, L, &r)");
    const double *mu = in_vec("mu", 2, (double[]){1, -1});
    const double (*L)[2] = in_mat("L", 2, 2, (double[]){2, NAN, 1, 3});
    double *x = out_vec("x", 2);
    malloc_fails(true);
    rng_mvn(2, x, mu, L, &r);
    malloc_fails(false);
    because("in this call malloc fails; the numbers z fit into x");
    double want[] = {1 + 2 * z[0], -1 + z[0] + 3 * z[1]}, size = 1 + 4 * fabs(z[0]) + 3 * fabs(z[1]);
    expect_vec(x, want, 8 * EPS * size);
}
END_TEST

START_TEST(draw_by_numbers)
{
    /* n = 20,000 vectors with μ = (1, −1), L = (2 0; 1 3). For each of three directions a, a·(x − μ) is normal with variance aᵀΣa: its
       mean square over that variance is χ²/n, and by Laurent and Massart P(|χ²/n − 1| > 2√(t/n) + 2t/n) < 2e^−t. The mean exceeds 5.5
       standard errors with probability 3.8e-8. t = 18: false alarms below 3·(3.1e-8 + 3.8e-8) = 2.1e-7. */
    static const double mu[2] = {1, -1}, L[2][2] = {{2, NAN}, {1, 3}};
    static const double a[][2] = {{1, 0}, {0, 1}, {1, 1}}, var[] = {4, 10, 18};
    rng r = {(uint64_t)gen_between(0, SIZE_MAX - 1)};
    double n = 20000, sum[3] = {0}, squares[3] = {0};
    call("rng_mvn(2, x, mu, L, &r), 20000 times; mu = {1, -1}, L = {{2, NaN}, {1, 3}}");
    for (int i = 0; i < 20000; i++) {
        double x[2] = {NAN, NAN};
        rng_mvn(2, x, mu, L, &r);
        for (size_t k = 0; k < 3; k++) {
            double s = a[k][0] * (x[0] - mu[0]) + a[k][1] * (x[1] - mu[1]);
            sum[k] += s;
            squares[k] += s * s;
        }
    }
    for (size_t k = 0; k < 3; k++) {
        char what[80];
        snprintf(what, sizeof what, "the mean of %g·x[0] + %g·x[1], less that of mu", a[k][0], a[k][1]);
        expect_named(what, sum[k] / n, 0, 5.5 * sqrt(var[k] / n));
        snprintf(what, sizeof what, "the variance of %g·x[0] + %g·x[1]", a[k][0], a[k][1]);
        because("the covariance is L·Lᵀ = {{4, 2}, {2, 10}}");
        expect_named(what, squares[k] / n, var[k], var[k] * (2 * sqrt(18 / n) + 36 / n));
    }
}
END_TEST

/* ------------------------------------------------------------------ pens */

START_TEST(pen_a)
{
    call("pen_10_a()");
    expect_answer(pen_10_a(), -log(sqrt(2 * PI) * exp(2)), 1e-6 * 3, "raised to the power e it must give 0.05399, the density at 2");
}
END_TEST

START_TEST(pen_b)
{
    /* By trapezia, from -12 to 14. */
    double sum = 0;
    for (int k = -1200; k <= 1400; k++)
        sum += 0.01 * exp(k / 100.0 - k * k / 20000.0) / sqrt(2 * PI);
    call("pen_10_b()");
    expect_answer(pen_10_b(), sum, 1e-6 * 1.7, "it must lie above e^0 = 1, because e^Z gains more on the right than it loses on the left");
}
END_TEST

START_TEST(pen_c)
{
    static const double L[2][2] = {{1, 0}, {0.6, 0.8}};
    double s[2][2];
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 2; j++)
            s[i][j] = L[i][0] * L[j][0] + L[i][1] * L[j][1];
    call("pen_10_c()");
    expect_answer(pen_10_c(), s[0][1] / sqrt(s[0][0] * s[1][1]), 1e-6,
                  "it must be the cosine of the angle between the two rows of L");
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("10-distributions");

    TCase *t = suite_case(s, "dist_normal_logpdf");
    tcase_add_test(t, logpdf_by_hand);
    tcase_add_test(t, logpdf_far_out);
    tcase_add_test(t, logpdf_extreme_sigma);
    tcase_add_test(t, logpdf_encloses_one);
    tcase_add_test(t, logpdf_any);
    tcase_add_test(t, logpdf_undefined);

    t = suite_case(s, "dist_normal_cdf");
    tcase_add_test(t, cdf_by_hand);
    tcase_add_test(t, cdf_left_tail);
    tcase_add_test(t, cdf_right_tail);
    tcase_add_test(t, cdf_any);
    tcase_add_test(t, cdf_mirror);
    tcase_add_test(t, cdf_extreme_sigma);
    tcase_add_test(t, cdf_ends);
    tcase_add_test(t, cdf_undefined);

    t = suite_case(s, "dist_normal_quantile");
    tcase_add_test(t, quantile_by_hand);
    tcase_add_test(t, quantile_left_tail);
    tcase_add_test(t, quantile_last);
    tcase_add_test(t, quantile_right_tail);
    tcase_add_test(t, quantile_any);
    tcase_add_test(t, quantile_is_odd);
    tcase_add_test(t, quantile_ends);
    tcase_add_test(t, quantile_undefined);

    t = suite_case(s, "rng_normal");
    tcase_add_test(t, normal_replayed);
    tcase_add_test(t, normal_of_zero);
    tcase_add_test(t, normal_has_no_memory);
    tcase_add_test(t, normal_by_numbers);

    t = suite_case(s, "dist_lognormal_logpdf");
    tcase_add_test(t, lognormal_by_hand);
    tcase_add_test(t, lognormal_any);
    tcase_add_test(t, lognormal_encloses_one);
    tcase_add_test(t, lognormal_peak);
    tcase_add_test(t, lognormal_impossible);
    tcase_add_test(t, lognormal_undefined);

    t = suite_case(s, "dist_binomial_logpmf");
    tcase_add_test(t, binomial_by_hand);
    tcase_add_test(t, binomial_no_trials);
    tcase_add_test(t, binomial_any);
    tcase_add_test(t, binomial_large);
    tcase_add_test(t, binomial_sums_to_one);
    tcase_add_test(t, binomial_certain);
    tcase_add_test(t, binomial_beyond);
    tcase_add_test(t, binomial_undefined);

    t = suite_case(s, "dist_mvn_logpdf");
    tcase_add_test(t, mvn_by_hand);
    tcase_add_test(t, mvn_one_dimension);
    tcase_add_test(t, mvn_any);
    tcase_add_test(t, mvn_two_hundred);
    tcase_add_test(t, mvn_zero_on_diagonal);
    tcase_add_test(t, mvn_nan);
    tcase_add_test(t, mvn_no_memory);

    t = suite_case(s, "rng_mvn");
    tcase_add_test(t, draw_by_hand);
    tcase_add_test(t, draw_one_dimension);
    tcase_add_test(t, draw_any);
    tcase_add_test(t, draw_of_a_hundred);
    tcase_add_test(t, draw_no_scratch);
    tcase_add_test(t, draw_by_numbers);

    t = suite_case(s, "pen_10_a");
    tcase_add_test(t, pen_a);
    t = suite_case(s, "pen_10_b");
    tcase_add_test(t, pen_b);
    t = suite_case(s, "pen_10_c");
    tcase_add_test(t, pen_c);
    return s;
}
