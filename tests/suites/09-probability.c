/* The suite of chapter 09, probability. What is certain is tested for certain: ranges, permutations, promised sequences. Where only shares can
   be tested, the bound comes from one of two inequalities that hold for every n:

     Hoeffding   P(|S − E S| ≥ t) ≤ 2·exp(−2t²/N)                    S a sum of N independent numbers in [0, 1]
     Bernstein   P(|S − E S| ≥ t) ≤ 2·exp(−t²/(2·(N·v + t/3)))       the same with variance v each

   A test that makes c comparisons of this kind asks for c·2·exp(…) ≤ 1e-8, so that a right program fails it with a probability below 1e-8
   whatever SEED is (as far as SplitMix64 is random). There are sixteen such tests at most, and so the suite gives a false alarm less often
   than once in a million runs. far() is Hoeffding solved for t.

   Some tests force luck: SplitMix64 can be undone, so state_before(u) is the state from which rng_next returns u. No test depends on how
   rng_below rejects, or on which bits rng_uniform keeps: an expected sequence is either SplitMix64's or made by a second call. */
#include "harness.h"

#include "pen.h"
#include "prob.h"
#include "rng.h"

static const double NOTHING[1] = {0};
static const uint64_t GAMMA = 0x9e3779b97f4a7c15u, ALL = UINT64_MAX;
static const size_t THIRDS = (size_t)3 << 62;

/* SplitMix64 once more, for comparison: the suite must not call the function that it judges. */
static uint64_t next_after(uint64_t *state)
{
    *state += GAMMA;
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* The x with x ^ x >> t = z: each round puts t more bits right. */
static uint64_t unshift(uint64_t z, int t)
{
    uint64_t x = z;
    for (int right = t; right < 64; right += t)
        x = z ^ x >> t;
    return x;
}

/* 1/a modulo 2^64 by Newton: a·a = 1 mod 8 for odd a, and each step doubles the three bits that are right. */
static uint64_t inverse(uint64_t a)
{
    uint64_t x = a;
    for (int i = 0; i < 5; i++)
        x *= 2 - a * x;
    return x;
}

/* The state from which rng_next returns u. */
static uint64_t state_before(uint64_t u)
{
    u = unshift(u, 31) * inverse(0x94d049bb133111ebu);
    u = unshift(u, 27) * inverse(0xbf58476d1ce4e5b9u);
    return unshift(u, 30) - GAMMA;
}

/* Any seed of 64 bits; depends on SEED. */
static rng any_rng(void)
{
    uint64_t high = gen_between(0, UINT32_MAX), low = gen_between(0, UINT32_MAX);
    return (rng){high << 32 | low};
}

/* The deviation t of a sum of n numbers in [0, 1] for which c·2·exp(−2t²/n) = 1e-8. */
static double far(double n, double c)
{
    return sqrt(n / 2 * log(2e8 * c));
}

static bool near_share(size_t count, size_t n, double p, double c)
{
    return fabs((double)count - (double)n * p) <= far((double)n, c);
}

/* ------------------------------------------------------------------ prob_bayes */

static void bayes(double prior, double sens, double spec, double want, double tol)
{
    call("prob_bayes(%s, %s, %s)", num_text(prior), num_text(sens), num_text(spec));
    if (prior == 0 || prior == 1 || sens == 0 || spec == 0 || spec == 1)
        because("0 and 1 are probabilities, too");
    expect_num(prob_bayes(prior, sens, spec), want, tol);
}

START_TEST(bayes_by_hand)
{
    call("prob_bayes(0.01, 0.9, 0.95)");
    because("of 10000 people 90 are ill and positive, 495 healthy and positive: 90/(90 + 495)");
    /* 1 − 0.95 differs from 0.05 by the rounding of 0.95, ε/2 relative to 0.95, so 10ε relative to 0.05; then five roundings. */
    expect_num(prob_bayes(0.01, 0.9, 0.95), 2.0 / 13, tol_ulp(2.0 / 13, 20));
    call("prob_bayes(0.375, 0.75, 0.75)");
    because("of 64 people 24 are ill, 18 of them positive; of the 40 others 10 are: 18/28");
    expect_num(prob_bayes(0.375, 0.75, 0.75), 18.0 / 28, tol_ulp(18.0 / 28, 8));
    call("prob_bayes(212.0/569, 161.0/212, 345.0/357)");
    because("of the 569 women 161 are ill and positive, 12 healthy and positive: 161/173");
    /* 1 − 345/357 is off by 30ε relative to 12/357, but counts for 12 of 173; then five roundings. */
    expect_num(prob_bayes(212.0 / 569, 161.0 / 212, 345.0 / 357), 161.0 / 173, tol_ulp(161.0 / 173, 10));
    call("prob_bayes(0.5, 0.25, 0.75)");
    because("a test that accuses ill and healthy alike changes nothing");
    expect_num(prob_bayes(0.5, 0.25, 0.75), 0.5, tol_ulp(0.5, 8));
}
END_TEST

START_TEST(bayes_certain)
{
    bayes(0, 0.5, 0.5, 0, 0);
    bayes(1, 0.5, 0.5, 1, 0);
    bayes(0.25, 0.5, 1, 1, 0);
    bayes(0.25, 0, 0.5, 0, 0);
    bayes(0.25, 1, 0, 0.25, tol_ulp(0.25, 8));
    bayes(1, 1, 1, 1, 0);
    bayes(0, 0, 0, 0, 0);
    /* Nobody healthy is accused: certainty, however few the ill are. */
    bayes(1e-20, 0.5, 1, 1, 0);
    bayes(0.25, 1e-300, 1, 1, 0);
}
END_TEST

START_TEST(bayes_nobody_positive)
{
    static const double none[][3] = {{0, 0.5, 1}, {1, 0, 0.5}, {0.5, 0, 1}, {0, 0, 1}, {0, 1, 1}, {1, 0, 1}};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        call("prob_bayes(%s, %s, %s)", num_text(none[i][0]), num_text(none[i][1]), num_text(none[i][2]));
        because("nobody can test positive: 0/0");
        expect_num(prob_bayes(none[i][0], none[i][1], none[i][2]), NAN, 0);
    }
}
END_TEST

START_TEST(bayes_no_probability)
{
    static const double odd[] = {-0.125, 1.125, 90, -INFINITY, INFINITY, NAN};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        bayes(odd[i], 0.5, 0.5, NAN, 0);
        bayes(0.5, odd[i], 0.5, NAN, 0);
        bayes(0.5, 0.5, odd[i], NAN, 0);
    }
    bayes(nextafter(1, 2), 0.5, 0.5, NAN, 0);
    bayes(0.5, nextafter(0, -1), 0.5, NAN, 0);
    bayes(1.5, 1.5, 1.5, NAN, 0);
}
END_TEST

START_TEST(bayes_rare)
{
    /* 1e-200·0.5 and 0.25: the answer is their quotient, and its digits must not have been lost against 1. */
    bayes(1e-200, 0.5, 0.75, 2e-200, tol_ulp(2e-200, 8));
    bayes(0x1p-40, 0.5, 0.5, 0x1p-40, tol_ulp(0x1p-40, 8));
    /* Few are positive, but of those half are ill: both products are 2^-60 and exact. Multiplied out, 1 − π − spec + π·spec loses them. */
    bayes(1 - 0x1p-30, 0x1p-60, 1 - 0x1p-30, (1 - 0x1p-30) / (2 - 0x1p-30), tol_ulp(0.5, 8));
    /* π·sens = 2^-41; (1 − π)(1 − spec) = 2^-40·(1 − 2^-40). */
    bayes(0x1p-40, 0.5, 1 - 0x1p-40, 1 / (3 - 0x1p-39), tol_ulp(1.0 / 3, 8));
}
END_TEST

START_TEST(bayes_counts_people)
{
    for (size_t t = 0; t < TRIALS; t++) {
        /* A crowd of 1024 in which all three shares are whole multiples of 1/1024, so that the inputs are exact. */
        double ill = (double)gen_between(1, 1023), finds = (double)gen_between(1, 1024), clears = (double)gen_between(0, 1024);
        double hits = ill * finds, alarms = (1024 - ill) * (1024 - clears), want = hits / (hits + alarms);
        bayes(ill / 1024, finds / 1024, clears / 1024, want, tol_ulp(want, 8));
    }
}
END_TEST

/* ------------------------------------------------------------------ rng_next */

static void sequence(uint64_t seed, size_t n, const uint64_t want[])
{
    rng r = {seed};
    for (size_t i = 0; i < n; i++) {
        call("rng_next(&r)");
        show_size("seed", seed);
        show_size("numbers drawn before", i);
        expect_size(rng_next(&r), want[i]);
    }
}

START_TEST(next_known)
{
    sequence(1234567, 3, (uint64_t[]){6457827717110365317u, 3203168211198807973u, 9817491932198370423u});
    sequence(0, 3, (uint64_t[]){16294208416658607535u, 7960286522194355700u, 487617019471545679u});
}
END_TEST

START_TEST(next_moves_state)
{
    for (size_t t = 0; t < TRIALS; t++) {
        rng r = any_rng();
        uint64_t seed = r.state;
        call("rng_next(&r)");
        show_size("r.state before", seed);
        rng_next(&r);
        because("the state grows by γ, modulo 2^64, and by nothing else");
        show_size("r.state after", r.state);
        expect(r.state == seed + GAMMA, "the state after the call should be %zu", (size_t)(seed + GAMMA));
    }
}
END_TEST

START_TEST(next_any_seed)
{
    static const uint64_t odd[] = {1, ALL, (uint64_t)1 << 63, 0 - GAMMA, GAMMA, 42};
    for (size_t t = 0; t < TRIALS; t++) {
        uint64_t seed = t < 6 ? odd[t] : any_rng().state, state = seed, want[20];
        for (size_t i = 0; i < 20; i++)
            want[i] = next_after(&state);
        sequence(seed, 20, want);
    }
}
END_TEST

START_TEST(next_two_generators)
{
    rng a = {7}, b = {8}, both[2] = {{7}, {8}};
    for (size_t i = 0; i < 10; i++) {
        uint64_t x = rng_next(&a);
        call("rng_next(&r)");
        because("two generators do not disturb each other: no hidden state");
        expect_size(rng_next(&both[0]), x);
        rng_next(&both[1]);
    }
    call("rng_next(&r)");
    expect_size(both[1].state, b.state + 10 * GAMMA);
}
END_TEST

/* ------------------------------------------------------------------ rng_uniform */

static void uniform_from(uint64_t next)
{
    rng r = {state_before(next)};
    call("rng_uniform(&r)");
    show_size("the number that rng_next returns", next);
    double u = rng_uniform(&r);
    expect(0 <= u && u < 1, "the result lies in [0, 1); this one is %.17g", u);
}

START_TEST(uniform_extremes)
{
    static const uint64_t less[] = {0, 1, 511, 512, 1023, 1024, 2047, 2048, 4095};
    for (size_t i = 0; i < sizeof less / sizeof *less; i++)
        uniform_from(ALL - less[i]);
    uniform_from(0);
    uniform_from(ALL >> 1);
    uniform_from((uint64_t)UINT32_MAX << 32);
    uniform_from(UINT32_MAX);
}
END_TEST

START_TEST(uniform_range)
{
    rng r = any_rng();
    for (size_t i = 0; i < 5000; i++) {
        double u = rng_uniform(&r);
        if (!(0 <= u && u < 1)) {
            call("rng_uniform(&r)");
            expect(false, "the result lies in [0, 1); this one is %.17g", u);
        }
    }
}
END_TEST

/* Mean and mean square of 5000 draws. The exact values differ from 1/2 and 1/3 by less than 2^-53. */
START_TEST(uniform_mean_and_square)
{
    enum { N = 5000 };
    rng r = any_rng();
    double sum = 0, squares = 0, t = far(N, 2) / N;
    for (size_t i = 0; i < N; i++) {
        double u = rng_uniform(&r);
        sum += u / N;
        squares += u * u / N;
    }
    call("rng_uniform(&r)");
    because("over 5000 draws; a right program is this far off less often than once in 10^8 runs");
    expect_named("the mean", sum, 0.5, t);
    expect_named("the mean of the squares", squares, 1.0 / 3, t);
}
END_TEST

START_TEST(uniform_ten_bins)
{
    enum { N = 5000 };
    rng r = any_rng();
    size_t count[10] = {0};
    for (size_t i = 0; i < N; i++) {
        double u = rng_uniform(&r);
        if (0 <= u && u < 1)
            count[(size_t)(10 * u)]++;
    }
    call("rng_uniform(&r)");
    for (size_t b = 0; b < 10; b++)
        expect(near_share(count[b], N, 0.1, 10), "about a tenth of 5000 draws lie in [0.%zu, 0.%zu), not %zu", b, b + 1, count[b]);
}
END_TEST

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Each of the 53 bits of ⌊2^53·u⌋ is 1 in half of the draws. 2^53·u is exact. And no number comes twice: among the N(N − 1)/2 pairs of
   2^53 values one is equal with probability below 1e-9. A grid of a million numbers repeats itself 8 times, on average. A grid of 10^9
   repeats itself too rarely; but then 10^9·u is a whole number, up to the rounding of u and of the product, 10^9·2^-53 = 1.2e-7. A right
   program comes within 1e-6 of one in a draw with probability 2e-6, and in ten draws in a row with 1e-57. */
START_TEST(uniform_53_bits)
{
    enum { N = 4000 };
    static double sorted[N];
    rng r = any_rng();
    size_t ones[53] = {0};
    for (size_t i = 0; i < N; i++) {
        sorted[i] = rng_uniform(&r);
        uint64_t bits = (uint64_t)fmin(0x1p53 - 1, fmax(0, sorted[i] * 0x1p53));
        for (size_t b = 0; b < 53; b++)
            ones[b] += bits >> b & 1;
    }
    call("rng_uniform(&r)");
    because("the 53 binary digits behind the point are all random, each a 1 in half of the draws");
    for (size_t b = 53; b-- > 0;)
        expect(near_share(ones[b], N, 0.5, 53), "binary digit %zu behind the point was a 1 in %zu of 4000 draws", 53 - b, ones[b]);
    for (double grid = 1e6; grid <= 1e9; grid *= 10) {
        size_t on = 0;
        while (on < 10 && fabs(grid * sorted[on] - round(grid * sorted[on])) < 1e-6)
            on++;
        expect(on < 10, "ten draws in a row were whole multiples of 1/%.0f", grid);
    }
    qsort(sorted, N, sizeof *sorted, by_size);
    because("2^53 numbers are so many that of 4000 draws no two should agree");
    for (size_t i = 1; i < N; i++)
        expect(sorted[i] > sorted[i - 1], "%.17g came twice", sorted[i]);
}
END_TEST

/* ------------------------------------------------------------------ rng_below */

static size_t below(size_t n, rng *r)
{
    call("rng_below(%zu, &r)", n);
    show_size("r.state", r->state);
    size_t got = rng_below(n, r);
    if (n > 0)
        expect(got < n, "the result lies below %zu; this one is %zu", n, got);
    return got;
}

START_TEST(below_none_and_one)
{
    for (size_t i = 0; i < 20; i++) {
        rng r = any_rng();
        call("rng_below(0, &r)");
        because("there is no number below 0; the contract says 0");
        expect_size(rng_below(0, &r), 0);
        call("rng_below(1, &r)");
        expect_size(rng_below(1, &r), 0);
    }
}
END_TEST

/* n values, 60·n draws: one value is missed with probability below n·exp(−60) ≤ 2e-25. */
START_TEST(below_reaches_all)
{
    for (size_t n = 2; n <= 20; n++) {
        rng r = any_rng();
        bool seen[20] = {false};
        for (size_t i = 0; i < 60 * n; i++)
            seen[below(n, &r)] = true;
        for (size_t j = 0; j < n; j++)
            expect(seen[j], "%zu never came in %zu draws", j, 60 * n);
    }
}
END_TEST

START_TEST(below_extremes)
{
    static const size_t n[] = {2, 3, 6, 1000, (size_t)1 << 32, ((size_t)1 << 53) + 1, (size_t)1 << 63, ((size_t)1 << 63) + 1, (size_t)3 << 62, SIZE_MAX};
    static const uint64_t next[] = {0, 1, 5, UINT32_MAX, (uint64_t)1 << 63, UINT64_MAX - 1, UINT64_MAX};
    for (size_t i = 0; i < sizeof n / sizeof *n; i++)
        for (size_t j = 0; j < sizeof next / sizeof *next; j++) {
            rng r = {state_before(next[j])};
            below(n[i], &r);
        }
}
END_TEST

/* n = 2^64 − 1: every value has exactly one of the 2^64 numbers, and one number is over. So of those that a program takes at the first
   draw no two give the same value, and it refuses one at most: whatever its way, as long as it makes one draw of 64 bits. (A program that
   always draws more often is let pass: every number it was given looks refused.) */
START_TEST(below_deals_evenly)
{
    enum { N = 8 };
    static const uint64_t next[N] = {0, 1, 2, 3, ALL - 3, ALL - 2, ALL - 1, ALL};
    size_t refused = 0, taken = 0, got[N], from[N];
    for (size_t i = 0; i < N; i++) {
        rng r = {state_before(next[i])}, once = {r.state + GAMMA};
        got[taken] = below(SIZE_MAX, &r);
        from[taken] = i;
        if (r.state == once.state)
            taken++;
        else
            refused++;
    }
    call("rng_below(%zu, &r)", SIZE_MAX);
    because("n is 2^64 − 1: of the 2^64 numbers that rng_next may return, each result has one, and one is over");
    for (size_t i = 0; i < taken; i++)
        for (size_t j = 0; j < i; j++)
            expect(got[i] != got[j], "the numbers %zu and %zu of rng_next both give %zu", (size_t)next[from[j]], (size_t)next[from[i]], got[i]);
    expect(taken == 0 || refused <= 1, "of the numbers 0 to 3 and 2^64 − 4 to 2^64 − 1 one may be refused; here %zu were", refused);
}
END_TEST

START_TEST(below_any_n)
{
    for (size_t t = 0; t < TRIALS; t++) {
        rng r = any_rng();
        size_t n = any_rng().state >> gen_between(0, 62);
        for (size_t i = 0; i < 10; i++)
            below(n ? n : 1, &r);
    }
}
END_TEST

START_TEST(below_die)
{
    enum { N = 6000 };
    rng r = any_rng();
    size_t count[6] = {0};
    for (size_t i = 0; i < N; i++)
        count[rng_below(6, &r) % 6]++;
    call("rng_below(6, &r)");
    for (size_t j = 0; j < 6; j++)
        expect(near_share(count[j], N, 1.0 / 6, 6), "about 1000 of 6000 throws give %zu, not %zu", j, count[j]);
}
END_TEST

/* n = 3·2^62: the remainder alone puts half of all draws into the first third, which would be 3000; far is 252. The upper half of
   the product N·n puts half of them on the multiples of 3. */
START_TEST(below_thirds)
{
    enum { N = 6000 };
    rng r = any_rng();
    size_t third[3] = {0}, rest[3] = {0}, odd = 0;
    for (size_t i = 0; i < N; i++) {
        size_t got = below(THIRDS, &r);
        third[got >> 62]++;
        rest[got % 3]++;
        odd += got % 2;
    }
    call("rng_below(%zu, &r)", THIRDS);
    because("n is 3·2^62: 2^64 is n and a third of n more");
    for (size_t j = 0; j < 3; j++)
        expect(near_share(third[j], N, 1.0 / 3, 7), "about 2000 of 6000 draws lie in each third of the range; in third %zu lie %zu", j + 1, third[j]);
    expect(near_share(odd, N, 0.5, 7), "about half of 6000 draws are odd; here %zu are", odd);
    for (size_t j = 0; j < 3; j++)
        expect(near_share(rest[j], N, 1.0 / 3, 7), "about 2000 of 6000 draws have the remainder %zu by 3; here %zu have", j, rest[j]);
}
END_TEST

/* n = 2^63 + 1 lets a remainder be rejected nearly every second time. */
START_TEST(below_worst)
{
    enum { N = 6000 };
    rng r = any_rng();
    size_t n = ((size_t)1 << 63) + 1, low = 0;
    for (size_t i = 0; i < N; i++)
        low += below(n, &r) < n / 2;
    call("rng_below(%zu, &r)", n);
    because("n is 2^63 + 1");
    expect(near_share(low, N, 0.5, 1), "about half of 6000 draws lie in the lower half; here %zu do", low);
}
END_TEST

/* ------------------------------------------------------------------ rng_categorical */

static size_t draw(size_t k, const double p[], rng r)
{
    call("rng_categorical(%zu, p, &r)", k);
    const double *in = in_vec("p", k, k ? p : NOTHING);
    show_size("r.state", r.state);
    return rng_categorical(k, in, &r);
}

START_TEST(categorical_none)
{
    static const double zero[5] = {0};
    for (size_t k = 0; k <= 5; k++) {
        size_t got = draw(k, zero, any_rng());
        because(k ? "the weights add up to 0: nobody can be drawn" : "there is nobody to be drawn");
        expect_size(got, SIZE_MAX);
    }
}
END_TEST

START_TEST(categorical_only_one)
{
    static const double p[3][4] = {{3, 0, 0, 0}, {0, 0, 0.25, 0}, {0, 0, 0, 1}};
    static const size_t want[3] = {0, 2, 3};
    for (size_t i = 0; i < 3; i++)
        for (size_t t = 0; t < 20; t++) {
            size_t got = draw(4, p[i], any_rng());
            because("only one class has a chance");
            expect_size(got, want[i]);
        }
    expect_size(draw(1, (double[]){0.3}, any_rng()), 0);
}
END_TEST

/* rng_uniform is made to return its smallest and its largest number. Six times 1/6 is that same largest number. And U·5e-324 rounds up to
   5e-324, there being nothing between that and 0. */
START_TEST(categorical_ends_of_the_stick)
{
    static const double p[][12] = {{0, 1}, {0, 0, 2, 0}, {1, 0}, {0, 3, 0, 0}, {.1, .1, .1, .1, .1, .1, .1, .1, .1, .1},
                                   {.1, .1, .1, .1, .1, .1, .1, .1, .1, .1, 0}, {0, .7, .2, .1, 0},
                                   {1, 1, 1, 1, 1, 1, 0}, {5e-324, 0}};
    static const size_t k[] = {2, 4, 2, 4, 10, 11, 5, 7, 2};
    static const uint64_t next[] = {0, ALL};
    for (size_t i = 0; i < sizeof k / sizeof *k; i++)
        for (size_t j = 0; j < 2; j++) {
            size_t got = draw(k[i], p[i], (rng){state_before(next[j])});
            because(j ? "the uniform number is the largest below 1" : "the uniform number is 0");
            expect(got < k[i], "the result is one of the classes 0 to %zu; this one is %zu", k[i] - 1, got);
            expect(p[i][got] > 0, "class %zu has the weight 0 and is never drawn", got);
        }
}
END_TEST

START_TEST(categorical_never_zero)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t k = gen_size(t, 1, 13);
        double p[13], sum = 0;
        for (size_t i = 0; i < k; i++) {
            p[i] = gen_between(0, 1) ? gen_uniform(0.01, 1) : 0;
            sum += p[i];
        }
        for (size_t i = 0; sum > 0 && i < 10; i++) {
            size_t got = draw(k, p, any_rng());
            expect(got < k, "the result is one of the classes 0 to %zu; this one is %zu", k - 1, got);
            expect(p[got] > 0, "class %zu has the weight 0 and is never drawn", got);
        }
    }
}
END_TEST

static void shares(size_t k, const double p[], double total)
{
    enum { N = 4000 };
    rng r = any_rng();
    size_t count[5] = {0};
    call("rng_categorical(%zu, p, &r)", k);
    const double *in = in_vec("p", k, p);
    for (size_t i = 0; i < N; i++) {
        size_t got = rng_categorical(k, in, &r);
        expect(got < k, "the result is one of the classes 0 to %zu; this one is %zu", k - 1, got);
        count[got]++;
    }
    /* Five sets of at most four classes: c = 20 for all of them together; far is 210. */
    for (size_t i = 0; i < k; i++)
        expect(near_share(count[i], N, p[i] / total, 20), "class %zu has %.0f of 4000 draws on average, not %zu", i, N * p[i] / total, count[i]);
}

START_TEST(categorical_shares)
{
    shares(2, (double[]){0.25, 0.75}, 1);
    shares(3, (double[]){0.5, 0.2, 0.3}, 1);
    shares(2, (double[]){2, 6}, 8);
    shares(4, (double[]){0.01, 0, 0.02, 0.01}, 0.04);
    shares(3, (double[]){1e300, 2e300, 1e300}, 4e300);
}
END_TEST

START_TEST(categorical_tiny_weights)
{
    enum { N = 2000 };
    rng r = any_rng();
    size_t first = 0;
    call("rng_categorical(2, p, &r)");
    const double *p = in_vec("p", 2, (double[]){1e-300, 3e-300});
    for (size_t i = 0; i < N; i++)
        first += rng_categorical(2, p, &r) == 0;
    expect(near_share(first, N, 0.25, 1), "class 0 has 500 of 2000 draws on average, not %zu", first);
}
END_TEST

/* ------------------------------------------------------------------ rng_shuffle */

/* What the contract promises, step by step. The partner comes from rng_below, whichever way that rejects. */
static void by_contract(size_t n, size_t idx[], rng *r)
{
    for (size_t i = n; i-- > 1;) {
        size_t j = rng_below(i + 1, r), kept = idx[i];
        idx[i] = idx[j];
        idx[j] = kept;
    }
}

START_TEST(shuffle_none_and_one)
{
    rng r = any_rng();
    call("rng_shuffle(0, idx, &r)");
    size_t *none = inout_index("idx", 0, NULL);
    rng_shuffle(0, none, &r);
    expect_intact();
    call("rng_shuffle(1, idx, &r)");
    size_t *one = inout_index("idx", 1, (size_t[]){7});
    rng_shuffle(1, one, &r);
    expect_index(one, (size_t[]){7});
}
END_TEST

START_TEST(shuffle_keeps_entries)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, 12), in[12];
        rng r = any_rng();
        for (size_t i = 0; i < n; i++)
            in[i] = t % 4 == 3 ? ((size_t)i << 40) + 9 : t < TRIALS / 2 ? 10 * i + 5 : gen_between(0, 4);
        call("rng_shuffle(%zu, idx, &r)", n);
        show_size("r.state", r.state);
        size_t *idx = inout_index("idx", n, in);
        rng_shuffle(n, idx, &r);
        because("a shuffle loses nothing and adds nothing");
        for (size_t i = 0; i < n; i++) {
            size_t had = 0, has = 0;
            for (size_t j = 0; j < n; j++) {
                had += in[j] == in[i];
                has += idx[j] == in[i];
            }
            expect(has == had, "the entry %zu was there %s and is now there %zu times", in[i], had == 1 ? "once" : "more than once", has);
        }
    }
}
END_TEST

/* Bernstein for 24 cells with N·v = 1000·23/24 = 958: t = 210 gives 48·exp(−44100/(2·(958 + 70))) = 48·4.9e-10 = 2.4e-8, t = 220
   gives 48·exp(−48400/(2·(958 + 73.4))) = 48·6.5e-11 = 3.1e-9. Swapping with any place puts from 8 to 15 of 256 ways, 750 to 1406 shuffles,
   into a cell; making no idle swap puts nothing into 18 of them. */
START_TEST(shuffle_all_orders)
{
    enum { N = 24000 };
    rng r = any_rng();
    size_t count[256] = {0};
    call("rng_shuffle(4, idx, &r)");
    size_t *idx = inout_index("idx", 4, (size_t[]){0, 1, 2, 3});
    for (size_t s = 0; s < N; s++) {
        for (size_t i = 0; i < 4; i++)
            idx[i] = i;
        rng_shuffle(4, idx, &r);
        count[(idx[0] & 3) << 6 | (idx[1] & 3) << 4 | (idx[2] & 3) << 2 | (idx[3] & 3)]++;
    }
    because("24000 shuffles of {0, 1, 2, 3}: each of the 24 orders comes 1000 times on average, give or take 220");
    for (size_t c = 0; c < 256; c++) {
        size_t a = c >> 6, b = c >> 4 & 3, d = c >> 2 & 3, e = c & 3;
        bool order = (1 << a | 1 << b | 1 << d | 1 << e) == 15;
        expect(order || count[c] == 0, "{%zu, %zu, %zu, %zu} is no order of the four entries", a, b, d, e);
        expect(!order || fabs((double)count[c] - 1000) <= 220, "the order {%zu, %zu, %zu, %zu} came %zu times", a, b, d, e, count[c]);
    }
}
END_TEST

START_TEST(shuffle_promised_order)
{
    for (size_t t = 0; t < TRIALS; t++) {
        /* 2^64 mod 7 is 2: a rng_below that refuses has to refuse one of the two extremes. */
        size_t n = t == 1 || t == 2 ? 7 : gen_size(t, 2, 40), in[40], want[40];
        rng r = t == 0 ? (rng){1} : t == 1 ? (rng){state_before(0)} : t == 2 ? (rng){state_before(ALL)} : any_rng(), copy = r;
        for (size_t i = 0; i < n; i++)
            in[i] = want[i] = i;
        by_contract(n, want, &copy);
        call("rng_shuffle(%zu, idx, &r)", n);
        show_size("r.state", r.state);
        size_t *idx = inout_index("idx", n, in);
        rng_shuffle(n, idx, &r);
        because("i = n − 1 down to 1, j = rng_below(i + 1), swap: this seed has this order");
        expect_index(idx, want);
        expect(r.state == copy.state, "one partner is drawn for each i from n − 1 to 1, no more and no fewer");
    }
}
END_TEST

START_TEST(shuffle_draws_nothing)
{
    rng r = any_rng(), before = r;
    for (size_t n = 0; n < 2; n++) {
        call("rng_shuffle(%zu, idx, &r)", n);
        size_t *idx = inout_index("idx", n, (size_t[]){7});
        rng_shuffle(n, idx, &r);
        because("i runs from n − 1 down to 1: with less than two entries no partner is drawn");
        expect(r.state == before.state, "the generator was used");
    }
}
END_TEST

/* ------------------------------------------------------------------ rng_mc_mean */

/* An f that reads prepared numbers from a tape, and remembers how it was called. */
typedef struct { size_t n, calls; const double *x; const rng *r; } tape;
static bool no_context;

static double read_tape(void *ctx, rng *r)
{
    tape *t = ctx;
    rng_next(r);
    if (!t) {
        no_context = true;
        return 0;
    }
    return t->calls < t->n ? t->x[t->calls++] : (t->calls++, 0.0);
}

/* Mean and standard error of n draws. The error of a running mean of n numbers is at most 4nε·max|x| for any order of summation; s²
   by Welford or from a pivot has a relative error of nεκ, κ² = Σx²/m2, which is nε·max|x| in se. Twice both: 8nε·max|x|. */
static void mc(size_t n, const double x[])
{
    long double mean = 0, m2 = 0, largest = 0;
    for (size_t i = 0; i < n; i++) {
        mean += (long double)x[i] / n;
        largest = fmaxl(largest, fabsl(x[i]));
    }
    for (size_t i = 0; i < n; i++)
        m2 += (x[i] - mean) * (x[i] - mean);
    double tol = 8 * (double)n * EPS * (double)largest + DBL_MIN;
    tape t = {n, 0, x, NULL};
    rng r = any_rng();
    uint64_t after = r.state + n * GAMMA;
    no_context = false;

    call("rng_mc_mean(%zu, &se, f, &ctx, &r)", n);
    in_vec("what f returns", n, n ? x : NOTHING);
    double *se = out_vec("se", 1);
    double got = rng_mc_mean(n, se, read_tape, &t, &r);
    expect(!no_context, "f was called without the ctx that was handed over");
    expect(t.calls == n, "f is called once for each of the %zu draws; it was called %zu times", n, t.calls);
    expect_num(got, n > 0 ? (double)mean : NAN, tol);
    if (n == 4 && x[0] == 2)
        because("squared deviations 4, 0, 0, 4: s² = 8/3, and the error is the root of (8/3)/4");
    else if (n == 1)
        because("from one draw nothing is learned about the error");
    else if (n > 1 && m2 == 0)
        because("draws that are all equal do not vary");
    else if (n > 1 && m2 < 1e-6L * mean * mean)
        because("large draws that differ little: their squares have no digits left for the differences");
    expect_vec(se, (double[]){n > 1 ? (double)sqrtl(m2 / (n - 1) / n) : NAN}, tol);
    expect(r.state == after, "f draws from r itself: after the call r has moved on by %zu numbers", n);
}

START_TEST(mc_none_and_one)
{
    mc(0, NOTHING);
    mc(1, (double[]){5});
    mc(1, (double[]){0});
}
END_TEST

START_TEST(mc_by_hand)
{
    mc(2, (double[]){1, 3});
    mc(4, (double[]){2, 4, 4, 6});
    mc(8, (double[]){1, 3, 1, 3, 1, 3, 1, 3});
    mc(5, (double[]){0, 0, 1, 0, 1});
    mc(3, (double[]){0.1, 0.1, 0.1});
}
END_TEST

START_TEST(mc_large_numbers)
{
    mc(4, (double[]){1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16});
    mc(6, (double[]){-1e8, -1e8 + 1, -1e8, -1e8 + 1, -1e8, -1e8 + 1});
    mc(3, (double[]){1e120, 2e120, 6e120});
}
END_TEST

START_TEST(mc_any_numbers)
{
    double x[60];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, 60);
        double scale = pow(10, (double)gen_between(0, 12) - 6), shift = t < 100 ? 0 : scale * (double)gen_between(0, 1000);
        for (size_t i = 0; i < n; i++)
            x[i] = t < 30 ? (double)gen_between(0, 9) : shift + scale * gen_normal();
        mc(n, x);
    }
}
END_TEST

START_TEST(mc_nan)
{
    tape t = {3, 0, (double[]){1, NAN, 3}, NULL};
    rng r = {1};
    no_context = false;
    call("rng_mc_mean(3, &se, f, &ctx, &r)");
    in_vec("what f returns", 3, t.x);
    double se = 0;
    double got = rng_mc_mean(3, &se, read_tape, &t, &r);
    because("a draw that is not a number makes a mean that is none");
    expect_num(got, NAN, 0);
    because("s is made of the draws; one of them is not a number (fmax(0, NAN), by the way, is 0)");
    expect_named("the standard error", se, NAN, 0);
}
END_TEST

static double uniform_squared(void *ctx, rng *r)
{
    ++*(size_t *)ctx;
    double u = rng_uniform(r);
    return u * u;
}

/* E[U²] = 1/3 from 1000 draws, for 8 seeds: c = 8, far/1000 is 0.103. */
START_TEST(mc_square_of_uniform)
{
    enum { N = 1000 };
    for (size_t seed = 0; seed < 8; seed++) {
        rng r = any_rng();
        size_t calls = 0;
        double se = NAN;
        call("rng_mc_mean(1000, &se, f, &calls, &r)");
        show_size("r.state", r.state);
        because("f returns the square of a uniform number: on average 1/3");
        expect_num(rng_mc_mean(N, &se, uniform_squared, &calls, &r), 1.0 / 3, far(N, 8) / N);
        expect_size(calls, N);
        /* s² of numbers in [0, 1] is at most N/(4(N − 1)), so se ≤ 1/(2√(N−1)): certain. */
        expect(se > 0 && se <= 0.5001 / sqrt(N - 1.0), "1000 numbers between 0 and 1 have a standard error of at most 0.0159, not %g", se);
    }
}
END_TEST

/* ------------------------------------------------------------------ pen */

START_TEST(pen_posterior)
{
    call("pen_09_a()");
    double want = prob_bayes(0.02, 0.8, 0.9);
    expect_answer(pen_09_a(), want, 1e-6 * want, "of 10000 people, 1140 are positive");
}
END_TEST

/* By counting: all 1296 throws of four dice. */
START_TEST(pen_sixes)
{
    size_t two = 0, all = 6 * 6 * 6 * 6;
    for (size_t t = 0; t < all; t++) {
        size_t sixes = 0;
        for (size_t rest = t, d = 0; d < 4; d++, rest /= 6)
            sixes += rest % 6 == 5;
        two += sixes >= 2;
    }
    double want = (double)two / (double)all;
    call("pen_09_b()");
    expect_answer(pen_09_b(), want, 1e-6 * want, "exactly two, three and four sixes together");
}
END_TEST

START_TEST(pen_draws)
{
    double want = 0;
    while (sqrt(0.25 / (want + 1)) > 0.01 * (1 + 1e-9))
        want++;
    want++;
    call("pen_09_c()");
    expect_answer(pen_09_c(), want, 1e-6 * want, NULL);
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("09-probability");

    TCase *bayes_case = suite_case(s, "prob_bayes");
    tcase_add_test(bayes_case, bayes_by_hand);
    tcase_add_test(bayes_case, bayes_certain);
    tcase_add_test(bayes_case, bayes_nobody_positive);
    tcase_add_test(bayes_case, bayes_no_probability);
    tcase_add_test(bayes_case, bayes_rare);
    tcase_add_test(bayes_case, bayes_counts_people);

    TCase *next = suite_case(s, "rng_next");
    tcase_add_test(next, next_known);
    tcase_add_test(next, next_moves_state);
    tcase_add_test(next, next_any_seed);
    tcase_add_test(next, next_two_generators);

    TCase *uniform = suite_case(s, "rng_uniform");
    tcase_add_test(uniform, uniform_extremes);
    tcase_add_test(uniform, uniform_range);
    tcase_add_test(uniform, uniform_mean_and_square);
    tcase_add_test(uniform, uniform_ten_bins);
    tcase_add_test(uniform, uniform_53_bits);

    TCase *below_case = suite_case(s, "rng_below");
    tcase_add_test(below_case, below_none_and_one);
    tcase_add_test(below_case, below_reaches_all);
    tcase_add_test(below_case, below_extremes);
    tcase_add_test(below_case, below_deals_evenly);
    tcase_add_test(below_case, below_any_n);
    tcase_add_test(below_case, below_die);
    tcase_add_test(below_case, below_thirds);
    tcase_add_test(below_case, below_worst);

    TCase *shuffle = suite_case(s, "rng_shuffle");
    tcase_add_test(shuffle, shuffle_none_and_one);
    tcase_add_test(shuffle, shuffle_keeps_entries);
    tcase_add_test(shuffle, shuffle_all_orders);
    tcase_add_test(shuffle, shuffle_promised_order);
    tcase_add_test(shuffle, shuffle_draws_nothing);

    TCase *categorical = suite_case(s, "rng_categorical");
    tcase_add_test(categorical, categorical_none);
    tcase_add_test(categorical, categorical_only_one);
    tcase_add_test(categorical, categorical_ends_of_the_stick);
    tcase_add_test(categorical, categorical_never_zero);
    tcase_add_test(categorical, categorical_shares);
    tcase_add_test(categorical, categorical_tiny_weights);

    TCase *mc_case = suite_case(s, "rng_mc_mean");
    tcase_add_test(mc_case, mc_none_and_one);
    tcase_add_test(mc_case, mc_by_hand);
    tcase_add_test(mc_case, mc_large_numbers);
    tcase_add_test(mc_case, mc_any_numbers);
    tcase_add_test(mc_case, mc_nan);
    tcase_add_test(mc_case, mc_square_of_uniform);

    tcase_add_test(suite_case(s, "pen_09_a"), pen_posterior);
    tcase_add_test(suite_case(s, "pen_09_b"), pen_sixes);
    tcase_add_test(suite_case(s, "pen_09_c"), pen_draws);
    return s;
}
