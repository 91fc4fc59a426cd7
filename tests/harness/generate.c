/* generate.c: random inputs, small ones first, and the yardsticks that answers are held to. */
#include "harness.h"
#include "slot.h"

/* ------------------------------------------------------------------ random numbers: SplitMix64 */

static uint64_t state;

static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static uint64_t next(void)
{
    return mix(state += UINT64_C(0x9e3779b97f4a7c15));
}

/* Each test has numbers of its own, whatever ran before it. */
void gen_seed(const char *test)
{
    const char *seed = getenv("SEED");
    state = mix(strtoull(seed && *seed ? seed : "1", NULL, 10));
    for (const char *c = test; *c; c++)
        state = mix(state ^ (unsigned char)*c) + 1;
}

double gen_uniform(double lo, double hi)
{
    double u = (double)(next() >> 11) * 0x1p-53, x = lo + u * (hi - lo);
    return x < hi ? x : lo; /* rounding may reach hi */
}

size_t gen_between(size_t lo, size_t hi)
{
    uint64_t span = (uint64_t)(hi - lo) + 1;
    return lo + (size_t)(span ? next() % span : next());
}

double gen_normal(void)
{
    double u = 1 - gen_uniform(0, 1), v = gen_uniform(0, 1);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

size_t gen_size(size_t trial, size_t min, size_t max)
{
    if (trial + 1 >= TRIALS)
        return max;
    size_t reach = ((max - min) * (trial + 1) + TRIALS - 1) / TRIALS;
    return gen_between(min, min + reach);
}

double gen_num(size_t trial)
{
    if (trial < TRIALS / 3) {
        size_t reach = 3 + trial / 8;
        return (double)gen_between(0, 2 * reach) - (double)reach;
    }
    if (trial < 2 * TRIALS / 3)
        return round(gen_uniform(-100, 100) * 100) / 100;
    return gen_normal() * pow(10, gen_uniform(-6, 6));
}

void gen_vec(size_t trial, size_t n, double x[])
{
    for (size_t i = 0; i < n; i++)
        x[i] = gen_num(trial);
}

/* ------------------------------------------------------------------ tolerances */

double tol_dot(size_t n, const double x[], const double y[])
{
    long double size = 0;
    for (size_t i = 0; i < n; i++)
        size += fabsl((long double)x[i] * y[i]);
    return (double)(2 * (long double)n * EPS * size + DBL_MIN);
}

double tol_sum(size_t n, const double x[])
{
    long double size = 0;
    for (size_t i = 0; i < n; i++)
        size += fabsl(x[i]);
    return (double)(2 * (long double)n * EPS * size + DBL_MIN);
}

double tol_ulp(double want, double k)
{
    return 2 * k * EPS * fabs(want) + DBL_MIN;
}

/* ------------------------------------------------------------------ yardsticks */

double exact_dot(size_t n, const double x[], const double y[])
{
    long double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (long double)x[i] * y[i];
    return (double)sum;
}

double exact_sum(size_t n, const double x[])
{
    long double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return (double)sum;
}

double exact_norm2(size_t n, const double x[])
{
    double largest = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]))
            return NAN;
        largest = fmax(largest, fabs(x[i]));
    }
    if (largest == 0 || isinf(largest))
        return largest;
    long double sum = 0;
    for (size_t i = 0; i < n; i++) {
        long double part = (long double)x[i] / largest;
        sum += part * part;
    }
    return (double)(largest * sqrtl(sum));
}
