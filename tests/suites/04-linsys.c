/* The suite of chapter 04, linear systems. The chapter's own examples come first; they are made of numbers with few binary
   digits, so that every order of the operations gives them exactly. Then the cases of the contract, then random matrices.

   Tolerances. Theorem "Backward error of elimination" bounds, with u = ε/2 and γ_n = nu/(1 − nu) ≈ nε/2,

       one triangle    |b − T·x|        ≤ γ_n |T||x|
       factors         |PA − L·U|       ≤ γ_n |L||U|
       a solution      |P(b − A·x)|     ≤ 3 γ_n |L||U||x|

   entry by entry, for every order of summation. The suite allows twice that: nε in place of γ_n. The factor 2 covers a pivot
   that is turned into a reciprocal first (one rounding more). Residuals are formed in long double. TINY is added for results that
   are no longer normal numbers, where the model of rounding ends. */
#include "harness.h"

#include "lin.h"
#include "pen.h"

enum { LARGEST = 30, CELLS = LARGEST * LARGEST, LONG = 1200 };
typedef long double wide;
#define TINY (LARGEST * DBL_MIN)

/* The street of the chapter, and the example that is factored by hand: rows 0 and 1 change places, then 1 and 2. */
static const double STREET[9] = {1, 5, 1, 1, 6, 2, 1, 7, 1};
static const double HAND[9] = {2, 6, 4, 4, 8, 4, 1, 6, -1};
static const double HAND_LU[9] = {4, 8, 4, .25, 4, -2, .5, .5, 3};
static const size_t HAND_PIV[3] = {1, 2, 2};
/* As HAND, but the last pivot is 0 and all others are not. */
static const double LAST_ZERO[9] = {2, 6, 1, 4, 8, 4, 1, 6, -1};

/* ------------------------------------------------------------------ yardsticks */

static void swap_rows(size_t n, double a[], size_t i, size_t k)
{
    for (size_t j = 0; j < n; j++) {
        double held = a[i * n + j];
        a[i * n + j] = a[k * n + j];
        a[k * n + j] = held;
    }
}

/* The suite's own PA = LU, in place; false for a pivot of zero. */
static bool factor(size_t n, double a[], size_t piv[])
{
    for (size_t k = 0; k < n; k++) {
        piv[k] = k;
        for (size_t i = k; i < n; i++)
            if (fabs(a[i * n + k]) > fabs(a[piv[k] * n + k]))
                piv[k] = i;
        swap_rows(n, a, k, piv[k]);
        if (a[k * n + k] == 0)
            return false;
        for (size_t i = k + 1; i < n; i++) {
            a[i * n + k] /= a[k * n + k];
            for (size_t j = k + 1; j < n; j++)
                a[i * n + j] -= a[i * n + k] * a[k * n + j];
        }
    }
    return true;
}

/* Entry (i, j) of L·U, or of |L||U|, for two triangles in one array. */
static wide product_entry(size_t n, const double lu[], size_t i, size_t j, bool sizes)
{
    wide sum = 0;
    for (size_t p = 0; p <= i && p <= j; p++) {
        wide l = p == i ? 1 : lu[i * n + p], term = l * lu[p * n + j];
        sum += sizes ? fabsl(term) : term;
    }
    return sum;
}

/* |L||U| with its rows in the order of A. */
static bool sizes_of(size_t n, const double a[], double m[])
{
    double lu[CELLS];
    size_t piv[LARGEST];
    memcpy(lu, a, n * n * sizeof *lu);
    if (!factor(n, lu, piv))
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            m[i * n + j] = (double)product_entry(n, lu, i, j, true);
    for (size_t k = n; k-- > 0;)
        swap_rows(n, m, k, piv[k]);
    return true;
}

/* v ← A⁻¹ by Gauss and Jordan in long double, returns det A; 0 if singular. */
static wide invert(size_t n, const double a[], wide v[])
{
    static wide w[LARGEST][2 * LARGEST];
    wide det = 1;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            w[i][j] = a[i * n + j];
            w[i][n + j] = i == j;
        }
    for (size_t k = 0; k < n; k++) {
        size_t p = k;
        for (size_t i = k; i < n; i++)
            if (fabsl(w[i][k]) > fabsl(w[p][k]))
                p = i;
        det *= p == k ? w[p][k] : -w[p][k];
        if (det == 0)
            return 0;
        for (size_t j = 0; j < 2 * n; j++) {
            wide held = w[k][j];
            w[k][j] = w[p][j];
            w[p][j] = held;
        }
        for (size_t i = 0; i < n; i++) {
            wide l = i == k ? 0 : w[i][k] / w[k][k];
            for (size_t j = k; l != 0 && j < 2 * n; j++)
                w[i][j] -= l * w[k][j];
        }
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            v[i * n + j] = w[i][n + j] / w[i][i];
    return det;
}

/* |A⁻¹|·(|L||U|), which turns a backward error into a forward one: the sum of its entries and its largest column sum. */
static void amplification(size_t n, const double a[], const wide v[], double *sum, double *norm)
{
    double m[CELLS];
    *sum = *norm = INFINITY;
    if (!sizes_of(n, a, m))
        return;
    *sum = *norm = 0;
    for (size_t j = 0; j < n; j++) {
        wide column = 0;
        for (size_t i = 0; i < n; i++)
            for (size_t p = 0; p < n; p++)
                column += fabsl(v[i * n + p]) * m[p * n + j];
        *sum += (double)column;
        *norm = fmax(*norm, (double)column);
    }
}

/* The computed determinant is that of A + E with |E| ≤ γ_n |L||U|, and n roundings for the product. det(A + E) is det A times
   det(I + A⁻¹E), and |det(I + F) − 1| ≤ Π(1 + Σ|f|) − 1 ≤ exp(sum of all |f|) − 1. Twice that. */
static double det_tol(size_t n, const double a[], const wide v[], double det)
{
    double sum, norm;
    amplification(n, a, v, &sum, &norm);
    return fabs(det) * expm1((double)n * EPS * (sum + 2)) + TINY;
}

static double norm1(size_t n, const wide v[])
{
    wide largest = 0;
    for (size_t j = 0; j < n; j++) {
        wide sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += fabsl(v[i * n + j]);
        largest = fmaxl(largest, sum);
    }
    return (double)largest;
}

/* A column c of the computed inverse has the residual 3γ_n |L||U||c|, so its error is at most |A⁻¹| times that: in the 1-norm,
   relative to c, η = 3γ_n ‖|A⁻¹||L||U|‖₁. Twice that, and 2n roundings for the sums. Only where η is small. */
static double cond_tol(size_t n, const double a[], const wide v[], double kappa)
{
    double sum, norm;
    amplification(n, a, v, &sum, &norm);
    return kappa * (double)n * EPS * (3 * norm + 2);
}

/* A matrix with an inverse: whole numbers in the first trials, normal ones later. */
static void regular(size_t t, size_t n, double a[])
{
    static wide v[CELLS];
    bool whole = t < 60;
    do
        for (size_t i = 0; i < n * n; i++)
            a[i] = whole ? (double)gen_between(0, 18) - 9 : gen_normal();
    while (fabsl(invert(n, a, v)) < (whole ? 0.5L : 1e-6L));
}

static void numbers(size_t t, size_t n, double x[])
{
    for (size_t i = 0; i < n; i++)
        x[i] = t < 60 ? (double)gen_between(0, 18) - 9 : gen_normal();
}

static void hilbert(size_t n, double a[])
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            a[i * n + j] = 1 / (double)(i + j + 1);
}

/* Ones on the diagonal and in the last column, −1 below: growth 2^(n−1), and ties at every step. */
static void wilkinson(size_t n, double a[])
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            a[i * n + j] = j + 1 == n || i == j ? 1 : i > j ? -1 : 0;
}

/* |b − T·x| ≤ nε |T||x|, row by row; row i of T reaches from column from(i) to before to(i). */
static void expect_triangle(size_t n, const double a[], const double x[], const double b[], bool lower, bool unit)
{
    for (size_t i = 0; i < n; i++) {
        wide sum = 0, size = 0;
        for (size_t j = lower ? 0 : i; j < (lower ? i + 1 : n); j++) {
            wide term = (unit && i == j ? 1 : (wide)a[i * n + j]) * x[j];
            sum += term;
            size += fabsl(term);
        }
        double r = (double)fabsl(b[i] - sum), tol = (double)(n * EPS * size) + TINY;
        expect(r <= tol, "put back in, x misses b[%zu] = %.10g by %.2g; the bound n·ε·(|%s||x|) allows %.1g", i, b[i], r,
               lower ? "L" : "U", tol);
    }
}

/* ------------------------------------------------------------------ lin_solve_lower */

static double *lower(size_t n, const double a[], const double b[], bool unit, status want)
{
    call("lin_solve_lower(%zu, x, L, b, %s)", n, unit ? "true" : "false");
    const double (*L)[n] = in_mat("L", n, n, a);
    const double *rhs = in_vec("b", n, b);
    double *x = out_vec("x", n);
    if (want == SINGULAR)
        because("a pivot is 0");
    expect_status(lin_solve_lower(n, x, L, rhs, unit), want);
    return x;
}

START_TEST(lower_one)
{
    double *x = lower(1, (double[]){4}, (double[]){8}, false, OK);
    because("4·x[0] = 8");
    expect_vec(x, (double[]){2}, 0);
    x = lower(1, (double[]){4}, (double[]){8}, true, OK);
    because("with unit_diag the 4 counts as 1");
    expect_vec(x, (double[]){8}, 0);
}
END_TEST

START_TEST(lower_by_hand)
{
    double *x = lower(3, (double[]){2, 0, 0, 1, 4, 0, 3, 2, 5}, (double[]){4, 10, 25}, false, OK);
    because("x[0] = 4/2 = 2, x[1] = (10 - 1·2)/4 = 2, x[2] = (25 - 3·2 - 2·2)/5 = 3");
    expect_vec(x, (double[]){2, 2, 3}, 0);
}
END_TEST

START_TEST(lower_unit)
{
    double *x = lower(3, HAND_LU, (double[]){16, 14, 10}, true, OK);
    because("x[0] = 16, x[1] = 14 - 0.25·16 = 10, x[2] = 10 - 0.5·16 - 0.5·10 = -3");
    expect_vec(x, (double[]){16, 10, -3}, 0);
    x = lower(3, (double[]){0, 9, 9, 2, NAN, 9, 3, 4, 0}, (double[]){1, 1, 1}, true, OK);
    because("the diagonal counts as ones, whatever is stored there: x[1] = 1 - 2·1, x[2] = 1 - 3·1 - 4·(-1)");
    expect_vec(x, (double[]){1, -1, 2}, 0);
}
END_TEST

START_TEST(lower_upper_unread)
{
    double *x = lower(3, (double[]){2, NAN, NAN, 1, 4, NAN, 3, 2, 5}, (double[]){4, 10, 25}, false, OK);
    because("above the diagonal there is NaN, which is not part of L");
    expect_vec(x, (double[]){2, 2, 3}, 0);
}
END_TEST

START_TEST(lower_zero_pivot)
{
    lower(1, (double[]){0}, (double[]){1}, false, SINGULAR);
    lower(2, (double[]){0, 0, 1, 1}, (double[]){1, 1}, false, SINGULAR);
    lower(3, (double[]){2, 0, 0, 1, -0.0, 0, 3, 2, 5}, (double[]){4, 10, 25}, false, SINGULAR);
    lower(3, (double[]){2, 0, 0, 1, 4, 0, 3, 2, 0}, (double[]){4, 10, 25}, false, SINGULAR);
    lower(1, (double[]){0}, (double[]){0}, false, SINGULAR);
    lower(2, (double[]){2, 0, 1, 0}, (double[]){4, 2}, false, SINGULAR); /* solvable, in many ways */
}
END_TEST

START_TEST(lower_small_pivot)
{
    double e = 0x1p-70;
    double *x = lower(1, (double[]){1e-20}, (double[]){3e-20}, false, OK);
    because("a small pivot is a pivot: 3e-20 / 1e-20");
    expect_vec(x, (double[]){3}, 3 * 4 * EPS);
    x = lower(2, (double[]){e, 0, 1, 2 * e}, (double[]){e, 1 + 0x1p-20}, false, OK);
    because("a small pivot is a pivot: x[0] = e/e, x[1] = 2^-20 / (2e)");
    expect_vec(x, (double[]){1, 0x1p49}, 0);
}
END_TEST

START_TEST(lower_in_place)
{
    for (int unit = 0; unit < 2; unit++) {
        call("lin_solve_lower(3, b, L, b, %s)", unit ? "true" : "false");
        const double (*L)[3] = in_mat("L", 3, 3, HAND_LU);
        double *b = inout_vec("b", 3, (double[]){16, 14, 10});
        expect_status(lin_solve_lower(3, b, L, b, unit), OK);
        because("x may be b");
        expect_vec(b, unit ? (double[]){16, 10, -3} : (double[]){4, 3.25, 6.375 / 3}, 1e-14);
    }
}
END_TEST

START_TEST(lower_any)
{
    double a[CELLS], b[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, LARGEST);
        bool unit = t % 2 == 1;
        numbers(t, n * n, a);
        numbers(t, n, b);
        for (size_t i = 0; i < n; i++)
            while (a[i * n + i] == 0)
                a[i * n + i] = (double)gen_between(0, 18) - 9;
        for (size_t i = 0; i < n; i++)
            for (size_t j = i + 1; j < n; j++)
                a[i * n + j] = NAN;
        double *x = lower(n, a, b, unit, OK);
        expect_triangle(n, a, x, b, true, unit);
    }
}
END_TEST

START_TEST(lower_no_scratch)
{
    call("lin_solve_lower(3, x, L, b, true)");
    const double (*L)[3] = in_mat("L", 3, 3, HAND_LU);
    const double *b = in_vec("b", 3, (double[]){16, 14, 10});
    double *x = out_vec("x", 3);
    malloc_fails(true);
    status s = lin_solve_lower(3, x, L, b, true);
    malloc_fails(false);
    because("in this call malloc fails; substitution needs no memory");
    expect_status(s, OK);
    expect_vec(x, (double[]){16, 10, -3}, 0);
}
END_TEST

START_TEST(lower_long)
{
    static double a[LONG * LONG], b[LONG], want[LONG];
    for (size_t i = 0; i < LONG; i++) {
        for (size_t j = 0; j < LONG; j++)
            a[i * LONG + j] = j <= i ? 1 : NAN;
        b[i] = (double)i + 1;
        want[i] = 1;
    }
    double *x = lower(LONG, a, b, false, OK);
    because("L is all ones, so the differences of b are wanted; there is no largest n");
    expect_vec(x, want, 0);
}
END_TEST

START_TEST(lower_nan)
{
    double *x = lower(2, (double[]){1, 0, 1, 1}, (double[]){NAN, 1}, false, OK);
    because("x[0] is unknown, and x[1] = 1 - x[0]");
    expect_vec(x, (double[]){NAN, NAN}, 0);
    x = lower(2, (double[]){2, 0, NAN, 1}, (double[]){4, 1}, false, OK);
    because("x[0] = 4/2, and x[1] = 1 - NAN·2");
    expect_vec(x, (double[]){2, NAN}, 0);
}
END_TEST

/* ------------------------------------------------------------------ lin_solve_upper */

static double *upper(size_t n, const double a[], const double b[], status want)
{
    call("lin_solve_upper(%zu, x, U, b)", n);
    const double (*U)[n] = in_mat("U", n, n, a);
    const double *rhs = in_vec("b", n, b);
    double *x = out_vec("x", n);
    if (want == SINGULAR)
        because("a pivot is 0");
    expect_status(lin_solve_upper(n, x, U, rhs), want);
    return x;
}

START_TEST(upper_one)
{
    double *x = upper(1, (double[]){4}, (double[]){8}, OK);
    because("4·x[0] = 8");
    expect_vec(x, (double[]){2}, 0);
}
END_TEST

START_TEST(upper_by_hand)
{
    double *x = upper(2, (double[]){2, 4, 0, 5}, (double[]){16, 10}, OK);
    because("x[1] = 10/5 = 2, x[0] = (16 - 4·2)/2 = 4");
    expect_vec(x, (double[]){4, 2}, 0);
    x = upper(3, (double[]){4, 8, 4, 0, 4, -2, 0, 0, 3}, (double[]){16, 10, -3}, OK);
    because("x[2] = -3/3 = -1, x[1] = (10 + 2·(-1))/4 = 2, x[0] = (16 - 8·2 - 4·(-1))/4 = 1");
    expect_vec(x, (double[]){1, 2, -1}, 0);
}
END_TEST

START_TEST(upper_lower_unread)
{
    double *x = upper(3, (double[]){4, 8, 4, NAN, 4, -2, NAN, NAN, 3}, (double[]){16, 10, -3}, OK);
    because("below the diagonal there is NaN, which is not part of U");
    expect_vec(x, (double[]){1, 2, -1}, 0);
    x = upper(3, HAND_LU, (double[]){16, 10, -3}, OK);
    because("below the diagonal stand the numbers of another matrix");
    expect_vec(x, (double[]){1, 2, -1}, 0);
}
END_TEST

START_TEST(upper_zero_pivot)
{
    upper(1, (double[]){0}, (double[]){1}, SINGULAR);
    upper(2, (double[]){2, 4, 0, 0}, (double[]){2, 1}, SINGULAR);
    upper(3, (double[]){4, 8, 4, 0, -0.0, -2, 0, 0, 3}, (double[]){16, 10, -3}, SINGULAR);
    upper(3, (double[]){0, 8, 4, 0, 4, -2, 0, 0, 3}, (double[]){16, 10, -3}, SINGULAR);
    upper(1, (double[]){0}, (double[]){0}, SINGULAR);
    upper(2, (double[]){0, 1, 0, 2}, (double[]){2, 4}, SINGULAR); /* solvable, in many ways */
}
END_TEST

START_TEST(upper_small_pivot)
{
    double e = 0x1p-70;
    double *x = upper(1, (double[]){1e-20}, (double[]){3e-20}, OK);
    because("a small pivot is a pivot: 3e-20 / 1e-20");
    expect_vec(x, (double[]){3}, 3 * 4 * EPS);
    x = upper(2, (double[]){2 * e, 1, 0, e}, (double[]){1 + 0x1p-20, e}, OK);
    because("a small pivot is a pivot: x[1] = e/e, x[0] = 2^-20 / (2e)");
    expect_vec(x, (double[]){0x1p49, 1}, 0);
}
END_TEST

START_TEST(upper_in_place)
{
    call("lin_solve_upper(3, b, U, b)");
    const double (*U)[3] = in_mat("U", 3, 3, HAND_LU);
    double *b = inout_vec("b", 3, (double[]){16, 10, -3});
    expect_status(lin_solve_upper(3, b, U, b), OK);
    because("x may be b");
    expect_vec(b, (double[]){1, 2, -1}, 0);
}
END_TEST

START_TEST(upper_any)
{
    double a[CELLS], b[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, LARGEST);
        numbers(t, n * n, a);
        numbers(t, n, b);
        for (size_t i = 0; i < n; i++)
            while (a[i * n + i] == 0)
                a[i * n + i] = (double)gen_between(0, 18) - 9;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < i; j++)
                a[i * n + j] = NAN;
        double *x = upper(n, a, b, OK);
        expect_triangle(n, a, x, b, false, false);
    }
}
END_TEST

START_TEST(upper_no_scratch)
{
    call("lin_solve_upper(3, x, U, b)");
    const double (*U)[3] = in_mat("U", 3, 3, HAND_LU);
    const double *b = in_vec("b", 3, (double[]){16, 10, -3});
    double *x = out_vec("x", 3);
    malloc_fails(true);
    status s = lin_solve_upper(3, x, U, b);
    malloc_fails(false);
    because("in this call malloc fails; substitution needs no memory");
    expect_status(s, OK);
    expect_vec(x, (double[]){1, 2, -1}, 0);
}
END_TEST

START_TEST(upper_long)
{
    static double a[LONG * LONG], b[LONG], want[LONG];
    for (size_t i = 0; i < LONG; i++) {
        for (size_t j = 0; j < LONG; j++)
            a[i * LONG + j] = j >= i ? 1 : NAN;
        b[i] = (double)(LONG - i);
        want[i] = 1;
    }
    double *x = upper(LONG, a, b, OK);
    because("U is all ones, so the differences of b are wanted; there is no largest n");
    expect_vec(x, want, 0);
}
END_TEST

START_TEST(upper_nan)
{
    double *x = upper(2, (double[]){1, 1, 0, 1}, (double[]){1, NAN}, OK);
    because("x[1] is unknown, and x[0] = 1 - x[1]");
    expect_vec(x, (double[]){NAN, NAN}, 0);
    x = upper(2, (double[]){1, NAN, 0, 2}, (double[]){1, 4}, OK);
    because("x[1] = 4/2, and x[0] = 1 - NAN·2");
    expect_vec(x, (double[]){NAN, 2}, 0);
}
END_TEST

/* ------------------------------------------------------------------ lin_lu */

typedef struct { double *LU; size_t *piv; } factors;

static factors lu(size_t n, const double a[], status want)
{
    call("lin_lu(%zu, A, piv)", n);
    factors f = {inout_mat("A", n, n, a), out_index("piv", n)};
    status s = lin_lu(n, (double (*)[n])f.LU, f.piv);
    if (want == SINGULAR)
        because("at some step the largest candidate for the pivot is 0");
    expect_status(s, want);
    return f;
}

static void lu_exactly(size_t n, const double a[], const double want[], const size_t piv[])
{
    factors f = lu(n, a, OK);
    expect_index(f.piv, piv);
    expect_mat(f.LU, want, 0);
}

/* Multipliers of at most 1 and |PA − LU| ≤ nε |L||U|, whichever of two equal candidates was taken. */
static void expect_factors(size_t n, const double a[], factors f)
{
    double pa[CELLS];
    memcpy(pa, a, n * n * sizeof *pa);
    for (size_t k = 0; k < n; k++) {
        expect(f.piv[k] >= k && f.piv[k] < n, "piv[%zu] is %zu, and at step %zu the candidates are the rows %zu to %zu", k,
               f.piv[k], k, k, n - 1);
        swap_rows(n, pa, k, f.piv[k]);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            expect(fabs(f.LU[i * n + j]) <= 1 + 2 * EPS,
                   "the multiplier in A[%zu][%zu] is %.6g; where the largest candidate is the pivot none is larger than 1 in size", i,
                   j, f.LU[i * n + j]);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double got = (double)product_entry(n, f.LU, i, j, false);
            double tol = (double)n * EPS * (double)product_entry(n, f.LU, i, j, true) + TINY;
            expect(fabs(got - pa[i * n + j]) <= tol,
                   "row %zu of L times column %zu of U is %.10g, and after your exchanges A had %.10g there: %.2g apart, and the bound "
                   "n·ε·(|L||U|) allows %.1g",
                   i, j, got, pa[i * n + j], fabs(got - pa[i * n + j]), tol);
        }
}

START_TEST(lu_one)
{
    lu_exactly(1, (double[]){3}, (double[]){3}, (size_t[]){0});
    lu_exactly(1, (double[]){-2}, (double[]){-2}, (size_t[]){0});
}
END_TEST

START_TEST(lu_two)
{
    factors f = lu(2, (double[]){4, 6, 1, 2}, OK);
    because("no exchange; the multiplier is 1/4, and 2 - 6/4 = 0.5");
    expect_index(f.piv, (size_t[]){0, 1});
    expect_mat(f.LU, (double[]){4, 6, .25, .5}, 0);
    f = lu(2, (double[]){1, 2, 4, 6}, OK);
    because("rows 0 and 1 change places first; the multiplier is 1/4, and 2 - 6/4 = 0.5");
    expect_index(f.piv, (size_t[]){1, 1});
    expect_mat(f.LU, (double[]){4, 6, .25, .5}, 0);
}
END_TEST

START_TEST(lu_by_hand)
{
    factors f = lu(3, HAND, OK);
    because("rows 0 and 1 change places; then rows 1 and 2, the multipliers 0.5 and 0.25 with them; 2 - 0.5·(-2) = 3");
    expect_index(f.piv, HAND_PIV);
    expect_mat(f.LU, HAND_LU, 0);
}
END_TEST

START_TEST(lu_zero_on_the_diagonal)
{
    factors f = lu(2, (double[]){0, 1, 1, 0}, OK);
    because("the rows change places, and there is nothing left to do");
    expect_index(f.piv, (size_t[]){1, 1});
    expect_mat(f.LU, (double[]){1, 0, 0, 1}, 0);
    lu_exactly(3, (double[]){0, 0, 2, 3, 0, 0, 0, 4, 0}, (double[]){3, 0, 0, 0, 4, 0, 0, 0, 2}, (size_t[]){1, 2, 2});
}
END_TEST

START_TEST(lu_negative_pivot)
{
    factors f = lu(2, (double[]){1, 2, -4, 8}, OK);
    because("-4 is the largest in size; the multiplier is -1/4, and 2 + 8/4 = 4");
    expect_index(f.piv, (size_t[]){1, 1});
    expect_mat(f.LU, (double[]){-4, 8, -.25, 4}, 0);
}
END_TEST

START_TEST(lu_tiny_pivot)
{
    factors f = lu(2, (double[]){1e-20, 1, 1, 1}, OK);
    because("1 is the larger candidate; the multiplier is 1e-20, and 1 - 1e-20 is rounded to 1");
    expect_index(f.piv, (size_t[]){1, 1});
    expect_mat(f.LU, (double[]){1, 1, 1e-20, 1}, 0);
}
END_TEST

START_TEST(lu_singular)
{
    lu(1, (double[]){0}, SINGULAR);
    lu(2, (double[]){1, 2, 2, 4}, SINGULAR);
    lu(2, (double[]){0, 1, 0, 2}, SINGULAR);
    lu(3, (double[9]){0}, SINGULAR);
    lu(3, LAST_ZERO, SINGULAR);
    lu(3, (double[]){1, 0, 2, 4, 0, 5, 2, 0, 1}, SINGULAR);
}
END_TEST

START_TEST(lu_small_and_large)
{
    lu_exactly(1, (double[]){1e-20}, (double[]){1e-20}, (size_t[]){0});
    lu_exactly(2, (double[]){1e-20, 0, 0, 1e-20}, (double[]){1e-20, 0, 0, 1e-20}, (size_t[]){0, 1});
    for (int e = -700; e <= 700; e += 1400) {
        double a[9], want[9];
        for (size_t i = 0; i < 9; i++) {
            a[i] = ldexp(HAND[i], e);
            want[i] = i == 3 || i >= 6 && i < 8 ? HAND_LU[i] : ldexp(HAND_LU[i], e);
        }
        factors f = lu(3, a, OK);
        because("2^%d times the example of the chapter: U is multiplied, L and the exchanges stay", e);
        expect_index(f.piv, HAND_PIV);
        expect_mat(f.LU, want, 0);
    }
}
END_TEST

START_TEST(lu_any)
{
    double a[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, LARGEST);
        regular(t, n, a);
        expect_factors(n, a, lu(n, a, OK));
    }
}
END_TEST

START_TEST(lu_growing)
{
    double a[CELLS];
    for (size_t n = 2; n <= LARGEST; n++) {
        wilkinson(n, a);
        expect_factors(n, a, lu(n, a, OK));
    }
    for (size_t n = 2; n <= 12; n++) {
        hilbert(n, a);
        expect_factors(n, a, lu(n, a, OK));
    }
}
END_TEST

/* Of a matrix with a NaN the contract promises no status. What is promised of every call: it comes back, it writes nothing but A
   and piv, and OK means PA = LU. The product can have the NaN of A in the right place only if a NaN stands in A or piv is wrong. */
START_TEST(lu_nan)
{
    for (size_t at = 0; at < 10; at++) {
        double a[9], pa[9];
        for (size_t i = 0; i < 9; i++)
            a[i] = pa[i] = i == at || at == 9 ? NAN : HAND[i];
        call("lin_lu(3, A, piv)");
        double *A = inout_mat("A", 3, 3, a);
        size_t *piv = out_index("piv", 3);
        status s = lin_lu(3, (double (*)[3])A, piv);
        because("%s, and every comparison with a NaN is false", at < 9 ? "A has a NaN" : "A is all NaN");
        expect(s == OK || s == SINGULAR || s == BAD_INPUT, "returned a status that means something else");
        for (size_t k = 0; s == OK && k < 3; k++) {
            expect(piv[k] >= k && piv[k] < 3, "returned OK, and piv[%zu] is %zu; at step %zu the candidates are the rows %zu to 2", k,
                   piv[k], k, k);
            swap_rows(3, pa, k, piv[k]);
        }
        for (size_t i = 0; s == OK && i < 9; i++)
            expect(!isnan(pa[i]) || isnan((double)product_entry(3, A, i / 3, i % 3, false)),
                   "returned OK, and row %zu of L times column %zu of U is a number, where A has a NaN after the exchanges", i / 3, i % 3);
    }
}
END_TEST

START_TEST(lu_no_scratch)
{
    call("lin_lu(3, A, piv)");
    double (*A)[3] = inout_mat("A", 3, 3, HAND);
    size_t *piv = out_index("piv", 3);
    malloc_fails(true);
    status s = lin_lu(3, A, piv);
    malloc_fails(false);
    because("in this call malloc fails; the factors fit into A");
    expect_status(s, OK);
    expect_index(piv, HAND_PIV);
    expect_mat(A, HAND_LU, 0);
}
END_TEST

/* ------------------------------------------------------------------ lin_lu_solve */

static double *lu_solve(size_t n, const double a[], const size_t p[], const double b[], status want)
{
    call("lin_lu_solve(%zu, x, LU, piv, b)", n);
    const double (*LU)[n] = in_mat("LU", n, n, a);
    const size_t *piv = in_index("piv", n, p);
    const double *rhs = in_vec("b", n, b);
    double *x = out_vec("x", n);
    if (want == SINGULAR)
        because("the diagonal of U has a 0");
    expect_status(lin_lu_solve(n, x, LU, piv, rhs), want);
    return x;
}

START_TEST(lu_solve_one)
{
    double *x = lu_solve(1, (double[]){4}, (size_t[]){0}, (double[]){8}, OK);
    because("4·x[0] = 8");
    expect_vec(x, (double[]){2}, 0);
}
END_TEST

START_TEST(lu_solve_two)
{
    double *x = lu_solve(2, (double[]){4, 6, .25, .5}, (size_t[]){0, 1}, (double[]){10, 3}, OK);
    because("no exchange; y = (10, 3 - 0.25·10) = (10, 0.5); x[1] = 0.5/0.5, x[0] = (10 - 6)/4");
    expect_vec(x, (double[]){1, 1}, 0);
    x = lu_solve(2, (double[]){4, 6, .25, .5}, (size_t[]){1, 1}, (double[]){3, 10}, OK);
    because("exchanged, b is (10, 3); y = (10, 0.5); x[1] = 0.5/0.5, x[0] = (10 - 6)/4");
    expect_vec(x, (double[]){1, 1}, 0);
}
END_TEST

START_TEST(lu_solve_by_hand)
{
    double *x = lu_solve(3, HAND_LU, HAND_PIV, (double[]){10, 16, 14}, OK);
    because("after the exchanges b is (16, 14, 10); y = (16, 10, -3); x as in the chapter");
    expect_vec(x, (double[]){1, 2, -1}, 0);
}
END_TEST

START_TEST(lu_solve_only_exchanges)
{
    double id[CELLS] = {0}, b[LARGEST], want[LARGEST];
    size_t piv[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, 7);
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j < n; j++)
                id[i * n + j] = i == j;
            want[i] = b[i] = (double)i + 1;
            piv[i] = gen_between(i, n - 1);
        }
        for (size_t k = 0; k < n; k++) {
            double held = want[k];
            want[k] = want[piv[k]];
            want[piv[k]] = held;
        }
        double *x = lu_solve(n, id, piv, b, OK);
        because("L and U are the identity, so x is b after the exchanges, step 0 first");
        expect_vec(x, want, 0);
    }
}
END_TEST

START_TEST(lu_solve_many)
{
    double a[CELLS], f[CELLS], b[LARGEST], pb[LARGEST];
    size_t piv[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 20);
        do {
            regular(t, n, a);
            memcpy(f, a, n * n * sizeof *f);
        } while (!factor(n, f, piv));
        for (size_t times = 0; times < 3; times++) {
            numbers(t, n, b);
            double *x = lu_solve(n, f, piv, b, OK);
            memcpy(pb, b, n * sizeof *pb);
            for (size_t k = 0; k < n; k++)
                swap_rows(1, pb, k, piv[k]);
            for (size_t i = 0; i < n; i++) {
                wide sum = 0, size = 0;
                for (size_t j = 0; j < n; j++) {
                    sum += product_entry(n, f, i, j, false) * x[j];
                    size += product_entry(n, f, i, j, true) * fabsl((wide)x[j]);
                }
                double tol = (double)(2 * n * EPS * size) + TINY;
                expect(fabsl(sum - pb[i]) <= tol,
                       "row %zu of L·U·x is %.10g, and after the exchanges b has %.10g there: %.2g apart, and the bound "
                       "2·n·ε·(|L||U||x|) allows %.1g",
                       i, (double)sum, pb[i], (double)fabsl(sum - pb[i]), tol);
            }
        }
    }
}
END_TEST

START_TEST(lu_solve_in_place)
{
    call("lin_lu_solve(3, b, LU, piv, b)");
    const double (*LU)[3] = in_mat("LU", 3, 3, HAND_LU);
    const size_t *piv = in_index("piv", 3, HAND_PIV);
    double *b = inout_vec("b", 3, (double[]){10, 16, 14});
    expect_status(lin_lu_solve(3, b, LU, piv, b), OK);
    because("x may be b");
    expect_vec(b, (double[]){1, 2, -1}, 0);
}
END_TEST

START_TEST(lu_solve_zero_pivot)
{
    lu_solve(2, (double[]){4, 6, .25, 0}, (size_t[]){1, 1}, (double[]){3, 10}, SINGULAR);
    lu_solve(3, (double[]){0, 8, 4, .25, 4, -2, .5, .5, 3}, HAND_PIV, (double[]){10, 16, 14}, SINGULAR);
}
END_TEST

START_TEST(lu_solve_small_pivots)
{
    double a[9];
    for (size_t i = 0; i < 9; i++)
        a[i] = i == 3 || i >= 6 && i < 8 ? HAND_LU[i] : ldexp(HAND_LU[i], -70);
    call("lin_lu_solve(3, x, LU, piv, b)");
    const double (*LU)[3] = in_mat("LU", 3, 3, a);
    const size_t *piv = in_index("piv", 3, HAND_PIV);
    const double *b = in_vec("b", 3, (double[]){10, 16, 14});
    double *x = out_vec("x", 3);
    because("U is 2^-70 times that of the chapter, so x is 2^70 times (1, 2, -1)");
    expect_status(lin_lu_solve(3, x, LU, piv, b), OK);
    expect_vec(x, (double[]){0x1p70, 0x1p71, -0x1p70}, 16 * EPS * 0x1p70); /* a reciprocal of 3 is rounded */
}
END_TEST

START_TEST(lu_solve_no_scratch)
{
    call("lin_lu_solve(3, x, LU, piv, b)");
    const double (*LU)[3] = in_mat("LU", 3, 3, HAND_LU);
    const size_t *piv = in_index("piv", 3, HAND_PIV);
    const double *b = in_vec("b", 3, (double[]){10, 16, 14});
    double *x = out_vec("x", 3);
    malloc_fails(true);
    status s = lin_lu_solve(3, x, LU, piv, b);
    malloc_fails(false);
    because("in this call malloc fails; everything can happen in x");
    expect_status(s, OK);
    expect_vec(x, (double[]){1, 2, -1}, 0);
}
END_TEST

/* ------------------------------------------------------------------ lin_solve */

static double *solve(size_t n, const double a[], const double b[], status want)
{
    call("lin_solve(%zu, x, A, b)", n);
    const double (*A)[n] = in_mat("A", n, n, a);
    const double *rhs = in_vec("b", n, b);
    double *x = out_vec("x", n);
    if (want == SINGULAR)
        because("A is singular: elimination meets a pivot of 0, with no rounding on the way");
    expect_status(lin_solve(n, x, A, rhs), want);
    return x;
}

/* ‖b − A·x‖∞ ≤ 3nε ‖|L||U|‖∞ ‖x‖∞, twice the theorem, in norms: with equal candidates other factors are as good, and their
   rows need not have the same sizes. */
static void expect_solved(size_t n, const double a[], const double x[], const double b[])
{
    double m[CELLS], largest = 0, size = 0;
    ck_assert(sizes_of(n, a, m));
    for (size_t i = 0; i < n; i++) {
        double row = 0;
        for (size_t j = 0; j < n; j++)
            row += m[i * n + j];
        size = fmax(size, row);
        largest = fmax(largest, fabs(x[i]));
    }
    double tol = 3 * (double)n * EPS * size * largest + TINY;
    for (size_t i = 0; i < n; i++) {
        wide sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += (wide)a[i * n + j] * x[j];
        double r = (double)fabsl(b[i] - sum);
        expect(r <= tol,
               "put back in, x misses b[%zu] = %.10g by %.2g; elimination with pivoting and two triangles, all in double, misses it by "
               "%.2g at most (3·n·ε·‖|L||U|‖·‖x‖)",
               i, b[i], r, tol);
    }
}

/* For the small examples with known x the forward error is at most κ₁·6nε·growth: below 90·4e-15·24 = 1e-11. */
static const double HAND_TOL = 1e-11;

START_TEST(solve_one)
{
    double *x = solve(1, (double[]){4}, (double[]){8}, OK);
    because("4·x[0] = 8");
    expect_vec(x, (double[]){2}, 0);
}
END_TEST

START_TEST(solve_street)
{
    double *x = solve(3, STREET, (double[]){56, 70, 72}, OK);
    because("the agent of the chapter: 10 + 5·8 + 6 = 56, 10 + 6·8 + 2·6 = 70, 10 + 7·8 + 6 = 72");
    expect_vec(x, (double[]){10, 8, 6}, HAND_TOL);
    x = solve(3, STREET, (double[]){60, 65, 75}, OK);
    because("the buyers: 25 + 5·7.5 - 2.5 = 60, 25 + 6·7.5 - 5 = 65, 25 + 7·7.5 - 2.5 = 75");
    expect_vec(x, (double[]){25, 7.5, -2.5}, HAND_TOL);
}
END_TEST

START_TEST(solve_by_hand)
{
    double *x = solve(3, HAND, (double[]){10, 16, 14}, OK);
    because("2 + 12 - 4 = 10, 4 + 16 - 4 = 16, 1 + 12 + 1 = 14");
    expect_vec(x, (double[]){1, 2, -1}, HAND_TOL);
}
END_TEST

START_TEST(solve_zero_and_tiny_pivots)
{
    double *x = solve(2, (double[]){0, 1, 1, 0}, (double[]){3, 5}, OK);
    because("the first equation says x[1] = 3, the second x[0] = 5");
    expect_vec(x, (double[]){5, 3}, 0);
    x = solve(2, (double[]){1e-20, 1, 1, 1}, (double[]){1, 2}, OK);
    because("x[0] = 1/(1 - 1e-20), which is 1 to twenty digits, and x[1] = 1 - 1e-20·x[0]");
    expect_vec(x, (double[]){1, 1}, 8 * EPS);
}
END_TEST

START_TEST(solve_singular)
{
    solve(1, (double[]){0}, (double[]){1}, SINGULAR);
    solve(2, (double[]){1, 2, 2, 4}, (double[]){1, 2}, SINGULAR);
    solve(3, LAST_ZERO, (double[]){1, 2, 3}, SINGULAR);
    solve(3, (double[9]){0}, (double[]){0, 0, 0}, SINGULAR);
}
END_TEST

START_TEST(solve_any)
{
    double a[CELLS], b[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 20);
        regular(t, n, a);
        numbers(t, n, b);
        expect_solved(n, a, solve(n, a, b, OK), b);
    }
}
END_TEST

START_TEST(solve_nasty)
{
    double a[CELLS], b[LARGEST];
    for (size_t n = 1; n <= 10; n++) {
        hilbert(n, a);
        for (size_t i = 0; i < n; i++)
            b[i] = 1;
        double *x = solve(n, a, b, OK);
        because("the Hilbert matrix of order %zu. Its condition harms x, not the residual, unless the way to x leads over A⁻¹, AᵀA or "
                "determinants",
                n);
        expect_solved(n, a, x, b);
    }
    for (size_t n = 2; n <= 20; n++) {
        wilkinson(n, a);
        numbers(100, n, b);
        expect_solved(n, a, solve(n, a, b, OK), b);
    }
}
END_TEST

START_TEST(solve_large)
{
    enum { N = 300 };
    static double a[N * N], b[N], want[N];
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < N; j++)
            a[i * N + j] = i == j ? 1024 : 1;
        b[i] = 1024 + N - 1;
        want[i] = 1;
    }
    double *x = solve(N, a, b, OK);
    because("1024 on the diagonal and ones beside it, so x is all ones; there is no largest n");
    expect_vec(x, want, 1e-11); /* |L||U| = A, ‖A‖∞ = 1323, ‖A⁻¹‖∞ ≤ 1/725, so |x − 1| ≤ 3nε·1323/725 < 4e-13 */
}
END_TEST

START_TEST(solve_small_and_large)
{
    for (int e = -600; e <= 600; e += 1200) {
        double a[9];
        for (size_t i = 0; i < 9; i++)
            a[i] = ldexp(HAND[i], e);
        double *x = solve(3, a, (double[]){10, 16, 14}, OK);
        because("A is 2^%d times the example of the chapter, so x is 2^%d times (1, 2, -1)", e, -e);
        expect_vec(x, (double[]){ldexp(1, -e), ldexp(2, -e), ldexp(-1, -e)}, ldexp(HAND_TOL, -e));
    }
}
END_TEST

START_TEST(solve_nan)
{
    call("lin_solve(2, x, A, b)");
    const double (*A)[2] = in_mat("A", 2, 2, (double[]){1, 2, NAN, 3});
    const double *b = in_vec("b", 2, (double[]){1, 2});
    double *x = out_vec("x", 2);
    status s = lin_solve(2, x, A, b);
    expect(s == SINGULAR || s == BAD_INPUT || s == OK && (isnan(x[0]) || isnan(x[1])),
           "A has a NaN, and neither the status nor x = {%g, %g} shows it", x[0], x[1]);

    x = solve(2, (double[]){1, 2, 3, 4}, (double[]){NAN, 2}, OK);
    because("both unknowns depend on b[0]");
    expect_vec(x, (double[]){NAN, NAN}, 0);
}
END_TEST

START_TEST(solve_without_memory)
{
    call("lin_solve(3, x, A, b)");
    const double (*A)[3] = in_mat("A", 3, 3, HAND);
    const double *b = in_vec("b", 3, (double[]){10, 16, 14});
    double *x = out_vec("x", 3);
    malloc_fails(true);
    status s = lin_solve(3, x, A, b);
    malloc_fails(false);
    if (s == OK) /* a program that needs no malloc is no worse */
        expect_vec(x, (double[]){1, 2, -1}, HAND_TOL);
    because("in this call malloc fails");
    if (s != OK)
        expect_status(s, NO_SPACE);
}
END_TEST

/* ------------------------------------------------------------------ lin_det */

static double det(size_t n, const double a[])
{
    call("lin_det(%zu, A)", n);
    const double (*A)[n] = in_mat("A", n, n, a);
    return lin_det(n, A);
}

START_TEST(det_one)
{
    expect_num(det(1, (double[]){-3}), -3, 0);
    expect_num(det(1, (double[]){0}), 0, 0);
}
END_TEST

START_TEST(det_two)
{
    double d = det(2, (double[]){4, 6, 1, 2});
    because("4·2 - 6·1");
    expect_num(d, 2, 8 * EPS);
    d = det(2, (double[]){1, 2, 4, 6});
    because("1·6 - 2·4");
    expect_num(d, -2, 8 * EPS);
    d = det(2, (double[]){0, 1, 1, 0});
    because("0·0 - 1·1");
    expect_num(d, -1, 0);
}
END_TEST

START_TEST(det_by_hand)
{
    double d = det(3, HAND);
    because("two exchanges: +4·4·3; also -16 + 24 + 96 - 32 + 24 - 48");
    expect_num(d, 48, 48e-13);
    d = det(3, STREET);
    because("one exchange: -(1·2·1)");
    expect_num(d, -2, 2e-13);
    d = det(3, (double[]){2, 5, 7, 0, 3, 9, 0, 0, -4});
    because("a triangle: 2·3·(-4)");
    expect_num(d, -24, 24 * 8 * EPS);
}
END_TEST

START_TEST(det_of_exchanges)
{
    double a[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 7), swaps = 0;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                a[i * n + j] = i == j;
        for (size_t k = 0; k < n; k++) {
            size_t p = gen_between(k, n - 1);
            swaps += p != k;
            swap_rows(n, a, k, p);
        }
        double d = det(n, a);
        because("A is the identity after %zu exchange%s of two rows", swaps, swaps == 1 ? "" : "s");
        expect_num(d, swaps % 2 ? -1 : 1, 0);
    }
}
END_TEST

START_TEST(det_singular)
{
    double d = det(2, (double[]){1, 2, 2, 4});
    because("1·4 - 2·2");
    expect_num(d, 0, 0);
    d = det(2, (double[]){0, 1, 0, 2});
    because("0·2 - 1·0");
    expect_num(d, 0, 0);
    d = det(3, LAST_ZERO);
    because("the last pivot is 0");
    expect_num(d, 0, 0);
    expect_num(det(3, (double[9]){0}), 0, 0);
}
END_TEST

START_TEST(det_any)
{
    static wide v[CELLS];
    double a[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 12);
        regular(t, n, a);
        double want = (double)invert(n, a, v), tol = det_tol(n, a, v, want);
        expect_num(det(n, a), want, tol);
        if (n > 1) {
            swap_rows(n, a, 0, n - 1);
            double d = det(n, a);
            because("the first and the last row of the matrix before have changed places");
            expect_num(d, -want, tol);
        }
    }
}
END_TEST

START_TEST(det_of_a_product)
{
    static wide v[CELLS];
    double a[CELLS], b[CELLS], ab[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 5);
        regular(0, n, a); /* whole numbers: the product is exact */
        regular(0, n, b);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                ab[i * n + j] = 0;
                for (size_t p = 0; p < n; p++)
                    ab[i * n + j] += a[i * n + p] * b[p * n + j];
            }
        wide da = roundl(invert(n, a, v)), db = roundl(invert(n, b, v));
        double want = (double)(da * db), tol;
        invert(n, ab, v);
        tol = det_tol(n, ab, v, want);
        double d = det(n, ab);
        because("A is a product of two matrices with the determinants %.0Lf and %.0Lf", da, db);
        expect_num(d, want, tol);
    }
}
END_TEST

START_TEST(det_no_measure)
{
    double a[CELLS] = {0}, want = 1;
    for (size_t i = 0; i < 30; i++) {
        a[i * 30 + i] = 0.1;
        want *= 0.1;
    }
    double d = det(30, a);
    because("0.1 times the identity of order 30; no pivot is small compared with the others");
    expect_num(d, want, want * 60 * EPS);

    for (size_t i = 0; i < 30; i++)
        for (size_t j = 0; j < 30; j++)
            a[i * 30 + j] = i == j ? 1 : j > i ? -1 : 0;
    d = det(30, a);
    because("a triangle with ones on its diagonal");
    expect_num(d, 1, 0);
}
END_TEST

START_TEST(det_small_and_large)
{
    for (int e = -60; e <= 60; e += 120) {
        double a[9];
        for (size_t i = 0; i < 9; i++)
            a[i] = ldexp(HAND[i], e);
        double d = det(3, a);
        because("2^%d times the example of the chapter: every pivot is multiplied by this, the determinant by its cube", e);
        expect_num(d, ldexp(48, 3 * e), ldexp(48e-13, 3 * e));
    }
}
END_TEST

START_TEST(det_unknown)
{
    double d = det(1, (double[]){NAN});
    because("a NaN in A makes the determinant unknown");
    expect_num(d, NAN, 0);
    d = det(2, (double[]){1, 2, NAN, 3});
    because("a NaN in A makes the determinant unknown");
    expect_num(d, NAN, 0);

    call("lin_det(3, A)");
    const double (*A)[3] = in_mat("A", 3, 3, HAND);
    malloc_fails(true);
    d = lin_det(3, A);
    malloc_fails(false);
    because("in this call malloc fails");
    expect(isnan(d) || fabs(d - 48) < 48e-13, "returned %g, and with no memory nothing is known about A: NAN", d);
}
END_TEST

/* ------------------------------------------------------------------ lin_cond1 */

static double cond(size_t n, const double a[])
{
    call("lin_cond1(%zu, A)", n);
    const double (*A)[n] = in_mat("A", n, n, a);
    return lin_cond1(n, A);
}

START_TEST(cond_one)
{
    double k = cond(1, (double[]){5});
    because("5 times 1/5");
    expect_num(k, 1, 4 * EPS);
    k = cond(1, (double[]){-0x1p-300});
    because("a single number other than 0 is never near to singular");
    expect_num(k, 1, 4 * EPS);
}
END_TEST

START_TEST(cond_two)
{
    double k = cond(2, (double[]){2, 0, 0, .25});
    because("the norms are 2 and 4");
    expect_num(k, 8, 32 * EPS);
    k = cond(2, (double[]){1, 2, 3, 4});
    because("the column sums are 4 and 6, those of the inverse (-2 1; 1.5 -0.5) are 3.5 and 1.5: 6·3.5");
    expect_num(k, 21, 21e-13);
    k = cond(2, (double[]){1, .25, 1, -.25});
    because("the two lines of the chapter with t = 1/4: 1 + 1/t");
    expect_num(k, 5, 5e-13);
}
END_TEST

START_TEST(cond_street)
{
    double k = cond(3, STREET);
    because("the column sums are 3, 18 and 4, those of the inverse 5, 2 and 3: 18·5");
    expect_num(k, 90, 90e-12);
    k = cond(3, (double[]){1, 1, 1, 5, 6, 7, 1, 2, 1});
    because("the transposed street: the column sums are 7, 9 and 9, those of the inverse 7, 1 and 2: 9·7");
    expect_num(k, 63, 63e-12);
}
END_TEST

START_TEST(cond_scaled)
{
    double a[CELLS] = {0};
    for (size_t i = 0; i < 30; i++)
        a[i * 30 + i] = 0.1;
    double k = cond(30, a);
    because("0.1 times the identity: its determinant is 1e-30, and it is as far from singular as a matrix can be");
    expect_num(k, 1, 8 * EPS);
    for (int e = -400; e <= 400; e += 800) {
        for (size_t i = 0; i < 9; i++)
            a[i] = ldexp(STREET[i], e);
        k = cond(3, a);
        because("2^%d times the street: one norm is multiplied by this, the other divided", e);
        expect_num(k, 90, 90e-12);
    }
}
END_TEST

START_TEST(cond_singular)
{
    double k = cond(1, (double[]){0});
    because("singular");
    expect_num(k, INFINITY, 0);
    k = cond(2, (double[]){1, 2, 2, 4});
    because("singular");
    expect_num(k, INFINITY, 0);
    k = cond(3, LAST_ZERO);
    because("the last pivot is 0");
    expect_num(k, INFINITY, 0);
}
END_TEST

START_TEST(cond_triangle)
{
    static double a[50 * 50];
    for (size_t n = 1; n <= 50; n++) {
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                a[i * n + j] = i == j ? 1 : j > i ? -1 : 0;
        double k = cond(n, a), want = n == 1 ? 1 : (double)n * ldexp(1, (int)n - 1);
        because("ones on the diagonal, -1 above: determinant 1, and the condition n·2^(n-1), all in whole numbers");
        expect_num(k, want, 0);
    }
}
END_TEST

START_TEST(cond_hilbert)
{
    static wide v[CELLS];
    double a[CELLS];
    hilbert(6, a);
    invert(6, a, v);
    double k = cond(6, a);
    because("the Hilbert matrix of order 6: 2.45 · 11865420");
    expect_num(k, 2.45 * 11865420, 2 * cond_tol(6, a, v, 2.907e7)); /* the entries of A are rounded as well */
}
END_TEST

START_TEST(cond_any)
{
    static wide v[CELLS], w[CELLS];
    double a[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 15);
        double want, tol;
        do {
            regular(t, n, a);
            invert(n, a, v);
            for (size_t i = 0; i < n * n; i++)
                w[i] = a[i];
            want = norm1(n, w) * norm1(n, v);
            tol = cond_tol(n, a, v, want);
        } while (!(tol < 1e-3 * want));
        expect_num(cond(n, a), want, tol);
    }
}
END_TEST

START_TEST(cond_unknown)
{
    for (size_t i = 0; i < 4; i++) {
        double a[4] = {1, 2, 3, 4};
        a[i] = NAN;
        double k = cond(2, a);
        because("a NaN in A makes its condition unknown");
        expect_num(k, NAN, 0);
    }
    call("lin_cond1(3, A)");
    const double (*A)[3] = in_mat("A", 3, 3, STREET);
    malloc_fails(true);
    double k = lin_cond1(3, A);
    malloc_fails(false);
    because("in this call malloc fails");
    expect(isnan(k) || fabs(k - 90) < 90e-12, "returned %g, and with no memory nothing is known about A: NAN", k);
}
END_TEST

/* ------------------------------------------------------------------ pen and paper

   Computed here by other roads than the questions ask for. */

static const double PEN[9] = {2, 1, 1, 4, 3, 3, 8, 7, 9};

START_TEST(pen_determinant)
{
    double d = 0;
    for (size_t j = 0; j < 3; j++) {
        size_t k = (j + 1) % 3, l = (j + 2) % 3;
        d += PEN[j] * (PEN[3 + k] * PEN[6 + l] - PEN[3 + l] * PEN[6 + k]);
    }
    call("pen_04_a()");
    expect_answer(pen_04_a(), d, 1e-6 * fabs(d), NULL);
}
END_TEST

START_TEST(pen_second_pivot)
{
    double lu[9];
    size_t piv[3];
    memcpy(lu, PEN, sizeof lu);
    ck_assert(factor(3, lu, piv));
    call("pen_04_b()");
    expect_answer(pen_04_b(), lu[4], 1e-6 * fabs(lu[4]), NULL);
}
END_TEST

START_TEST(pen_condition)
{
    wide v[4], w[4] = {1, 0, 0, 1e-3L};
    invert(2, (double[]){1, 0, 0, 1e-3}, v);
    double kappa = norm1(2, v) * norm1(2, w);
    call("pen_04_c()");
    expect_answer(pen_04_c(), kappa, 1e-6 * kappa, NULL);
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("04-linsys");

    TCase *c = suite_case(s, "lin_solve_lower");
    tcase_add_test(c, lower_one);
    tcase_add_test(c, lower_by_hand);
    tcase_add_test(c, lower_unit);
    tcase_add_test(c, lower_upper_unread);
    tcase_add_test(c, lower_zero_pivot);
    tcase_add_test(c, lower_small_pivot);
    tcase_add_test(c, lower_in_place);
    tcase_add_test(c, lower_any);
    tcase_add_test(c, lower_no_scratch);
    tcase_add_test(c, lower_long);
    tcase_add_test(c, lower_nan);

    c = suite_case(s, "lin_solve_upper");
    tcase_add_test(c, upper_one);
    tcase_add_test(c, upper_by_hand);
    tcase_add_test(c, upper_lower_unread);
    tcase_add_test(c, upper_zero_pivot);
    tcase_add_test(c, upper_small_pivot);
    tcase_add_test(c, upper_in_place);
    tcase_add_test(c, upper_any);
    tcase_add_test(c, upper_no_scratch);
    tcase_add_test(c, upper_long);
    tcase_add_test(c, upper_nan);

    c = suite_case(s, "lin_lu");
    tcase_add_test(c, lu_one);
    tcase_add_test(c, lu_two);
    tcase_add_test(c, lu_by_hand);
    tcase_add_test(c, lu_zero_on_the_diagonal);
    tcase_add_test(c, lu_negative_pivot);
    tcase_add_test(c, lu_tiny_pivot);
    tcase_add_test(c, lu_singular);
    tcase_add_test(c, lu_small_and_large);
    tcase_add_test(c, lu_any);
    tcase_add_test(c, lu_growing);
    tcase_add_test(c, lu_nan);
    tcase_add_test(c, lu_no_scratch);

    c = suite_case(s, "lin_lu_solve");
    tcase_add_test(c, lu_solve_one);
    tcase_add_test(c, lu_solve_two);
    tcase_add_test(c, lu_solve_by_hand);
    tcase_add_test(c, lu_solve_only_exchanges);
    tcase_add_test(c, lu_solve_many);
    tcase_add_test(c, lu_solve_in_place);
    tcase_add_test(c, lu_solve_zero_pivot);
    tcase_add_test(c, lu_solve_small_pivots);
    tcase_add_test(c, lu_solve_no_scratch);

    c = suite_case(s, "lin_solve");
    tcase_add_test(c, solve_one);
    tcase_add_test(c, solve_street);
    tcase_add_test(c, solve_by_hand);
    tcase_add_test(c, solve_zero_and_tiny_pivots);
    tcase_add_test(c, solve_singular);
    tcase_add_test(c, solve_any);
    tcase_add_test(c, solve_nasty);
    tcase_add_test(c, solve_large);
    tcase_add_test(c, solve_small_and_large);
    tcase_add_test(c, solve_nan);
    tcase_add_test(c, solve_without_memory);

    c = suite_case(s, "lin_det");
    tcase_add_test(c, det_one);
    tcase_add_test(c, det_two);
    tcase_add_test(c, det_by_hand);
    tcase_add_test(c, det_of_exchanges);
    tcase_add_test(c, det_singular);
    tcase_add_test(c, det_any);
    tcase_add_test(c, det_of_a_product);
    tcase_add_test(c, det_no_measure);
    tcase_add_test(c, det_small_and_large);
    tcase_add_test(c, det_unknown);

    c = suite_case(s, "lin_cond1");
    tcase_add_test(c, cond_one);
    tcase_add_test(c, cond_two);
    tcase_add_test(c, cond_street);
    tcase_add_test(c, cond_scaled);
    tcase_add_test(c, cond_singular);
    tcase_add_test(c, cond_triangle);
    tcase_add_test(c, cond_hilbert);
    tcase_add_test(c, cond_any);
    tcase_add_test(c, cond_unknown);

    tcase_add_test(suite_case(s, "pen_04_a"), pen_determinant);
    tcase_add_test(suite_case(s, "pen_04_b"), pen_second_pivot);
    tcase_add_test(suite_case(s, "pen_04_c"), pen_condition);
    return s;
}
