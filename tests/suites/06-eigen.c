/* The suite of chapter 06, eigenvalues. One TCase per function; in each, the chapter's own example first, then small cases, then
   random ones. Eigenvectors are compared with numbers only where they are unique; elsewhere the suite checks what makes them
   eigenvectors (AV = VΛ, VᵀV = I, the order, the sign rule), and whole eigenspaces by their projections.

   The bounds. A matrix diagonalised by rotations has w and V that are exact for A + E, where ‖E‖ is a modest multiple of
   n·ε·‖A‖F: 64·n·ε allows for ten sweeps and more, in any order. A program may stop as soon as what is left beside the diagonal
   is 1e-12·‖A‖F, the book's relative tolerance for direct methods; 2e-12 allows for that. Eigenvalues move by no more than ‖E‖
   (Weyl), eigenvectors and eigenspaces by no more than ‖E‖ over the gap to the other eigenvalues (Davis and Kahan). */
#include "harness.h"

#include <stdarg.h>
#include <stdio.h>

#include "eig.h"
#include "mat.h"
#include "pen.h"
#include "vec.h"

enum { LARGEST = 8, CELLS = LARGEST * LARGEST, PIXELS = 64, PICTURES = 90 };

/* The chapter's matrix: eigenvalues 7 and 2, eigenvectors (2, 1)/√5 and (−1, 2)/√5. */
static const double HAND[4] = {6, 2, 2, 3};
#define R5 2.2360679774997896964

static double backward(size_t n)
{
    return 2e-12 + 64 * (double)n * EPS;
}

/* ‖A‖F; long double neither overflows nor underflows here. */
static double frobenius(size_t n, const double a[])
{
    long double sum = 0;
    for (size_t k = 0; k < n * n; k++)
        sum += (long double)a[k] * a[k];
    return (double)sqrtl(sum);
}

/* Keeps a line of explanation for the next call, which may never return, and whose checks begin before the test can say anything. */
[[gnu::format(printf, 1, 2)]] static void note(const char *format, ...);
static char noted[300];

static void note(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(noted, sizeof noted, format, args);
    va_end(args);
}

static void because_noted(void)
{
    if (*noted)
        because("%s", noted);
    *noted = '\0';
}

/* n whole numbers from -9 to 9. */
static void whole(size_t n, double x[])
{
    for (size_t i = 0; i < n; i++)
        x[i] = (double)gen_between(0, 18) - 9;
}

static void symmetric(size_t t, size_t n, double a[])
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            a[i * n + j] = a[j * n + i] = gen_num(t);
}

/* q ← a random orthogonal matrix: the product of n reflections I − 2uuᵀ/uᵀu. */
static void orthogonal(size_t n, double q[])
{
    mat_identity(n, (double (*)[n])q);
    for (size_t k = 0; k < n; k++) {
        double u[LARGEST], uu = 0;
        while (uu < 0.1) {
            uu = 0;
            for (size_t i = 0; i < n; i++) {
                u[i] = gen_normal();
                uu += u[i] * u[i];
            }
        }
        for (size_t i = 0; i < n; i++) {
            double f = 2 * exact_dot(n, q + i * n, u) / uu;
            for (size_t j = 0; j < n; j++)
                q[i * n + j] -= f * u[j];
        }
    }
}

/* a ← Q·diag(lambda)·Qᵀ, exactly symmetric. */
static void with_spectrum(size_t n, double a[], const double lambda[], const double q[])
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double left[LARGEST];
            for (size_t p = 0; p < n; p++)
                left[p] = q[i * n + p] * lambda[p];
            a[i * n + j] = a[j * n + i] = exact_dot(n, left, q + j * n);
        }
}

/* ------------------------------------------------------------------ mat_quad

   Σ x_i·a_ij·x_j has n² terms of three factors; in any order |error| ≤ (n² + 2)·ε·Σ|x_i·a_ij·x_j|, and twice that is allowed. */

static void yard_quad(size_t n, const double a[], const double x[], double *want, double *tol)
{
    long double sum = 0, size = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            long double term = (long double)x[i] * a[i * n + j] * x[j];
            sum += term;
            size += fabsl(term);
        }
    *want = (double)sum;
    *tol = (double)(2 * ((double)(n * n) + 2) * EPS * size) + DBL_MIN;
}

static double quad(size_t n, const double a[], const double b[])
{
    call("mat_quad(%zu, A, x)", n);
    const double (*A)[n] = in_mat("A", n, n, a);
    const double *x = in_vec("x", n, b);
    return mat_quad(n, A, x);
}

START_TEST(quad_by_hand)
{
    double r = quad(2, HAND, (double[]){1, 2});
    because("6·1·1 + 2·1·2 + 2·2·1 + 3·2·2 = 6 + 4 + 4 + 12");
    expect_num(r, 26, 0);

    r = quad(2, (double[]){6, 4, 0, 3}, (double[]){1, 2});
    because("6·1·1 + 4·1·2 + 0·2·1 + 3·2·2: the two cells beside the diagonal count by their sum");
    expect_num(r, 26, 0);

    r = quad(2, (double[]){6, 0, 4, 3}, (double[]){1, 2});
    because("6·1·1 + 0·1·2 + 4·2·1 + 3·2·2");
    expect_num(r, 26, 0);
}
END_TEST

START_TEST(quad_small)
{
    double r = quad(1, (double[]){-3}, (double[]){2});
    because("-3·2·2");
    expect_num(r, -12, 0);
    r = quad(2, HAND, (double[]){0, 0});
    expect_num(r, 0, 0);
    r = quad(2, (double[]){0, 1, -1, 0}, (double[]){3, 5});
    because("15 and -15: a quarter turn puts Ax at right angles to x");
    expect_num(r, 0, 0);
    for (size_t k = 0; k < 3; k++) {
        double e[3] = {0};
        e[k] = 1;
        r = quad(3, (double[]){1, 2, 3, 4, 5, 6, 7, 8, 9}, e);
        because("with a 1 in place %zu and zeros elsewhere, the form is A[%zu][%zu]", k, k, k);
        expect_num(r, 1 + 4 * (double)k, 0);
    }
}
END_TEST

START_TEST(quad_any_size)
{
    double a[CELLS], x[LARGEST], want, tol;
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, LARGEST - 1);
        gen_vec(t, n * n, a);
        gen_vec(t, n, x);
        yard_quad(n, a, x, &want, &tol);
        double r = quad(n, a, x);
        expect_num(r, want, tol);
    }
}
END_TEST

START_TEST(quad_symmetric_part)
{
    double a[CELLS], b[CELLS], x[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, LARGEST - 1);
        whole(n * n, a);
        whole(n, x);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                b[i * n + j] = (a[i * n + j] + a[j * n + i]) / 2;
        double other = quad(n, b, x);
        double r = quad(n, a, x);
        because("expected is your result for (A + Aᵀ)/2, which has the same quadratic form");
        expect_num(r, other, 0);
    }
}
END_TEST

START_TEST(quad_odd_numbers)
{
    double r = quad(2, (double[]){1, 2, NAN, 4}, (double[]){1, 0});
    because("0·NaN·1 is NaN: no zero is skipped");
    expect_num(r, NAN, 0);
    r = quad(2, (double[]){1, NAN, 2, 4}, (double[]){0, 1});
    expect_num(r, NAN, 0);
    r = quad(2, (double[]){1, NAN, 2, 4}, (double[]){1, 0});
    because("1·NaN·0 is NaN as well, whichever of the two components is zero");
    expect_num(r, NAN, 0);
    r = quad(2, HAND, (double[]){0, NAN});
    expect_num(r, NAN, 0);
    r = quad(2, (double[]){6e100, 2e100, 2e100, 3e100}, (double[]){1e50, 2e50});
    expect_num(r, 26e200, 26e200 * 1e-13);
}
END_TEST

/* ------------------------------------------------------------------ eig_rayleigh

   A quotient of two such sums: the error of the numerator over vᵀv, and (n + 2)·ε of the quotient for the denominator. */

static void yard_rayleigh(size_t n, const double a[], const double v[], double *want, double *tol)
{
    double vv = exact_dot(n, v, v), num;
    yard_quad(n, a, v, &num, tol);
    *want = num / vv;
    *tol = 2 * *tol / vv + tol_ulp(*want, (double)n + 4);
}

static double rayleigh(size_t n, const double a[], const double b[])
{
    call("eig_rayleigh(%zu, A, v)", n);
    const double (*A)[n] = in_mat("A", n, n, a);
    const double *v = in_vec("v", n, b);
    return eig_rayleigh(n, A, v);
}

START_TEST(rayleigh_by_hand)
{
    double r = rayleigh(2, HAND, (double[]){1, 0});
    because("vᵀAv = 6 and vᵀv = 1");
    expect_num(r, 6, 5e-14);
    r = rayleigh(2, HAND, (double[]){1, 1});
    because("vᵀAv = 6 + 2 + 2 + 3 = 13 and vᵀv = 2");
    expect_num(r, 6.5, 5e-14);
    r = rayleigh(2, HAND, (double[]){2, 1});
    because("vᵀAv = 24 + 4 + 4 + 3 = 35 and vᵀv = 5: an eigenvector gives its eigenvalue");
    expect_num(r, 7, 5e-14);
    r = rayleigh(2, HAND, (double[]){-1, 2});
    because("vᵀAv = 6 - 4 - 4 + 12 = 10 and vᵀv = 5");
    expect_num(r, 2, 5e-14);
}
END_TEST

START_TEST(rayleigh_small)
{
    double r = rayleigh(1, (double[]){-3}, (double[]){10});
    because("-3·100/100: a vector that A turns round has a negative quotient");
    expect_num(r, -3, 5e-14);
    r = rayleigh(2, (double[]){0, -1, 1, 0}, (double[]){3, 4});
    because("a quarter turn leaves nothing along v");
    expect_num(r, 0, 5e-14);
}
END_TEST

START_TEST(rayleigh_zero)
{
    double r = rayleigh(2, HAND, (double[]){0, 0});
    because("the zero vector points nowhere");
    expect_num(r, NAN, 0);
    r = rayleigh(1, (double[]){5}, (double[]){0});
    expect_num(r, NAN, 0);
}
END_TEST

START_TEST(rayleigh_any_size)
{
    double a[CELLS], v[LARGEST], want, tol;
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, LARGEST - 1);
        whole(n * n, a);
        gen_vec(t / 2, n, v);
        v[gen_between(0, n - 1)] += 20;
        yard_rayleigh(n, a, v, &want, &tol);
        double r = rayleigh(n, a, v);
        expect_num(r, want, tol);
    }
}
END_TEST

START_TEST(rayleigh_scale)
{
    static const double SCALE[] = {2, -1, 0.25, 1e6, -1e-6, 1e100, 1e-100};
    double a[CELLS], v[LARGEST], w[LARGEST], want, tol;
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, LARGEST - 1);
        double s = SCALE[t % 7];
        whole(n * n, a);
        whole(n, v);
        v[gen_between(0, n - 1)] = 10;
        for (size_t i = 0; i < n; i++)
            w[i] = s * v[i];
        yard_rayleigh(n, a, v, &want, &tol);
        double r = rayleigh(n, a, w);
        because("v is %s times another vector, and the quotient depends on the direction only", num_text(s));
        expect_num(r, want, 2 * tol);
    }
}
END_TEST

START_TEST(rayleigh_between)
{
    double a[CELLS], q[CELLS], v[LARGEST], lambda[LARGEST], want, tol;
    for (size_t t = 0; t < 5 * TRIALS; t++) {
        size_t n = gen_size(t / 5, 2, LARGEST - 1);
        for (size_t j = 0; j < n; j++)
            lambda[j] = gen_uniform(-2, 5);
        lambda[0] = 5;
        lambda[n - 1] = -2;
        orthogonal(n, q);
        with_spectrum(n, a, lambda, q);
        for (size_t i = 0; i < n; i++)
            v[i] = gen_normal();
        v[0] += v[0] < 0 ? -1 : 1;
        yard_rayleigh(n, a, v, &want, &tol);
        double r = rayleigh(n, a, v);
        expect(r >= -2 - tol - 1e-12 && r <= 5 + tol + 1e-12,
               "the eigenvalues of this A run from -2 to 5, and a Rayleigh quotient lies between them; this one is %.17g", r);
        expect_num(r, want, tol);
    }
}
END_TEST

START_TEST(rayleigh_odd_numbers)
{
    double r = rayleigh(2, (double[]){1, 2, NAN, 4}, (double[]){1, 0});
    expect_num(r, NAN, 0);
    r = rayleigh(2, HAND, (double[]){1, NAN});
    expect_num(r, NAN, 0);
    r = rayleigh(2, (double[]){6e200, 2e200, 2e200, 3e200}, (double[]){2, 1});
    expect_num(r, 7e200, 7e187);
    r = rayleigh(2, (double[]){6e-200, 2e-200, 2e-200, 3e-200}, (double[]){2, 1});
    expect_num(r, 7e-200, 7e-213);
}
END_TEST

/* ------------------------------------------------------------------ eig_power

   What the contract promises: ‖v‖ = 1 and max|Av − λv| ≤ tol·|λ|. Recomputing the residual costs rounding of its own, at most
   (n + 4)·ε·Σ|a_ij·v_j|. For a symmetric A some eigenvalue lies within ‖Av − λv‖ ≤ √n·tol·|λ| of λ; which one is known, because
   every start has a part of at least the size of the others along the dominant eigenvector.

   How many steps are allowed: after t steps tan θ ≤ ρ^t·tan θ₀, and max|Av − λv| ≤ ‖Av − λv‖ ≤ 2|λ|·tan θ. Three more are given. */

static size_t steps_enough(double rho, double tan0, double tol)
{
    return (size_t)ceil(log(2 * tan0 / tol) / log(1 / rho)) + 3;
}

static void check_pair(size_t n, double lambda, const double v[], const double a[], double tol, double want)
{
    double length = exact_norm2(n, v);
    expect(!isnan(lambda), "lambda was never written, or is NaN, and the status is OK");
    expect(fabs(length - 1) <= 8 * ((double)n + 2) * EPS,
           "v must have length 1 on return; its length is %.17g", length);
    long double most = 0, noise = 0;
    for (size_t i = 0; i < n; i++) {
        long double r = -(long double)lambda * v[i], size = fabsl(r);
        for (size_t j = 0; j < n; j++) {
            r += (long double)a[i * n + j] * v[j];
            size += fabsl((long double)a[i * n + j] * v[j]);
        }
        most = fmaxl(most, fabsl(r));
        noise = fmaxl(noise, size);
    }
    double room = tol * fabs(lambda) + (double)(2 * ((double)n + 4) * EPS * noise);
    expect_named("lambda", lambda, want, sqrt((double)n) * room + fabs(want) * 64 * (double)n * EPS);
    expect(most <= room, "max|Av - lambda·v| is %.3Lg, and must be at most tol·|lambda| = %.3g", most, tol * fabs(lambda));
}

/* One call; the pair is checked when the status is OK. */
static status power(size_t n, const double a[], const double start[], double tol, size_t max_iter, double want)
{
    call("eig_power(%zu, &lambda, v, A, %s, %zu)", n, num_text(tol), max_iter);
    double *lambda = out_vec("lambda", 1);
    double *v = inout_vec("v", n, start);
    const double (*A)[n] = in_mat("A", n, n, a);
    because_noted();
    status s = eig_power(n, lambda, v, A, tol, max_iter);
    if (s == OK && !isnan(want))
        check_pair(n, *lambda, v, a, tol, want);
    return s;
}

START_TEST(power_by_hand)
{
    note("(1, 0) → (6, 2) → (40, 18) → (276, 134) → …, nearer and nearer to the direction (2, 1)");
    status s = power(2, HAND, (double[]){1, 0}, 1e-10, steps_enough(2. / 7, 0.5, 1e-10), 7);
    expect_status(s, OK);
    note("the start need not have length 1");
    s = power(2, HAND, (double[]){0, -3}, 1e-10, steps_enough(2. / 7, 2, 1e-10), 7);
    expect_status(s, OK);
}
END_TEST

START_TEST(power_one)
{
    status s = power(1, (double[]){5}, (double[]){-3}, 1e-12, 5, 5);
    expect_status(s, OK);
    note("A = (-5): every number is an eigenvector, and -5 the eigenvalue");
    s = power(1, (double[]){-5}, (double[]){3}, 1e-12, 5, -5);
    expect_status(s, OK);
}
END_TEST

START_TEST(power_negative)
{
    note("v turns round at every step, because the dominant eigenvalue is -2; its line does not move");
    status s = power(2, (double[]){-2, 0, 0, 1}, (double[]){1, 1}, 1e-9, steps_enough(0.5, 1, 1e-9), -2);
    expect_status(s, OK);
}
END_TEST

START_TEST(power_start)
{
    note("(0, 4) is an eigenvector already: no step leads away from it, and its eigenvalue is 1");
    status s = power(2, (double[]){2, 0, 0, 1}, (double[]){0, 4}, 1e-10, 50, 1);
    expect_status(s, OK);
    note("the start has nothing along (1, 0, 0), and A gives it nothing: (0, 1, 0) is found, with eigenvalue 2");
    s = power(3, (double[]){3, 0, 0, 0, 2, 0, 0, 0, 1}, (double[]){0, 1, 1}, 1e-9, steps_enough(0.5, 1, 1e-9), 2);
    expect_status(s, OK);
}
END_TEST

START_TEST(power_not_converged)
{
    note("eigenvalues 2 and -2 are equally large: v goes from (1, 1) to (1, -1) and back for ever");
    status s = power(2, (double[]){2, 0, 0, -2}, (double[]){1, 1}, 1e-9, 500, NAN);
    expect_status(s, NOT_CONVERGED);
    note("each step takes away one hundredth of the error; ten of them are not enough for 1e-8");
    s = power(2, (double[]){100, 0, 0, 99}, (double[]){1, 1}, 1e-8, 10, NAN);
    expect_status(s, NOT_CONVERGED);
    note("each step halves the error; 1e-12 takes forty of them, and ten were allowed");
    s = power(2, (double[]){2, 0, 0, 1}, (double[]){1, 1}, 1e-12, 10, NAN);
    expect_status(s, NOT_CONVERGED);
}
END_TEST

START_TEST(power_zero_start)
{
    note("the zero vector has no direction");
    status s = power(2, HAND, (double[]){0, 0}, 1e-10, 50, NAN);
    expect_status(s, BAD_INPUT);
}
END_TEST

START_TEST(power_zero_matrix)
{
    note("A = 0: Av = 0 = 0·v at once, and 0 ≤ tol·0");
    status s = power(2, (double[]){0, 0, 0, 0}, (double[]){3, 4}, 1e-10, 50, 0);
    expect_status(s, OK);
}
END_TEST

START_TEST(power_long_way)
{
    static const double SIZE[] = {1, 1e10, 1e-10};
    for (size_t k = 0; k < 3; k++) {
        double z = SIZE[k];
        note("some 200 steps, and at each of them the vector becomes %s times as long if nobody shortens it", num_text(z));
        status s = power(2, (double[]){z, 0, 0, 0.9 * z}, (double[]){1, 1}, 1e-9, steps_enough(0.9, 1, 1e-9), z);
        expect_status(s, OK);
    }
}
END_TEST

START_TEST(power_any_size)
{
    double a[CELLS], q[CELLS], lambda[LARGEST], start[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, LARGEST - 1);
        double rho = gen_uniform(0.1, 0.8), top = gen_uniform(0.5, 20) * (t % 2 ? -1 : 1);
        double tan0 = 0, tol = t % 3 ? 1e-8 : 1e-4;
        lambda[0] = top;
        for (size_t j = 1; j < n; j++)
            lambda[j] = top * (j == 1 ? rho : gen_uniform(-rho, rho));
        orthogonal(n, q);
        with_spectrum(n, a, lambda, q);
        for (size_t i = 0; i < n; i++)
            start[i] = 3 * q[i * n];
        for (size_t j = 1; j < n; j++) {
            double c = gen_uniform(0.2, 1) * (gen_between(0, 1) ? 3 : -3);
            tan0 = hypot(tan0, c / 3);
            for (size_t i = 0; i < n; i++)
                start[i] += c * q[i * n + j];
        }
        note("the second eigenvalue is %.3g times the first, and so many steps are enough", rho);
        status s = power(n, a, start, tol, steps_enough(rho, tan0, tol), top);
        expect_status(s, OK);
    }
}
END_TEST

START_TEST(power_huge_and_tiny)
{
    static const double SIZE[] = {1e200, 1e-200}, START[] = {1, 1e90, 1e-90};
    for (size_t k = 0; k < 6; k++) {
        double z = SIZE[k % 2], y = START[k / 2];
        note("the chapter's matrix times %s, the start times %s", num_text(z), num_text(y));
        status s = power(2, (double[]){6 * z, 2 * z, 2 * z, 3 * z}, (double[]){y, 0}, 1e-10, steps_enough(2. / 7, 0.5, 1e-10),
                         7 * z);
        expect_status(s, OK);
    }
}
END_TEST

START_TEST(power_nan)
{
    status s = power(2, (double[]){1, NAN, NAN, 1}, (double[]){1, 1}, 1e-8, 50, NAN);
    expect(s != OK, "A holds a NaN, so nothing was found; but the status is OK");
    s = power(2, HAND, (double[]){1, NAN}, 1e-8, 50, NAN);
    expect(s != OK, "the start holds a NaN, so nothing was found; but the status is OK");
}
END_TEST

START_TEST(power_without_memory)
{
    call("eig_power(2, &lambda, v, A, 1e-10, 50)");
    double *lambda = out_vec("lambda", 1);
    double *v = inout_vec("v", 2, (double[]){1, 0});
    const double (*A)[2] = in_mat("A", 2, 2, HAND);
    malloc_fails(true);
    status s = eig_power(2, lambda, v, A, 1e-10, 50);
    malloc_fails(false);
    if (s == OK) /* it needed none */
        check_pair(2, *lambda, v, HAND, 1e-10, 7);
    else {
        because("in this call malloc fails");
        expect_status(s, NO_SPACE);
    }
}
END_TEST

/* ------------------------------------------------------------------ eig_jacobi */

/* Column j of V, for a sentence. */
static const char *column_text(size_t n, const double v[], size_t j)
{
    static char said[300];
    size_t used = (size_t)snprintf(said, sizeof said, "(");
    for (size_t i = 0; i < n && used < sizeof said - 30; i++)
        used += (size_t)snprintf(said + used, sizeof said - used, "%s%.6g", i ? ", " : "", v[i * n + j]);
    snprintf(said + used, sizeof said - used, ")");
    return said;
}

/* The entry of largest absolute value is positive. Where several entries are largest to within 1e-8, rounding chooses among
   them, and one that is positive is enough. */
static void check_signs(size_t n, const double v[])
{
    for (size_t j = 0; j < n; j++) {
        double most = 0;
        bool fine = false;
        for (size_t i = 0; i < n; i++)
            most = fmax(most, fabs(v[i * n + j]));
        for (size_t i = 0; i < n; i++)
            fine = fine || v[i * n + j] >= (1 - 1e-8) * most;
        expect(fine, "column %zu of V is %s, and its entry of largest absolute value is negative", j, column_text(n, v, j));
    }
}

/* All that the contract says; more is forgiven to a matrix that was not quite symmetric. */
static void check_decomposition(size_t n, const double w[], const double v[], const double a[], double more)
{
    double bound = backward(n), size = frobenius(n, a);
    for (size_t i = 0; i < n; i++)
        expect(!isnan(w[i]), "w[%zu] is NaN or was never written, and the status is OK", i);
    for (size_t k = 0; k < n * n; k++)
        expect(!isnan(v[k]), "V[%zu][%zu] is NaN or was never written, and the status is OK", k / n, k % n);
    for (size_t j = 1; j < n; j++)
        expect(w[j - 1] >= w[j], "w must descend, but w[%zu] = %.17g and w[%zu] = %.17g", j - 1, w[j - 1], j, w[j]);

    long double worst = 0, product = 0;
    size_t row = 0, column = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            long double sum = 0;
            for (size_t k = 0; k < n; k++)
                sum += (long double)v[k * n + i] * v[k * n + j];
            if (fabsl(sum - (i == j)) > worst) {
                worst = fabsl(sum - (i == j));
                product = sum;
                row = i;
                column = j;
            }
        }
    expect(worst <= bound, "VᵀV must be the identity; columns %zu and %zu of V have the dot product %.12Lg", row, column, product);

    worst = 0;
    column = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            long double sum = -(long double)w[j] * v[i * n + j];
            for (size_t k = 0; k < n; k++)
                sum += (long double)a[i * n + k] * v[k * n + j];
            if (fabsl(sum) > worst) {
                worst = fabsl(sum);
                column = j;
            }
        }
    expect(worst <= (bound + more) * size,
           "A·V must be V·Λ; for v = column %zu of V = %s and w[%zu] = %.10g, an entry of Av - wv is %.3Lg (allowed: %.1g)",
           column, column_text(n, v, column), column, w[column], worst, (bound + more) * size);
    check_signs(n, v);
}

/* One call; what it found is checked when the status is OK, unless `more` is NAN. */
static status jacobi(size_t n, const double a[], double more, double **w, double **v)
{
    call("eig_jacobi(%zu, w, V, A)", n);
    *w = out_vec("w", n);
    double (*V)[n] = out_mat("V", n, n);
    const double (*A)[n] = in_mat("A", n, n, a);
    *v = &V[0][0];
    because_noted();
    status s = eig_jacobi(n, *w, V, A);
    if (s == OK && !isnan(more))
        check_decomposition(n, *w, *v, a, more);
    return s;
}

START_TEST(jacobi_by_hand)
{
    call("eig_jacobi(2, w, V, A)");
    double *w = out_vec("w", 2);
    double (*V)[2] = out_mat("V", 2, 2);
    const double (*A)[2] = in_mat("A", 2, 2, HAND);
    status s = eig_jacobi(2, w, V, A);
    because("tau = (3 - 6)/(2·2) = -3/4, t = -1/2, c = 2/√5, s = -1/√5: one rotation leaves 6 + 1 = 7 and 3 - 1 = 2");
    expect_status(s, OK);
    expect_vec(w, (double[]){7, 2}, 7 * backward(2));
    because("the columns are (2, 1)/√5 and (-1, 2)/√5; in each the entry of largest absolute value is positive");
    expect_mat(V, (double[]){2 / R5, -1 / R5, 1 / R5, 2 / R5}, 2 * backward(2));
}
END_TEST

START_TEST(jacobi_one)
{
    double *w, *v;
    note("A = (-3): the eigenvalue is -3, and the unit vector of the sign rule is (1)");
    status s = jacobi(1, (double[]){-3}, 0, &w, &v);
    expect_status(s, OK);
    expect_vec(w, (double[]){-3}, 1e-14);
    expect_mat(v, (double[]){1}, 1e-14);
    s = jacobi(1, (double[]){0}, 0, &w, &v);
    expect_status(s, OK);
    expect_vec(w, (double[]){0}, 0);
    expect_mat(v, (double[]){1}, 1e-14);
}
END_TEST

START_TEST(jacobi_diagonal)
{
    double *w, *v;
    note("A is diagonal: its diagonal, sorted, and the unit vectors in the same order");
    status s = jacobi(3, (double[]){2, 0, 0, 0, 5, 0, 0, 0, -1}, 0, &w, &v);
    expect_status(s, OK);
    expect_vec(w, (double[]){5, 2, -1}, 1e-13);
    expect_mat(v, (double[]){0, 1, 0, 1, 0, 0, 0, 0, 1}, 1e-13);
    s = jacobi(4, (double[]){1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4}, 0, &w, &v);
    expect_status(s, OK);
    expect_vec(w, (double[]){4, 3, 2, 1}, 1e-13);
    expect_mat(v, (double[]){0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0}, 1e-13);
}
END_TEST

START_TEST(jacobi_sign_rule)
{
    double *w, *v;
    note("eigenvalues 4 and -1; the eigenvector of 4 is (2, -1)/√5, not (-2, 1)/√5");
    status s = jacobi(2, (double[]){3, -2, -2, 0}, 0, &w, &v);
    expect_status(s, OK);
    expect_vec(w, (double[]){4, -1}, 5 * backward(2));
    expect_mat(v, (double[]){2 / R5, 1 / R5, -1 / R5, 2 / R5}, 2 * backward(2));
    note("eigenvalues 4 and -1; the eigenvector of 4 is (-1, 2)/√5, not (1, -2)/√5");
    s = jacobi(2, (double[]){0, -2, -2, 3}, 0, &w, &v);
    expect_status(s, OK);
    expect_vec(w, (double[]){4, -1}, 5 * backward(2));
    expect_mat(v, (double[]){-1 / R5, 2 / R5, 2 / R5, 1 / R5}, 2 * backward(2));
}
END_TEST

/* Both entries of (1, −1)/√2 are equally large: either sign is right. */
START_TEST(jacobi_tie)
{
    double *w, *v;
    note("equal entries on the diagonal: tau is 0, t is 1 or -1, and the rotation is by 45 degrees");
    status s = jacobi(2, (double[]){2, 1, 1, 2}, 0, &w, &v);
    expect_status(s, OK);
    expect_vec(w, (double[]){3, 1}, 4 * backward(2));
    note("equal entries on the diagonal: the rotation is by 45 degrees");
    s = jacobi(2, (double[]){0, 1, 1, 0}, 0, &w, &v);
    expect_status(s, OK);
    expect_vec(w, (double[]){1, -1}, 4 * backward(2));
}
END_TEST

START_TEST(jacobi_equal_everywhere)
{
    double *w, *v, a[25];
    for (size_t n = 2; n <= 5; n++) {
        for (size_t k = 0; k < n * n; k++)
            a[k] = 1;
        double want[5] = {(double)n};
        note("all ones: the vector of ones is stretched by %zu, whatever is at right angles to it becomes 0", n);
        status s = jacobi(n, a, 0, &w, &v);
        expect_status(s, OK);
        expect_vec(w, want, (double)(n * n) * backward(n));
    }
    double zero[9] = {0};
    note("the zero matrix: all eigenvalues are 0, and any orthonormal columns will do");
    status s = jacobi(3, zero, 0, &w, &v);
    expect_status(s, OK);
    expect_vec(w, zero, 0);
    double id[25] = {0};
    for (size_t i = 0; i < 5; i++)
        id[6 * i] = -2;
    note("-2 times the identity: -2 five times over");
    s = jacobi(5, id, 0, &w, &v);
    expect_status(s, OK);
    expect_vec(w, (double[]){-2, -2, -2, -2, -2}, 10 * backward(5));
}
END_TEST

START_TEST(jacobi_any_size)
{
    double *w, *v, a[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, LARGEST);
        symmetric(t, n, a);
        status s = jacobi(n, a, 0, &w, &v);
        expect_status(s, OK);
    }
}
END_TEST

/* Gaps of at least 1/2 between the eigenvalues, so that each column is settled but for its sign. */
START_TEST(jacobi_known)
{
    double *w, *v, a[CELLS], q[CELLS], lambda[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, LARGEST - 1);
        lambda[n - 1] = gen_uniform(-6, 2);
        for (size_t j = n - 1; j-- > 0;)
            lambda[j] = lambda[j + 1] + gen_uniform(0.5, 3);
        orthogonal(n, q);
        with_spectrum(n, a, lambda, q);
        double shift = 2 * (double)n * backward(n) * frobenius(n, a);
        note("A was built with these eigenvalues");
        status s = jacobi(n, a, 0, &w, &v);
        expect_status(s, OK);
        expect_vec(w, lambda, shift);
        for (size_t j = 0; j < n; j++) {
            long double dot = 0;
            for (size_t i = 0; i < n; i++)
                dot += (long double)v[i * n + j] * q[i * n + j];
            double away = sqrt(fmax(0, 1 - (double)(dot * dot)));
            expect(away <= 4 * shift / 0.5 + 1e-7, "column %zu of V is not along the eigenvector of %.6g with which A was built; the sine of the angle is %.3g",
                   j, lambda[j], away);
        }
    }
}
END_TEST

/* An eigenvalue twice or three times: its eigenvectors are not unique, but the space that they span is. */
START_TEST(jacobi_repeated)
{
    double *w, *v, a[CELLS], q[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 3, LARGEST - 1), many = gen_between(2, n - 1);
        double lambda[LARGEST];
        for (size_t j = 0; j < n; j++)
            lambda[j] = j < many ? 5 : 2 - (double)j;
        orthogonal(n, q);
        with_spectrum(n, a, lambda, q);
        double shift = 2 * (double)n * backward(n) * frobenius(n, a), gap = 5 - lambda[many];
        note("A was built with the eigenvalue 5 %zu times over", many);
        status s = jacobi(n, a, 0, &w, &v);
        expect_status(s, OK);
        expect_vec(w, lambda, shift);
        long double worst = 0;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                long double p = 0;
                for (size_t k = 0; k < many; k++)
                    p += (long double)v[i * n + k] * v[j * n + k] - (long double)q[i * n + k] * q[j * n + k];
                worst = fmaxl(worst, fabsl(p));
            }
        expect(worst <= 4 * shift / gap + 1e-12, "the first %zu columns of V do not span the eigenspace of 5: the projections on the two differ by %.3Lg",
               many, worst);
    }
}
END_TEST

/* Where eigenvalues repeat, a program that leaves the rotated entry to rounding, and stops at ε·max|A|/n, turns the same pairs by
   random angles again and again: one or two matrices in a hundred never come to rest. Seven hundred of them leave no such program a
   chance. */
START_TEST(jacobi_comes_to_rest)
{
    double *w, *v, a[CELLS], q[CELLS], lambda[LARGEST];
    for (size_t t = 0; t < 700; t++) {
        size_t n = 4 + t % (LARGEST - 3);
        for (size_t j = 0; j < n; j++)
            lambda[j] = 1 + (double)(j % 2);
        orthogonal(n, q);
        with_spectrum(n, a, lambda, q);
        note("A was built with the eigenvalues 1 and 2, several times each; is the entry that a rotation makes zero set to exactly 0, and is there a bound below which nothing is rotated?");
        status s = jacobi(n, a, 0, &w, &v);
        expect_status(s, OK);
    }
}
END_TEST

START_TEST(jacobi_huge_and_tiny)
{
    static const double SIZE[] = {1e-200, 1e200, 1e-12, 1e12};
    double *w, *v, a[25];
    for (size_t k = 0; k < 4; k++) {
        double z = SIZE[k];
        note("the chapter's matrix times %s", num_text(z));
        status s = jacobi(2, (double[]){6 * z, 2 * z, 2 * z, 3 * z}, 0, &w, &v);
        expect_status(s, OK);
        expect_vec(w, (double[]){7 * z, 2 * z}, 7 * z * backward(2));
        expect_mat(v, (double[]){2 / R5, -1 / R5, 1 / R5, 2 / R5}, 2 * backward(2));
        for (size_t t = 0; t < 20; t++) {
            for (size_t i = 0; i < 5; i++)
                for (size_t j = 0; j <= i; j++)
                    a[5 * i + j] = a[5 * j + i] = z * gen_normal();
            s = jacobi(5, a, 0, &w, &v);
            expect_status(s, OK);
        }
    }
}
END_TEST

/* A strong eigenvalue and weak ones, and entries beside the diagonal that are small but not negligible. */
START_TEST(jacobi_graded)
{
    double *w, *v;
    status s = jacobi(3, (double[]){1e6, 1e3, 1, 1e3, 1e3, 1, 1, 1, 1}, 0, &w, &v);
    expect_status(s, OK);
    note("entries of 1e-7 beside the diagonal are small, but they decide what the eigenvectors are");
    s = jacobi(3, (double[]){1, 1e-7, 1e-7, 1e-7, 1, 1e-7, 1e-7, 1e-7, 1}, 0, &w, &v);
    expect_status(s, OK);
    expect_vec(w, (double[]){1 + 2e-7, 1 - 1e-7, 1 - 1e-7}, 3 * backward(3));
}
END_TEST

START_TEST(jacobi_asymmetric)
{
    double *w, *v;
    note("A[0][1] = 2 and A[1][0] = 3");
    status s = jacobi(2, (double[]){1, 2, 3, 4}, NAN, &w, &v);
    expect_status(s, BAD_INPUT);
    note("A[2][0] = 1e-9, A[0][2] = 0, and a difference of 1e-12 is allowed when the largest entry is 1");
    s = jacobi(3, (double[]){1, 0, 0, 0, 1, 0, 1e-9, 0, 1}, NAN, &w, &v);
    expect_status(s, BAD_INPUT);
    note("A[1][2] = 1e-9, A[2][1] = 0: every pair of mirrored entries is to be looked at");
    s = jacobi(3, (double[]){1, 0, 0, 0, 1, 1e-9, 0, 0, 1}, NAN, &w, &v);
    expect_status(s, BAD_INPUT);
    note("a difference of 1e-20 between entries of that size; what is allowed is 1e-12 times the largest");
    s = jacobi(2, (double[]){6e-20, 2e-20, 3e-20, 3e-20}, NAN, &w, &v);
    expect_status(s, BAD_INPUT);
}
END_TEST

START_TEST(jacobi_nearly_symmetric)
{
    double *w, *v;
    note("a difference of 1e-13 may come from rounding; up to 6e-12 is allowed here");
    status s = jacobi(2, (double[]){6, 2, 2 + 1e-13, 3}, 2e-13, &w, &v);
    expect_status(s, OK);
    expect_vec(w, (double[]){7, 2}, 7 * (backward(2) + 2e-13));
    note("1e-13 beside 0: the difference is compared with the largest entry, 6, not with the pair");
    s = jacobi(2, (double[]){6, 1e-13, 0, 3}, 2e-13, &w, &v);
    expect_status(s, OK);
    expect_vec(w, (double[]){6, 3}, 6 * (backward(2) + 2e-13));
    note("a difference of about 1e6 between entries of 1e20 may come from rounding");
    s = jacobi(2, (double[]){6e20, 2e20, 2e20 + 1e6, 3e20}, 2e-13, &w, &v);
    expect_status(s, OK);
    expect_vec(w, (double[]){7e20, 2e20}, 7e20 * (backward(2) + 2e-13));
}
END_TEST

START_TEST(jacobi_not_finite)
{
    static const double BAD[4][4] = {{NAN, 1, 1, 2}, {1, NAN, NAN, 2}, {INFINITY, 1, 1, 2}, {1, -INFINITY, -INFINITY, 2}};
    double *w, *v;
    for (size_t k = 0; k < 4; k++) {
        note("not every entry is a finite number");
        status s = jacobi(2, BAD[k], NAN, &w, &v);
        expect_status(s, BAD_INPUT);
    }
}
END_TEST

START_TEST(jacobi_without_memory)
{
    call("eig_jacobi(2, w, V, A)");
    double *w = out_vec("w", 2);
    double (*V)[2] = out_mat("V", 2, 2);
    const double (*A)[2] = in_mat("A", 2, 2, HAND);
    malloc_fails(true);
    status s = eig_jacobi(2, w, V, A);
    malloc_fails(false);
    if (s == OK) /* it needed none */
        check_decomposition(2, w, &V[0][0], HAND, 0);
    else {
        because("in this call malloc fails");
        expect_status(s, NO_SPACE);
    }
}
END_TEST

/* A covariance like that of the digits: 64 pixels, three of which are always 0. The time limit of a test is generous. */
START_TEST(jacobi_pixels)
{
    static double X[PICTURES][PIXELS], a[PIXELS * PIXELS];
    double *w, *v;
    for (size_t i = 0; i < PICTURES; i++)
        for (size_t j = 0; j < PIXELS; j++)
            X[i][j] = j % 29 == 0 ? 0 : (double)gen_between(0, 16) - 8 + (j > 0 ? X[i][j - 1] / 2 : 0);
    mat_mul_tn(PIXELS, PICTURES, PIXELS, (double (*)[PIXELS])a, X, X);
    status s = jacobi(PIXELS, a, 0, &w, &v);
    expect_status(s, OK);
    double noise = (double)PIXELS * backward(PIXELS) * frobenius(PIXELS, a);
    expect(fabs(w[PIXELS - 1]) <= noise && fabs(w[PIXELS - 3]) <= noise,
           "three pixels are always 0, so the last three eigenvalues are 0; the last is %.3g", w[PIXELS - 1]);
}
END_TEST

/* ------------------------------------------------------------------ eig_definiteness */

static void definite(size_t n, const double values[], double tol, int want, const char *why)
{
    call("eig_definiteness(%zu, w, %s)", n, num_text(tol));
    const double *w = in_vec("w", n, values);
    int got = eig_definiteness(n, w, tol);
    because("%s", why);
    expect_num(got, want, 0);
}

START_TEST(definite_by_hand)
{
    definite(2, (double[]){7, 2}, 1e-12, 2, "both are positive");
    definite(2, (double[]){7, 0}, 1e-12, 1, "none is negative, one is zero");
    definite(2, (double[]){4, -1}, 1e-12, 0, "one of each sign");
    definite(2, (double[]){0, -1}, 1e-12, -1, "none is positive, one is zero");
    definite(2, (double[]){-1, -3}, 1e-12, -2, "both are negative");
}
END_TEST

START_TEST(definite_one)
{
    definite(1, (double[]){3}, 1e-12, 2, "one eigenvalue, and it is positive");
    definite(1, (double[]){-3}, 1e-12, -2, "one eigenvalue, and it is negative");
    definite(1, (double[]){0}, 1e-12, 1, "all are zero: positive semidefinite, by the contract");
    definite(3, (double[]){0, 0, -0.0}, 1e-12, 1, "all are zero: positive semidefinite, by the contract");
    definite(3, (double[]){0, 0, 0}, 0, 1, "tol = 0, and 0 ≤ 0·0: zero counts as zero");
    definite(2, (double[]){5, 0}, 0, 1, "tol = 0, and 0 ≤ 0·5: zero counts as zero");
}
END_TEST

START_TEST(definite_any_order)
{
    definite(3, (double[]){-1, 4, 2}, 1e-12, 0, "a negative one among positive ones, wherever it stands");
    definite(3, (double[]){2, -1, 4}, 1e-12, 0, "a negative one among positive ones, wherever it stands");
    definite(4, (double[]){0, 4, 0, 2}, 1e-12, 1, "none is negative, two are zero");
    definite(4, (double[]){-3, 0, -2, -1}, 1e-12, -1, "none is positive, one is zero");
    definite(3, (double[]){1, 0, -1}, 1e-12, 0, "zero beside both signs: indefinite");
}
END_TEST

START_TEST(definite_noise)
{
    definite(3, (double[]){2, 1, 1e-17}, 1e-12, 1, "1e-17 ≤ 1e-12·2 counts as zero");
    definite(3, (double[]){2, 1, -1e-17}, 1e-12, 1, "|-1e-17| ≤ 1e-12·2 counts as zero");
    definite(3, (double[]){1e-17, -1, -2}, 1e-12, -1, "1e-17 ≤ 1e-12·|-2| counts as zero");
    definite(3, (double[]){2, 1, -1e-3}, 1e-12, 0, "-1e-3 is no rounding");
    definite(2, (double[]){1e-3, -1000}, 1e-2, -1, "1e-3 ≤ 1e-2·|-1000| = 10 counts as zero");
    definite(2, (double[]){8, 2}, 0.25, 1, "2 ≤ 0.25·8 = 2 counts as zero: less or equal");
}
END_TEST

START_TEST(definite_relative)
{
    definite(2, (double[]){3e-20, 1e-20}, 1e-12, 2, "tiny, but of one size: 1e-20 is more than 1e-12·3e-20");
    definite(2, (double[]){-1e-30, -2e-30}, 1e-12, -2, "tiny, but of one size");
    definite(3, (double[]){8, 3, 1}, 0.1, 2, "1 is more than 0.1·8: the largest is the yardstick, not the sum");
    definite(3, (double[]){-1, -4, -8}, 0.125, -1, "1 ≤ 0.125·8 counts as zero");
    definite(2, (double[]){3e20, 1e5}, 1e-12, 1, "1e5 ≤ 1e-12·3e20 = 3e8 counts as zero");
    definite(2, (double[]){3e-20, -1e-20}, 1e-12, 0, "tiny, but of one size, and of both signs");
}
END_TEST

START_TEST(definite_nan)
{
    definite(1, (double[]){NAN}, 1e-12, 0, "a NaN among the eigenvalues: 0");
    for (size_t k = 0; k < 3; k++) {
        double w[3] = {3, 2, 1}, u[3] = {-1, -2, -3}, z[3] = {0, 0, 0};
        w[k] = u[k] = z[k] = NAN;
        definite(3, w, 1e-12, 0, "a NaN among the eigenvalues: 0");
        definite(3, u, 1e-12, 0, "a NaN among the eigenvalues: 0");
        definite(3, z, 1e-12, 0, "a NaN among the eigenvalues: 0");
    }
}
END_TEST

START_TEST(definite_any)
{
    double w[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, LARGEST), above = 0, below = 0;
        double z = exp(gen_uniform(-60, 60));
        for (size_t i = 0; i < n; i++) {
            size_t kind = gen_between(0, 2);
            if (t % 3 == 1 && kind == 0)
                kind = 1;
            if (t % 3 == 2 && kind == 1)
                kind = 0;
            w[i] = z * (kind == 0 ? -gen_uniform(0.1, 1) : kind == 1 ? gen_uniform(0.1, 1) : gen_uniform(-1e-14, 1e-14));
            above += kind == 1;
            below += kind == 0;
        }
        if (above + below == 0)
            continue;
        size_t zero = n - above - below;
        int want = above && below ? 0 : above ? zero ? 1 : 2 : zero ? -1 : -2;
        definite(n, w, 1e-12, want, "counted with 1e-12 of the largest absolute value as zero");
    }
}
END_TEST

/* ------------------------------------------------------------------ eig_rebuild

   Sums of n products of three factors: |error| ≤ (n + 2)·ε·Σ|v_ip·w_p·v_jp|, and twice that is allowed. */

static void yard_rebuild(size_t n, double want[], double tol[], const double w[], const double v[])
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            long double sum = 0, size = 0;
            for (size_t p = 0; p < n; p++) {
                long double term = (long double)v[i * n + p] * w[p] * v[j * n + p];
                sum += term;
                size += fabsl(term);
            }
            want[i * n + j] = (double)sum;
            tol[i * n + j] = (double)(2 * ((double)n + 2) * EPS * size) + DBL_MIN;
        }
}

static double *rebuild(size_t n, const double values[], const double vectors[])
{
    call("eig_rebuild(%zu, A, w, V)", n);
    double (*A)[n] = out_mat("A", n, n);
    const double *w = in_vec("w", n, values);
    const double (*V)[n] = in_mat("V", n, n, vectors);
    eig_rebuild(n, A, w, V);
    return &A[0][0];
}

START_TEST(rebuild_by_hand)
{
    const double *a = rebuild(2, (double[]){7, 2}, (double[]){2 / R5, -1 / R5, 1 / R5, 2 / R5});
    because("7/5·(4 2; 2 1) + 2/5·(1 -2; -2 4) = (28 + 2, 14 - 4; 14 - 4, 7 + 8)/5");
    expect_mat(a, HAND, 40 * EPS);
}
END_TEST

START_TEST(rebuild_small)
{
    const double *a = rebuild(1, (double[]){-3}, (double[]){2});
    because("2·(-3)·2");
    expect_mat(a, (double[]){-12}, 0);
    a = rebuild(2, (double[]){10, 100}, (double[]){1, 2, 3, 4});
    because("10·(1, 3)(1, 3)ᵀ + 100·(2, 4)(2, 4)ᵀ: the columns of V, whatever they are");
    expect_mat(a, (double[]){410, 830, 830, 1690}, 0);
}
END_TEST

START_TEST(rebuild_whole_numbers)
{
    double w[LARGEST], v[CELLS], want[CELLS], tol[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, LARGEST - 1);
        whole(n, w);
        whole(n * n, v);
        yard_rebuild(n, want, tol, w, v);
        const double *a = rebuild(n, w, v);
        expect_mat(a, want, 0);
    }
}
END_TEST

START_TEST(rebuild_any)
{
    double w[LARGEST], v[CELLS], want[CELLS], tol[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, LARGEST - 1);
        gen_vec(t, n, w);
        gen_vec(t, n * n, v);
        yard_rebuild(n, want, tol, w, v);
        const double *a = rebuild(n, w, v);
        expect_mat_tol(a, want, tol);
    }
}
END_TEST

START_TEST(rebuild_identity)
{
    double q[CELLS], id[CELLS], w[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, LARGEST - 1);
        for (size_t i = 0; i < n; i++)
            w[i] = 1;
        orthogonal(n, q);
        mat_identity(n, (double (*)[n])id);
        const double *a = rebuild(n, w, q);
        because("all eigenvalues are 1 and the columns of V are orthonormal: A is the identity");
        expect_mat(a, id, 64 * (double)n * EPS);
    }
}
END_TEST

START_TEST(rebuild_inverse)
{
    double q[CELLS], a[CELLS], id[CELLS], w[LARGEST], inverse[LARGEST], product[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, LARGEST - 1);
        for (size_t i = 0; i < n; i++) {
            w[i] = gen_uniform(0.5, 4) * (gen_between(0, 1) ? 1 : -1);
            inverse[i] = 1 / w[i];
        }
        orthogonal(n, q);
        mat_identity(n, (double (*)[n])id);
        memcpy(a, rebuild(n, w, q), n * n * sizeof *a);
        const double *b = rebuild(n, inverse, q);
        mat_mul(n, n, n, (double (*)[n])product, (const double (*)[n])b, (const double (*)[n])a);
        double worst = 0;
        for (size_t k = 0; k < n * n; k++)
            worst = fmax(worst, fabs(product[k] - id[k]));
        expect(worst <= 1e-12, "w holds the inverses of the eigenvalues of a call before, so this A times that one is the identity; it is off by %.3g",
               worst);
    }
}
END_TEST

START_TEST(rebuild_old_numbers)
{
    call("eig_rebuild(2, A, w, V)");
    double (*A)[2] = inout_mat("A", 2, 2, (double[]){1, 2, 3, 4});
    const double *w = in_vec("w", 2, (double[]){10, 100});
    const double (*V)[2] = in_mat("V", 2, 2, (double[]){1, 2, 3, 4});
    eig_rebuild(2, A, w, V);
    because("A held another matrix before; nothing of it is in this one");
    expect_mat(A, (double[]){410, 830, 830, 1690}, 0);
}
END_TEST

START_TEST(rebuild_odd_numbers)
{
    const double *a = rebuild(2, (double[]){NAN, 1}, (double[]){0, 1, 1, 0});
    because("0·NaN is NaN: a broken eigenvalue reaches every cell");
    expect_mat(a, (double[]){NAN, NAN, NAN, NAN}, 0);
    a = rebuild(2, (double[]){0, 1}, (double[]){NAN, 1, 0, 1});
    because("column 0 of V holds a NaN, and 0·NaN is NaN; only the cell (1, 1) does not meet it");
    expect_mat(a, (double[]){NAN, NAN, NAN, 1}, 0);
    a = rebuild(2, (double[]){2e200, 1e200}, (double[]){0, 1, 1, 0});
    expect_mat(a, (double[]){1e200, 0, 0, 2e200}, 0);
}
END_TEST

/* ------------------------------------------------------------------ pen and paper */

static const double PI = 3.14159265358979323846;
static const double PEN[2][2] = {{2, 1}, {1, 2}};

/* From the trace and the determinant. */
START_TEST(pen_a)
{
    double trace = PEN[0][0] + PEN[1][1], det = PEN[0][0] * PEN[1][1] - PEN[0][1] * PEN[1][0];
    call("pen_06_a()");
    expect_answer(pen_06_a(), (trace + sqrt(trace * trace - 4 * det)) / 2, 1e-6, "the two eigenvalues have the sum 4");
}
END_TEST

/* By taking the steps. */
START_TEST(pen_b)
{
    double error = 1, steps = 0;
    while (error > 1e-6) {
        error /= 3;
        steps++;
    }
    call("pen_06_b()");
    expect_answer(pen_06_b(), steps, 1e-5, "two steps divide the error by 9, so a little more than two are needed for each digit");
}
END_TEST

/* By walking round the circle. */
START_TEST(pen_c)
{
    double least = INFINITY;
    for (int k = 0; k < 720; k++) {
        double x[2] = {cos(k * PI / 360), sin(k * PI / 360)};
        least = fmin(least, mat_quad(2, PEN, x));
    }
    call("pen_06_c()");
    expect_answer(pen_06_c(), least, 1e-6, "at (1, 0) the form is 2, and there are places where it is less");
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("06-eigen");

    TCase *quadratic = suite_case(s, "mat_quad");
    tcase_add_test(quadratic, quad_by_hand);
    tcase_add_test(quadratic, quad_small);
    tcase_add_test(quadratic, quad_any_size);
    tcase_add_test(quadratic, quad_symmetric_part);
    tcase_add_test(quadratic, quad_odd_numbers);

    TCase *quotient = suite_case(s, "eig_rayleigh");
    tcase_add_test(quotient, rayleigh_by_hand);
    tcase_add_test(quotient, rayleigh_small);
    tcase_add_test(quotient, rayleigh_zero);
    tcase_add_test(quotient, rayleigh_any_size);
    tcase_add_test(quotient, rayleigh_scale);
    tcase_add_test(quotient, rayleigh_between);
    tcase_add_test(quotient, rayleigh_odd_numbers);

    TCase *iteration = suite_case(s, "eig_power");
    tcase_add_test(iteration, power_by_hand);
    tcase_add_test(iteration, power_one);
    tcase_add_test(iteration, power_negative);
    tcase_add_test(iteration, power_start);
    tcase_add_test(iteration, power_not_converged);
    tcase_add_test(iteration, power_zero_start);
    tcase_add_test(iteration, power_zero_matrix);
    tcase_add_test(iteration, power_long_way);
    tcase_add_test(iteration, power_any_size);
    tcase_add_test(iteration, power_huge_and_tiny);
    tcase_add_test(iteration, power_nan);
    tcase_add_test(iteration, power_without_memory);

    TCase *rotations = suite_case(s, "eig_jacobi");
    tcase_add_test(rotations, jacobi_one);
    tcase_add_test(rotations, jacobi_by_hand);
    tcase_add_test(rotations, jacobi_diagonal);
    tcase_add_test(rotations, jacobi_sign_rule);
    tcase_add_test(rotations, jacobi_tie);
    tcase_add_test(rotations, jacobi_equal_everywhere);
    tcase_add_test(rotations, jacobi_any_size);
    tcase_add_test(rotations, jacobi_known);
    tcase_add_test(rotations, jacobi_repeated);
    tcase_add_test(rotations, jacobi_comes_to_rest);
    tcase_add_test(rotations, jacobi_huge_and_tiny);
    tcase_add_test(rotations, jacobi_graded);
    tcase_add_test(rotations, jacobi_asymmetric);
    tcase_add_test(rotations, jacobi_nearly_symmetric);
    tcase_add_test(rotations, jacobi_not_finite);
    tcase_add_test(rotations, jacobi_without_memory);
    tcase_add_test(rotations, jacobi_pixels);

    TCase *signs = suite_case(s, "eig_definiteness");
    tcase_add_test(signs, definite_by_hand);
    tcase_add_test(signs, definite_one);
    tcase_add_test(signs, definite_any_order);
    tcase_add_test(signs, definite_noise);
    tcase_add_test(signs, definite_relative);
    tcase_add_test(signs, definite_nan);
    tcase_add_test(signs, definite_any);

    TCase *together = suite_case(s, "eig_rebuild");
    tcase_add_test(together, rebuild_by_hand);
    tcase_add_test(together, rebuild_small);
    tcase_add_test(together, rebuild_whole_numbers);
    tcase_add_test(together, rebuild_any);
    tcase_add_test(together, rebuild_identity);
    tcase_add_test(together, rebuild_inverse);
    tcase_add_test(together, rebuild_old_numbers);
    tcase_add_test(together, rebuild_odd_numbers);

    tcase_add_test(suite_case(s, "pen_06_a"), pen_a);
    tcase_add_test(suite_case(s, "pen_06_b"), pen_b);
    tcase_add_test(suite_case(s, "pen_06_c"), pen_c);
    return s;
}
