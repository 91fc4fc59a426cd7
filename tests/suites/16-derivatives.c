/* The suite of chapter 16, derivatives. One TCase per function: the chapter's own numbers first, then whole families.

   Differences of computed values: a value of f is wrong by a few ε of its size F, and its argument by ε/2 of its own size,
   which moves the value by the slope D times that. `noise` is four times the sum of both, per value of f; a quotient divides
   it by its denominator. Duals: every term of a rule is wrong by a few roundings of itself, so the tolerances are multiples of
   ε times the sum of the terms' sizes, and every arrangement of a rule passes. */
#include "harness.h"

#include "diff.h"
#include "pen.h"
#include "prob.h"

/* A function, and what was asked of it. */
typedef struct {
    double (*f)(double x, const double c[4]);
    double c[4], lo, hi;
    size_t calls;
} probe;
static bool no_context;

static double ask(double x, void *ctx)
{
    probe *p = ctx;
    if (!p) {
        no_context = true;
        return 0;
    }
    p->lo = p->calls == 0 ? x : fmin(p->lo, x);
    p->hi = p->calls == 0 ? x : fmax(p->hi, x);
    p->calls++;
    return p->f(x, p->c);
}

static double poly(double x, const double c[4]) { return c[0] + x * (c[1] + x * (c[2] + x * c[3])); }
static double fourth(double x, const double c[4]) { return c[0] + x * x * x * x; }
static double grows(double x, const double c[4]) { return exp(c[0] + x); }
static double wave(double x, const double c[4]) { return sin(x + c[0]); }
static double inverse(double x, const double c[4]) { return c[0] + 1 / x; }
static double root(double x, const double c[4]) { return c[0] + sqrt(x); }

static double noise(double x, double F, double D)
{
    return 4 * EPS * (F + fabs(x) * D) + DBL_MIN;
}

/* |c0| + |c1|x + |c2|x² + |c3|x³ at |x|, and the slope of it. */
static double size_of(const double c[4], double x)
{
    x = fabs(x);
    return fabs(c[0]) + x * (fabs(c[1]) + x * (fabs(c[2]) + x * fabs(c[3])));
}

static double steep(const double c[4], double x)
{
    x = fabs(x);
    return fabs(c[1]) + x * (2 * fabs(c[2]) + x * 3 * fabs(c[3]));
}

/* ------------------------------------------------------------------ diff_central */

static double central(probe *p, const char *name, double x, double h)
{
    no_context = false;
    p->calls = 0;
    call("diff_central(%s, %s, f, &ctx)", num_text(x), num_text(h));
    because("f(x) = %s", name);
    double got = diff_central(x, h, ask, p);
    expect(!no_context, "f was called without the ctx that was handed over");
    return got;
}

START_TEST(central_by_hand)
{
    probe cube = {poly, {0, 0, 0, 1}, 0, 0, 0}, line = {poly, {1, 3, 0, 0}, 0, 0, 0}, square = {poly, {0, 0, 1, 0}, 0, 0, 0};
    double got = central(&line, "1 + 3x", 0, 1);
    because("(4 − (−2))/2 = 3");
    expect_num(got, 3, noise(1, 4, 3));
    got = central(&square, "x²", 3, 1);
    because("(16 − 4)/2 = 6");
    expect_num(got, 6, noise(4, 16, 8) / 2);
    got = central(&cube, "x³", 2, 0.1);
    because("(9.261 − 6.859)/0.2 = 12.01");
    expect_num(got, 12.01, noise(2.1, 9.261, 14) / 0.1);
}
END_TEST

START_TEST(central_exact_for_parabolas)
{
    for (size_t t = 0; t < 100; t++) {
        probe p = {poly, {gen_num(t), gen_num(t), gen_num(t), 0}, 0, 0, 0};
        double x = gen_uniform(-3, 3), h = (t % 2 ? -1 : 1) * gen_uniform(0.1, 2), far = fabs(x) + fabs(h);
        double got = central(&p, "c0 + c1·x + c2·x²", x, h);
        show_num("c0", p.c[0]);
        show_num("c1", p.c[1]);
        show_num("c2", p.c[2]);
        because("c1 + 2·c2·x: on a parabola the quotient is exact, for every h, also a negative one");
        expect_num(got, p.c[1] + 2 * p.c[2] * x, noise(far, size_of(p.c, far), steep(p.c, far)) / fabs(h));
    }
}
END_TEST

/* e^x: the error is e^x·(sinh h/h − 1) = e^x·h²/6·(1 + h²/20 + …); at h = 0.2 and 0.1 its order is within 0.003 of 2. */
START_TEST(central_second_order)
{
    static const double x[] = {1, 0, -0.5};
    for (size_t i = 0; i < 3; i++) {
        probe p = {grows, {0}, 0, 0, 0};
        double wide = central(&p, "e^x", x[i], 0.2) - exp(x[i]), narrow = central(&p, "e^x", x[i], 0.1) - exp(x[i]);
        double order = log2(fabs(wide / narrow));
        because("with h = 0.2 the slope is off by %g, with h = 0.1 by %g", wide, narrow);
        expect(fabs(order - 2) < 0.1, "half of h must leave a quarter of the error (order 2), and here the order is %.3f", order);
    }
}
END_TEST

START_TEST(central_two_calls)
{
    probe p = {wave, {0}, 0, 0, 0};
    double got = central(&p, "sin x", 1, 0.5);
    expect(p.calls == 2, "f is called twice, no more: it was called %zu times", p.calls);
    expect_num(got, cos(1) * sin(0.5) / 0.5, noise(1.5, 1, 1) / 0.5);
}
END_TEST

START_TEST(central_odd_numbers)
{
    probe p = {inverse, {0}, 0, 0, 0};
    double got = central(&p, "1/x", 0, 0.5);
    because("(2 − (−2))/1 = 4: x itself is not visited");
    expect_num(got, 4, 1e-14);
    got = central(&p, "1/x", 1, 1);
    because("f(0) is infinite");
    expect_num(got, -INFINITY, 0);
    got = central(&p, "1/x", NAN, 1);
    expect_num(got, NAN, 0);
}
END_TEST

/* ------------------------------------------------------------------ diff_second */

static double second(probe *p, const char *name, double x, double h)
{
    no_context = false;
    p->calls = 0;
    call("diff_second(%s, %s, f, &ctx)", num_text(x), num_text(h));
    because("f(x) = %s", name);
    double got = diff_second(x, h, ask, p);
    expect(!no_context, "f was called without the ctx that was handed over");
    return got;
}

START_TEST(second_by_hand)
{
    probe square = {poly, {0, 0, 1, 0}, 0, 0, 0}, cube = {poly, {0, 0, 0, 1}, 0, 0, 0}, four = {fourth, {0}, 0, 0, 0};
    double got = second(&square, "x²", 0, 1);
    because("(1 − 0 + 1)/1 = 2");
    expect_num(got, 2, noise(1, 1, 2));
    got = second(&square, "x²", 3, 2);
    because("(25 − 18 + 1)/4 = 2");
    expect_num(got, 2, noise(5, 25, 10));
    got = second(&cube, "x³", 2, 0.1);
    because("(9.261 − 16 + 6.859)/0.01 = 12");
    expect_num(got, 12, 4 * noise(2.1, 9.3, 14) / 0.01);
    got = second(&four, "x⁴", 1, 0.5);
    because("(5.0625 − 2 + 0.0625)/0.25 = 12.5");
    expect_num(got, 12.5, 4 * noise(1.5, 5.1, 13.5) / 0.25);
}
END_TEST

START_TEST(second_of_cubics)
{
    for (size_t t = 0; t < 100; t++) {
        probe p = {poly, {gen_num(t), gen_num(t), gen_num(t), gen_num(t)}, 0, 0, 0};
        double x = gen_uniform(-3, 3), h = (t % 2 ? -1 : 1) * gen_uniform(0.2, 2), far = fabs(x) + fabs(h);
        double got = second(&p, "c0 + c1·x + c2·x² + c3·x³", x, h);
        for (size_t i = 0; i < 4; i++)
            show_num(((const char *[]){"c0", "c1", "c2", "c3"})[i], p.c[i]);
        because("2·c2 + 6·c3·x: on a cubic the quotient is exact, for every h, also a negative one");
        expect_num(got, 2 * p.c[2] + 6 * p.c[3] * x, 4 * noise(far, size_of(p.c, far), steep(p.c, far)) / (h * h));
    }
}
END_TEST

/* sin: f(x+h) − 2f(x) + f(x−h) = 2·sin x·(cos h − 1) = −4·sin x·sin²(h/2). */
START_TEST(second_of_waves)
{
    for (size_t t = 0; t < 50; t++) {
        probe p = {wave, {gen_uniform(0, 6)}, 0, 0, 0};
        double x = gen_uniform(-2, 2), h = gen_uniform(0.1, 1), s = sin(h / 2);
        double got = second(&p, "sin(x + c)", x, h);
        show_num("c", p.c[0]);
        because("for this h the quotient is −sin(x + c)·(sin(h/2)/(h/2))²");
        expect_num(got, -4 * sin(x + p.c[0]) * s * s / (h * h), 4 * noise(fabs(x) + h + 6, 1, 1) / (h * h));
    }
}
END_TEST

START_TEST(second_nan)
{
    probe p = {inverse, {0}, 0, 0, 0};
    double got = second(&p, "1/x", NAN, 1);
    expect_num(got, NAN, 0);
    got = second(&p, "1/x", 1, 1);
    because("f(0) is infinite");
    expect_num(got, INFINITY, 0);
}
END_TEST

/* ------------------------------------------------------------------ diff_deriv

   With h = s·ε^(1/3)·max(1, |x|), s between 1/2 and 2, the functions below have truncation and round-off of at most 2e-10 of the
   slope; 1e-9 is what the chapter asks for. */

static double deriv(probe *p, const char *name, double x)
{
    no_context = false;
    p->calls = 0;
    call("diff_deriv(%s, f, &ctx)", num_text(x));
    because("f(x) = %s", name);
    double got = diff_deriv(x, ask, p);
    expect(!no_context, "f was called without the ctx that was handed over");
    return got;
}

START_TEST(deriv_at_one)
{
    probe square = {poly, {0, 0, 1, 0}, 0, 0, 0}, cube = {poly, {0, 0, 0, 1}, 0, 0, 0}, e = {grows, {0}, 0, 0, 0};
    probe sine = {wave, {0}, 0, 0, 0};
    expect_num(deriv(&square, "x²", 1), 2, 2e-9);
    expect_num(deriv(&cube, "x³", 1), 3, 3e-9);
    expect_num(deriv(&cube, "x³", -1), 3, 3e-9);
    expect_num(deriv(&e, "e^x", 1), exp(1), 1e-9 * exp(1));
    expect_num(deriv(&sine, "sin x", 1), cos(1), 1e-9 * cos(1));
}
END_TEST

START_TEST(deriv_at_zero)
{
    probe e = {grows, {0}, 0, 0, 0}, sine = {wave, {0}, 0, 0, 0}, line = {poly, {0, 1, 0, 0}, 0, 0, 0};
    static const double x[] = {0, 1e-8, -1e-8, 1e-300};
    for (size_t i = 0; i < 4; i++) {
        expect_num(deriv(&line, "x", x[i]), 1, 1e-9);
        expect_num(deriv(&sine, "sin x", x[i]), cos(x[i]), 1e-9);
        expect_num(deriv(&e, "e^x", x[i]), exp(x[i]), 1e-9);
    }
    probe square = {poly, {0, 0, 1, 0}, 0, 0, 0};
    expect_num(deriv(&square, "x²", 1e-8), 2e-8, 2e-17);
}
END_TEST

START_TEST(deriv_far_out)
{
    probe square = {poly, {0, 0, 1, 0}, 0, 0, 0}, cube = {poly, {0, 0, 0, 1}, 0, 0, 0}, hyperbola = {inverse, {0}, 0, 0, 0};
    probe sq = {root, {0}, 0, 0, 0};
    expect_num(deriv(&square, "x²", 1e8), 2e8, 0.2);
    expect_num(deriv(&square, "x²", -1e8), -2e8, 0.2);
    expect_num(deriv(&square, "x²", 1e12), 2e12, 2e3);
    expect_num(deriv(&cube, "x³", 1e8), 3e16, 3e7);
    expect_num(deriv(&cube, "x³", -1e8), 3e16, 3e7);
    expect_num(deriv(&hyperbola, "1/x", 1e8), -1e-16, 1e-25);
    expect_num(deriv(&sq, "√x", 1e8), 5e-5, 5e-14);
    expect_num(deriv(&sq, "√x", 1e4), 5e-3, 5e-12);
}
END_TEST

/* Where x + h is exactly a double, and x − h too, the slope of the identity is 2h/2h. The random x keep away from powers of two,
   where the spacing of doubles changes between x − h and x + h, and a nudge that was made exact on the side of 0 leaves the other
   place half a spacing off: that is allowed at 1 and −1, though it need not be. Below 1, subtracting x may round, by half an ε of
   h. */
START_TEST(deriv_exact_nudge)
{
    probe line = {poly, {0, 1, 0, 0}, 0, 0, 0};
    for (double x = 1; x >= -1; x -= 2) {
        double got = deriv(&line, "x", x);
        because("the slope of x is 1, and with a step that is really made there is hardly another error");
        expect_num(got, 1, EPS / cbrt(EPS));
    }
    for (size_t t = 0; t < 60; t++) {
        double x = (t % 2 ? -1 : 1) * ldexp(gen_uniform(1.1, 1.9), (int)gen_between(0, 46) - 20);
        double got = deriv(&line, "x", x);
        because("the slope of x is 1, and with a step that is really made there is no other error");
        expect_num(got, 1, 4 * EPS);
    }
}
END_TEST

START_TEST(deriv_nudge_and_calls)
{
    static const double x[] = {0, 1, -1, 0.01, 1e8, -1e8, 300, -40000};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++) {
        probe p = {wave, {0}, 0, 0, 0};
        deriv(&p, "sin x", x[i]);
        double h = (p.hi - p.lo) / 2, want = cbrt(EPS) * fmax(1, fabs(x[i]));
        expect(p.calls == 2, "f is called twice, no more: it was called %zu times", p.calls);
        expect(h > want / 2.5 && h < want * 2.5, "h should be about %.3g here, and f was asked at x ± %.3g", want, h);
    }
}
END_TEST

START_TEST(deriv_nan)
{
    probe p = {wave, {0}, 0, 0, 0};
    double got = deriv(&p, "sin x", NAN);
    expect_num(got, NAN, 0);
}
END_TEST

/* ------------------------------------------------------------------ duals */

static void dual_is(dual got, double v, double v_tol, double d, double d_tol)
{
    expect_named("the value", got.v, v, v_tol);
    expect_named("the slope", got.d, d, d_tol);
}

static void mul(dual a, dual b, const char *why)
{
    call("dual_mul((dual){%s, %s}, (dual){%s, %s})", num_text(a.v), num_text(a.d), num_text(b.v), num_text(b.d));
    dual got = dual_mul(a, b);
    because("%s", why);
    dual_is(got, a.v * b.v, tol_ulp(a.v * b.v, 2), a.d * b.v + a.v * b.d, 4 * EPS * (fabs(a.d * b.v) + fabs(a.v * b.d)) + DBL_MIN);
}

START_TEST(mul_by_hand)
{
    mul((dual){3, 2}, (dual){5, 4}, "3·5 = 15; 2·5 + 3·4 = 22");
    mul((dual){0, 1}, (dual){0, 1}, "ε² = 0");
    mul((dual){7, 0}, (dual){3, 1}, "7x at 3: 21, with slope 7");
    mul((dual){3, 1}, (dual){7, 0}, "x·7 at 3: 21, with slope 7");
    mul((dual){-3, 1}, (dual){-3, 1}, "x² at −3: 9, with slope −6");
    mul((dual){2, 0}, (dual){5, 0}, "a product of constants is a constant");
}
END_TEST

START_TEST(mul_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        dual a = {gen_num(t), gen_num(t)}, b = {gen_num(t), gen_num(t)};
        mul(a, b, "value a.v·b.v, slope a.d·b.v + a.v·b.d");
        mul(b, a, "value a.v·b.v, slope a.d·b.v + a.v·b.d");
    }
}
END_TEST

START_TEST(mul_nan)
{
    call("dual_mul((dual){NAN, 1}, (dual){2, 0})");
    dual_is(dual_mul((dual){NAN, 1}, (dual){2, 0}), NAN, 0, NAN, 0);
    call("dual_mul((dual){2, NAN}, (dual){2, 1})");
    dual_is(dual_mul((dual){2, NAN}, (dual){2, 1}), 4, 0, NAN, 0);
}
END_TEST

static void quotient(dual a, dual b, const char *why)
{
    call("dual_div((dual){%s, %s}, (dual){%s, %s})", num_text(a.v), num_text(a.d), num_text(b.v), num_text(b.d));
    dual got = dual_div(a, b);
    because("%s", why);
    double rises = a.d / b.v, falls = a.v / b.v * b.d / b.v;
    dual_is(got, a.v / b.v, tol_ulp(a.v / b.v, 3), rises - falls, 8 * EPS * (fabs(rises) + fabs(falls)) + DBL_MIN);
}

START_TEST(div_by_hand)
{
    quotient((dual){6, 5}, (dual){2, 1}, "6/2 = 3; (5·2 − 6·1)/4 = 1");
    quotient((dual){1, 0}, (dual){2, 1}, "1/x at 2: slope −1/4");
    quotient((dual){3, 1}, (dual){2, 0}, "x/2 at 3: slope 1/2");
    quotient((dual){7, 2}, (dual){7, 2}, "7/7 = 1; (14 − 14)/49 = 0");
    quotient((dual){0, 1}, (dual){4, 3}, "0/4 = 0; (1·4 − 0·3)/16 = 1/4");
    quotient((dual){2, 3}, (dual){-4, 5}, "2/−4 = −0.5; (3·(−4) − 2·5)/16 = −1.375");
}
END_TEST

START_TEST(div_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        dual a = {gen_uniform(-9, 9), gen_uniform(-9, 9)}, b = {gen_uniform(0.1, 9) * (t % 2 ? -1 : 1), gen_uniform(-9, 9)};
        if (t < 40) {
            a = (dual){round(a.v), round(a.d)};
            b = (dual){b.v < 0 ? floor(b.v) : ceil(b.v), round(b.d)};
        }
        quotient(a, b, "value a.v/b.v, slope (a.d·b.v − a.v·b.d)/b.v²");
        quotient(b, b, "x/x is the constant 1, with slope 0");
    }
}
END_TEST

START_TEST(div_by_zero)
{
    call("dual_div((dual){1, 0}, (dual){0, 1})");
    dual got = dual_div((dual){1, 0}, (dual){0, 1});
    because("1/0 is infinite in C");
    expect_named("the value", got.v, INFINITY, 0);
    expect(!isfinite(got.d), "the slope of 1/x at 0 is no finite number, and here it is %g", got.d);
    call("dual_div((dual){0, 1}, (dual){0, 1})");
    got = dual_div((dual){0, 1}, (dual){0, 1});
    because("0/0 is no number");
    expect_named("the value", got.v, NAN, 0);
    expect_named("the slope", got.d, NAN, 0);
}
END_TEST

/* v^p by way of exp(p·log v) is wrong by a rounding of the exponent: ε·|p·log v|, relative. */
static void power(dual a, double p, double v, double d, const char *why)
{
    call("dual_pow((dual){%s, %s}, %s)", num_text(a.v), num_text(a.d), num_text(p));
    dual got = dual_pow(a, p);
    because("%s", why);
    double k = 8 + (a.v != 0 ? 4 * (fabs(p) + 1) * (1 + fabs(log(fabs(a.v)))) : 0);
    dual_is(got, v, k * EPS * fabs(v), d, k * EPS * fabs(d));
}

START_TEST(pow_by_hand)
{
    power((dual){2, 1}, 2, 4, 4, "x² at 2: slope 2x = 4");
    power((dual){2, 3}, 3, 8, 36, "2³ = 8; 3·2²·3 = 36");
    power((dual){4, 1}, 0.5, 2, 0.25, "√4 = 2; 0.5/√4 = 0.25");
    power((dual){2, 1}, -1, 0.5, -0.25, "1/x at 2: −1/2² = −0.25");
    power((dual){5, 0}, 3, 125, 0, "a constant to a power is a constant");
    power((dual){1, 2}, 7, 1, 14, "1; 7·1·2 = 14");
    power((dual){3, -2}, 1, 3, -2, "the first power is the number itself");
}
END_TEST

START_TEST(pow_zero_exponent)
{
    static const double v[] = {5, 1, -2, 0.5, 0};
    for (size_t i = 0; i < 5; i++)
        power((dual){v[i], 3}, 0, 1, 0, "the power 0 is the constant 1, with slope 0, at 0 as well");
}
END_TEST

START_TEST(pow_at_zero)
{
    power((dual){0, 3}, 1, 0, 3, "x at 0: slope 1, times 3");
    power((dual){0, 3}, 2, 0, 0, "x² is level at 0");
    power((dual){0, 3}, 1.5, 0, 0, "x^1.5 is level at 0");
    power((dual){0, -1}, 7, 0, 0, "x⁷ is level at 0");
}
END_TEST

START_TEST(pow_negative_base)
{
    power((dual){-2, 1}, 3, -8, 12, "(−2)³ = −8; 3·(−2)² = 12");
    power((dual){-2, 1}, 4, 16, -32, "(−2)⁴ = 16; 4·(−2)³ = −32");
    power((dual){-2, 1}, -2, 0.25, 0.25, "1/4; −2·(−2)^−3 = 0.25");
    power((dual){-3, 2}, 1, -3, 2, "the first power is the number itself");
    power((dual){-3, 2}, -1, -1.0 / 3, -2.0 / 9, "1/x at −3: −1/9, times 2");
}
END_TEST

START_TEST(pow_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        dual a = {gen_uniform(0.05, 9), gen_uniform(-3, 3)};
        double p = t < 60 ? (double)gen_between(0, 10) - 5 : gen_uniform(-5, 5);
        if (t < 60 && t % 2)
            a.v = -a.v;
        double d = p == 0 ? 0 : (double)((long double)p * powl(a.v, (long double)p - 1) * a.d);
        power(a, p, (double)powl(a.v, p), d, "value v^p, slope p·v^(p−1)·d");
    }
}
END_TEST

START_TEST(pow_nan)
{
    call("dual_pow((dual){NAN, 1}, 2)");
    dual_is(dual_pow((dual){NAN, 1}, 2), NAN, 0, NAN, 0);
}
END_TEST

/* σ(1 − σ) loses what 1 − σ loses, at most an ε of the whole: absolute, times |d|; two more for the other arrangements. */
static void sigmoid(dual a, double v, double slope, const char *why)
{
    call("dual_sigmoid((dual){%s, %s})", num_text(a.v), num_text(a.d));
    dual got = dual_sigmoid(a);
    because("%s", why);
    dual_is(got, v, 4 * EPS * v, slope * a.d, 3 * EPS * fabs(a.d));
}

START_TEST(sigmoid_by_hand)
{
    sigmoid((dual){0, 4}, 0.5, 0.25, "σ = 1/2; 1/2·1/2·4 = 1");
    sigmoid((dual){log(3), 2}, 0.75, 0.1875, "σ(log 3) = 3/4; 3/4·1/4·2 = 0.375");
    sigmoid((dual){-log(3), 2}, 0.25, 0.1875, "σ(−log 3) = 1/4; 1/4·3/4·2 = 0.375");
    sigmoid((dual){log(4), -1}, 0.8, 0.16, "σ(log 4) = 4/5; 4/5·1/5·(−1) = −0.16");
    sigmoid((dual){1, 0}, prob_sigmoid(1), 0, "a constant goes in, so a constant comes out");
}
END_TEST

START_TEST(sigmoid_far_out)
{
    static const double z[] = {40, 400, 710, 800, 1e6};
    for (size_t i = 0; i < 5; i++) {
        sigmoid((dual){z[i], 1}, 1, 0, "so far to the right the curve is level");
        call("dual_sigmoid((dual){%s, 1})", num_text(-z[i]));
        because("so far to the left the curve is level, at 0");
        dual_is(dual_sigmoid((dual){-z[i], 1}), 0, 5e-18, 0, 3 * EPS);
    }
}
END_TEST

START_TEST(sigmoid_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        dual a = {t < 20 ? (double)t - 10 : gen_uniform(-30, 30), gen_uniform(-5, 5)};
        long double e = expl(-fabsl(a.v));
        double v = (double)((a.v < 0 ? e : 1) / (1 + e)), slope = (double)(e / ((1 + e) * (1 + e)));
        sigmoid(a, v, slope, "value σ(z), slope σ(z)·(1 − σ(z))·d");
    }
}
END_TEST

START_TEST(sigmoid_nan)
{
    call("dual_sigmoid((dual){NAN, 1})");
    dual_is(dual_sigmoid((dual){NAN, 1}), NAN, 0, NAN, 0);
}
END_TEST

/* ------------------------------------------------------------------ pen and paper: by nudging, and by halving an interval */

static long double bump(long double x) { return x * x * x * expl(-x); }

START_TEST(pen_product)
{
    long double h = 1e-6L;
    double want = (double)((bump(1 + h) - bump(1 - h)) / (2 * h));
    call("pen_16_a()");
    expect_answer(pen_16_a(), want, 1e-6 * want, "At 1.1 the function is 0.4431, and at 0.9 it is 0.2964.");
}
END_TEST

START_TEST(pen_sigmoid)
{
    double want = (prob_sigmoid(1e-4) - prob_sigmoid(-1e-4)) / 2e-4;
    call("pen_16_b()");
    expect_answer(pen_16_b(), want, 1e-6 * want, "From z = −1 to z = 1 the sigmoid rises from 0.2689 to 0.7311.");
}
END_TEST

START_TEST(pen_nudge)
{
    long double lo = 1e-9L, hi = 1;
    for (int i = 0; i < 200; i++) {
        long double h = (lo + hi) / 2;
        if (h / 3 < (long double)EPS / (h * h))
            lo = h;
        else
            hi = h;
    }
    call("pen_16_c()");
    expect_answer(pen_16_c(), (double)lo, 1e-6 * (double)lo, "At the best h the round-off ε/h is twice the truncation h²/6.");
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("16-derivatives");

    TCase *t = suite_case(s, "diff_central");
    tcase_add_test(t, central_by_hand);
    tcase_add_test(t, central_two_calls);
    tcase_add_test(t, central_exact_for_parabolas);
    tcase_add_test(t, central_second_order);
    tcase_add_test(t, central_odd_numbers);

    t = suite_case(s, "diff_second");
    tcase_add_test(t, second_by_hand);
    tcase_add_test(t, second_of_cubics);
    tcase_add_test(t, second_of_waves);
    tcase_add_test(t, second_nan);

    t = suite_case(s, "diff_deriv");
    tcase_add_test(t, deriv_at_one);
    tcase_add_test(t, deriv_at_zero);
    tcase_add_test(t, deriv_far_out);
    tcase_add_test(t, deriv_nudge_and_calls);
    tcase_add_test(t, deriv_exact_nudge);
    tcase_add_test(t, deriv_nan);

    t = suite_case(s, "dual_mul");
    tcase_add_test(t, mul_by_hand);
    tcase_add_test(t, mul_any);
    tcase_add_test(t, mul_nan);

    t = suite_case(s, "dual_div");
    tcase_add_test(t, div_by_hand);
    tcase_add_test(t, div_any);
    tcase_add_test(t, div_by_zero);

    t = suite_case(s, "dual_pow");
    tcase_add_test(t, pow_by_hand);
    tcase_add_test(t, pow_zero_exponent);
    tcase_add_test(t, pow_at_zero);
    tcase_add_test(t, pow_negative_base);
    tcase_add_test(t, pow_any);
    tcase_add_test(t, pow_nan);

    t = suite_case(s, "dual_sigmoid");
    tcase_add_test(t, sigmoid_by_hand);
    tcase_add_test(t, sigmoid_far_out);
    tcase_add_test(t, sigmoid_any);
    tcase_add_test(t, sigmoid_nan);

    tcase_add_test(suite_case(s, "pen_16_a"), pen_product);
    tcase_add_test(suite_case(s, "pen_16_b"), pen_sigmoid);
    tcase_add_test(suite_case(s, "pen_16_c"), pen_nudge);
    return s;
}
