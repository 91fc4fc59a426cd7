/* The suite of chapter 05, least squares. The four houses of the chapter come first; their numbers are whole or halves, so
   most answers are exact. Everywhere else a bound follows from the theory of the chapter and stands where it is used: errors
   of a factorisation are judged by what the factors multiply to, column by column, never by the factors themselves, so that
   mirrors, rotations and a repeated Gram-Schmidt all pass. */
#include "harness.h"
#include "longley.h"

#include "lin.h"
#include "lsq.h"
#include "mat.h"
#include "pen.h"
#include "vec.h"

/* Four houses: ones and thousands of square feet; what they sold for. Gram matrix, its factor, Q, R and the fit. */
static const double FOUR[4][2] = {{1, 1}, {1, 1}, {1, 3}, {1, 3}};
static const double SOLD[4] = {2, 4, 5, 7};
static const double FIT[2] = {1.5, 1.5};

enum { ROWS = 13, COLUMNS = 7, CELLS = ROWS * COLUMNS };

/* Shapes for trial t, rows and columns different primes or one column, rows at least columns. */
static void shape(size_t t, size_t *m, size_t *n)
{
    static const size_t pair[][2] = {{1, 1}, {2, 1}, {3, 2}, {5, 2}, {5, 3}, {7, 3}, {7, 5}, {11, 3}, {11, 7}, {13, 5}};
    size_t last = t * 10 / TRIALS, i = gen_between(0, last);
    *m = pair[i][0];
    *n = pair[i][1];
}

static void normal(size_t n, double x[])
{
    for (size_t i = 0; i < n; i++)
        x[i] = gen_normal();
}

/* n whole numbers from -9 to 9. */
static void whole(size_t n, double x[])
{
    for (size_t i = 0; i < n; i++)
        x[i] = (double)gen_between(0, 18) - 9;
}

/* The length of column j of A, m rows of n numbers. */
static double column_length(size_t m, size_t n, const double A[m][n], size_t j)
{
    double x[m + 1];
    for (size_t i = 0; i < m; i++)
        x[i] = A[i][j];
    return exact_norm2(m, x);
}

/* Σ A[i][j]·B[i][k], in long double. */
static double columns_meet(size_t m, size_t n, const double A[m][n], size_t j, const double B[m][n], size_t k)
{
    long double sum = 0;
    for (size_t i = 0; i < m; i++)
        sum += (long double)A[i][j] * B[i][k];
    return (double)sum;
}

/* ------------------------------------------------------------------ mat_poly */

START_TEST(poly_by_hand)
{
    call("mat_poly(3, 2, X, x)");
    const double *x = in_vec("x", 3, (double[]){2, -1, 3});
    double (*X)[3] = out_mat("X", 3, 3);
    mat_poly(3, 2, X, x);
    because("row 0 is 2^0, 2^1, 2^2");
    expect_mat(X, (double[3][3]){{1, 2, 4}, {1, -1, 1}, {1, 3, 9}}, 0);
}
END_TEST

START_TEST(poly_of_zero)
{
    call("mat_poly(2, 3, X, x)");
    const double *x = in_vec("x", 2, (double[]){0, -2});
    double (*X)[4] = out_mat("X", 2, 4);
    mat_poly(2, 3, X, x);
    because("0^0 is 1 here, since every polynomial has a constant; and (-2)^3 = -8");
    expect_mat(X, (double[2][4]){{1, 0, 0, 0}, {1, -2, 4, -8}}, 0);
}
END_TEST

START_TEST(poly_degree_zero)
{
    call("mat_poly(3, 0, X, x)");
    const double *x = in_vec("x", 3, (double[]){5, 0, -1});
    double (*X)[1] = out_mat("X", 3, 1);
    mat_poly(3, 0, X, x);
    because("a polynomial of degree 0 is a constant: one column, of ones");
    expect_mat(X, (double[3][1]){{1}, {1}, {1}}, 0);
}
END_TEST

START_TEST(poly_no_rows)
{
    call("mat_poly(0, 2, X, x)");
    const double *x = in_vec("x", 0, (double[]){0});
    double (*X)[3] = out_mat("X", 0, 3);
    mat_poly(0, 2, X, x);
    expect_intact();
}
END_TEST

START_TEST(poly_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 11), degree = gen_size(t, 0, 6);
        double a[11], want[77], tol[77];
        gen_vec(t, n, a);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j <= degree; j++) {
                long double power = 1;
                for (size_t k = 0; k < j; k++)
                    power *= a[i];
                /* j roundings, whether the power is made by products or by pow. */
                want[i * (degree + 1) + j] = (double)power;
                tol[i * (degree + 1) + j] = tol_ulp((double)power, (double)j + 1);
            }
        call("mat_poly(%zu, %zu, X, x)", n, degree);
        const double *x = in_vec("x", n, a);
        double (*X)[degree + 1] = out_mat("X", n, degree + 1);
        mat_poly(n, degree, X, x);
        expect_mat_tol(X, want, tol);
    }
}
END_TEST

START_TEST(poly_odd_numbers)
{
    call("mat_poly(3, 2, X, x)");
    const double *x = in_vec("x", 3, (double[]){NAN, -INFINITY, 1e200});
    double (*X)[3] = out_mat("X", 3, 3);
    mat_poly(3, 2, X, x);
    because("the power 0 is 1, whatever it is a power of; the square of 1e200 is too large for a double");
    expect_mat(X, (double[3][3]){{1, NAN, NAN}, {1, -INFINITY, INFINITY}, {1, 1e200, INFINITY}}, 0);
}
END_TEST

START_TEST(poly_county)
{
    enum { N = 1421 };
    static double a[N], want[N][3];
    for (size_t i = 0; i < N; i++) {
        a[i] = (double)gen_between(500, 5000);
        want[i][0] = 1;
        want[i][1] = a[i];
        want[i][2] = a[i] * a[i];
    }
    call("mat_poly(%d, 2, X, x)", N);
    const double *x = in_vec("x", N, a);
    double (*X)[3] = out_mat("X", N, 3);
    mat_poly(N, 2, X, x);
    expect_mat(X, want, 0);
}
END_TEST

/* ------------------------------------------------------------------ lin_cholesky */

START_TEST(cholesky_one)
{
    call("lin_cholesky(1, L, A)");
    const double (*A)[1] = in_mat("A", 1, 1, (double[]){9});
    double (*L)[1] = out_mat("L", 1, 1);
    expect_status(lin_cholesky(1, L, A), OK);
    expect_mat(L, (double[1][1]){{3}}, 0);
}
END_TEST

START_TEST(cholesky_by_hand)
{
    call("lin_cholesky(2, L, A)");
    const double (*A)[2] = in_mat("A", 2, 2, (double[]){4, 8, 8, 20});
    double (*L)[2] = out_mat("L", 2, 2);
    expect_status(lin_cholesky(2, L, A), OK);
    because("sqrt 4 = 2, then 8/2 = 4, then sqrt(20 - 4·4) = 2");
    expect_mat(L, (double[2][2]){{2, 0}, {4, 2}}, 0);

    call("lin_cholesky(3, L, A)");
    const double (*B)[3] = in_mat("A", 3, 3, (double[]){4, 2, -2, 2, 10, 5, -2, 5, 6});
    double (*M)[3] = out_mat("L", 3, 3);
    expect_status(lin_cholesky(3, M, B), OK);
    because("L[2][1] = (5 - (-1)·1)/3 = 2, and L[2][2] = sqrt(6 - 1 - 4) = 1");
    expect_mat(M, (double[3][3]){{2, 0, 0}, {1, 3, 0}, {-1, 2, 1}}, 0);
}
END_TEST

START_TEST(cholesky_lower_only)
{
    call("lin_cholesky(3, L, A)");
    const double (*A)[3] = in_mat("A", 3, 3, (double[]){4, NAN, 77, 2, 10, NAN, -2, 5, 6});
    double (*L)[3] = out_mat("L", 3, 3);
    because("what stands above the diagonal of A is not read");
    expect_status(lin_cholesky(3, L, A), OK);
    expect_mat(L, (double[3][3]){{2, 0, 0}, {1, 3, 0}, {-1, 2, 1}}, 0);
}
END_TEST

static void refuse(size_t n, const double a[], const char *why)
{
    call("lin_cholesky(%zu, L, A)", n);
    const double (*A)[n] = in_mat("A", n, n, a);
    double (*L)[n] = out_mat("L", n, n);
    because("%s", why);
    expect_status(lin_cholesky(n, L, A), NOT_POSITIVE);
}

START_TEST(cholesky_not_positive)
{
    refuse(2, (double[]){1, 2, 2, 1}, "1 - 2·2 = -3 has no root: with u = (1, -1), uᵀAu is -2");
    refuse(1, (double[]){-4}, "a diagonal entry of a positive definite matrix is positive");
    refuse(3, (double[]){4, 2, 0, 2, 10, 0, 0, 0, -1}, "the last diagonal entry is negative");
}
END_TEST

START_TEST(cholesky_semidefinite)
{
    refuse(1, (double[]){0}, "0 is not greater than 0");
    refuse(2, (double[]){4, 8, 8, 16}, "16 - 4·4 = 0: with u = (2, -1), uᵀAu is 0");
    refuse(2, (double[]){0, 0, 0, 1}, "the first pivot is 0");
}
END_TEST

START_TEST(cholesky_nan)
{
    refuse(1, (double[]){NAN}, "nobody can say that NaN is positive");
    refuse(2, (double[]){4, NAN, NAN, 20}, "a NaN below the diagonal spoils the pivot of its row");
    refuse(2, (double[]){4, 8, 8, NAN}, "nobody can say that NaN is positive");
}
END_TEST

/* The contract draws its line at 0, and nowhere else. Every step is exact. */
START_TEST(cholesky_barely)
{
    call("lin_cholesky(2, L, A)");
    const double (*A)[2] = in_mat("A", 2, 2, (double[]){1, 1, 1, 1 + 0x1p-52});
    double (*L)[2] = out_mat("L", 2, 2);
    because("what is left under the second root is 2^-52, which is greater than 0");
    expect_status(lin_cholesky(2, L, A), OK);
    expect_mat(L, (double[2][2]){{1, 0}, {1, 0x1p-26}}, 0);
}
END_TEST

START_TEST(cholesky_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, COLUMNS), rows = n + 3;
        double b[(COLUMNS + 3) * COLUMNS], a[COLUMNS * COLUMNS];
        double scale = t < TRIALS / 2 ? 1 : ldexp(1, (int)gen_between(0, 600) - 300);
        normal(rows * n, b);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                a[i * n + j] = scale * columns_meet(rows, n, (const double (*)[n])b, i, (const double (*)[n])b, j);
        call("lin_cholesky(%zu, L, A)", n);
        const double (*A)[n] = in_mat("A", n, n, a);
        double (*L)[n] = out_mat("L", n, n);
        expect_status(lin_cholesky(n, L, A), OK);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                if (j > i) {
                    expect(L[i][j] == 0, "L[%zu][%zu] stands above the diagonal and must be 0; it is %g", i, j, L[i][j]);
                    continue;
                }
                /* Each entry is a sum of at most n + 1 terms, rounded once or twice each: the error of (LLᵀ)_ij is at most
                   (n + 2)·ε·Σ|l_ik||l_jk|, and by Cauchy-Schwarz that sum is at most sqrt(a_ii·a_jj). Twice that. */
                double bound = 2 * (double)(n + 2) * EPS * sqrt(a[i * n + i]) * sqrt(a[j * n + j]);
                double got = exact_dot(n, L[i], L[j]);
                expect(fabs(got - a[i * n + j]) <= bound, "(LLᵀ)[%zu][%zu] is %.17g, and A[%zu][%zu] is %.17g", i, j, got,
                       i, j, a[i * n + j]);
                expect(i != j || L[i][i] > 0, "the diagonal of L must be positive; L[%zu][%zu] is %g", i, i, L[i][i]);
            }
    }
}
END_TEST

/* ------------------------------------------------------------------ lin_cholesky_solve */

START_TEST(solve_one)
{
    call("lin_cholesky_solve(1, x, L, b)");
    const double (*L)[1] = in_mat("L", 1, 1, (double[]){2});
    const double *b = in_vec("b", 1, (double[]){12});
    double *x = out_vec("x", 1);
    expect_status(lin_cholesky_solve(1, x, L, b), OK);
    because("2·2·x = 12");
    expect_vec(x, (double[]){3}, 0);
}
END_TEST

START_TEST(solve_by_hand)
{
    call("lin_cholesky_solve(2, x, L, b)");
    const double (*L)[2] = in_mat("L", 2, 2, (double[]){2, 0, 4, 2});
    const double *b = in_vec("b", 2, (double[]){18, 42});
    double *x = out_vec("x", 2);
    expect_status(lin_cholesky_solve(2, x, L, b), OK);
    because("Lz = b gives z = (9, 3); then Lᵀx = z: 2·x1 = 3, and 2·x0 + 4·1.5 = 9");
    expect_vec(x, FIT, 0);

    call("lin_cholesky_solve(3, x, L, b)");
    const double (*M)[3] = in_mat("L", 3, 3, (double[]){2, 0, 0, 1, 3, 0, -1, 2, 1});
    b = in_vec("b", 3, (double[]){2, 37, 26});
    x = out_vec("x", 3);
    expect_status(lin_cholesky_solve(3, x, M, b), OK);
    because("z = (1, 12, 3); then x2 = 3, x1 = (12 - 2·3)/3 = 2, x0 = (1 - 1·2 + 1·3)/2 = 1");
    expect_vec(x, (double[]){1, 2, 3}, 0);
}
END_TEST

START_TEST(solve_in_place)
{
    call("lin_cholesky_solve(2, x, L, x)");
    const double (*L)[2] = in_mat("L", 2, 2, (double[]){2, 0, 4, 2});
    double *x = inout_vec("x", 2, (double[]){18, 42});
    because("x may be b");
    expect_status(lin_cholesky_solve(2, x, L, x), OK);
    expect_vec(x, FIT, 0);
}
END_TEST

START_TEST(solve_singular)
{
    static const double zero_at[3][9] = {
        {0, 0, 0, 1, 3, 0, -1, 2, 1}, {2, 0, 0, 1, 0, 0, -1, 2, 1}, {2, 0, 0, 1, 3, 0, -1, 2, 0}};
    for (size_t k = 0; k < 3; k++) {
        call("lin_cholesky_solve(3, x, L, b)");
        const double (*L)[3] = in_mat("L", 3, 3, zero_at[k]);
        const double *b = in_vec("b", 3, (double[]){2, 37, 26});
        double *x = out_vec("x", 3);
        because("L[%zu][%zu] is 0", k, k);
        expect_status(lin_cholesky_solve(3, x, L, b), SINGULAR);
    }
}
END_TEST

/* Only a zero on the diagonal is refused. All numbers are whole, or powers of two. */
START_TEST(solve_odd_diagonals)
{
    call("lin_cholesky_solve(2, x, L, b)");
    const double (*L)[2] = in_mat("L", 2, 2, (double[]){-2, 0, 4, 2});
    const double *b = in_vec("b", 2, (double[]){-12, 32});
    double *x = out_vec("x", 2);
    because("a negative diagonal entry can be divided by: z = (6, 4), x1 = 2, x0 = (6 - 4·2)/(-2) = 1");
    expect_status(lin_cholesky_solve(2, x, L, b), OK);
    expect_vec(x, (double[]){1, 2}, 0);

    call("lin_cholesky_solve(1, x, L, b)");
    const double (*M)[1] = in_mat("L", 1, 1, (double[]){0x1p-60});
    b = in_vec("b", 1, (double[]){0x1p-120});
    x = out_vec("x", 1);
    because("2^-60 is small and not zero; 2^-60·2^-60·x = 2^-120");
    expect_status(lin_cholesky_solve(1, x, M, b), OK);
    expect_vec(x, (double[]){1}, 0);
}
END_TEST

START_TEST(solve_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, COLUMNS);
        double l[COLUMNS * COLUMNS], right[COLUMNS];
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                l[i * n + j] = j > i ? 0 : j == i ? gen_uniform(0.5, 2) : gen_normal();
        gen_vec(t, n, right);
        call("lin_cholesky_solve(%zu, x, L, b)", n);
        const double (*L)[n] = in_mat("L", n, n, l);
        const double *b = in_vec("b", n, right);
        double *x = out_vec("x", n);
        expect_status(lin_cholesky_solve(n, x, L, b), OK);
        for (size_t i = 0; i < n; i++) {
            /* Each of the two triangular solves is exact for a triangle whose entries are off by (n + 1)·ε at most, so
               the residual is at most (2n + 3)·ε·(|L||Lᵀ||x|)_i. Twice that, and the smallest double. */
            long double sum = 0, size = 0;
            for (size_t j = 0; j < n; j++)
                for (size_t k = 0; k <= (i < j ? i : j); k++) {
                    sum += (long double)L[i][k] * L[j][k] * x[j];
                    size += fabsl((long double)L[i][k] * L[j][k] * x[j]);
                }
            double bound = 2 * (double)(2 * n + 3) * EPS * (double)size + DBL_MIN;
            expect(fabs((double)(sum - b[i])) <= bound, "(LLᵀx)[%zu] is %.17g, and b[%zu] is %.17g", i, (double)sum, i,
                   b[i]);
        }
    }
}
END_TEST

START_TEST(solve_nan)
{
    call("lin_cholesky_solve(2, x, L, b)");
    const double (*L)[2] = in_mat("L", 2, 2, (double[]){2, 0, 4, 2});
    const double *b = in_vec("b", 2, (double[]){NAN, 42});
    double *x = out_vec("x", 2);
    because("both unknowns depend on b[0], and b[0] is NaN");
    expect_status(lin_cholesky_solve(2, x, L, b), OK);
    expect_vec(x, (double[]){NAN, NAN}, 0);
}
END_TEST

/* ------------------------------------------------------------------ least squares, two ways

   What the two functions share: the fit of the four houses, of one column, and a residual orthogonal to every column. */

typedef status fit(size_t n, size_t p, double theta[p], const double X[n][p], const double y[n]);

static void fit_one_column(fit *f, const char *name)
{
    call("%s(3, 1, theta, X, y)", name);
    const double (*X)[1] = in_mat("X", 3, 1, (double[]){1, 1, 1});
    const double *y = in_vec("y", 3, (double[]){1, 2, 6});
    double *theta = out_vec("theta", 1);
    expect_status(f(3, 1, theta, X, y), OK);
    because("the number nearest to 1, 2 and 6 in least squares is their mean");
    /* One column of ones: the sum 9 and the count 3 are exact, roots of 3 are not. */
    expect_vec(theta, (double[]){3}, tol_ulp(3, 10));
}

static void fit_by_hand(fit *f, const char *name)
{
    call("%s(4, 2, theta, X, y)", name);
    const double (*X)[2] = in_mat("X", 4, 2, &FOUR[0][0]);
    const double *y = in_vec("y", 4, SOLD);
    double *theta = out_vec("theta", 2);
    expect_status(f(4, 2, theta, X, y), OK);
    because("4·theta0 + 8·theta1 = 18 and 8·theta0 + 20·theta1 = 42");
    /* The condition number of X is about 6, its square 34; 4·2 roundings of numbers below 42. */
    expect_vec(theta, FIT, 1e-12);
}

/* Three columns and five rows of whole numbers, and prices that lie in their plane. */
static void fit_exact(fit *f, const char *name)
{
    static const double X5[5][3] = {{1, 5, 1}, {1, 6, 2}, {1, 8, 3}, {1, 7, 1}, {1, 4, 2}};
    call("%s(5, 3, theta, X, y)", name);
    const double (*X)[3] = in_mat("X", 5, 3, &X5[0][0]);
    const double *y = in_vec("y", 5, (double[]){56, 70, 92, 72, 54});
    double *theta = out_vec("theta", 3);
    expect_status(f(5, 3, theta, X, y), OK);
    because("y is X·(10, 8, 6), so the residual can be 0");
    /* κ(X) is about 25: κ²·ε·|y| with a factor of 20 for the roundings is 1e-9. */
    expect_vec(theta, (double[]){10, 8, 6}, 1e-9);
}

/* As many houses as the county has, with areas in square feet, on a line: no rounding in y, so the line must come back. */
static void fit_county(fit *f, const char *name)
{
    enum { N = 1421 };
    static double x[N][2], price[N];
    for (size_t i = 0; i < N; i++) {
        x[i][0] = 1;
        x[i][1] = (double)gen_between(500, 5000);
        price[i] = 83 * x[i][1] - 33805;
    }
    call("%s(%d, 2, theta, X, y)", name, N);
    const double (*X)[2] = in_mat("X", N, 2, &x[0][0]);
    const double *y = in_vec("y", N, price);
    double *theta = out_vec("theta", 2);
    expect_status(f(N, 2, theta, X, y), OK);
    because("y is 83·area - 33805, exactly");
    /* With columns of length 1, κ is below 6; N·ε·κ² is 1.2e-11, and 5000·83 is the largest number: 100 times their product
       for the intercept, and for the slope the same per 1000 square feet. */
    expect_vec_tol(theta, (double[]){-33805, 83}, (double[]){5e-4, 5e-7});
}

/* |xⱼᵀ(y − Xθ)| is zero on paper. A backward stable solution of either kind fits data that are off by c·n·p·ε in each column
   and in y, so the product is at most c·n·p·ε·‖xⱼ‖·(‖y‖ + Σ‖x_k‖|θ_k|); c = 10 leaves room for every order of summation. */
static void expect_orthogonal(size_t n, size_t p, const double theta[p], const double X[n][p], const double y[n])
{
    double size = exact_norm2(n, y);
    for (size_t k = 0; k < p; k++)
        size += column_length(n, p, X, k) * fabs(theta[k]);
    for (size_t j = 0; j < p; j++) {
        long double sum = 0;
        for (size_t i = 0; i < n; i++) {
            long double r = y[i];
            for (size_t k = 0; k < p; k++)
                r -= (long double)X[i][k] * theta[k];
            sum += X[i][j] * r;
        }
        double bound = 10 * (double)(n * p) * EPS * column_length(n, p, X, j) * size;
        expect(fabs((double)sum) <= bound,
               "the residual y - X·theta must be orthogonal to column %zu of X; their product is %g, and rounding explains "
               "no more than %g", j, (double)sum, bound);
    }
}

static void fit_any(fit *f, const char *name)
{
    double a[CELLS], b[ROWS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n, p;
        shape(t, &n, &p);
        if (n > 1)
            n += p; /* many more rows than columns: no matrix of these is nearly singular */
        if (n > ROWS)
            n = ROWS;
        normal(n * p, a);
        gen_vec(t, n, b);
        call("%s(%zu, %zu, theta, X, y)", name, n, p);
        const double (*X)[p] = in_mat("X", n, p, a);
        const double *y = in_vec("y", n, b);
        double *theta = out_vec("theta", p);
        expect_status(f(n, p, theta, X, y), OK);
        expect_orthogonal(n, p, theta, X, y);
    }
}

/* More columns than anybody reserves by guess. Column j is twice the unit vector j; every step of every method is exact. */
static void fit_many_columns(fit *f, const char *name)
{
    enum { N = 151, P = 149 };
    static double x[N][P], sold[N], want[P];
    for (size_t i = 0; i < N; i++) {
        sold[i] = (double)gen_between(0, 18) - 9;
        if (i < P) {
            x[i][i] = 2;
            want[i] = sold[i] / 2;
        }
    }
    call("%s(%d, %d, theta, X, y)", name, N, P);
    const double (*X)[P] = in_mat("X", N, P, &x[0][0]);
    const double *y = in_vec("y", N, sold);
    double *theta = out_vec("theta", P);
    because("X is twice the identity above two rows of zeros: theta[j] is y[j]/2");
    expect_status(f(N, P, theta, X, y), OK);
    expect_vec(theta, want, 1e-13);
}

static void fit_without_memory(fit *f, const char *name)
{
    call("%s(4, 2, theta, X, y)", name);
    const double (*X)[2] = in_mat("X", 4, 2, &FOUR[0][0]);
    const double *y = in_vec("y", 4, SOLD);
    double *theta = out_vec("theta", 2);
    because("In this call malloc returns a null pointer.");
    malloc_fails(true);
    status got = f(4, 2, theta, X, y);
    malloc_fails(false);
    /* Whoever needs no memory may answer. */
    if (got == OK)
        expect_vec(theta, FIT, 1e-12);
    else
        expect_status(got, NO_SPACE);
}

static void fit_refused(fit *f, const char *name, size_t n, size_t p, const double x[], const double y4[], status want,
                        const char *why)
{
    call("%s(%zu, %zu, theta, X, y)", name, n, p);
    const double (*X)[p] = in_mat("X", n, p, x);
    const double *y = in_vec("y", n, y4);
    double *theta = out_vec("theta", p);
    because("%s", why);
    expect_status(f(n, p, theta, X, y), want);
}

static void fit_nan(fit *f, const char *name)
{
    call("%s(4, 2, theta, X, y)", name);
    const double (*X)[2] = in_mat("X", 4, 2, &FOUR[0][0]);
    const double *y = in_vec("y", 4, (double[]){2, NAN, 5, 7});
    double *theta = out_vec("theta", 2);
    status s = f(4, 2, theta, X, y);
    expect(s != OK || (isnan(theta[0]) && isnan(theta[1])),
           "a NaN in y reaches every coefficient; theta is (%g, %g)", theta[0], theta[1]);
}

START_TEST(normal_one_column)
{
    fit_one_column(lsq_normal, "lsq_normal");
}
END_TEST

START_TEST(normal_by_hand)
{
    fit_by_hand(lsq_normal, "lsq_normal");
}
END_TEST

START_TEST(normal_county)
{
    fit_county(lsq_normal, "lsq_normal");
}
END_TEST

START_TEST(normal_exact)
{
    fit_exact(lsq_normal, "lsq_normal");
}
END_TEST

START_TEST(normal_collinear)
{
    static const double twice[4][2] = {{1, 2}, {1, 2}, {1, 2}, {1, 2}};
    fit_refused(lsq_normal, "lsq_normal", 4, 2, &twice[0][0], SOLD, NOT_POSITIVE,
                "column 1 is twice column 0: 16 - 4·4 = 0 under the second root");
    static const double dead[4][2] = {{1, 0}, {1, 0}, {1, 0}, {1, 0}};
    fit_refused(lsq_normal, "lsq_normal", 4, 2, &dead[0][0], SOLD, NOT_POSITIVE, "column 1 is zero");
    fit_refused(lsq_normal, "lsq_normal", 1, 2, (double[]){1, 2}, SOLD, NOT_POSITIVE,
                "one house cannot fix two coefficients: 4 - 2·2 = 0 under the second root");
    fit_refused(lsq_normal, "lsq_normal", 0, 2, &twice[0][0], SOLD, NOT_POSITIVE, "without rows the Gram matrix is zero");
}
END_TEST

/* Läuchli's matrix: a row of ones above epsilon times the identity. */
static void lauchli(double eps, double a[12])
{
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 3; j++)
            a[3 * i + j] = i == 0 ? 1 : i - 1 == j ? eps : 0;
}

START_TEST(normal_lauchli)
{
    double a[12];
    lauchli(1e-9, a);
    fit_refused(lsq_normal, "lsq_normal", 4, 3, a, SOLD, NOT_POSITIVE,
                "1 + 1e-18 is 1 in doubles, so every entry of XᵀX is 1");
}
END_TEST

START_TEST(normal_any)
{
    fit_any(lsq_normal, "lsq_normal");
}
END_TEST

START_TEST(normal_many_columns)
{
    fit_many_columns(lsq_normal, "lsq_normal");
}
END_TEST

START_TEST(normal_without_memory)
{
    fit_without_memory(lsq_normal, "lsq_normal");
}
END_TEST

START_TEST(normal_nan)
{
    fit_nan(lsq_normal, "lsq_normal");
    static const double broken[4][2] = {{1, 1}, {1, NAN}, {1, 3}, {1, 3}};
    fit_refused(lsq_normal, "lsq_normal", 4, 2, &broken[0][0], SOLD, NOT_POSITIVE,
                "the Gram matrix contains NaN, and nobody can say that it is positive definite");
}
END_TEST

/* ------------------------------------------------------------------ lin_qr */

/* What must hold for every Q and R of an m by n matrix of full rank. The columns of a product of n mirrors (or of rotations,
   or of Gram-Schmidt done twice) are orthonormal up to c·m·n·ε, and column j of QR is off by at most c·m·n·ε·‖aⱼ‖; c = 10. */
static void expect_factors(size_t m, size_t n, const double Q[m][n], const double R[n][n], const double A[m][n])
{
    double c = 10 * (double)(m * n) * EPS;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            expect(R[i][j] == 0, "R[%zu][%zu] stands below the diagonal and must be 0; it is %g", i, j, R[i][j]);
    for (size_t j = 0; j < n; j++)
        expect(R[j][j] > 0, "the diagonal of R must be positive; R[%zu][%zu] is %g", j, j, R[j][j]);
    for (size_t j = 0; j < n; j++) {
        double length = column_length(m, n, A, j);
        for (size_t i = 0; i < m; i++) {
            long double sum = 0;
            for (size_t k = 0; k <= j; k++)
                sum += (long double)Q[i][k] * R[k][j];
            expect(fabs((double)(sum - A[i][j])) <= c * length,
                   "(QR)[%zu][%zu] is %.17g, and A[%zu][%zu] is %.17g", i, j, (double)sum, i, j, A[i][j]);
        }
    }
    size_t worst[2] = {0, 0};
    double off = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double d = columns_meet(m, n, Q, i, Q, j) - (i == j);
            if (!(fabs(d) <= fabs(off))) {
                off = d;
                worst[0] = j;
                worst[1] = i;
            }
        }
    expect(fabs(off) <= c,
           "columns %zu and %zu of Q must have the dot product %d; it is off by %.2g, and rounding explains no more than %.2g",
           worst[0], worst[1], worst[0] == worst[1], off, c);
}

/* Factors a, which has full rank. */
static void factor(size_t m, size_t n, const double a[])
{
    call("lin_qr(%zu, %zu, Q, R, A)", m, n);
    const double (*A)[n] = in_mat("A", m, n, a);
    double (*Q)[n] = out_mat("Q", m, n);
    double (*R)[n] = out_mat("R", n, n);
    expect_status(lin_qr(m, n, Q, R, A), OK);
    expect_factors(m, n, Q, R, A);
}

static void qr_known(size_t m, size_t n, const double a[], const double q[], const double r[], double tol, const char *why)
{
    call("lin_qr(%zu, %zu, Q, R, A)", m, n);
    const double (*A)[n] = in_mat("A", m, n, a);
    double (*Q)[n] = out_mat("Q", m, n);
    double (*R)[n] = out_mat("R", n, n);
    status s = lin_qr(m, n, Q, R, A);
    because("%s", why);
    expect_status(s, OK);
    expect_mat(R, r, tol);
    expect_mat(Q, q, tol);
}

START_TEST(qr_one)
{
    qr_known(1, 1, (double[]){3}, (double[]){1}, (double[]){3}, 1e-14, "3 = 1·3");
    qr_known(1, 1, (double[]){-3}, (double[]){-1}, (double[]){3}, 1e-14, "-3 = (-1)·3: the sign goes to Q");
    qr_known(2, 1, (double[]){3, 4}, (double[]){0.6, 0.8}, (double[]){5}, 1e-14, "R is the length of the column");
}
END_TEST

START_TEST(qr_by_hand)
{
    /* κ is about 6 and the entries are below 5: 10·m·n·ε·κ·5 is 5e-13. */
    qr_known(4, 2, &FOUR[0][0], (double[]){.5, -.5, .5, -.5, .5, .5, .5, .5}, (double[]){2, 4, 0, 2}, 1e-12,
             "column 0 has length 2; column 1 has the share 8/2 = 4 of it, and (-1, -1, 1, 1) remains, of length 2");
}
END_TEST

START_TEST(qr_axes)
{
    qr_known(3, 2, (double[]){1, 0, 0, 1, 0, 0}, (double[]){1, 0, 0, 1, 0, 0}, (double[]){1, 0, 0, 1}, 1e-14,
             "the columns are orthonormal already: Q = A, R = I");
    qr_known(3, 2, (double[]){0, -2, 0, 0, 5, 0}, (double[]){0, -1, 0, 0, 1, 0}, (double[]){5, 0, 0, 2}, 1e-14,
             "the columns are orthogonal: R has their lengths");
}
END_TEST

START_TEST(qr_nearly_axis)
{
    factor(3, 2, (double[]){1, 0, 1e-9, 1, 0, 1e-9});
    factor(3, 2, (double[]){-1, 1, 1e-9, 1, 1e-9, 0});
}
END_TEST

START_TEST(qr_shapes)
{
    call("lin_qr(2, 3, Q, R, A)");
    const double (*A)[3] = in_mat("A", 2, 3, (double[]){1, 0, 2, 0, 1, 3});
    double (*Q)[3] = out_mat("Q", 2, 3);
    double (*R)[3] = out_mat("R", 3, 3);
    because("three vectors of two components cannot be independent");
    expect_status(lin_qr(2, 3, Q, R, A), BAD_INPUT);

    call("lin_qr(0, 1, Q, R, A)");
    const double (*B)[1] = in_mat("A", 0, 1, (double[]){0});
    double (*P)[1] = out_mat("Q", 0, 1);
    double (*S)[1] = out_mat("R", 1, 1);
    because("no rows are fewer than one column");
    expect_status(lin_qr(0, 1, P, S, B), BAD_INPUT);
}
END_TEST

START_TEST(qr_any)
{
    double a[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t m, n;
        shape(t, &m, &n);
        normal(m * n, a);
        factor(m, n, a);
    }
}
END_TEST

START_TEST(qr_square)
{
    double a[COLUMNS * COLUMNS];
    for (size_t t = 0; t < 20; t++)
        for (size_t n = 1; n <= COLUMNS; n += 2) {
            normal(n * n, a);
            factor(n, n, a);
        }
}
END_TEST

/* What R must be, by way of the normal equations: RᵀR = AᵀA for every A = QR with orthonormal Q. */
START_TEST(qr_whole_numbers)
{
    double a[15];
    for (size_t t = 0; t < TRIALS; t++) {
        whole(15, a);
        for (size_t j = 0; j < 3; j++)
            a[j * 3 + j] += 40; /* a heavy diagonal: full rank for certain */
        factor(5, 3, a);
    }
}
END_TEST

START_TEST(qr_lauchli)
{
    double a[12];
    lauchli(1e-8, a);
    factor(4, 3, a);
    for (int k = 1; k <= 12; k++) {
        lauchli(pow(10, -k), a);
        factor(4, 3, a);
    }
}
END_TEST

START_TEST(qr_nearly_parallel)
{
    double a[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t m = 7, n = 3;
        double x[7];
        normal(m, x);
        for (size_t i = 0; i < m; i++)
            for (size_t j = 0; j < n; j++)
                a[i * n + j] = x[i] + 1e-7 * gen_normal();
        factor(m, n, a);
    }
}
END_TEST

START_TEST(qr_scales)
{
    double a[15], small[15];
    for (size_t t = 0; t < TRIALS / 4; t++) {
        normal(15, a);
        double scale = ldexp(1, t % 2 ? 300 : -300);
        for (size_t i = 0; i < 15; i++)
            small[i] = scale * a[i];
        factor(5, 3, small);
    }
}
END_TEST

static void qr_singular(size_t m, size_t n, const double a[], const char *why)
{
    call("lin_qr(%zu, %zu, Q, R, A)", m, n);
    const double (*A)[n] = in_mat("A", m, n, a);
    double (*Q)[n] = out_mat("Q", m, n);
    double (*R)[n] = out_mat("R", n, n);
    because("%s", why);
    expect_status(lin_qr(m, n, Q, R, A), SINGULAR);
}

START_TEST(qr_zero)
{
    qr_singular(2, 1, (double[]){0, 0}, "the column is zero");
    qr_singular(3, 2, (double[]){1, 0, 2, 0, 2, 0}, "column 1 is zero");
    qr_singular(3, 2, (double[]){0, 1, 0, 2, 0, 2}, "column 0 is zero");
    qr_singular(5, 3, (double[15]){0}, "every column is zero");
}
END_TEST

START_TEST(qr_dependent)
{
    qr_singular(3, 2, (double[]){1, 2, 1, 2, 1, 2}, "column 1 is twice column 0");
    qr_singular(5, 3, (double[]){1, 5, 7, 1, 6, 8, 1, 8, 10, 1, 7, 9, 1, 4, 6}, "column 2 is 2·(column 0) + column 1");
    qr_singular(3, 3, (double[]){1, 2, 3, 4, 5, 6, 7, 8, 9}, "column 0 + column 2 is twice column 1");
}
END_TEST

START_TEST(qr_threshold)
{
    qr_singular(3, 2, (double[]){1, 0, 0, 1e-15, 0, 0}, "R[1][1] is 1e-15, and ‖A‖ is 1: that counts as 0");
    factor(3, 2, (double[]){1, 0, 0, 1e-13, 0, 0});
    qr_singular(3, 2, (double[]){1, 1, 0, 1.2e-14, 0, 0}, "R[1][1] is 1.2e-14, and ‖A‖ is the root of 2: that counts as 0");
    factor(3, 2, (double[]){1, 1, 0, 1.7e-14, 0, 0});
    factor(3, 2, (double[]){1e-20, 0, 0, 3e-20, 0, 0});
    qr_singular(3, 2, (double[]){1e20, 0, 0, 1e5, 0, 0}, "R[1][1] is 1e5, and ‖A‖ is 1e20: that counts as 0");
}
END_TEST

START_TEST(qr_nan)
{
    call("lin_qr(3, 2, Q, R, A)");
    const double (*A)[2] = in_mat("A", 3, 2, (double[]){1, 2, NAN, 1, 0, 1});
    double (*Q)[2] = out_mat("Q", 3, 2);
    double (*R)[2] = out_mat("R", 2, 2);
    status s = lin_qr(3, 2, Q, R, A);
    expect(s != OK || isnan(R[0][0]), "column 0 of A contains NaN, so nobody knows its length; R[0][0] is %g", R[0][0]);
}
END_TEST

START_TEST(qr_without_memory)
{
    call("lin_qr(4, 2, Q, R, A)");
    const double (*A)[2] = in_mat("A", 4, 2, &FOUR[0][0]);
    double (*Q)[2] = out_mat("Q", 4, 2);
    double (*R)[2] = out_mat("R", 2, 2);
    because("In this call malloc returns a null pointer.");
    malloc_fails(true);
    status got = lin_qr(4, 2, Q, R, A);
    malloc_fails(false);
    if (got == OK)
        expect_factors(4, 2, Q, R, A);
    else
        expect_status(got, NO_SPACE);
}
END_TEST

/* ------------------------------------------------------------------ lsq_solve */

START_TEST(solve_lsq_one_column)
{
    fit_one_column(lsq_solve, "lsq_solve");
}
END_TEST

START_TEST(solve_lsq_by_hand)
{
    fit_by_hand(lsq_solve, "lsq_solve");
}
END_TEST

START_TEST(solve_lsq_county)
{
    fit_county(lsq_solve, "lsq_solve");
}
END_TEST

START_TEST(solve_lsq_exact)
{
    fit_exact(lsq_solve, "lsq_solve");
}
END_TEST

START_TEST(solve_lsq_any)
{
    fit_any(lsq_solve, "lsq_solve");
}
END_TEST

START_TEST(solve_lsq_refused)
{
    fit_refused(lsq_solve, "lsq_solve", 1, 2, (double[]){1, 2}, SOLD, BAD_INPUT, "one house, two coefficients");
    fit_refused(lsq_solve, "lsq_solve", 0, 1, (double[]){0}, SOLD, BAD_INPUT, "no houses, one coefficient");
    static const double twice[4][2] = {{1, 3}, {1, 3}, {1, 3}, {1, 3}};
    fit_refused(lsq_solve, "lsq_solve", 4, 2, &twice[0][0], SOLD, SINGULAR, "column 1 is three times column 0");
    static const double dead[4][2] = {{0, 1}, {0, 2}, {0, 3}, {0, 4}};
    fit_refused(lsq_solve, "lsq_solve", 4, 2, &dead[0][0], SOLD, SINGULAR, "column 0 is zero");
    fit_refused(lsq_solve, "lsq_solve", 3, 3, (double[]){1, 2, 3, 4, 5, 6, 7, 8, 9}, SOLD, SINGULAR,
                "column 0 + column 2 is twice column 1");
}
END_TEST

/* As many rows as columns: the plane is the whole space, and the fit is the solution of a square system. */
START_TEST(solve_lsq_square)
{
    call("lsq_solve(3, 3, theta, X, y)");
    const double (*X)[3] = in_mat("X", 3, 3, (double[]){2, 1, 1, 4, 3, 3, 8, 7, 9});
    const double *y = in_vec("y", 3, (double[]){7, 19, 49});
    double *theta = out_vec("theta", 3);
    expect_status(lsq_solve(3, 3, theta, X, y), OK);
    because("2·1 + 1·2 + 1·3 = 7, 4·1 + 3·2 + 3·3 = 19, 8·1 + 7·2 + 9·3 = 49");
    /* κ is below 100; 10·m·n·ε·κ·50 is 1e-10. */
    expect_vec(theta, (double[]){1, 2, 3}, 1e-10);
}
END_TEST

START_TEST(solve_lsq_longley)
{
    double x[16][7], sold[16];
    for (size_t i = 0; i < 16; i++) {
        memcpy(x[i], LONGLEY[i], sizeof x[i]);
        sold[i] = LONGLEY[i][7];
    }
    call("lsq_solve(16, 7, theta, X, y)");
    const double (*X)[7] = in_mat("X", 16, 7, &x[0][0]);
    const double *y = in_vec("y", 16, sold);
    double *theta = out_vec("theta", 7);
    expect_status(lsq_solve(16, 7, theta, X, y), OK);
    for (size_t j = 0; j < 7; j++) {
        /* With columns scaled to length 1, κ is 4.3e4 and ε·κ is 1e-11; the term with κ² and the residual,
           κ²·ε·‖r‖/(‖X‖‖θ‖), is of the same size. Ten digits leave a factor of ten for both and for the order of the sums;
           the normal equations, with κ², leave seven. */
        double digits = -log10(fabs(theta[j] - CERTIFIED[j]) / fabs(CERTIFIED[j]));
        expect(digits >= 10,
               "Longley's data: theta[%zu] is %.15g, certified is %.15g; %.1f digits agree, and an orthogonal "
               "factorisation keeps at least 10", j, theta[j], CERTIFIED[j], digits);
    }
}
END_TEST

/* Two columns that agree to six digits. κ is about 3e6: an orthogonal factorisation keeps ten digits of each coefficient, the
   Gram matrix loses twelve to thirteen of sixteen. The prices lie in the plane, so that the answer is known: (3, -2). */
START_TEST(solve_lsq_nearly_parallel)
{
    call("lsq_solve(5, 2, theta, X, y)");
    double x[5][2], sold[5];
    for (size_t i = 0; i < 5; i++) {
        x[i][0] = (double)(1 + i);
        x[i][1] = x[i][0] + ldexp(i % 2 ? 1 : -1, -20);
        sold[i] = 3 * x[i][0] - 2 * x[i][1]; /* exact: few bits */
    }
    const double (*X)[2] = in_mat("X", 5, 2, &x[0][0]);
    const double *y = in_vec("y", 5, sold);
    double *theta = out_vec("theta", 2);
    expect_status(lsq_solve(5, 2, theta, X, y), OK);
    because("y = 3·(column 0) - 2·(column 1), exactly");
    /* 10·n·p·ε·κ·‖theta‖: 2e-14·8e6·4 is 6e-7. */
    expect_vec(theta, (double[]){3, -2}, 6e-7);
    expect_orthogonal(5, 2, theta, X, y);
}
END_TEST

START_TEST(solve_lsq_lauchli)
{
    double a[12];
    lauchli(0x1p-27, a);
    call("lsq_solve(4, 3, theta, X, y)");
    const double (*X)[3] = in_mat("X", 4, 3, a);
    const double *y = in_vec("y", 4, (double[]){6, 0x1p-27, 2 * 0x1p-27, 3 * 0x1p-27});
    double *theta = out_vec("theta", 3);
    expect_status(lsq_solve(4, 3, theta, X, y), OK);
    because("y is X·(1, 2, 3), exactly; XᵀX is not positive definite in doubles, X has full rank");
    /* κ is 1.7·2^27 = 2.3e8; 10·n·p·ε·κ·‖theta‖ is 2.3e-5. */
    expect_vec(theta, (double[]){1, 2, 3}, 2.3e-5);
}
END_TEST

START_TEST(solve_lsq_many_columns)
{
    fit_many_columns(lsq_solve, "lsq_solve");
}
END_TEST

START_TEST(solve_lsq_without_memory)
{
    fit_without_memory(lsq_solve, "lsq_solve");
}
END_TEST

START_TEST(solve_lsq_nan)
{
    fit_nan(lsq_solve, "lsq_solve");
}
END_TEST

/* ------------------------------------------------------------------ pen and paper */

START_TEST(pen_slope)
{
    double n = 3, sx = 0 + 1 + 2, sy = 1 + 3 + 4, sxx = 0 + 1 + 4, sxy = 0 + 3 + 8;
    call("pen_05_a()");
    expect_answer(pen_05_a(), (n * sxy - sx * sy) / (n * sxx - sx * sx), 1e-6, NULL);
}
END_TEST

START_TEST(pen_rss)
{
    /* RSS = Syy − Sxy²/Sxx, of centred sums. */
    double syy = 26 - 64. / 3, sxy = 11 - 8, sxx = 5 - 3;
    call("pen_05_b()");
    expect_answer(pen_05_b(), syy - sxy * sxy / sxx, 1e-6, NULL);
}
END_TEST

START_TEST(pen_share)
{
    call("pen_05_c()");
    expect_answer(pen_05_c(), (3 * 1 + 4 * 2) / sqrt(3 * 3 + 4 * 4), 1e-6, NULL);
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("05-lsq");

    TCase *poly = suite_case(s, "mat_poly");
    tcase_add_test(poly, poly_by_hand);
    tcase_add_test(poly, poly_of_zero);
    tcase_add_test(poly, poly_degree_zero);
    tcase_add_test(poly, poly_no_rows);
    tcase_add_test(poly, poly_any);
    tcase_add_test(poly, poly_odd_numbers);
    tcase_add_test(poly, poly_county);

    TCase *cholesky = suite_case(s, "lin_cholesky");
    tcase_add_test(cholesky, cholesky_one);
    tcase_add_test(cholesky, cholesky_by_hand);
    tcase_add_test(cholesky, cholesky_lower_only);
    tcase_add_test(cholesky, cholesky_not_positive);
    tcase_add_test(cholesky, cholesky_semidefinite);
    tcase_add_test(cholesky, cholesky_nan);
    tcase_add_test(cholesky, cholesky_barely);
    tcase_add_test(cholesky, cholesky_any);

    TCase *solve = suite_case(s, "lin_cholesky_solve");
    tcase_add_test(solve, solve_one);
    tcase_add_test(solve, solve_by_hand);
    tcase_add_test(solve, solve_in_place);
    tcase_add_test(solve, solve_singular);
    tcase_add_test(solve, solve_odd_diagonals);
    tcase_add_test(solve, solve_any);
    tcase_add_test(solve, solve_nan);

    TCase *equations = suite_case(s, "lsq_normal");
    tcase_add_test(equations, normal_one_column);
    tcase_add_test(equations, normal_by_hand);
    tcase_add_test(equations, normal_exact);
    tcase_add_test(equations, normal_collinear);
    tcase_add_test(equations, normal_lauchli);
    tcase_add_test(equations, normal_any);
    tcase_add_test(equations, normal_county);
    tcase_add_test(equations, normal_many_columns);
    tcase_add_test(equations, normal_without_memory);
    tcase_add_test(equations, normal_nan);

    TCase *qr = suite_case(s, "lin_qr");
    tcase_add_test(qr, qr_one);
    tcase_add_test(qr, qr_by_hand);
    tcase_add_test(qr, qr_axes);
    tcase_add_test(qr, qr_nearly_axis);
    tcase_add_test(qr, qr_shapes);
    tcase_add_test(qr, qr_lauchli);
    tcase_add_test(qr, qr_any);
    tcase_add_test(qr, qr_square);
    tcase_add_test(qr, qr_whole_numbers);
    tcase_add_test(qr, qr_nearly_parallel);
    tcase_add_test(qr, qr_scales);
    tcase_add_test(qr, qr_zero);
    tcase_add_test(qr, qr_dependent);
    tcase_add_test(qr, qr_threshold);
    tcase_add_test(qr, qr_nan);
    tcase_add_test(qr, qr_without_memory);

    TCase *lsq = suite_case(s, "lsq_solve");
    tcase_add_test(lsq, solve_lsq_one_column);
    tcase_add_test(lsq, solve_lsq_by_hand);
    tcase_add_test(lsq, solve_lsq_exact);
    tcase_add_test(lsq, solve_lsq_square);
    tcase_add_test(lsq, solve_lsq_refused);
    tcase_add_test(lsq, solve_lsq_any);
    tcase_add_test(lsq, solve_lsq_county);
    tcase_add_test(lsq, solve_lsq_longley);
    tcase_add_test(lsq, solve_lsq_nearly_parallel);
    tcase_add_test(lsq, solve_lsq_lauchli);
    tcase_add_test(lsq, solve_lsq_many_columns);
    tcase_add_test(lsq, solve_lsq_without_memory);
    tcase_add_test(lsq, solve_lsq_nan);

    tcase_add_test(suite_case(s, "pen_05_a"), pen_slope);
    tcase_add_test(suite_case(s, "pen_05_b"), pen_rss);
    tcase_add_test(suite_case(s, "pen_05_c"), pen_share);
    return s;
}
