/* The suite of chapter 07, singular values and principal components. One TCase per function; the chapter's own examples come first:
   three pictures of two pixels, with the singular values 30 and 15, and four pictures with the variances 400/3 and 100/3.

   What is compared. Singular values are numbers and are compared with a yardstick. Singular vectors are compared entry by entry only
   where the singular values are a factor of two apart; everywhere else by what they must do: right angles, and a product that is A.
   So equal singular values may come with any basis of their space, and where two entries of a column of V are equally large in
   absolute value, up to 1e-9 of it, either may decide its sign.

   How near. A sweep rotates each column n − 1 times, and a rotation leaves an error of at most 6ε of the lengths it works on. Ten
   sweeps make 60·n·ε; we allow SLACK·n·ε = 100·n·ε of ‖A‖F. By Weyl's inequality the singular values move by no more than that.
   Pairs may be left at a cosine of 1e-12. Then UᵀU differs from I by a matrix of norm below n·1e-12, and every singular value by at
   most that much of itself. */
#include "harness.h"

#include "eig.h"
#include "pen.h"

enum { ROWS = 13, COLS = 7, SLACK = 100 };
static const double COSINE = 1e-12;
static const double NOTHING[1] = {0};

static const double THREE[3][2] = {{22, 4}, {13, 16}, {2, 14}};
static const double THREE_U[3][2] = {{2 / 3.0, -2 / 3.0}, {2 / 3.0, 1 / 3.0}, {1 / 3.0, 2 / 3.0}};
static const double THREE_S[2] = {30, 15};
static const double THREE_V[2][2] = {{0.8, -0.6}, {0.6, 0.8}};
static const double SHEET[3][2] = {{16, 12}, {16, 12}, {8, 6}};

static const double FOUR[4][2] = {{17, 22}, {23, 14}, {1, 10}, {7, 2}};
static const double FOUR_MEAN[2] = {12, 12};
static const double FOUR_Z[4][2] = {{10, 5}, {10, -5}, {-10, 5}, {-10, -5}};

/* ------------------------------------------------------------------ yardsticks */

/* The singular values of A, largest first: one-sided Jacobi in long double, whose own error is a two-thousandth of a double's. */
static void true_values(size_t m, size_t n, double s[], const double A[])
{
    long double *U = malloc((m * n + 1) * sizeof *U);
    for (size_t i = 0; i < m * n; i++)
        U[i] = A[i];
    bool again = true;
    for (size_t sweep = 0; again && sweep < 60; sweep++) {
        again = false;
        for (size_t p = 0; p < n; p++)
            for (size_t q = p + 1; q < n; q++) {
                long double a = 0, b = 0, g = 0;
                for (size_t i = 0; i < m; i++) {
                    a += U[i * n + p] * U[i * n + p];
                    b += U[i * n + q] * U[i * n + q];
                    g += U[i * n + p] * U[i * n + q];
                }
                if (fabsl(g) <= 1e-17L * sqrtl(a) * sqrtl(b))
                    continue;
                again = true;
                long double zeta = (b - a) / (2 * g);
                long double t = copysignl(1, zeta) / (fabsl(zeta) + hypotl(1, zeta));
                long double c = 1 / hypotl(1, t), s2 = c * t;
                for (size_t i = 0; i < m; i++) {
                    long double x = U[i * n + p], y = U[i * n + q];
                    U[i * n + p] = c * x - s2 * y;
                    U[i * n + q] = s2 * x + c * y;
                }
            }
    }
    for (size_t j = 0; j < n; j++) {
        long double sum = 0;
        for (size_t i = 0; i < m; i++)
            sum += U[i * n + j] * U[i * n + j];
        double length = (double)sqrtl(sum);
        size_t k = j;
        for (; k > 0 && s[k - 1] < length; k--)
            s[k] = s[k - 1];
        s[k] = length;
    }
    free(U);
}

static double frobenius(size_t m, size_t n, const double A[])
{
    return exact_norm2(m * n, A);
}

/* Column p and column q of M, m × n, multiplied. */
static double columns(size_t m, size_t n, const double M[], size_t p, size_t q)
{
    long double sum = 0;
    for (size_t i = 0; i < m; i++)
        sum += (long double)M[i * n + p] * M[i * n + q];
    return (double)sum;
}

/* n columns of m random numbers made orthonormal, twice over: a U or a V for the functions that are handed one. */
static void orthonormal(size_t m, size_t n, double Q[])
{
    for (size_t j = 0; j < n; j++) {
        double length = 0;
        while (length < 0.1) {
            for (size_t i = 0; i < m; i++)
                Q[i * n + j] = gen_normal();
            for (size_t round = 0; round < 2; round++)
                for (size_t p = 0; p < j; p++) {
                    double dot = columns(m, n, Q, p, j);
                    for (size_t i = 0; i < m; i++)
                        Q[i * n + j] -= dot * Q[i * n + p];
                }
            length = sqrt(columns(m, n, Q, j, j));
        }
        for (size_t i = 0; i < m; i++)
            Q[i * n + j] /= length;
    }
}

/* Sizes for trial t: n columns, m ≥ n rows, never equal unless 1. */
static void tall(size_t t, size_t *m, size_t *n)
{
    static const size_t cols[] = {1, 2, 3, 5, COLS}, rows[] = {2, 3, 5, 7, 11, ROWS};
    size_t last = t * 5 / TRIALS;
    size_t c = gen_between(0, last);
    *n = cols[c];
    *m = rows[gen_between(c, 5)];
    if (*m <= *n && *n > 1)
        *m = ROWS;
}

/* Trial t's matrix: whole numbers, then decimals, then columns of widely different sizes. In every third, one column repeats another
   or is zero, so that the rank is not full. */
static void any_matrix(size_t t, size_t m, size_t n, double a[])
{
    gen_vec(t, m * n, a);
    if (t % 3 == 2 && n > 1)
        for (size_t i = 0; i < m; i++)
            a[i * n + n - 1] = t % 2 ? a[i * n] : 0;
}

/* ------------------------------------------------------------------ svd_thin */

/* What every decomposition must satisfy, for any A. */
static void expect_svd(size_t m, size_t n, const double U[], const double s[], const double V[], const double A[])
{
    double size = frobenius(m, n, A), tol = SLACK * (double)n * EPS;
    for (size_t j = 0; j < n; j++) {
        expect(s[j] >= 0, "s[%zu] is %.17g; a singular value is a length, 0 or more", j, s[j]);
        if (j > 0)
            expect(s[j] <= s[j - 1], "s[%zu] = %.17g is larger than s[%zu] = %.17g; the largest comes first", j, s[j], j - 1, s[j - 1]);
    }
    for (size_t p = 0; p < n; p++)
        for (size_t q = 0; q <= p; q++) {
            double dot = columns(n, n, V, q, p);
            expect(fabs(dot - (p == q)) <= tol + COSINE, "columns %zu and %zu of V must have the dot product %d; it is %.17g", q, p, p == q, dot);
        }
    for (size_t j = 0; j < n; j++) {
        double top = -INFINITY, most = 0;
        for (size_t i = 0; i < n; i++) {
            top = fmax(top, V[i * n + j]);
            most = fmax(most, fabs(V[i * n + j]));
        }
        expect(top >= most * (1 - 1e-9), "the entry of largest absolute value in column %zu of V must be positive; it is %.17g", j, -most);
    }
    /* Two columns of U: the pair counts as orthogonal at a cosine of 1e-12, and their division adds a rounding. */
    for (size_t p = 0; p < n; p++)
        for (size_t q = 0; q <= p; q++) {
            double dot = columns(m, n, U, q, p), want = p == q && s[p] > 0;
            if (s[p] == 0)
                expect(columns(m, n, U, p, p) == 0, "s[%zu] is 0, so column %zu of U must be zeros", p, p);
            else
                expect(fabs(dot - want) <= tol + COSINE, "columns %zu and %zu of U must have the dot product %g; it is %.17g", q, p, want, dot);
        }
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            long double sum = 0;
            for (size_t p = 0; p < n; p++)
                sum += (long double)U[i * n + p] * s[p] * V[j * n + p];
            expect(fabs((double)sum - A[i * n + j]) <= tol * size, "U·diag(s)·Vᵀ has %.17g at row %zu, column %zu, where A has %.17g", (double)sum, i,
                   j, A[i * n + j]);
        }
}

/* One decomposition, held to all of that and to the yardstick; the outputs stay in the three arrays. */
static void decompose(size_t m, size_t n, double u[], double sv[], double v[], const double a[])
{
    double want[64], tol[64], size = frobenius(m, n, a);
    true_values(m, n, want, a);
    for (size_t j = 0; j < n; j++)
        tol[j] = SLACK * (double)n * EPS * size + (double)n * COSINE * want[j];
    call("svd_thin(%zu, %zu, U, s, V, A)", m, n);
    const double (*A)[n] = in_mat("A", m, n, a);
    double (*U)[n] = out_mat("U", m, n), *s = out_vec("s", n), (*V)[n] = out_mat("V", n, n);
    expect_status(svd_thin(m, n, U, s, V, A), OK);
    expect_vec_tol(s, want, tol);
    expect_svd(m, n, (double *)U, s, (double *)V, a);
    memcpy(u, U, m * n * sizeof *u);
    memcpy(sv, s, n * sizeof *sv);
    memcpy(v, V, n * n * sizeof *v);
}

START_TEST(thin_by_hand)
{
    /* The gap 900 − 225 is three quarters of the largest, so U and V are as exact as s: 200ε, here 1e-13. */
    call("svd_thin(3, 2, U, s, V, A)");
    const double (*A)[2] = in_mat("A", 3, 2, &THREE[0][0]);
    double (*U)[2] = out_mat("U", 3, 2), *s = out_vec("s", 2), (*V)[2] = out_mat("V", 2, 2);
    expect_status(svd_thin(3, 2, U, s, V, A), OK);
    because("one rotation with c = 0.8, s = -0.6 turns the columns into (20, 20, 10) and (-10, 5, 10), of lengths 30 and 15");
    expect_vec(s, THREE_S, 1e-12);
    expect_mat(V, THREE_V, 1e-12);
    expect_mat(U, THREE_U, 1e-12);
    expect_svd(3, 2, (double *)U, s, (double *)V, &THREE[0][0]);
}
END_TEST

START_TEST(thin_columns_exchanged)
{
    static const double a[3][2] = {{4, 22}, {16, 13}, {14, 2}};
    call("svd_thin(3, 2, U, s, V, A)");
    const double (*A)[2] = in_mat("A", 3, 2, &a[0][0]);
    double (*U)[2] = out_mat("U", 3, 2), *s = out_vec("s", 2), (*V)[2] = out_mat("V", 2, 2);
    expect_status(svd_thin(3, 2, U, s, V, A), OK);
    because("the columns of the three pictures, exchanged: so are the rows of V");
    expect_vec(s, THREE_S, 1e-12);
    expect_mat(V, (double[2][2]){{0.6, 0.8}, {0.8, -0.6}}, 1e-12);
    expect_mat(U, (double[3][2]){{2 / 3.0, -2 / 3.0}, {2 / 3.0, 1 / 3.0}, {1 / 3.0, 2 / 3.0}}, 1e-12);
}
END_TEST

START_TEST(thin_one_number)
{
    static const double a[] = {3, -3, 0};
    for (size_t k = 0; k < 3; k++) {
        call("svd_thin(1, 1, U, s, V, A)");
        const double (*A)[1] = in_mat("A", 1, 1, &a[k]);
        double (*U)[1] = out_mat("U", 1, 1), *s = out_vec("s", 1), (*V)[1] = out_mat("V", 1, 1);
        expect_status(svd_thin(1, 1, U, s, V, A), OK);
        because("V is 1 by the sign rule, s is the absolute value, and U has the sign; for 0 it is 0");
        expect_vec(s, (double[]){fabs(a[k])}, 4 * EPS);
        expect_mat(V, (double[]){1}, 4 * EPS);
        expect_mat(U, (double[]){a[k] == 0 ? 0 : copysign(1, a[k])}, 4 * EPS);
    }
}
END_TEST

START_TEST(thin_diagonal)
{
    static const double a[3][3] = {{2, 0, 0}, {0, -5, 0}, {0, 0, 3}};
    call("svd_thin(3, 3, U, s, V, A)");
    const double (*A)[3] = in_mat("A", 3, 3, &a[0][0]);
    double (*U)[3] = out_mat("U", 3, 3), *s = out_vec("s", 3), (*V)[3] = out_mat("V", 3, 3);
    expect_status(svd_thin(3, 3, U, s, V, A), OK);
    because("the columns are orthogonal already: 5, 3, 2 are their lengths, sorted, and the columns of U and V come with them");
    expect_vec(s, (double[]){5, 3, 2}, 1e-13);
    expect_mat(V, (double[3][3]){{0, 0, 1}, {1, 0, 0}, {0, 1, 0}}, 1e-13);
    expect_mat(U, (double[3][3]){{0, 0, 1}, {-1, 0, 0}, {0, 1, 0}}, 1e-13);
}
END_TEST

START_TEST(thin_zero_column)
{
    double u[15], s[3], v[9];
    static const double a[5][3] = {{1, 0, 2}, {2, 0, 1}, {0, 0, 3}, {1, 0, 1}, {4, 0, 0}};
    decompose(5, 3, u, s, v, &a[0][0]);
    expect_named("s[2], for a column of zeros,", s[2], 0, 0);

    /* The last pair of each sweep has nothing to do, the others have. */
    double u4[20], s4[4], v4[16];
    static const double last[5][4] = {{1, 2, 0, 0}, {2, 1, 3, 0}, {0, 3, 1, 0}, {1, 1, 1, 0}, {4, 0, 2, 0}};
    decompose(5, 4, u4, s4, v4, &last[0][0]);
    expect_named("s[3], for a column of zeros,", s4[3], 0, 0);

    static const double zeros[6] = {0};
    decompose(3, 2, u, s, v, zeros);
    expect_named("s[0] of the zero matrix", s[0], 0, 0);
}
END_TEST

START_TEST(thin_rank_one)
{
    double u[8], s[2], v[4];
    decompose(3, 2, u, s, v, &SHEET[0][0]);
    static const double twins[8] = {1, 1, -2, -2, 3, 3, 4, 4};
    decompose(4, 2, u, s, v, twins);
}
END_TEST

START_TEST(thin_wide)
{
    call("svd_thin(2, 3, U, s, V, A)");
    const double (*A)[3] = in_mat("A", 2, 3, (double[]){1, 2, 3, 4, 5, 6});
    double (*U)[3] = out_mat("U", 2, 3), *s = out_vec("s", 3), (*V)[3] = out_mat("V", 3, 3);
    because("fewer rows than columns");
    expect_status(svd_thin(2, 3, U, s, V, A), BAD_INPUT);

    call("svd_thin(0, 1, U, s, V, A)");
    const double (*none)[1] = in_mat("A", 0, 1, NOTHING);
    double (*u)[1] = out_mat("U", 0, 1), (*v)[1] = out_mat("V", 1, 1);
    s = out_vec("s", 1);
    because("no rows are fewer than one column");
    expect_status(svd_thin(0, 1, u, s, v, none), BAD_INPUT);
}
END_TEST

START_TEST(thin_equal_values)
{
    /* Columns at right angles and of equal length: every orthonormal V is right. */
    double u[20], s[4], v[16];
    static const double hadamard[5][4] = {{1, 1, 1, 1}, {1, -1, 1, -1}, {1, 1, -1, -1}, {1, -1, -1, 1}, {0, 0, 0, 0}};
    decompose(5, 4, u, s, v, &hadamard[0][0]);
    for (size_t t = 0; t < 20; t++) {
        double q[ROWS * 5], w[25], a[ROWS * 5];
        static const double twice[5] = {3, 3, 2, 2, 2};
        double uu[ROWS * 5], ss[5], vv[25];
        orthonormal(ROWS, 5, q);
        orthonormal(5, 5, w);
        for (size_t i = 0; i < ROWS; i++)
            for (size_t j = 0; j < 5; j++) {
                a[i * 5 + j] = 0;
                for (size_t p = 0; p < 5; p++)
                    a[i * 5 + j] += q[i * 5 + p] * twice[p] * w[j * 5 + p];
            }
        decompose(ROWS, 5, uu, ss, vv, a);
    }
}
END_TEST

START_TEST(thin_small_value)
{
    /* The error of s is at most 100·2·ε·‖A‖F = 6e-14; four digits of 1e-9 are 1e-13. */
    static const double a[3][2] = {{1, 1}, {1e-9, 0}, {0, 1e-9}};
    call("svd_thin(3, 2, U, s, V, A)");
    const double (*A)[2] = in_mat("A", 3, 2, &a[0][0]);
    double (*U)[2] = out_mat("U", 3, 2), *s = out_vec("s", 2), (*V)[2] = out_mat("V", 2, 2);
    expect_status(svd_thin(3, 2, U, s, V, A), OK);
    because("along (1, -1)/√2 the length is 1e-9 exactly; 1 + 1e-18, an entry of AᵀA, is 1 in a double");
    expect_vec_tol(s, (double[]){sqrt(2 + 1e-18), 1e-9}, (double[]){1e-12, 1e-13});
    expect_svd(3, 2, (double *)U, s, (double *)V, &a[0][0]);

    double e = 1e-9;
    for (size_t t = 0; t < 20; t++) {
        double q[11 * 3], w[9], b[11 * 3], u[11 * 3], sv[3], v[9];
        double want[3] = {1, 1e-3, e};
        orthonormal(11, 3, q);
        orthonormal(3, 3, w);
        for (size_t i = 0; i < 11; i++)
            for (size_t j = 0; j < 3; j++) {
                b[i * 3 + j] = 0;
                for (size_t p = 0; p < 3; p++)
                    b[i * 3 + j] += q[i * 3 + p] * want[p] * w[j * 3 + p];
            }
        decompose(11, 3, u, sv, v, b);
    }
}
END_TEST

START_TEST(thin_tiny_columns)
{
    /* Columns of widely different lengths. Divided by their lengths they are well conditioned, κ < 4, so that by Demmel and Veselić
       every singular value is right to about 100·3·ε·4 = 3e-13 of itself; pairs may be left at a cosine of 1e-12. We allow 1e-10. */
    static const double shape[5][3] = {{2, 1, 0}, {0, 2, 1}, {1, 0, 2}, {0, 1, 0}, {1, 0, 1}};
    static const double size[][3] = {{1, 1e-6, 1e-12}, {1e-12, 1e-6, 1}, {1e-15, 1, 1e-30}, {1, 1, 1e-40}};
    for (size_t k = 0; k < 4; k++) {
        double a[5][3], want[3], tol[3];
        for (size_t i = 0; i < 5; i++)
            for (size_t j = 0; j < 3; j++)
                a[i][j] = shape[i][j] * size[k][j];
        true_values(5, 3, want, &a[0][0]);
        for (size_t j = 0; j < 3; j++)
            tol[j] = 1e-10 * want[j];
        call("svd_thin(5, 3, U, s, V, A)");
        const double (*A)[3] = in_mat("A", 5, 3, &a[0][0]);
        double (*U)[3] = out_mat("U", 5, 3), *s = out_vec("s", 3), (*V)[3] = out_mat("V", 3, 3);
        expect_status(svd_thin(5, 3, U, s, V, A), OK);
        because("one-sided Jacobi keeps the digits of the small ones: each pair is measured against its own lengths");
        expect_vec_tol(s, want, tol);
        expect_svd(5, 3, (double *)U, s, (double *)V, &a[0][0]);
    }
}
END_TEST

START_TEST(thin_any_shape)
{
    double a[ROWS * COLS], u[ROWS * COLS], s[COLS], v[COLS * COLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t m, n;
        tall(t, &m, &n);
        any_matrix(t, m, n, a);
        decompose(m, n, u, s, v, a);
    }
    for (size_t n = 1; n <= COLS; n++) {
        gen_vec(100, n * n, a);
        decompose(n, n, u, s, v, a);
    }
}
END_TEST

START_TEST(thin_huge_and_tiny)
{
    static const double by[] = {0x1p660, 0x1p-660};
    for (size_t k = 0; k < 2; k++) {
        double a[3][2];
        for (size_t i = 0; i < 3; i++)
            for (size_t j = 0; j < 2; j++)
                a[i][j] = THREE[i][j] * by[k];
        call("svd_thin(3, 2, U, s, V, A)");
        const double (*A)[2] = in_mat("A", 3, 2, &a[0][0]);
        double (*U)[2] = out_mat("U", 3, 2), *s = out_vec("s", 2), (*V)[2] = out_mat("V", 2, 2);
        expect_status(svd_thin(3, 2, U, s, V, A), OK);
        because("A is the three pictures times 2^%d; their squares do not fit into a double, the singular values do", k ? -660 : 660);
        expect_vec_tol(s, (double[]){30 * by[k], 15 * by[k]}, (double[]){1e-12 * by[k], 1e-12 * by[k]});
        expect_mat(V, THREE_V, 1e-12);
        expect_mat(U, THREE_U, 1e-12);
    }
}
END_TEST

START_TEST(thin_no_memory)
{
    call("svd_thin(3, 2, U, s, V, A)");
    const double (*A)[2] = in_mat("A", 3, 2, &THREE[0][0]);
    double (*U)[2] = out_mat("U", 3, 2), *s = out_vec("s", 2), (*V)[2] = out_mat("V", 2, 2);
    malloc_fails(true);
    status got = svd_thin(3, 2, U, s, V, A);
    because("malloc fails during this call; the contract asks for no memory besides U, s and V");
    expect_status(got, OK);
    expect_vec(s, THREE_S, 1e-12);
}
END_TEST

START_TEST(thin_not_a_number)
{
    static const double a[3][3] = {{1, 2, 3}, {4, NAN, 6}, {7, 8, 10}};
    call("svd_thin(3, 3, U, s, V, A)");
    const double (*A)[3] = in_mat("A", 3, 3, &a[0][0]);
    double (*U)[3] = out_mat("U", 3, 3), *s = out_vec("s", 3), (*V)[3] = out_mat("V", 3, 3);
    status got = svd_thin(3, 3, U, s, V, A);
    bool clean = isfinite(s[0]) && isfinite(s[1]) && isfinite(s[2]);
    expect(got != OK || !clean, "the matrix holds a NaN, and yet the result is OK with the singular values %.6g, %.6g, %.6g", s[0], s[1], s[2]);
}
END_TEST

START_TEST(thin_pictures)
{
    /* 70 pictures of 24 pixels: a few strokes each, three pixels that are never touched, grey values 0 to 16. */
    enum { M = 70, N = 24 };
    double *a = calloc(M * N, sizeof *a), *u = malloc(M * N * sizeof *u), s[N], v[N * N];
    for (size_t i = 0; i < M; i++)
        for (size_t stroke = 0; stroke < 4; stroke++) {
            size_t at = gen_between(1, N - 8);
            for (size_t k = 0; k < 6; k++)
                a[i * N + at + k] = fmin(16, a[i * N + at + k] + (double)gen_between(0, 9));
        }
    decompose(M, N, u, s, v, a);
    expect_named("s[23], for pixels that are never touched,", s[N - 1], 0, 0);
    free(a);
    free(u);
}
END_TEST

/* ------------------------------------------------------------------ svd_lowrank */

/* The yardstick of the sum of the first k sheets, with the bound of its own terms. */
static void check_lowrank(size_t m, size_t n, size_t k, const double u[], const double s[], const double v[])
{
    double want[ROWS * COLS], tol[ROWS * COLS];
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            long double sum = 0, size = 0;
            for (size_t p = 0; p < k && p < n; p++) {
                long double term = (long double)u[i * n + p] * s[p] * v[j * n + p];
                sum += term;
                size += fabsl(term);
            }
            want[i * n + j] = (double)sum;
            tol[i * n + j] = (double)(2 * (long double)(n + 3) * EPS * size + DBL_MIN);
        }
    call("svd_lowrank(%zu, %zu, Ak, U, s, V, %zu)", m, n, k);
    double (*Ak)[n] = out_mat("Ak", m, n);
    const double (*U)[n] = in_mat("U", m, n, u), *S = in_vec("s", n, s), (*V)[n] = in_mat("V", n, n, v);
    svd_lowrank(m, n, Ak, U, S, V, k);
    expect_mat_tol(Ak, want, tol);
}

START_TEST(lowrank_by_hand)
{
    call("svd_lowrank(3, 2, Ak, U, s, V, 1)");
    double (*Ak)[2] = out_mat("Ak", 3, 2);
    const double (*U)[2] = in_mat("U", 3, 2, &THREE_U[0][0]), *s = in_vec("s", 2, THREE_S), (*V)[2] = in_mat("V", 2, 2, &THREE_V[0][0]);
    svd_lowrank(3, 2, Ak, U, s, V, 1);
    because("the first sheet alone: 30 times (2, 2, 1)/3 by (0.8, 0.6)");
    expect_mat(Ak, SHEET, 1e-13);
}
END_TEST

START_TEST(lowrank_all)
{
    static const size_t ks[] = {2, 3, 1000, SIZE_MAX};
    for (size_t i = 0; i < 4; i++) {
        call("svd_lowrank(3, 2, Ak, U, s, V, %zu)", ks[i]);
        double (*Ak)[2] = out_mat("Ak", 3, 2);
        const double (*U)[2] = in_mat("U", 3, 2, &THREE_U[0][0]), *s = in_vec("s", 2, THREE_S), (*V)[2] = in_mat("V", 2, 2, &THREE_V[0][0]);
        svd_lowrank(3, 2, Ak, U, s, V, ks[i]);
        because("there are two sheets, and both together are the three pictures");
        expect_mat(Ak, THREE, 1e-13);
    }
}
END_TEST

START_TEST(lowrank_none)
{
    call("svd_lowrank(3, 2, Ak, U, s, V, 0)");
    double (*Ak)[2] = out_mat("Ak", 3, 2);
    const double (*U)[2] = in_mat("U", 3, 2, &THREE_U[0][0]), *s = in_vec("s", 2, THREE_S), (*V)[2] = in_mat("V", 2, 2, &THREE_V[0][0]);
    svd_lowrank(3, 2, Ak, U, s, V, 0);
    because("the sum of no sheets is zero");
    expect_mat(Ak, (double[6]){0}, 0);

    call("svd_lowrank(0, 2, Ak, U, s, V, 1)");
    Ak = out_mat("Ak", 0, 2);
    U = in_mat("U", 0, 2, NOTHING);
    s = in_vec("s", 2, THREE_S);
    V = in_mat("V", 2, 2, &THREE_V[0][0]);
    svd_lowrank(0, 2, Ak, U, s, V, 1);
    expect_intact();
}
END_TEST

START_TEST(lowrank_any_shape)
{
    double u[ROWS * COLS], s[COLS], v[COLS * COLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t m, n;
        tall(t, &m, &n);
        orthonormal(m, n, u);
        orthonormal(n, n, v);
        for (size_t j = 0; j < n; j++)
            s[j] = (j ? s[j - 1] : gen_uniform(1, 100)) * (j ? gen_uniform(0.1, 1) : 1);
        check_lowrank(m, n, gen_between(0, n + 1), u, s, v);
    }
}
END_TEST

START_TEST(lowrank_error)
{
    /* ‖A − Ak‖F² = Σ of the squares left out, computed with a relative error of about 4·m·n·ε of ‖A‖F². */
    double a[ROWS * 5], u[ROWS * 5], s[5], v[25];
    for (size_t t = 0; t < 40; t++) {
        for (size_t i = 0; i < ROWS * 5; i++)
            a[i] = gen_normal();
        if (svd_thin(ROWS, 5, (double (*)[5])u, s, (double (*)[5])v, (const double (*)[5])a) != OK)
            continue;
        for (size_t k = 0; k <= 5; k++) {
            call("svd_lowrank(%d, 5, Ak, U, s, V, %zu)", ROWS, k);
            double (*Ak)[5] = out_mat("Ak", ROWS, 5);
            const double (*U)[5] = in_mat("U", ROWS, 5, u), *S = in_vec("s", 5, s), (*V)[5] = in_mat("V", 5, 5, v);
            svd_lowrank(ROWS, 5, Ak, U, S, V, k);
            double left = 0, rest = 0, all = 0;
            for (size_t i = 0; i < ROWS * 5; i++)
                left += (a[i] - ((double *)Ak)[i]) * (a[i] - ((double *)Ak)[i]);
            for (size_t j = 0; j < 5; j++) {
                all += s[j] * s[j];
                rest += j >= k ? s[j] * s[j] : 0;
            }
            because("A has these singular values; the squared distance is the sum of the squares of those left out");
            expect_named("the squared distance of Ak from A", left, rest, 4 * ROWS * 5 * EPS * all);
        }
    }
}
END_TEST

/* ------------------------------------------------------------------ svd_solve */

/* Σ over the kept j of (u_j·b/s_j)·v_j, and the bound of all the products in it. */
static void check_solve(size_t m, size_t n, size_t rank, const double u[], const double s[], const double v[], const double b[], double rcond)
{
    double want[COLS], tol[COLS];
    for (size_t i = 0; i < n; i++) {
        long double sum = 0, size = 0;
        for (size_t j = 0; j < rank; j++)
            for (size_t l = 0; l < m; l++) {
                long double term = (long double)u[l * n + j] * b[l] / s[j] * v[i * n + j];
                sum += term;
                size += fabsl(term);
            }
        want[i] = (double)sum;
        tol[i] = (double)(2 * (long double)(m + n + 3) * EPS * size + DBL_MIN);
    }
    call("svd_solve(%zu, %zu, x, U, s, V, b, %s)", m, n, num_text(rcond));
    double *x = out_vec("x", n);
    const double (*U)[n] = in_mat("U", m, n, u), *S = in_vec("s", n, s), (*V)[n] = in_mat("V", n, n, v), *B = in_vec("b", m, b);
    svd_solve(m, n, x, U, S, V, B, rcond);
    if (rank < n)
        because("rcond·s[0] is %g: %zu of %zu singular values are larger", rcond * s[0], rank, n);
    expect_vec_tol(x, want, tol);
}

static void solve_three(const double s[2], double rcond, const double want[2], const char *why)
{
    call("svd_solve(3, 2, x, U, s, V, b, %s)", num_text(rcond));
    double *x = out_vec("x", 2);
    const double (*U)[2] = in_mat("U", 3, 2, &THREE_U[0][0]), *S = in_vec("s", 2, s), (*V)[2] = in_mat("V", 2, 2, &THREE_V[0][0]);
    const double *b = in_vec("b", 3, (double[]){30, 30, 60});
    svd_solve(3, 2, x, U, S, V, b, rcond);
    because("%s", why);
    expect_vec(x, want, 1e-13);
}

START_TEST(solve_by_hand)
{
    solve_three(THREE_S, 0, (double[]){0.4, 2.8}, "u1·b = 60 and u2·b = 30, so x = (60/30)·(0.8, 0.6) + (30/15)·(-0.6, 0.8)");
    solve_three((double[]){30, 0}, 0, (double[]){1.6, 1.2}, "s[1] = 0 is dropped, also with rcond = 0: x = 2·(0.8, 0.6)");
    solve_three((double[]){0, 0}, 0, (double[]){0, 0}, "everything is dropped: the shortest x is 0");
    solve_three((double[]){0, 0}, 1e-12, (double[]){0, 0}, "everything is dropped: the shortest x is 0");
}
END_TEST

START_TEST(solve_threshold)
{
    solve_three(THREE_S, 0.49, (double[]){0.4, 2.8}, "0.49·30 = 14.7 is less than 15: nothing is dropped");
    solve_three(THREE_S, 0.5, (double[]){1.6, 1.2}, "s[1] = 15 is equal to 0.5·30, and what is equal is dropped");
    solve_three(THREE_S, 0.51, (double[]){1.6, 1.2}, "0.51·30 = 15.3: s[1] is dropped");
    solve_three((double[]){30, 15e-16}, 1e-12, (double[]){1.6, 1.2}, "s[1] = 1.5e-15 is rounding, 1e-12·30 is more");
    solve_three(THREE_S, 1, (double[]){0, 0}, "1·30 is not less than 30: everything is dropped");

    /* u1·b = 1 and u2·b = 2, exactly, so that x = (1/2, 2/2^-60). */
    call("svd_solve(2, 2, x, U, s, V, b, 0)");
    double *x = out_vec("x", 2);
    const double (*U)[2] = in_mat("U", 2, 2, (double[]){1, 0, 0, 1}), *s = in_vec("s", 2, (double[]){2, 0x1p-60});
    const double (*V)[2] = in_mat("V", 2, 2, (double[]){1, 0, 0, 1}), *b = in_vec("b", 2, (double[]){1, 2});
    svd_solve(2, 2, x, U, s, V, b, 0);
    because("with rcond = 0 only s[j] = 0 is dropped, and 2^-60 is more");
    expect_vec_tol(x, (double[]){0.5, 0x1p61}, (double[]){4 * EPS, 0x1p61 * 4 * EPS});
}
END_TEST

START_TEST(solve_threshold_is_relative)
{
    static const double u[2][2] = {{1, 0}, {0, 1}}, b[2] = {1, 1};
    check_solve(2, 2, 2, &u[0][0], (double[]){1e-3, 1e-4}, &u[0][0], b, 0.01);
    check_solve(2, 2, 1, &u[0][0], (double[]){1000, 1}, &u[0][0], b, 0.01);
    check_solve(2, 2, 2, &u[0][0], (double[]){1e-200, 1e-205}, &u[0][0], (double[]){1e-200, 1e-200}, 1e-12);
}
END_TEST

START_TEST(solve_any_shape)
{
    double u[ROWS * COLS], s[COLS], v[COLS * COLS], b[ROWS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t m, n;
        tall(t, &m, &n);
        orthonormal(m, n, u);
        orthonormal(n, n, v);
        gen_vec(t, m, b);
        for (size_t j = 0; j < n; j++)
            s[j] = (j ? s[j - 1] : gen_uniform(1, 100)) * (j ? gen_uniform(0.1, 0.9) : 1);
        size_t rank = gen_between(1, n);
        double rcond = rank < n ? sqrt(s[rank - 1] * s[rank]) / s[0] : 1e-12;
        check_solve(m, n, rank, u, s, v, b, rcond);
    }
}
END_TEST

START_TEST(solve_is_least_squares)
{
    /* Aᵀ(Ax − b) = 0 for columns that are independent: random normal A, 13 × 3. The residual of x is of the size of b, its error
       at most about 100·3·ε·κ·‖b‖, and κ is below 1000 for all but one in a million of such A; each entry is multiplied by ‖A‖F. */
    double a[ROWS * 3], u[ROWS * 3], s[3], v[9], b[ROWS];
    for (size_t t = 0; t < 100; t++) {
        for (size_t i = 0; i < ROWS * 3; i++)
            a[i] = gen_normal();
        for (size_t i = 0; i < ROWS; i++)
            b[i] = gen_normal();
        if (svd_thin(ROWS, 3, (double (*)[3])u, s, (double (*)[3])v, (const double (*)[3])a) != OK || s[2] < 1e-3 * s[0])
            continue;
        call("svd_solve(%d, 3, x, U, s, V, b, 1e-12)", ROWS);
        double *x = out_vec("x", 3);
        const double (*U)[3] = in_mat("U", ROWS, 3, u), *S = in_vec("s", 3, s), (*V)[3] = in_mat("V", 3, 3, v), *B = in_vec("b", ROWS, b);
        svd_solve(ROWS, 3, x, U, S, V, B, 1e-12);
        for (size_t j = 0; j < 3; j++) {
            long double slope = 0;
            for (size_t i = 0; i < ROWS; i++) {
                long double r = -b[i];
                for (size_t p = 0; p < 3; p++)
                    r += (long double)a[i * 3 + p] * x[p];
                slope += a[i * 3 + j] * r;
            }
            double tol = SLACK * 3 * EPS * 1000 * exact_norm2(ROWS, b) * frobenius(ROWS, 3, a);
            expect(fabsl(slope) <= tol, "the residual A·x − b must be orthogonal to column %zu of A; the dot product is %.6Lg", j, slope);
        }
    }
}
END_TEST

START_TEST(solve_is_shortest)
{
    /* Column 2 is the sum of the other two, so (1, 1, −1) may be added to x without changing A·x. */
    double a[7 * 3], u[7 * 3], s[3], v[9], b[7];
    for (size_t t = 0; t < 100; t++) {
        for (size_t i = 0; i < 7; i++) {
            a[i * 3] = (double)gen_between(0, 18) - 9;
            a[i * 3 + 1] = (double)gen_between(0, 18) - 9;
            a[i * 3 + 2] = a[i * 3] + a[i * 3 + 1];
            b[i] = (double)gen_between(0, 18) - 9;
        }
        if (svd_thin(7, 3, (double (*)[3])u, s, (double (*)[3])v, (const double (*)[3])a) != OK || s[1] < 0.1)
            continue;
        call("svd_solve(7, 3, x, U, s, V, b, 1e-12)");
        double *x = out_vec("x", 3);
        const double (*U)[3] = in_mat("U", 7, 3, u), *S = in_vec("s", 3, s), (*V)[3] = in_mat("V", 3, 3, v), *B = in_vec("b", 7, b);
        svd_solve(7, 3, x, U, S, V, B, 1e-12);
        double step = gen_uniform(-1, 1), length = exact_norm2(3, x);
        double other = exact_norm2(3, (double[]){x[0] + step, x[1] + step, x[2] - step});
        because("column 2 of A is the sum of columns 0 and 1, so A·x stays the same when %g·(1, 1, -1) is added to x", step);
        expect(length <= other + 1e-11 * (1 + length), "your x has length %.17g, and a shorter solution is of length %.17g", length, other);
    }
}
END_TEST

START_TEST(solve_not_a_number)
{
    call("svd_solve(3, 2, x, U, s, V, b, 0)");
    double *x = out_vec("x", 2);
    const double (*U)[2] = in_mat("U", 3, 2, &THREE_U[0][0]), *s = in_vec("s", 2, THREE_S), (*V)[2] = in_mat("V", 2, 2, &THREE_V[0][0]);
    const double *b = in_vec("b", 3, (double[]){30, NAN, 60});
    svd_solve(3, 2, x, U, s, V, b, 0);
    because("b holds a NaN, and both directions hear it");
    expect_vec(x, (double[]){NAN, NAN}, 0);
}
END_TEST

/* ------------------------------------------------------------------ pca_fit */

enum { MANY = 40 };

/* Mean, centred copy, and how far a singular value of it may be off: the rounding of the method, 100·d·ε·‖C‖F, and that of the means,
   each n·ε·max|x| at most, in every entry. */
static double centred(size_t n, size_t d, double C[], double mean[], const double X[])
{
    double largest = 0;
    for (size_t j = 0; j < d; j++) {
        long double sum = 0;
        for (size_t i = 0; i < n; i++) {
            sum += X[i * d + j];
            largest = fmax(largest, fabs(X[i * d + j]));
        }
        sum /= (long double)n;
        mean[j] = (double)sum;
        for (size_t i = 0; i < n; i++)
            C[i * d + j] = (double)(X[i * d + j] - sum);
    }
    return SLACK * (double)d * EPS * frobenius(n, d, C) + sqrt((double)(n * d)) * 2 * (double)n * EPS * largest;
}

/* A fit of any data, held to what makes components principal. */
static void check_fit(size_t n, size_t d, size_t k, const double x[])
{
    double C[MANY * COLS], mu[COLS], s[COLS], want[COLS], tolvar[COLS], tolmean[COLS];
    double tol = centred(n, d, C, mu, x);
    true_values(n, d, s, C);
    for (size_t j = 0; j < d; j++) {
        double column[MANY];
        for (size_t i = 0; i < n; i++)
            column[i] = x[i * d + j];
        tolmean[j] = tol_sum(n, column) / (double)n + tol_ulp(mu[j], 2);
        want[j] = s[j] * s[j] / (double)(n - 1);
        /* (s + tol)² − s², and an eigenvalue of the covariance, which is right to tol·s[0]. */
        tolvar[j] = (2 * s[0] * tol + tol * tol) / (double)(n - 1);
    }
    call("pca_fit(%zu, %zu, %zu, mean, W, var, X)", n, d, k);
    double *mean = out_vec("mean", d), (*W)[k] = out_mat("W", d, k), *var = out_vec("var", k);
    const double (*X)[d] = in_mat("X", n, d, x);
    expect_status(pca_fit(n, d, k, mean, W, var, X), OK);
    expect_vec_tol(mean, mu, tolmean);
    expect_vec_tol(var, want, tolvar);
    const double *w = (const double *)W;
    for (size_t p = 0; p < k; p++) {
        double top = -INFINITY, most = 0;
        for (size_t i = 0; i < d; i++) {
            top = fmax(top, w[i * k + p]);
            most = fmax(most, fabs(w[i * k + p]));
        }
        expect(p == 0 || var[p] <= var[p - 1], "var[%zu] is larger than var[%zu]; the largest comes first", p, p - 1);
        expect(top >= most * (1 - 1e-9), "the entry of largest absolute value in column %zu of W must be positive; it is %.17g", p, -most);
        for (size_t q = 0; q <= p; q++) {
            double dot = columns(d, k, w, q, p);
            expect(fabs(dot - (p == q)) <= 1e-12 + SLACK * (double)d * EPS, "columns %zu and %zu of W must have the dot product %d; it is %.17g", q, p,
                   p == q, dot);
            long double sum = 0;
            for (size_t i = 0; i < n; i++) {
                long double zp = 0, zq = 0;
                for (size_t l = 0; l < d; l++) {
                    zp += (long double)C[i * d + l] * w[l * k + p];
                    zq += (long double)C[i * d + l] * w[l * k + q];
                }
                sum += zp * zq;
            }
            double cov = (double)sum / (double)(n - 1);
            double expected = p == q ? var[p] : 0;
            expect(fabs(cov - expected) <= 2 * tolvar[0], "the scores on components %zu and %zu must have the covariance %.6g; it is %.6g", q, p, expected,
                   cov);
        }
    }
}

START_TEST(fit_by_hand)
{
    /* The singular values are 20 and 10, so W is as exact as they are. */
    call("pca_fit(4, 2, 2, mean, W, var, X)");
    double *mean = out_vec("mean", 2), (*W)[2] = out_mat("W", 2, 2), *var = out_vec("var", 2);
    const double (*X)[2] = in_mat("X", 4, 2, &FOUR[0][0]);
    expect_status(pca_fit(4, 2, 2, mean, W, var, X), OK);
    because("the centred rows are (5, 10), (11, 2), (-11, -2), (-5, -10); along (0.8, 0.6) the scores are 10, 10, -10, -10: "
            "400/3, across it 5, -5, 5, -5: 100/3");
    expect_vec(mean, FOUR_MEAN, 1e-13);
    expect_vec(var, (double[]){400 / 3.0, 100 / 3.0}, 1e-11);
    expect_mat(W, (double[2][2]){{0.8, -0.6}, {0.6, 0.8}}, 1e-12);
}
END_TEST

START_TEST(fit_one_component)
{
    call("pca_fit(4, 2, 1, mean, W, var, X)");
    double *mean = out_vec("mean", 2), (*W)[1] = out_mat("W", 2, 1), *var = out_vec("var", 1);
    const double (*X)[2] = in_mat("X", 4, 2, &FOUR[0][0]);
    expect_status(pca_fit(4, 2, 1, mean, W, var, X), OK);
    because("the first component alone");
    expect_vec(mean, FOUR_MEAN, 1e-13);
    expect_vec(var, (double[]){400 / 3.0}, 1e-11);
    expect_mat(W, (double[2][1]){{0.8}, {0.6}}, 1e-12);
}
END_TEST

START_TEST(fit_smallest)
{
    call("pca_fit(2, 1, 1, mean, W, var, X)");
    double *mean = out_vec("mean", 1), (*W)[1] = out_mat("W", 1, 1), *var = out_vec("var", 1);
    const double (*X)[1] = in_mat("X", 2, 1, (double[]){1, 4});
    expect_status(pca_fit(2, 1, 1, mean, W, var, X), OK);
    because("one pixel: the only direction is 1, and the variance of 1 and 4 is 1.5² + 1.5² = 4.5, divided by 2 - 1");
    expect_vec(mean, (double[]){2.5}, 1e-14);
    expect_vec(var, (double[]){4.5}, 1e-13);
    expect_mat(W, (double[]){1}, 1e-14);
}
END_TEST

START_TEST(fit_refuses)
{
    static const double x[] = {1, 2, 3, 4, 5, 7, 8, 9, 11, 10, 12, 15};
    static const struct { size_t n, d, k; const char *why; } bad[] = {
        {1, 1, 1, "one example has no variance"},
        {2, 3, 1, "fewer examples than columns"},
        {0, 1, 1, "no examples"},
        {4, 2, 3, "there are only two components"},
        {3, 1, 2, "there is only one component"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t n = bad[i].n, d = bad[i].d, k = bad[i].k;
        call("pca_fit(%zu, %zu, %zu, mean, W, var, X)", n, d, k);
        double *mean = out_vec("mean", d), (*W)[k] = out_mat("W", d, k), *var = out_vec("var", k);
        const double (*X)[d] = in_mat("X", n, d, x);
        because("%s", bad[i].why);
        expect_status(pca_fit(n, d, k, mean, W, var, X), BAD_INPUT);
    }
}
END_TEST

START_TEST(fit_constant_columns)
{
    /* Three pixels that never change, one of them not 0. */
    double x[20][6];
    for (size_t i = 0; i < 20; i++) {
        static const bool moves[6] = {false, true, true, false, true, false};
        for (size_t j = 0; j < 6; j++)
            x[i][j] = moves[j] ? (double)gen_between(0, 16) : j == 3 ? 16 : 0;
    }
    check_fit(20, 6, 6, &x[0][0]);
    call("pca_fit(20, 6, 3, mean, W, var, X)");
    double *mean = out_vec("mean", 6), (*W)[3] = out_mat("W", 6, 3), *var = out_vec("var", 3);
    const double (*X)[6] = in_mat("X", 20, 6, &x[0][0]);
    expect_status(pca_fit(20, 6, 3, mean, W, var, X), OK);
    for (size_t j = 0; j < 3; j++)
        expect(fabs(W[0][j]) <= 1e-12 && fabs(W[3][j]) <= 1e-12 && fabs(W[5][j]) <= 1e-12,
               "pixels 0, 3 and 5 never change, so component %zu must have zeros there; it has %g, %g and %g", j, W[0][j], W[3][j], W[5][j]);
}
END_TEST

START_TEST(fit_any_shape)
{
    double x[MANY * COLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n, d;
        tall(t, &n, &d);
        n += gen_between(0, MANY - ROWS);
        any_matrix(t, n, d, x);
        check_fit(n, d, gen_between(1, d), x);
    }
}
END_TEST

START_TEST(fit_far_from_zero)
{
    double x[MANY * 3];
    for (size_t t = 0; t < 20; t++) {
        for (size_t i = 0; i < MANY; i++)
            for (size_t j = 0; j < 3; j++)
                x[i * 3 + j] = 1e6 * (double)(j + 1) + gen_normal() * (double)(3 - j);
        check_fit(MANY, 3, 3, x);
    }
}
END_TEST

START_TEST(fit_square)
{
    /* As many examples as columns are enough; the last variance is then 0, up to rounding. */
    check_fit(2, 2, 2, (double[]){1, 5, 4, 1});
    /* Two rows alike: centred, the columns are parallel but for their last digits. */
    check_fit(3, 3, 3, (double[]){8, 0, 6, 8, 0, 6, 9, 14, 12});
    double x[5 * 5];
    for (size_t t = 0; t < 20; t++) {
        for (size_t i = 0; i < 25; i++)
            x[i] = (double)gen_between(0, 16);
        check_fit(3, 3, gen_between(1, 3), x);
        check_fit(5, 5, gen_between(1, 5), x);
    }
}
END_TEST

START_TEST(fit_passes_failure_on)
{
    static const double x[4][2] = {{17, 22}, {23, NAN}, {1, 10}, {7, 2}};
    double c[4][2], u[4][2], s[2], v[2][2];
    for (size_t i = 0; i < 4; i++) {
        c[i][0] = x[i][0] - 12;
        c[i][1] = NAN;
    }
    call("pca_fit(4, 2, 2, mean, W, var, X)");
    double *mean = out_vec("mean", 2), (*W)[2] = out_mat("W", 2, 2), *var = out_vec("var", 2);
    const double (*X)[2] = in_mat("X", 4, 2, &x[0][0]);
    status got = pca_fit(4, 2, 2, mean, W, var, X), below = svd_thin(4, 2, u, s, v, (const double (*)[2])c);
    if (below != OK)
        expect(got != OK, "svd_thin fails on these data, which hold a NaN once they are centred, and yet pca_fit returned OK");
}
END_TEST

START_TEST(fit_identical_rows)
{
    double x[5 * 2] = {3, 4, 3, 4, 3, 4, 3, 4, 3, 4};
    check_fit(5, 2, 2, x);
}
END_TEST

START_TEST(fit_without_memory)
{
    call("pca_fit(4, 2, 2, mean, W, var, X)");
    double *mean = out_vec("mean", 2), (*W)[2] = out_mat("W", 2, 2), *var = out_vec("var", 2);
    const double (*X)[2] = in_mat("X", 4, 2, &FOUR[0][0]);
    malloc_fails(true);
    status got = pca_fit(4, 2, 2, mean, W, var, X);
    because("malloc fails during this call");
    expect_status(got, NO_SPACE);
}
END_TEST

/* ------------------------------------------------------------------ pca_transform */

/* Any order of the d differences and products, and also XW − (mean)W: each term by itself has a rounding. */
static void check_transform(size_t n, size_t d, size_t k, const double x[], const double mu[], const double w[])
{
    double want[ROWS * COLS], tol[ROWS * COLS];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < k; j++) {
            long double sum = 0, size = 0;
            for (size_t p = 0; p < d; p++) {
                sum += ((long double)x[i * d + p] - mu[p]) * w[p * k + j];
                size += (fabsl(x[i * d + p]) + fabsl(mu[p])) * fabsl(w[p * k + j]);
            }
            want[i * k + j] = (double)sum;
            tol[i * k + j] = (double)(2 * (long double)(2 * d + 2) * EPS * size + DBL_MIN);
        }
    call("pca_transform(%zu, %zu, %zu, Z, X, mean, W)", n, d, k);
    double (*Z)[k] = out_mat("Z", n, k);
    const double (*X)[d] = in_mat("X", n, d, x), *mean = in_vec("mean", d, mu), (*W)[k] = in_mat("W", d, k, w);
    pca_transform(n, d, k, Z, X, mean, W);
    expect_mat_tol(Z, want, tol);
}

START_TEST(transform_by_hand)
{
    call("pca_transform(4, 2, 2, Z, X, mean, W)");
    double (*Z)[2] = out_mat("Z", 4, 2);
    const double (*X)[2] = in_mat("X", 4, 2, &FOUR[0][0]), *mean = in_vec("mean", 2, FOUR_MEAN);
    const double (*W)[2] = in_mat("W", 2, 2, &THREE_V[0][0]);
    pca_transform(4, 2, 2, Z, X, mean, W);
    because("row 0 minus the mean is (5, 10); its scores are 5·0.8 + 10·0.6 = 10 and 5·(-0.6) + 10·0.8 = 5");
    expect_mat(Z, FOUR_Z, 1e-13);
}
END_TEST

START_TEST(transform_new_picture)
{
    call("pca_transform(1, 2, 1, Z, X, mean, W)");
    double (*Z)[1] = out_mat("Z", 1, 1);
    const double (*X)[2] = in_mat("X", 1, 2, (double[]){20, 18}), *mean = in_vec("mean", 2, FOUR_MEAN);
    const double (*W)[1] = in_mat("W", 2, 1, (double[]){0.8, 0.6});
    pca_transform(1, 2, 1, Z, X, mean, W);
    because("(20, 18) - (12, 12) = (8, 6), and 8·0.8 + 6·0.6 = 10: the mean is the one given, that of the old pictures");
    expect_mat(Z, (double[]){10}, 1e-13);
}
END_TEST

START_TEST(transform_any_shape)
{
    double x[ROWS * COLS], mu[COLS], w[COLS * COLS];
    for (size_t t = 0; t < TRIALS; t++) {
        static const size_t ds[] = {2, 3, 5, COLS};
        size_t n = gen_size(t, 1, ROWS), d = ds[gen_between(0, 3)], k = gen_between(1, d);
        gen_vec(t, n * d, x);
        gen_vec(t, d, mu);
        gen_vec(t, d * k, w);
        check_transform(n, d, k, x, mu, w);
    }
}
END_TEST

START_TEST(transform_scores_of_the_fit)
{
    /* The scores of the data that were fitted have mean 0 and the variances of the fit. */
    double x[ROWS * 3], mu[3], w[9], var[3];
    for (size_t t = 0; t < 40; t++) {
        for (size_t i = 0; i < ROWS * 3; i++)
            x[i] = (double)gen_between(0, 16);
        if (pca_fit(ROWS, 3, 3, mu, (double (*)[3])w, var, (const double (*)[3])x) != OK)
            continue;
        call("pca_transform(%d, 3, 3, Z, X, mean, W)", ROWS);
        double (*Z)[3] = out_mat("Z", ROWS, 3);
        const double (*X)[3] = in_mat("X", ROWS, 3, x), *mean = in_vec("mean", 3, mu), (*W)[3] = in_mat("W", 3, 3, w);
        pca_transform(ROWS, 3, 3, Z, X, mean, W);
        for (size_t j = 0; j < 3; j++) {
            double sum = 0, square = 0;
            for (size_t i = 0; i < ROWS; i++) {
                sum += Z[i][j];
                square += Z[i][j] * Z[i][j];
            }
            because("mean and W are those of pca_fit for this X");
            expect(fabs(sum) <= 1e-11, "the scores on component %zu must have the mean 0; their sum is %.6g", j, sum);
            expect(fabs(square / (ROWS - 1) - var[j]) <= 1e-10, "the scores on component %zu must have the variance %.17g; it is %.17g", j, var[j],
                   square / (ROWS - 1));
        }
    }
}
END_TEST

START_TEST(transform_odd)
{
    call("pca_transform(3, 2, 2, Z, X, mean, W)");
    double (*Z)[2] = out_mat("Z", 3, 2);
    const double (*X)[2] = in_mat("X", 3, 2, (double[]){17, 22, NAN, 14, 1, 10}), *mean = in_vec("mean", 2, FOUR_MEAN);
    const double (*W)[2] = in_mat("W", 2, 2, &THREE_V[0][0]);
    pca_transform(3, 2, 2, Z, X, mean, W);
    because("a NaN spoils the scores of its own picture and of no other");
    expect_mat(Z, (double[3][2]){{10, 5}, {NAN, NAN}, {-10, 5}}, 1e-13);

    call("pca_transform(0, 2, 1, Z, X, mean, W)");
    double (*none)[1] = out_mat("Z", 0, 1);
    X = in_mat("X", 0, 2, NOTHING);
    mean = in_vec("mean", 2, FOUR_MEAN);
    const double (*one)[1] = in_mat("W", 2, 1, (double[]){0.8, 0.6});
    pca_transform(0, 2, 1, none, X, mean, one);
    expect_intact();
}
END_TEST

/* ------------------------------------------------------------------ pca_inverse */

static void check_inverse(size_t n, size_t d, size_t k, const double z[], const double w[], const double mu[])
{
    double want[ROWS * COLS], tol[ROWS * COLS];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < d; j++) {
            long double sum = mu[j], size = fabsl(mu[j]);
            for (size_t p = 0; p < k; p++) {
                sum += (long double)z[i * k + p] * w[j * k + p];
                size += fabsl((long double)z[i * k + p] * w[j * k + p]);
            }
            want[i * d + j] = (double)sum;
            tol[i * d + j] = (double)(2 * (long double)(k + 2) * EPS * size + DBL_MIN);
        }
    call("pca_inverse(%zu, %zu, %zu, X, Z, W, mean)", n, d, k);
    double (*X)[d] = out_mat("X", n, d);
    const double (*Z)[k] = in_mat("Z", n, k, z), (*W)[k] = in_mat("W", d, k, w), *mean = in_vec("mean", d, mu);
    pca_inverse(n, d, k, X, Z, W, mean);
    expect_mat_tol(X, want, tol);
}

START_TEST(inverse_by_hand)
{
    call("pca_inverse(1, 2, 1, X, Z, W, mean)");
    double (*X)[2] = out_mat("X", 1, 2);
    const double (*Z)[1] = in_mat("Z", 1, 1, (double[]){10}), (*W)[1] = in_mat("W", 2, 1, (double[]){0.8, 0.6});
    const double *mean = in_vec("mean", 2, FOUR_MEAN);
    pca_inverse(1, 2, 1, X, Z, W, mean);
    because("(12, 12) + 10·(0.8, 0.6) = (20, 18)");
    expect_mat(X, (double[]){20, 18}, 1e-13);

    call("pca_inverse(4, 2, 2, X, Z, W, mean)");
    X = out_mat("X", 4, 2);
    const double (*Y)[2] = in_mat("Z", 4, 2, &FOUR_Z[0][0]), (*V)[2] = in_mat("W", 2, 2, &THREE_V[0][0]);
    mean = in_vec("mean", 2, FOUR_MEAN);
    pca_inverse(4, 2, 2, X, Y, V, mean);
    because("with both components every picture comes back: row 0 is (12, 12) + 10·(0.8, 0.6) + 5·(-0.6, 0.8) = (17, 22)");
    expect_mat(X, FOUR, 1e-13);
}
END_TEST

START_TEST(inverse_any_shape)
{
    double z[ROWS * COLS], mu[COLS], w[COLS * COLS];
    for (size_t t = 0; t < TRIALS; t++) {
        static const size_t ds[] = {2, 3, 5, COLS};
        size_t n = gen_size(t, 1, ROWS), d = ds[gen_between(0, 3)], k = gen_between(1, d);
        gen_vec(t, n * k, z);
        gen_vec(t, d, mu);
        gen_vec(t, d * k, w);
        check_inverse(n, d, k, z, w, mu);
    }
}
END_TEST

START_TEST(inverse_there_and_back)
{
    /* Whole grey values; rounding of about 10·ε·16·√d on the way there and back. */
    double x[ROWS * 5], mu[5], w[25], z[ROWS * 5];
    for (size_t t = 0; t < 40; t++) {
        for (size_t i = 0; i < ROWS * 5; i++)
            x[i] = (double)gen_between(0, 16);
        orthonormal(5, 5, w);
        for (size_t j = 0; j < 5; j++)
            mu[j] = gen_uniform(0, 16);
        pca_transform(ROWS, 5, 5, (double (*)[5])z, (const double (*)[5])x, mu, (const double (*)[5])w);
        call("pca_inverse(%d, 5, 5, X, Z, W, mean)", ROWS);
        double (*X)[5] = out_mat("X", ROWS, 5);
        const double (*Z)[5] = in_mat("Z", ROWS, 5, z), (*W)[5] = in_mat("W", 5, 5, w), *mean = in_vec("mean", 5, mu);
        pca_inverse(ROWS, 5, 5, X, Z, W, mean);
        because("Z holds all five scores of these pictures, so they come back whole");
        expect_mat(X, x, 1e-12);
    }
}
END_TEST

START_TEST(inverse_error_is_the_rest)
{
    double x[ROWS * 5], mu[5], w[25], var[5], z[ROWS * 5];
    for (size_t t = 0; t < 40; t++) {
        size_t k = gen_between(1, 4);
        for (size_t i = 0; i < ROWS * 5; i++)
            x[i] = (double)gen_between(0, 16);
        if (pca_fit(ROWS, 5, 5, mu, (double (*)[5])w, var, (const double (*)[5])x) != OK)
            continue;
        double wk[25], rest = 0, error = 0;
        for (size_t i = 0; i < 5; i++)
            for (size_t j = 0; j < k; j++)
                wk[i * k + j] = w[i * 5 + j];
        for (size_t j = k; j < 5; j++)
            rest += (ROWS - 1) * var[j];
        pca_transform(ROWS, 5, k, (double (*)[k])z, (const double (*)[5])x, mu, (const double (*)[k])wk);
        call("pca_inverse(%d, 5, %zu, X, Z, W, mean)", ROWS, k);
        double (*X)[5] = out_mat("X", ROWS, 5);
        const double (*Z)[k] = in_mat("Z", ROWS, k, z), (*W)[k] = in_mat("W", 5, k, wk), *mean = in_vec("mean", 5, mu);
        pca_inverse(ROWS, 5, k, X, Z, W, mean);
        for (size_t i = 0; i < ROWS * 5; i++)
            error += (((double *)X)[i] - x[i]) * (((double *)X)[i] - x[i]);
        because("Z and W are the first %zu components of %d pictures; the error is (n - 1) times the variances left out", k, ROWS);
        expect_named("the squared error of rebuilding", error, rest, 1e-9);
    }
}
END_TEST

START_TEST(inverse_odd)
{
    call("pca_inverse(2, 2, 1, X, Z, W, mean)");
    double (*X)[2] = out_mat("X", 2, 2);
    const double (*Z)[1] = in_mat("Z", 2, 1, (double[]){NAN, 10}), (*W)[1] = in_mat("W", 2, 1, (double[]){0.8, 0.6});
    const double *mean = in_vec("mean", 2, FOUR_MEAN);
    pca_inverse(2, 2, 1, X, Z, W, mean);
    because("a NaN spoils its own picture and no other");
    expect_mat(X, (double[]){NAN, NAN, 20, 18}, 1e-13);

    call("pca_inverse(0, 2, 1, X, Z, W, mean)");
    X = out_mat("X", 0, 2);
    Z = in_mat("Z", 0, 1, NOTHING);
    W = in_mat("W", 2, 1, (double[]){0.8, 0.6});
    mean = in_vec("mean", 2, FOUR_MEAN);
    pca_inverse(0, 2, 1, X, Z, W, mean);
    expect_intact();
}
END_TEST

/* ------------------------------------------------------------------ pca_choose_k */

static void choose(size_t d, const double values[], double share, size_t want, const char *why)
{
    call("pca_choose_k(%zu, var, %s)", d, num_text(share));
    const double *var = in_vec("var", d, values);
    because("%s", why);
    expect_size(pca_choose_k(d, var, share), want);
}

START_TEST(choose_by_hand)
{
    static const double four[] = {400 / 3.0, 100 / 3.0}, whole[] = {5, 3, 2};
    choose(2, four, 0.8, 1, "400/3 is 0.8 of 500/3: reached is enough");
    choose(2, four, 0.81, 2, "one component keeps 0.8 of the variance, two keep all");
    choose(3, whole, 0.1, 1, "5 of 10 is more than 0.1; none is less");
    choose(3, whole, 0.5, 1, "5 of 10 is exactly 0.5");
    choose(3, whole, 0.8, 2, "5 + 3 = 8 of 10 is exactly 0.8");
    choose(3, whole, 0.9, 3, "8 of 10 is not enough");
    choose(3, whole, 1, 3, "all of it needs all three");
}
END_TEST

START_TEST(choose_edges)
{
    static const double whole[] = {5, 3, 2};
    choose(3, whole, 0, 0, "nothing is asked for");
    choose(3, whole, -1, 0, "less than nothing is asked for");
    choose(0, NOTHING, 0, 0, "nothing is asked for");
    choose(3, (double[]){0, 0, 0}, 0.9, 0, "nothing varies: no component is all of it");
    choose(3, whole, 1.1, SIZE_MAX, "more than all of it: no k is enough");
    choose(3, (double[]){5, 3, 0}, 1.1, SIZE_MAX, "more than all of it: no k is enough, also where the last adds nothing");
    choose(3, whole, NAN, SIZE_MAX, "no k reaches a share that is no number");
    choose(3, (double[]){5, NAN, 2}, 0.9, SIZE_MAX, "the total is NaN: no k can be said to reach a share of it");
    choose(1, (double[]){7}, 1, 1, "one component is all of it");
    choose(1, (double[]){7}, 0.01, 1, "none is less than a hundredth");
}
END_TEST

START_TEST(choose_rounding)
{
    /* Tenths do not add up exactly: 0.1 + 0.1 + 0.1 > 0.3, and ten of them are less than 1. */
    double tenth[10];
    for (size_t j = 0; j < 10; j++)
        tenth[j] = 0.1;
    for (size_t k = 1; k <= 10; k++)
        choose(10, tenth, (double)k / 10, k, "each component has a tenth; the last rounding of the sums is forgiven");
    static const double dust[] = {3, 0.7, 1e-13, 1e-16, 1e-30};
    choose(5, dust, 1, 2, "3 + 0.7 is all of it up to 1e-12; what follows is dust");
    static const double thirds[] = {1 / 3.0, 1 / 7.0, 1 / 9.0, 1 / 11.0, 0, 0};
    choose(6, thirds, 1, 4, "the variances that are 0 add nothing");
    /* 5e-12 of the whole is not forgiven. */
    static const double more[] = {1, 5e-12};
    choose(2, more, 1, 2, "5e-12 is more than the 1e-12 that is forgiven");
    /* Large and small units: what is forgiven is a part of the whole. */
    static const double small[] = {5e-14, 3e-14, 2e-14}, large[] = {5e14, 3e14, 2e14, 1};
    choose(3, small, 0.9, 3, "8e-14 of 1e-13 is not enough: what is forgiven is a part of the whole");
    choose(4, large, 1, 3, "the last 1 is 1e-15 of the whole, and forgiven");
}
END_TEST

START_TEST(choose_digits)
{
    /* The variances of the 1797 digits, to six digits. */
    static const double var[64] = {
        179.007, 163.718, 141.788, 101.1, 69.5132, 59.1085, 51.8845, 44.0151, 40.311, 37.0118, 28.519, 27.3212,
        21.9015, 21.3244, 17.6367, 16.9469, 15.8514, 15.0045, 12.2345, 10.8869, 10.6936, 9.5826, 9.2264, 8.69037,
        8.36561, 7.16578, 6.91974, 6.19296, 5.88499, 5.15587, 4.4913, 4.24688, 4.04744, 3.9434, 3.70647, 3.53165,
        3.08457, 2.7378, 2.67211, 2.54171, 2.28299, 1.90724, 1.81717, 1.68996, 1.40197, 1.29222, 1.15893, 0.93122,
        0.669851, 0.486065, 0.25235, 0.0991528, 0.0631308, 0.0607378, 0.0396662, 0.0149506, 0.00847307, 0.00362366, 0.00127705, 0.000661271,
        0.000412223, 0, 0, 0,
    };
    choose(64, var, 0.90, 21, "the 1797 digits: 20 components keep 89.4 %, 21 keep 90.3 %");
    choose(64, var, 0.95, 29, "the 1797 digits: 29 components are the first to keep 95 %");
    choose(64, var, 0.99, 41, "the 1797 digits: 41 components are the first to keep 99 %");
    choose(64, var, 1, 61, "the 1797 digits: three pixels never change, so 61 components are all of it");
}
END_TEST

START_TEST(choose_property)
{
    for (size_t t = 0; t < TRIALS; t++) {
        double var[COLS], total = 0;
        size_t d = gen_size(t, 1, COLS), k = gen_between(1, d);
        for (size_t j = 0; j < d; j++) {
            var[j] = (j ? var[j - 1] : gen_uniform(1, 1000)) * (j ? gen_uniform(0.1, 1) : 1);
            total += var[j];
        }
        double sum = exact_sum(k - 1, var);
        choose(d, var, (sum + var[k - 1] / 2) / total, k, "half of the component that is wanted is needed");
    }
}
END_TEST

/* ------------------------------------------------------------------ pen and paper

   Recomputed by other routes: from the closed form for a 2 × 2 matrix, ½(√((a + d)² + (c − b)²) ± √((a − d)² + (b + c)²)). */

static double two_by_two(double sign)
{
    double a = 3, b = 0, c = 4, d = 5;
    return (hypot(a + d, c - b) + sign * hypot(a - d, b + c)) / 2;
}

START_TEST(pen_largest)
{
    call("pen_07_a()");
    expect_answer(pen_07_a(), two_by_two(1), 1e-6 * two_by_two(1), "it is more than 5 and less than the Frobenius norm");
}
END_TEST

START_TEST(pen_distance)
{
    call("pen_07_b()");
    expect_answer(pen_07_b(), two_by_two(-1), 1e-6 * two_by_two(-1), "times the answer of Pen a it makes 15, the absolute value of the determinant");
}
END_TEST

START_TEST(pen_storage)
{
    double before = 0, after = 0;
    for (size_t i = 0; i < 1797; i++)
        before += 64;
    for (size_t j = 0; j < 10; j++)
        after += 1797 + 1 + 64;
    call("pen_07_c()");
    expect_answer(pen_07_c(), before / after, 1e-6 * before / after, "times the numbers stored after, it makes those stored before");
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("07-svd");

    TCase *thin = suite_case(s, "svd_thin");
    tcase_add_test(thin, thin_by_hand);
    tcase_add_test(thin, thin_columns_exchanged);
    tcase_add_test(thin, thin_one_number);
    tcase_add_test(thin, thin_diagonal);
    tcase_add_test(thin, thin_zero_column);
    tcase_add_test(thin, thin_rank_one);
    tcase_add_test(thin, thin_wide);
    tcase_add_test(thin, thin_equal_values);
    tcase_add_test(thin, thin_small_value);
    tcase_add_test(thin, thin_tiny_columns);
    tcase_add_test(thin, thin_any_shape);
    tcase_add_test(thin, thin_huge_and_tiny);
    tcase_add_test(thin, thin_no_memory);
    tcase_add_test(thin, thin_not_a_number);
    tcase_add_test(thin, thin_pictures);

    TCase *lowrank = suite_case(s, "svd_lowrank");
    tcase_add_test(lowrank, lowrank_by_hand);
    tcase_add_test(lowrank, lowrank_all);
    tcase_add_test(lowrank, lowrank_none);
    tcase_add_test(lowrank, lowrank_any_shape);
    tcase_add_test(lowrank, lowrank_error);

    TCase *solve = suite_case(s, "svd_solve");
    tcase_add_test(solve, solve_by_hand);
    tcase_add_test(solve, solve_threshold_is_relative);
    tcase_add_test(solve, solve_threshold);
    tcase_add_test(solve, solve_any_shape);
    tcase_add_test(solve, solve_is_least_squares);
    tcase_add_test(solve, solve_is_shortest);
    tcase_add_test(solve, solve_not_a_number);

    TCase *fit = suite_case(s, "pca_fit");
    tcase_add_test(fit, fit_by_hand);
    tcase_add_test(fit, fit_one_component);
    tcase_add_test(fit, fit_smallest);
    tcase_add_test(fit, fit_refuses);
    tcase_add_test(fit, fit_constant_columns);
    tcase_add_test(fit, fit_square);
    tcase_add_test(fit, fit_passes_failure_on);
    tcase_add_test(fit, fit_identical_rows);
    tcase_add_test(fit, fit_any_shape);
    tcase_add_test(fit, fit_far_from_zero);
    tcase_add_test(fit, fit_without_memory);

    TCase *transform = suite_case(s, "pca_transform");
    tcase_add_test(transform, transform_by_hand);
    tcase_add_test(transform, transform_new_picture);
    tcase_add_test(transform, transform_any_shape);
    tcase_add_test(transform, transform_scores_of_the_fit);
    tcase_add_test(transform, transform_odd);

    TCase *inverse = suite_case(s, "pca_inverse");
    tcase_add_test(inverse, inverse_by_hand);
    tcase_add_test(inverse, inverse_any_shape);
    tcase_add_test(inverse, inverse_there_and_back);
    tcase_add_test(inverse, inverse_error_is_the_rest);
    tcase_add_test(inverse, inverse_odd);

    TCase *choose_k = suite_case(s, "pca_choose_k");
    tcase_add_test(choose_k, choose_by_hand);
    tcase_add_test(choose_k, choose_edges);
    tcase_add_test(choose_k, choose_rounding);
    tcase_add_test(choose_k, choose_digits);
    tcase_add_test(choose_k, choose_property);

    tcase_add_test(suite_case(s, "pen_07_a"), pen_largest);
    tcase_add_test(suite_case(s, "pen_07_b"), pen_distance);
    tcase_add_test(suite_case(s, "pen_07_c"), pen_storage);
    return s;
}
