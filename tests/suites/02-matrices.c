/* The suite of chapter 02, matrices. One TCase per function; in each, the chapter's own example comes first, then row and
   column matrices, then shapes whose sizes are different primes, so that no transposed index fits by accident. Where whole
   numbers suffice the comparison is exact; elsewhere every entry has the tolerance of its own dot product. */
#include "harness.h"

#include "mat.h"
#include "pen.h"
#include "vec.h"

/* The street: a column of ones, rooms, baths; two agents; what was asked, what was paid, how far off each agent was. */
static const double FEATURES[4][2] = {{5, 1}, {6, 2}, {8, 3}, {7, 1}};
static const double STREET[4][3] = {{1, 5, 1}, {1, 6, 2}, {1, 8, 3}, {1, 7, 1}};
static const double AGENTS[3][2] = {{10, 0}, {8, 10}, {6, 5}};
static const double AGENT_ROWS[2][3] = {{10, 8, 6}, {0, 10, 5}};
static const double PRICES[4][2] = {{56, 55}, {70, 70}, {92, 95}, {72, 75}};
static const double ERRORS[4][2] = {{-4, -5}, {5, 5}, {-3, 0}, {-3, 0}};
static const double SLOPES[3][2] = {{-5, 0}, {-35, 5}, {-6, 5}};

enum { LARGEST = 13, CELLS = LARGEST * LARGEST };
static const double NOTHING[1] = {0};

/* Sizes for trial t: different primes, small ones first. */
static void primes(size_t t, size_t count, size_t size[])
{
    static const size_t prime[] = {2, 3, 5, 7, 11, LARGEST};
    size_t last = count - 1 + t * (7 - count) / TRIALS;
    for (size_t i = 0; i < count; i++) {
        bool taken;
        do {
            size[i] = prime[gen_between(0, last)];
            taken = false;
            for (size_t j = 0; j < i; j++)
                taken = taken || size[j] == size[i];
        } while (taken);
    }
}

/* n whole numbers from -9 to 9: sums of their products are exact in any order. */
static void whole(size_t n, double x[])
{
    for (size_t i = 0; i < n; i++)
        x[i] = (double)gen_between(0, 18) - 9;
}

static void normal(size_t n, double x[])
{
    for (size_t i = 0; i < n; i++)
        x[i] = gen_normal();
}

/* The yardstick of all products: want and tol, m rows of n, for sums of k products. The number of A for (i, p) lies at
   i·ai + p·ap, the number of B for (p, j) at p·bp + j·bj. */
static void yardstick(size_t m, size_t k, size_t n, double want[], double tol[],
                      const double A[], size_t ai, size_t ap,
                      const double B[], size_t bp, size_t bj)
{
    double row[LARGEST], column[LARGEST];
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            for (size_t p = 0; p < k; p++) {
                row[p] = A[i * ai + p * ap];
                column[p] = B[p * bp + j * bj];
            }
            want[i * n + j] = exact_dot(k, row, column);
            tol[i * n + j] = tol_dot(k, row, column);
        }
}

/* The sum behind the first entry of got that is not the wanted one, for the note below a failure: k products of whole
   numbers, with the strides of the yardstick. Nothing is noted when all is well. */
static void because_sum(size_t m, size_t k, size_t n, const char *name, const double got[], const double want[],
                        const double A[], size_t ai, size_t ap,
                        const double B[], size_t bp, size_t bj)
{
    size_t cell = 0;
    while (cell < m * n && got[cell] == want[cell])
        cell++;
    if (cell == m * n)
        return;
    size_t i = cell / n, j = cell % n, used = 0;
    char sum[200];
    for (size_t p = 0; p < k; p++) {
        double b = B[p * bp + j * bj];
        used += (size_t)snprintf(sum + used, sizeof sum - used, b < 0 ? "%s%g·(%g)" : "%s%g·%g", p ? " + " : "",
                                 A[i * ai + p * ap], b);
    }
    if (strcmp(name, "y") == 0)
        because("y[%zu] is %s = %g", i, sum, want[cell]);
    else
        because("%s[%zu][%zu] is %s = %g", name, i, j, sum, want[cell]);
}

/* ------------------------------------------------------------------ mat_transpose */

START_TEST(transpose_by_hand)
{
    call("mat_transpose(4, 2, At, A)");
    const double (*A)[2] = in_mat("A", 4, 2, &FEATURES[0][0]);
    double (*At)[4] = out_mat("At", 2, 4);
    mat_transpose(4, 2, At, A);
    because("row 0 of At is column 0 of A, the rooms: 5, 6, 8, 7");
    expect_mat(At, (double[2][4]){{5, 6, 8, 7}, {1, 2, 3, 1}}, 0);
}
END_TEST

START_TEST(transpose_row_and_column)
{
    static const double five[] = {1, 2, 3, 4, 5};
    call("mat_transpose(1, 5, At, A)");
    const double (*row)[5] = in_mat("A", 1, 5, five);
    double (*column)[1] = out_mat("At", 5, 1);
    mat_transpose(1, 5, column, row);
    expect_mat(column, five, 0);

    call("mat_transpose(5, 1, At, A)");
    const double (*tall)[1] = in_mat("A", 5, 1, five);
    double (*flat)[5] = out_mat("At", 1, 5);
    mat_transpose(5, 1, flat, tall);
    expect_mat(flat, five, 0);

    call("mat_transpose(1, 1, At, A)");
    const double (*one)[1] = in_mat("A", 1, 1, (double[]){7});
    double (*same)[1] = out_mat("At", 1, 1);
    mat_transpose(1, 1, same, one);
    expect_mat(same, (double[]){7}, 0);
}
END_TEST

START_TEST(transpose_any_shape)
{
    double a[CELLS], want[CELLS], back[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t s[2];
        primes(t, 2, s);
        size_t m = s[0], n = s[1];
        gen_vec(t, m * n, a);
        for (size_t i = 0; i < m; i++)
            for (size_t j = 0; j < n; j++)
                want[j * m + i] = a[i * n + j];

        call("mat_transpose(%zu, %zu, At, A)", m, n);
        const double (*A)[n] = in_mat("A", m, n, a);
        double (*At)[m] = out_mat("At", n, m);
        mat_transpose(m, n, At, A);
        expect_mat(At, want, 0);
        memcpy(back, At, m * n * sizeof *back);

        call("mat_transpose(%zu, %zu, At, A)", n, m);
        const double (*B)[m] = in_mat("A", n, m, back);
        double (*Bt)[n] = out_mat("At", m, n);
        mat_transpose(n, m, Bt, B);
        because("transposed twice, every number is back at its place");
        expect_mat(Bt, a, 0);
    }
}
END_TEST

START_TEST(transpose_odd_numbers)
{
    call("mat_transpose(2, 3, At, A)");
    const double a[] = {NAN, 1, INFINITY, 2, -INFINITY, DBL_MIN};
    const double (*A)[3] = in_mat("A", 2, 3, a);
    double (*At)[2] = out_mat("At", 3, 2);
    mat_transpose(2, 3, At, A);
    because("every number moves as it is, also the odd ones");
    expect_mat(At, (double[3][2]){{NAN, 2}, {1, -INFINITY}, {INFINITY, DBL_MIN}}, 0);
}
END_TEST

/* ------------------------------------------------------------------ mat_vec */

START_TEST(vec_by_hand)
{
    call("mat_vec(4, 3, y, A, x)");
    const double (*A)[3] = in_mat("A", 4, 3, &STREET[0][0]);
    const double *x = in_vec("x", 3, (double[]){10, 8, 6});
    double *y = out_vec("y", 4);
    mat_vec(4, 3, y, A, x);
    static const double want[] = {56, 70, 92, 72};
    because_sum(4, 3, 1, "y", y, want, &STREET[0][0], 3, 1, x, 1, 0);
    expect_vec(y, want, 0);
}
END_TEST

START_TEST(vec_one_row_one_column)
{
    call("mat_vec(1, 3, y, A, x)");
    const double (*row)[3] = in_mat("A", 1, 3, (double[]){1, 5, 1});
    const double *x = in_vec("x", 3, (double[]){10, 8, 6});
    double *y = out_vec("y", 1);
    mat_vec(1, 3, y, row, x);
    expect_vec(y, (double[]){56}, 0);

    call("mat_vec(3, 1, y, A, x)");
    const double (*column)[1] = in_mat("A", 3, 1, (double[]){1, 5, 1});
    const double *one = in_vec("x", 1, (double[]){10});
    double *tall = out_vec("y", 3);
    mat_vec(3, 1, tall, column, one);
    expect_vec(tall, (double[]){10, 50, 10}, 0);
}
END_TEST

START_TEST(vec_unit_vectors)
{
    double a[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (size_t j = 0; j < 5; j++) {
        double e[5] = {0};
        e[j] = 1;
        call("mat_vec(3, 5, y, A, x)");
        const double (*A)[5] = in_mat("A", 3, 5, a);
        const double *x = in_vec("x", 5, e);
        double *y = out_vec("y", 3);
        mat_vec(3, 5, y, A, x);
        because("with a 1 in place %zu and zeros elsewhere, y is column %zu of A", j, j);
        expect_vec(y, (double[]){a[j], a[5 + j], a[10 + j]}, 0);
    }
}
END_TEST

START_TEST(vec_any_shape)
{
    double a[CELLS], b[LARGEST], want[LARGEST], tol[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t s[2];
        primes(t, 2, s);
        size_t m = s[0], n = s[1];
        gen_vec(t, m * n, a);
        gen_vec(t, n, b);
        yardstick(m, n, 1, want, tol, a, n, 1, b, 1, 1);

        call("mat_vec(%zu, %zu, y, A, x)", m, n);
        const double (*A)[n] = in_mat("A", m, n, a);
        const double *x = in_vec("x", n, b);
        double *y = out_vec("y", m);
        mat_vec(m, n, y, A, x);
        expect_vec_tol(y, want, tol);
    }
}
END_TEST

START_TEST(vec_is_linear)
{
    double a[CELLS], u[LARGEST], v[LARGEST], w[LARGEST], au[LARGEST], av[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t size[2];
        primes(t, 2, size);
        size_t m = size[0], n = size[1];
        double s = (double)gen_between(1, 5), r = (double)gen_between(1, 5);
        whole(m * n, a);
        whole(n, u);
        whole(n, v);
        for (size_t j = 0; j < n; j++)
            w[j] = s * u[j] - r * v[j];

        call("mat_vec(%zu, %zu, y, A, x)", m, n);
        const double (*A)[n] = in_mat("A", m, n, a);
        double *y = out_vec("y", m);
        mat_vec(m, n, y, A, in_vec("x", n, u));
        memcpy(au, y, m * sizeof *y);

        call("mat_vec(%zu, %zu, y, A, x)", m, n);
        A = in_mat("A", m, n, a);
        y = out_vec("y", m);
        mat_vec(m, n, y, A, in_vec("x", n, v));
        memcpy(av, y, m * sizeof *y);

        call("mat_vec(%zu, %zu, y, A, x)", m, n);
        A = in_mat("A", m, n, a);
        y = out_vec("y", m);
        mat_vec(m, n, y, A, in_vec("x", n, w));
        for (size_t i = 0; i < m; i++)
            au[i] = s * au[i] - r * av[i];
        because("x is %g·u - %g·v; expected is %g·(A·u) - %g·(A·v), from two calls of yours", s, r, s, r);
        expect_vec(y, au, 0);
    }
}
END_TEST

START_TEST(vec_odd_numbers)
{
    call("mat_vec(3, 2, y, A, x)");
    const double (*A)[2] = in_mat("A", 3, 2, (double[]){1, 2, NAN, 0, 1e300, 1e300});
    const double *x = in_vec("x", 2, (double[]){3, 1e-300});
    double *y = out_vec("y", 3);
    mat_vec(3, 2, y, A, x);
    because("a NaN spoils the result of its own row and of no other");
    expect_vec_tol(y, (double[]){3, NAN, 3e300}, (double[]){1e-14, 0, 3e285});

    call("mat_vec(2, 2, y, A, x)");
    A = in_mat("A", 2, 2, (double[]){1, NAN, 3, 4});
    x = in_vec("x", 2, (double[]){5, 0});
    y = out_vec("y", 2);
    mat_vec(2, 2, y, A, x);
    because("y[0] = 1·5 + NaN·0, and NaN·0 is NaN");
    expect_vec(y, (double[]){NAN, 15}, 0);

    call("mat_vec(2, 2, y, A, x)");
    A = in_mat("A", 2, 2, (double[]){1, 0, 0, 0});
    x = in_vec("x", 2, (double[]){5, NAN});
    y = out_vec("y", 2);
    mat_vec(2, 2, y, A, x);
    because("0·NaN is NaN: no row of A gets past a broken number in x");
    expect_vec(y, (double[]){NAN, NAN}, 0);
}
END_TEST

START_TEST(vec_no_rows)
{
    call("mat_vec(0, 3, y, A, x)");
    const double (*A)[3] = in_mat("A", 0, 3, NOTHING);
    const double *x = in_vec("x", 3, (double[]){1, 2, 3});
    double *y = out_vec("y", 0);
    mat_vec(0, 3, y, A, x);
    expect_intact();
}
END_TEST

/* ------------------------------------------------------------------ mat_vec_t */

START_TEST(vec_t_by_hand)
{
    call("mat_vec_t(4, 3, y, A, x)");
    const double (*A)[3] = in_mat("A", 4, 3, &STREET[0][0]);
    const double *x = in_vec("x", 4, (double[]){-4, 5, -3, -3});
    double *y = out_vec("y", 3);
    mat_vec_t(4, 3, y, A, x);
    static const double want[] = {-5, -35, -6};
    because("y = -4·(row 0) + 5·(row 1) - 3·(row 2) - 3·(row 3)");
    because_sum(3, 4, 1, "y", y, want, &STREET[0][0], 1, 3, x, 1, 0);
    expect_vec(y, want, 0);
}
END_TEST

START_TEST(vec_t_one_row_one_column)
{
    call("mat_vec_t(1, 3, y, A, x)");
    const double (*row)[3] = in_mat("A", 1, 3, (double[]){1, 5, 1});
    const double *one = in_vec("x", 1, (double[]){10});
    double *y = out_vec("y", 3);
    mat_vec_t(1, 3, y, row, one);
    expect_vec(y, (double[]){10, 50, 10}, 0);

    call("mat_vec_t(3, 1, y, A, x)");
    const double (*column)[1] = in_mat("A", 3, 1, (double[]){1, 5, 1});
    const double *x = in_vec("x", 3, (double[]){10, 8, 6});
    double *sum = out_vec("y", 1);
    mat_vec_t(3, 1, sum, column, x);
    expect_vec(sum, (double[]){56}, 0);
}
END_TEST

START_TEST(vec_t_no_rows)
{
    call("mat_vec_t(0, 3, y, A, x)");
    const double (*A)[3] = in_mat("A", 0, 3, NOTHING);
    const double *x = in_vec("x", 0, NOTHING);
    double *y = out_vec("y", 3);
    mat_vec_t(0, 3, y, A, x);
    because("the combination of no rows is the zero vector");
    expect_vec(y, (double[]){0, 0, 0}, 0);
}
END_TEST

START_TEST(vec_t_any_shape)
{
    double a[CELLS], b[LARGEST], want[LARGEST], tol[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t s[2];
        primes(t, 2, s);
        size_t m = s[0], n = s[1];
        gen_vec(t, m * n, a);
        gen_vec(t, m, b);
        yardstick(n, m, 1, want, tol, a, 1, n, b, 1, 1);

        call("mat_vec_t(%zu, %zu, y, A, x)", m, n);
        const double (*A)[n] = in_mat("A", m, n, a);
        const double *x = in_vec("x", m, b);
        double *y = out_vec("y", n);
        mat_vec_t(m, n, y, A, x);
        expect_vec_tol(y, want, tol);
    }
}
END_TEST

START_TEST(vec_t_is_transpose_then_vec)
{
    double a[15], b[3], at[5][3], want[5];
    for (size_t t = 0; t < TRIALS; t++) {
        whole(15, a);
        whole(3, b);
        call("mat_vec_t(3, 5, y, A, x)");
        const double (*A)[5] = in_mat("A", 3, 5, a);
        const double *x = in_vec("x", 3, b);
        double *y = out_vec("y", 5);
        mat_transpose(3, 5, at, A);
        mat_vec(5, 3, want, at, b);
        mat_vec_t(3, 5, y, A, x);
        because("expected is mat_vec(5, 3, …) of what mat_transpose makes of A");
        expect_vec(y, want, 0);
    }
}
END_TEST

START_TEST(vec_t_changes_sides)
{
    double a[CELLS], b[LARGEST], z[LARGEST], az[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t s[2];
        primes(t, 2, s);
        size_t m = s[0], n = s[1];
        whole(m * n, a);
        whole(m, b);
        whole(n, z);
        call("mat_vec_t(%zu, %zu, y, A, x)", m, n);
        const double (*A)[n] = in_mat("A", m, n, a);
        const double *x = in_vec("x", m, b);
        double *y = out_vec("y", n);
        mat_vec_t(m, n, y, A, x);
        mat_vec(m, n, az, A, z);
        expect(exact_dot(n, y, z) == exact_dot(m, b, az),
               "(Aᵀx)·z must be x·(Az) for every z; for this one the first is %g and the second %g",
               exact_dot(n, y, z), exact_dot(m, b, az));
    }
}
END_TEST

START_TEST(vec_t_odd_numbers)
{
    call("mat_vec_t(2, 3, y, A, x)");
    const double (*A)[3] = in_mat("A", 2, 3, (double[]){1, NAN, 2, 3, 4, 5});
    const double *x = in_vec("x", 2, (double[]){0, 1});
    double *y = out_vec("y", 3);
    mat_vec_t(2, 3, y, A, x);
    because("0 times NaN is NaN; it spoils its own column and no other");
    expect_vec(y, (double[]){3, NAN, 5}, 0);

    call("mat_vec_t(2, 3, y, A, x)");
    A = in_mat("A", 2, 3, (double[]){1, 2, 3, 0, 4, 0});
    x = in_vec("x", 2, (double[]){1, NAN});
    y = out_vec("y", 3);
    mat_vec_t(2, 3, y, A, x);
    because("0 times NaN is NaN: no column of A gets past a broken number in x");
    expect_vec(y, (double[]){NAN, NAN, NAN}, 0);
}
END_TEST

/* ------------------------------------------------------------------ mat_mul */

START_TEST(mul_by_hand)
{
    call("mat_mul(4, 3, 2, C, A, B)");
    const double (*A)[3] = in_mat("A", 4, 3, &STREET[0][0]);
    const double (*B)[2] = in_mat("B", 3, 2, &AGENTS[0][0]);
    double (*C)[2] = out_mat("C", 4, 2);
    mat_mul(4, 3, 2, C, A, B);
    because_sum(4, 3, 2, "C", &C[0][0], &PRICES[0][0], &STREET[0][0], 3, 1, &AGENTS[0][0], 2, 1);
    expect_mat(C, PRICES, 0);
}
END_TEST

START_TEST(mul_small_shapes)
{
    call("mat_mul(1, 1, 1, C, A, B)");
    const double (*a)[1] = in_mat("A", 1, 1, (double[]){3});
    const double (*b)[1] = in_mat("B", 1, 1, (double[]){-2});
    double (*c)[1] = out_mat("C", 1, 1);
    mat_mul(1, 1, 1, c, a, b);
    expect_mat(c, (double[]){-6}, 0);

    call("mat_mul(1, 3, 2, C, A, B)");
    const double (*row)[3] = in_mat("A", 1, 3, (double[]){1, 2, 3});
    const double (*B)[2] = in_mat("B", 3, 2, (double[]){1, 0, 0, 1, 1, 1});
    double (*C)[2] = out_mat("C", 1, 2);
    mat_mul(1, 3, 2, C, row, B);
    because("C is 1·(1, 0) + 2·(0, 1) + 3·(1, 1)");
    expect_mat(C, (double[]){4, 5}, 0);

    call("mat_mul(3, 1, 2, C, A, B)");
    const double (*column)[1] = in_mat("A", 3, 1, (double[]){1, 2, 3});
    const double (*flat)[2] = in_mat("B", 1, 2, (double[]){4, 5});
    double (*table)[2] = out_mat("C", 3, 2);
    mat_mul(3, 1, 2, table, column, flat);
    expect_mat(table, (double[]){4, 5, 8, 10, 12, 15}, 0);
}
END_TEST

/* Random factors of one shape, against the yardstick. */
static void mul_shape(size_t t, size_t m, size_t k, size_t n)
{
    double a[CELLS], b[CELLS], want[CELLS], tol[CELLS];
    gen_vec(t, m * k, a);
    gen_vec(t, k * n, b);
    yardstick(m, k, n, want, tol, a, k, 1, b, n, 1);
    call("mat_mul(%zu, %zu, %zu, C, A, B)", m, k, n);
    const double (*A)[k] = in_mat("A", m, k, a);
    const double (*B)[n] = in_mat("B", k, n, b);
    double (*C)[n] = out_mat("C", m, n);
    mat_mul(m, k, n, C, A, B);
    expect_mat_tol(C, want, tol);
}

START_TEST(mul_any_shape)
{
    for (size_t t = 0; t < 10; t++) {
        mul_shape(t, 2, 3, 5);
        mul_shape(t, 5, 2, 3);
    }
    for (size_t t = 0; t < TRIALS; t++) {
        size_t s[3];
        primes(t, 3, s);
        mul_shape(t, s[0], s[1], s[2]);
    }
}
END_TEST

START_TEST(mul_identity)
{
    double a[CELLS], id[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t s[2];
        primes(t, 2, s);
        size_t m = s[0], n = s[1];
        gen_vec(t, m * n, a);
        mat_identity(m, (double (*)[m])id);
        call("mat_mul(%zu, %zu, %zu, C, A, B)", m, m, n);
        const double (*I)[m] = in_mat("A", m, m, id);
        const double (*B)[n] = in_mat("B", m, n, a);
        double (*C)[n] = out_mat("C", m, n);
        mat_mul(m, m, n, C, I, B);
        because("A is the identity, so C is B");
        expect_mat(C, a, 0);
    }
}
END_TEST

/* One product by the function under test; the result is copied to c. */
static void mul(size_t m, size_t k, size_t n, double c[], const double a[], const double b[])
{
    call("mat_mul(%zu, %zu, %zu, C, A, B)", m, k, n);
    const double (*A)[k] = in_mat("A", m, k, a);
    const double (*B)[n] = in_mat("B", k, n, b);
    double (*C)[n] = out_mat("C", m, n);
    mat_mul(m, k, n, C, A, B);
    memcpy(c, C, m * n * sizeof *c);
}

START_TEST(mul_associative)
{
    static const size_t m = 2, k = 3, l = 5, n = 7;
    double a[CELLS], b[CELLS], c[CELLS], ab[CELLS], abc[CELLS], bc[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        normal(m * k, a);
        normal(k * l, b);
        normal(l * n, c);
        mul(m, k, l, ab, a, b);
        mul(m, l, n, abc, ab, c);
        mul(k, l, n, bc, b, c);

        call("mat_mul(2, 3, 7, C, A, B)");
        const double (*A)[k] = in_mat("A", m, k, a);
        const double (*BC)[n] = in_mat("B", k, n, bc);
        double (*C)[n] = out_mat("C", m, n);
        mat_mul(m, k, n, C, A, BC);
        because("B is a product B'C' of yours; expected is (A·B')·C', bracketed the other way");
        expect_mat(C, abc, 1e-12);
    }
}
END_TEST

START_TEST(mul_not_commutative)
{
    const double shear[] = {1, 1, 0, 1}, turn[] = {0, -1, 1, 0};
    call("mat_mul(2, 2, 2, C, A, B)");
    const double (*R)[2] = in_mat("A", 2, 2, turn);
    const double (*S)[2] = in_mat("B", 2, 2, shear);
    double (*C)[2] = out_mat("C", 2, 2);
    mat_mul(2, 2, 2, C, R, S);
    expect_mat(C, (double[]){0, -1, 1, 1}, 0);

    call("mat_mul(2, 2, 2, C, A, B)");
    S = in_mat("A", 2, 2, shear);
    R = in_mat("B", 2, 2, turn);
    C = out_mat("C", 2, 2);
    mat_mul(2, 2, 2, C, S, R);
    expect_mat(C, (double[]){1, -1, 1, 0}, 0);
}
END_TEST

START_TEST(mul_zero_times_nan)
{
    call("mat_mul(2, 2, 3, C, A, B)");
    const double (*A)[2] = in_mat("A", 2, 2, (double[]){0, 1, 1, 0});
    const double (*B)[3] = in_mat("B", 2, 3, (double[]){NAN, 1, 2, 3, 4, INFINITY});
    double (*C)[3] = out_mat("C", 2, 3);
    mat_mul(2, 2, 3, C, A, B);
    because("C[0][0] = 0·NaN + 1·3, and 0·NaN is NaN; C[1][2] = 1·2 + 0·INFINITY, and 0·INFINITY is NaN too");
    expect_mat(C, (double[2][3]){{NAN, 4, INFINITY}, {NAN, 1, NAN}}, 0);

    call("mat_mul(2, 2, 3, C, A, B)");
    A = in_mat("A", 2, 2, (double[]){NAN, 1, 2, 3});
    B = in_mat("B", 2, 3, (double[]){0, 1, 0, 4, 5, 6});
    C = out_mat("C", 2, 3);
    mat_mul(2, 2, 3, C, A, B);
    because("C[0][0] = NaN·0 + 1·4, and NaN·0 is NaN: a zero in B is no reason to skip a product either");
    expect_mat(C, (double[2][3]){{NAN, NAN, NAN}, {12, 17, 18}}, 0);
}
END_TEST

START_TEST(mul_old_numbers)
{
    call("mat_mul(4, 3, 2, C, A, B)");
    const double (*A)[3] = in_mat("A", 4, 3, &STREET[0][0]);
    const double (*B)[2] = in_mat("B", 3, 2, &AGENTS[0][0]);
    double (*C)[2] = inout_mat("C", 4, 2, (double[]){1, 2, 3, 4, 5, 6, 7, 8});
    mat_mul(4, 3, 2, C, A, B);
    because("C held another product before; nothing of it is in this one");
    expect_mat(C, PRICES, 0);
}
END_TEST

START_TEST(mul_no_rows)
{
    call("mat_mul(0, 3, 2, C, A, B)");
    const double (*A)[3] = in_mat("A", 0, 3, NOTHING);
    const double (*B)[2] = in_mat("B", 3, 2, &AGENTS[0][0]);
    double (*C)[2] = out_mat("C", 0, 2);
    mat_mul(0, 3, 2, C, A, B);
    expect_intact();
}
END_TEST

/* ------------------------------------------------------------------ mat_mul_tn */

START_TEST(tn_by_hand)
{
    call("mat_mul_tn(3, 4, 2, C, A, B)");
    const double (*A)[3] = in_mat("A", 4, 3, &STREET[0][0]);
    const double (*B)[2] = in_mat("B", 4, 2, &ERRORS[0][0]);
    double (*C)[2] = out_mat("C", 3, 2);
    mat_mul_tn(3, 4, 2, C, A, B);
    because_sum(3, 4, 2, "C", &C[0][0], &SLOPES[0][0], &STREET[0][0], 1, 3, &ERRORS[0][0], 2, 1);
    expect_mat(C, SLOPES, 0);
}
END_TEST

START_TEST(tn_small_shapes)
{
    call("mat_mul_tn(2, 1, 3, C, A, B)");
    const double (*row)[2] = in_mat("A", 1, 2, (double[]){4, 5});
    const double (*other)[3] = in_mat("B", 1, 3, (double[]){1, 2, 3});
    double (*C)[3] = out_mat("C", 2, 3);
    mat_mul_tn(2, 1, 3, C, row, other);
    because("one row each: C[i][j] is A[0][i]·B[0][j]");
    expect_mat(C, (double[2][3]){{4, 8, 12}, {5, 10, 15}}, 0);

    call("mat_mul_tn(1, 3, 1, C, A, B)");
    const double (*column)[1] = in_mat("A", 3, 1, (double[]){1, 2, 3});
    const double (*second)[1] = in_mat("B", 3, 1, (double[]){4, 5, 6});
    double (*c)[1] = out_mat("C", 1, 1);
    mat_mul_tn(1, 3, 1, c, column, second);
    because("one column each: a dot product, 4 + 10 + 18");
    expect_mat(c, (double[]){32}, 0);
}
END_TEST

START_TEST(tn_no_rows)
{
    call("mat_mul_tn(3, 0, 2, C, A, B)");
    const double (*A)[3] = in_mat("A", 0, 3, NOTHING);
    const double (*B)[2] = in_mat("B", 0, 2, NOTHING);
    double (*C)[2] = out_mat("C", 3, 2);
    mat_mul_tn(3, 0, 2, C, A, B);
    because("a sum of no products is 0");
    expect_mat(C, (double[3][2]){{0}}, 0);
}
END_TEST

START_TEST(tn_any_shape)
{
    double a[CELLS], b[CELLS], want[CELLS], tol[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t s[3] = {2, 5, 3};
        if (t >= 5)
            primes(t, 3, s);
        size_t m = s[0], k = s[1], n = s[2];
        gen_vec(t, k * m, a);
        gen_vec(t, k * n, b);
        yardstick(m, k, n, want, tol, a, 1, m, b, n, 1);
        call("mat_mul_tn(%zu, %zu, %zu, C, A, B)", m, k, n);
        const double (*A)[m] = in_mat("A", k, m, a);
        const double (*B)[n] = in_mat("B", k, n, b);
        double (*C)[n] = out_mat("C", m, n);
        mat_mul_tn(m, k, n, C, A, B);
        expect_mat_tol(C, want, tol);
    }
}
END_TEST

START_TEST(tn_is_transpose_then_mul)
{
    double a[10], b[15], at[2][5], want[2][3];
    for (size_t t = 0; t < TRIALS; t++) {
        whole(10, a);
        whole(15, b);
        call("mat_mul_tn(2, 5, 3, C, A, B)");
        const double (*A)[2] = in_mat("A", 5, 2, a);
        const double (*B)[3] = in_mat("B", 5, 3, b);
        double (*C)[3] = out_mat("C", 2, 3);
        mat_transpose(5, 2, at, A);
        mat_mul(2, 5, 3, want, at, B);
        mat_mul_tn(2, 5, 3, C, A, B);
        because("expected is mat_mul(2, 5, 3, …) of what mat_transpose makes of A");
        expect_mat(C, want, 0);
    }
}
END_TEST

START_TEST(tn_gram_by_hand)
{
    call("mat_mul_tn(3, 4, 3, C, X, X)");
    const double (*X)[3] = in_mat("X", 4, 3, &STREET[0][0]);
    double (*C)[3] = out_mat("C", 3, 3);
    mat_mul_tn(3, 4, 3, C, X, X);
    because("the Gram matrix: 4 houses, 26 rooms and 7 baths stand in its first row");
    expect_mat(C, (double[3][3]){{4, 26, 7}, {26, 174, 48}, {7, 48, 15}}, 0);
}
END_TEST

START_TEST(tn_gram_symmetric)
{
    double x[CELLS], u[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t s[2];
        primes(t, 2, s);
        size_t n = s[0], p = s[1];
        gen_vec(t, n * p, x);
        normal(p, u);
        call("mat_mul_tn(%zu, %zu, %zu, C, X, X)", p, n, p);
        const double (*X)[p] = in_mat("X", n, p, x);
        double (*C)[p] = out_mat("C", p, p);
        mat_mul_tn(p, n, p, C, X, X);
        for (size_t i = 0; i < p; i++)
            for (size_t j = 0; j < i; j++)
                expect(C[i][j] == C[j][i], "XᵀX is symmetric to the last digit; C[%zu][%zu] = %.17g, C[%zu][%zu] = %.17g",
                       i, j, C[i][j], j, i, C[j][i]);
        for (size_t i = 0; i < p; i++)
            expect(C[i][i] >= 0, "C[%zu][%zu] is a sum of squares, this one is %.17g", i, i, C[i][i]);
    }
}
END_TEST

START_TEST(tn_never_negative)
{
    double x[CELLS], u[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t s[2];
        primes(t, 2, s);
        size_t n = s[0], p = s[1];
        whole(n * p, x);
        whole(p, u);
        call("mat_mul_tn(%zu, %zu, %zu, C, X, X)", p, n, p);
        const double (*X)[p] = in_mat("X", n, p, x);
        double (*C)[p] = out_mat("C", p, p);
        mat_mul_tn(p, n, p, C, X, X);
        double quad = 0;
        for (size_t i = 0; i < p; i++)
            for (size_t j = 0; j < p; j++)
                quad += u[i] * C[i][j] * u[j];
        expect(quad >= 0, "uᵀXᵀXu is a squared length; for one u it is %g", quad);
    }
}
END_TEST

START_TEST(tn_no_scratch)
{
    call("mat_mul_tn(3, 4, 2, C, A, B)");
    const double (*A)[3] = in_mat("A", 4, 3, &STREET[0][0]);
    const double (*B)[2] = in_mat("B", 4, 2, &ERRORS[0][0]);
    double (*C)[2] = out_mat("C", 3, 2);
    malloc_fails(true);
    mat_mul_tn(3, 4, 2, C, A, B);
    malloc_fails(false);
    expect(!isnan(C[0][0]), "in this call malloc fails, and C[0][0] was left without a number: the product needs no memory besides C");
    because("in this call malloc fails: the product needs no memory besides C");
    expect_mat(C, SLOPES, 0);
}
END_TEST

START_TEST(tn_odd_numbers)
{
    call("mat_mul_tn(2, 2, 3, C, A, B)");
    const double (*A)[2] = in_mat("A", 2, 2, (double[]){0, 1, 1, 0});
    const double (*B)[3] = in_mat("B", 2, 3, (double[]){NAN, 1, 2, 3, 4, 5});
    double (*C)[3] = out_mat("C", 2, 3);
    mat_mul_tn(2, 2, 3, C, A, B);
    because("0·NaN is NaN; it spoils its own column and no other");
    expect_mat(C, (double[2][3]){{NAN, 4, 5}, {NAN, 1, 2}}, 0);

    call("mat_mul_tn(2, 2, 3, C, A, B)");
    A = in_mat("A", 2, 2, (double[]){NAN, 2, 1, 3});
    B = in_mat("B", 2, 3, (double[]){0, 1, 0, 4, 5, 6});
    C = out_mat("C", 2, 3);
    mat_mul_tn(2, 2, 3, C, A, B);
    because("C[0][0] = NaN·0 + 1·4, and NaN·0 is NaN");
    expect_mat(C, (double[2][3]){{NAN, NAN, NAN}, {12, 17, 18}}, 0);
}
END_TEST

/* ------------------------------------------------------------------ mat_mul_nt */

START_TEST(nt_by_hand)
{
    call("mat_mul_nt(4, 3, 2, C, A, B)");
    const double (*A)[3] = in_mat("A", 4, 3, &STREET[0][0]);
    const double (*B)[3] = in_mat("B", 2, 3, &AGENT_ROWS[0][0]);
    double (*C)[2] = out_mat("C", 4, 2);
    mat_mul_nt(4, 3, 2, C, A, B);
    because_sum(4, 3, 2, "C", &C[0][0], &PRICES[0][0], &STREET[0][0], 3, 1, &AGENT_ROWS[0][0], 1, 3);
    expect_mat(C, PRICES, 0);
}
END_TEST

START_TEST(nt_small_shapes)
{
    call("mat_mul_nt(1, 3, 2, C, A, B)");
    const double (*row)[3] = in_mat("A", 1, 3, (double[]){1, 2, 3});
    const double (*B)[3] = in_mat("B", 2, 3, (double[]){4, 5, 6, 1, 0, -1});
    double (*C)[2] = out_mat("C", 1, 2);
    mat_mul_nt(1, 3, 2, C, row, B);
    because("1·4 + 2·5 + 3·6 and 1·1 + 2·0 - 3·1");
    expect_mat(C, (double[]){32, -2}, 0);

    call("mat_mul_nt(3, 1, 2, C, A, B)");
    const double (*column)[1] = in_mat("A", 3, 1, (double[]){1, 2, 3});
    const double (*other)[1] = in_mat("B", 2, 1, (double[]){4, 5});
    double (*table)[2] = out_mat("C", 3, 2);
    mat_mul_nt(3, 1, 2, table, column, other);
    expect_mat(table, (double[]){4, 5, 8, 10, 12, 15}, 0);
}
END_TEST

START_TEST(nt_any_shape)
{
    double a[CELLS], b[CELLS], want[CELLS], tol[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t s[3] = {2, 3, 5};
        if (t >= 5)
            primes(t, 3, s);
        size_t m = s[0], k = s[1], n = s[2];
        gen_vec(t, m * k, a);
        gen_vec(t, n * k, b);
        yardstick(m, k, n, want, tol, a, k, 1, b, 1, k);
        call("mat_mul_nt(%zu, %zu, %zu, C, A, B)", m, k, n);
        const double (*A)[k] = in_mat("A", m, k, a);
        const double (*B)[k] = in_mat("B", n, k, b);
        double (*C)[n] = out_mat("C", m, n);
        mat_mul_nt(m, k, n, C, A, B);
        expect_mat_tol(C, want, tol);
    }
}
END_TEST

START_TEST(nt_is_mul_with_transpose)
{
    double a[6], b[15], bt[3][5], want[2][5];
    for (size_t t = 0; t < TRIALS; t++) {
        whole(6, a);
        whole(15, b);
        call("mat_mul_nt(2, 3, 5, C, A, B)");
        const double (*A)[3] = in_mat("A", 2, 3, a);
        const double (*B)[3] = in_mat("B", 5, 3, b);
        double (*C)[5] = out_mat("C", 2, 5);
        mat_transpose(5, 3, bt, B);
        mat_mul(2, 3, 5, want, A, bt);
        mat_mul_nt(2, 3, 5, C, A, B);
        because("expected is mat_mul(2, 3, 5, …) with what mat_transpose makes of B");
        expect_mat(C, want, 0);
    }
}
END_TEST

START_TEST(nt_rows_with_themselves)
{
    call("mat_mul_nt(4, 3, 4, C, X, X)");
    const double (*X)[3] = in_mat("X", 4, 3, &STREET[0][0]);
    double (*C)[4] = out_mat("C", 4, 4);
    mat_mul_nt(4, 3, 4, C, X, X);
    static const double squares[] = {27, 41, 74, 51};
    for (size_t i = 0; i < 4; i++)
        expect(C[i][i] == squares[i], "the diagonal of XXᵀ holds the squared lengths of the rows: C[%zu][%zu] should be %g, it is %g",
               i, i, squares[i], C[i][i]);
    expect_mat(C, (double[4][4]){{27, 33, 44, 37}, {33, 41, 55, 45}, {44, 55, 74, 60}, {37, 45, 60, 51}}, 0);
}
END_TEST

START_TEST(nt_odd_numbers)
{
    call("mat_mul_nt(2, 2, 3, C, A, B)");
    const double (*A)[2] = in_mat("A", 2, 2, (double[]){0, 1, 1, 0});
    const double (*B)[2] = in_mat("B", 3, 2, (double[]){NAN, 3, 1, 4, 2, 5});
    double (*C)[3] = out_mat("C", 2, 3);
    mat_mul_nt(2, 2, 3, C, A, B);
    because("0·NaN is NaN; row 0 of B makes column 0 of C and no other");
    expect_mat(C, (double[2][3]){{NAN, 4, 5}, {NAN, 1, 2}}, 0);

    call("mat_mul_nt(2, 2, 3, C, A, B)");
    A = in_mat("A", 2, 2, (double[]){NAN, 1, 2, 3});
    B = in_mat("B", 3, 2, (double[]){0, 4, 1, 5, 0, 6});
    C = out_mat("C", 2, 3);
    mat_mul_nt(2, 2, 3, C, A, B);
    because("C[0][0] = NaN·0 + 1·4, and NaN·0 is NaN");
    expect_mat(C, (double[2][3]){{NAN, NAN, NAN}, {12, 17, 18}}, 0);
}
END_TEST

START_TEST(nt_no_rows)
{
    call("mat_mul_nt(0, 3, 2, C, A, B)");
    const double (*A)[3] = in_mat("A", 0, 3, NOTHING);
    const double (*B)[3] = in_mat("B", 2, 3, &AGENT_ROWS[0][0]);
    double (*C)[2] = out_mat("C", 0, 2);
    mat_mul_nt(0, 3, 2, C, A, B);
    expect_intact();
}
END_TEST

/* ------------------------------------------------------------------ mat_add_intercept */

START_TEST(intercept_by_hand)
{
    call("mat_add_intercept(4, 2, X1, X)");
    const double (*X)[2] = in_mat("X", 4, 2, &FEATURES[0][0]);
    double (*X1)[3] = out_mat("X1", 4, 3);
    mat_add_intercept(4, 2, X1, X);
    because("each row: a one, then the row of X");
    expect_mat(X1, STREET, 0);
}
END_TEST

START_TEST(intercept_one_feature)
{
    call("mat_add_intercept(3, 1, X1, X)");
    const double (*X)[1] = in_mat("X", 3, 1, (double[]){5, 6, 8});
    double (*X1)[2] = out_mat("X1", 3, 2);
    mat_add_intercept(3, 1, X1, X);
    expect_mat(X1, (double[3][2]){{1, 5}, {1, 6}, {1, 8}}, 0);

    call("mat_add_intercept(1, 3, X1, X)");
    const double (*row)[3] = in_mat("X", 1, 3, (double[]){5, 1, 600});
    double (*one)[4] = out_mat("X1", 1, 4);
    mat_add_intercept(1, 3, one, row);
    expect_mat(one, (double[]){1, 5, 1, 600}, 0);
}
END_TEST

START_TEST(intercept_any_shape)
{
    double x[CELLS], want[LARGEST * (LARGEST + 1)];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t s[2];
        primes(t, 2, s);
        size_t n = s[0], d = s[1];
        gen_vec(t, n * d, x);
        for (size_t i = 0; i < n; i++) {
            want[i * (d + 1)] = 1;
            for (size_t j = 0; j < d; j++)
                want[i * (d + 1) + j + 1] = x[i * d + j];
        }
        call("mat_add_intercept(%zu, %zu, X1, X)", n, d);
        const double (*X)[d] = in_mat("X", n, d, x);
        double (*X1)[d + 1] = out_mat("X1", n, d + 1);
        mat_add_intercept(n, d, X1, X);
        because("column j of X is column j + 1 of X1");
        expect_mat(X1, want, 0);
    }
}
END_TEST

START_TEST(intercept_odd_numbers)
{
    call("mat_add_intercept(2, 3, X1, X)");
    const double (*X)[3] = in_mat("X", 2, 3, (double[]){NAN, INFINITY, 1e300, 0, -INFINITY, NAN});
    double (*X1)[4] = out_mat("X1", 2, 4);
    mat_add_intercept(2, 3, X1, X);
    because("the ones are exactly 1 and the features are copied as they are");
    expect_mat(X1, (double[2][4]){{1, NAN, INFINITY, 1e300}, {1, 0, -INFINITY, NAN}}, 0);
}
END_TEST

START_TEST(intercept_no_houses)
{
    call("mat_add_intercept(0, 2, X1, X)");
    const double (*X)[2] = in_mat("X", 0, 2, NOTHING);
    double (*X1)[3] = out_mat("X1", 0, 3);
    mat_add_intercept(0, 2, X1, X);
    expect_intact();
}
END_TEST

/* ------------------------------------------------------------------ mat_outer */

START_TEST(outer_by_hand)
{
    call("mat_outer(3, 2, A, 1, x, y)");
    double (*A)[2] = inout_mat("A", 3, 2, (double[6]){0});
    const double *x = in_vec("x", 3, (double[]){1, 2, 3});
    const double *y = in_vec("y", 2, (double[]){4, 5});
    mat_outer(3, 2, A, 1, x, y);
    because("A was 0, so row i is x[i] times y");
    expect_mat(A, (double[3][2]){{4, 5}, {8, 10}, {12, 15}}, 0);
}
END_TEST

START_TEST(outer_adds)
{
    call("mat_outer(3, 2, A, 10, x, y)");
    double (*A)[2] = inout_mat("A", 3, 2, (double[6]){1, 2, 3, 4, 5, 6});
    const double *x = in_vec("x", 3, (double[]){1, 2, 3});
    const double *y = in_vec("y", 2, (double[]){4, 5});
    mat_outer(3, 2, A, 10, x, y);
    because("A[0][0] was 1, and 10·1·4 = 40 is added");
    expect_mat(A, (double[3][2]){{41, 52}, {83, 104}, {125, 156}}, 0);
}
END_TEST

START_TEST(outer_centres)
{
    call("mat_outer(4, 2, A, -1, x, y)");
    double (*A)[2] = inout_mat("A", 4, 2, &FEATURES[0][0]);
    const double *ones = in_vec("x", 4, (double[]){1, 1, 1, 1});
    const double *mu = in_vec("y", 2, (double[]){6.5, 1.75});
    mat_outer(4, 2, A, -1, ones, mu);
    because("with a = -1 and x all ones, y is subtracted from every row");
    expect_mat(A, (double[4][2]){{-1.5, -0.75}, {-0.5, 0.25}, {1.5, 1.25}, {0.5, -0.75}}, 0);
}
END_TEST

START_TEST(outer_zero_times)
{
    double a[CELLS], u[LARGEST], v[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t s[2];
        primes(t, 2, s);
        size_t m = s[0], n = s[1];
        gen_vec(t, m * n, a);
        normal(m, u);
        normal(n, v);
        call("mat_outer(%zu, %zu, A, 0, x, y)", m, n);
        double (*A)[n] = inout_mat("A", m, n, a);
        const double *x = in_vec("x", m, u);
        const double *y = in_vec("y", n, v);
        mat_outer(m, n, A, 0, x, y);
        because("with a = 0 and ordinary numbers nothing changes");
        expect_mat(A, a, 0);
    }
}
END_TEST

START_TEST(outer_any_shape)
{
    double a[CELLS], u[LARGEST], v[LARGEST], want[CELLS], tol[CELLS];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t size[2];
        primes(t, 2, size);
        size_t m = size[0], n = size[1];
        double s = gen_normal();
        normal(m * n, a);
        normal(m, u);
        normal(n, v);
        for (size_t i = 0; i < m; i++)
            for (size_t j = 0; j < n; j++) {
                double term = s * u[i] * v[j];
                want[i * n + j] = a[i * n + j] + term;
                tol[i * n + j] = tol_ulp(fabs(a[i * n + j]) + fabs(term), 3);
            }
        call("mat_outer(%zu, %zu, A, %.17g, x, y)", m, n, s);
        double (*A)[n] = inout_mat("A", m, n, a);
        const double *x = in_vec("x", m, u);
        const double *y = in_vec("y", n, v);
        mat_outer(m, n, A, s, x, y);
        expect_mat_tol(A, want, tol);
    }
}
END_TEST

START_TEST(outer_rank_one)
{
    double zero[CELLS] = {0}, u[LARGEST], v[LARGEST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t size[2];
        primes(t, 2, size);
        size_t m = size[0], n = size[1];
        whole(m, u);
        whole(n, v);
        call("mat_outer(%zu, %zu, A, 2, x, y)", m, n);
        double (*A)[n] = inout_mat("A", m, n, zero);
        const double *x = in_vec("x", m, u);
        const double *y = in_vec("y", n, v);
        mat_outer(m, n, A, 2, x, y);
        for (size_t i = 1; i < m; i++)
            for (size_t j = 1; j < n; j++)
                expect(A[0][0] * A[i][j] - A[0][j] * A[i][0] == 0,
                       "A was 0, so its rows are multiples of y; but A[0][0]·A[%zu][%zu] is %g and A[0][%zu]·A[%zu][0] is %g",
                       i, j, A[0][0] * A[i][j], j, i, A[0][j] * A[i][0]);
        expect(A[0][0] == 2 * u[0] * v[0], "A[0][0] should be 2·x[0]·y[0] = %g, it is %g", 2 * u[0] * v[0], A[0][0]);
    }
}
END_TEST

START_TEST(outer_odd_numbers)
{
    call("mat_outer(2, 3, A, 1, x, y)");
    double (*A)[3] = inout_mat("A", 2, 3, (double[6]){1, 2, 3, 4, 5, 6});
    const double *x = in_vec("x", 2, (double[]){0, 1});
    const double *y = in_vec("y", 3, (double[]){NAN, 10, 20});
    mat_outer(2, 3, A, 1, x, y);
    because("0·NaN is NaN; it spoils column 0 and no other");
    expect_mat(A, (double[2][3]){{NAN, 2, 3}, {NAN, 15, 26}}, 0);

    call("mat_outer(2, 3, A, 1, x, y)");
    A = inout_mat("A", 2, 3, (double[6]){1, 2, 3, 4, 5, 6});
    x = in_vec("x", 2, (double[]){NAN, 1});
    y = in_vec("y", 3, (double[]){0, 10, 0});
    mat_outer(2, 3, A, 1, x, y);
    because("NaN·0 is NaN; it spoils row 0 and no other");
    expect_mat(A, (double[2][3]){{NAN, NAN, NAN}, {4, 15, 6}}, 0);

    call("mat_outer(2, 3, A, 0, x, y)");
    A = inout_mat("A", 2, 3, (double[6]){1, 2, 3, 4, 5, 6});
    x = in_vec("x", 2, (double[]){1, 2});
    y = in_vec("y", 3, (double[]){NAN, 10, 20});
    mat_outer(2, 3, A, 0, x, y);
    because("0·NaN is NaN, also when the 0 is a");
    expect_mat(A, (double[2][3]){{NAN, 2, 3}, {NAN, 5, 6}}, 0);
}
END_TEST

START_TEST(outer_no_rows)
{
    call("mat_outer(0, 2, A, 1, x, y)");
    double (*A)[2] = inout_mat("A", 0, 2, NOTHING);
    const double *x = in_vec("x", 0, NOTHING);
    const double *y = in_vec("y", 2, (double[]){4, 5});
    mat_outer(0, 2, A, 1, x, y);
    expect_intact();
}
END_TEST

/* ------------------------------------------------------------------ pen and paper

   The answers are computed here with the reference library. */

static const double PEN_A[2][2] = {{1, 2}, {3, 4}}, PEN_B[2][2] = {{0, 1}, {5, 2}};

START_TEST(pen_entry)
{
    double AB[2][2];
    mat_mul(2, 2, 2, AB, PEN_A, PEN_B);
    call("pen_02_a()");
    expect_answer(pen_02_a(), AB[1][0], 1e-6 * AB[1][0], NULL);
}
END_TEST

START_TEST(pen_brackets)
{
    double n = 1000, product = n * n * n, map = n * n;
    call("pen_02_b()");
    expect_answer(pen_02_b(), (product + map) / (2 * map), 1e-6 * n / 2, NULL);
}
END_TEST

START_TEST(pen_trace)
{
    double AtA[2][2];
    mat_mul_tn(2, 2, 2, AtA, PEN_A, PEN_A);
    call("pen_02_c()");
    expect_answer(pen_02_c(), AtA[0][0] + AtA[1][1], 1e-5, NULL);
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("02-matrices");

    TCase *transpose = suite_case(s, "mat_transpose");
    tcase_add_test(transpose, transpose_by_hand);
    tcase_add_test(transpose, transpose_row_and_column);
    tcase_add_test(transpose, transpose_any_shape);
    tcase_add_test(transpose, transpose_odd_numbers);

    TCase *vec = suite_case(s, "mat_vec");
    tcase_add_test(vec, vec_by_hand);
    tcase_add_test(vec, vec_one_row_one_column);
    tcase_add_test(vec, vec_unit_vectors);
    tcase_add_test(vec, vec_any_shape);
    tcase_add_test(vec, vec_is_linear);
    tcase_add_test(vec, vec_odd_numbers);
    tcase_add_test(vec, vec_no_rows);

    TCase *vec_t = suite_case(s, "mat_vec_t");
    tcase_add_test(vec_t, vec_t_by_hand);
    tcase_add_test(vec_t, vec_t_one_row_one_column);
    tcase_add_test(vec_t, vec_t_no_rows);
    tcase_add_test(vec_t, vec_t_any_shape);
    tcase_add_test(vec_t, vec_t_is_transpose_then_vec);
    tcase_add_test(vec_t, vec_t_changes_sides);
    tcase_add_test(vec_t, vec_t_odd_numbers);

    TCase *mul = suite_case(s, "mat_mul");
    tcase_add_test(mul, mul_by_hand);
    tcase_add_test(mul, mul_small_shapes);
    tcase_add_test(mul, mul_any_shape);
    tcase_add_test(mul, mul_identity);
    tcase_add_test(mul, mul_associative);
    tcase_add_test(mul, mul_not_commutative);
    tcase_add_test(mul, mul_zero_times_nan);
    tcase_add_test(mul, mul_old_numbers);
    tcase_add_test(mul, mul_no_rows);

    TCase *tn = suite_case(s, "mat_mul_tn");
    tcase_add_test(tn, tn_by_hand);
    tcase_add_test(tn, tn_small_shapes);
    tcase_add_test(tn, tn_no_rows);
    tcase_add_test(tn, tn_any_shape);
    tcase_add_test(tn, tn_is_transpose_then_mul);
    tcase_add_test(tn, tn_gram_by_hand);
    tcase_add_test(tn, tn_gram_symmetric);
    tcase_add_test(tn, tn_never_negative);
    tcase_add_test(tn, tn_no_scratch);
    tcase_add_test(tn, tn_odd_numbers);

    TCase *nt = suite_case(s, "mat_mul_nt");
    tcase_add_test(nt, nt_by_hand);
    tcase_add_test(nt, nt_small_shapes);
    tcase_add_test(nt, nt_any_shape);
    tcase_add_test(nt, nt_is_mul_with_transpose);
    tcase_add_test(nt, nt_rows_with_themselves);
    tcase_add_test(nt, nt_odd_numbers);
    tcase_add_test(nt, nt_no_rows);

    TCase *intercept = suite_case(s, "mat_add_intercept");
    tcase_add_test(intercept, intercept_by_hand);
    tcase_add_test(intercept, intercept_one_feature);
    tcase_add_test(intercept, intercept_any_shape);
    tcase_add_test(intercept, intercept_odd_numbers);
    tcase_add_test(intercept, intercept_no_houses);

    TCase *outer = suite_case(s, "mat_outer");
    tcase_add_test(outer, outer_by_hand);
    tcase_add_test(outer, outer_adds);
    tcase_add_test(outer, outer_centres);
    tcase_add_test(outer, outer_zero_times);
    tcase_add_test(outer, outer_any_shape);
    tcase_add_test(outer, outer_rank_one);
    tcase_add_test(outer, outer_odd_numbers);
    tcase_add_test(outer, outer_no_rows);

    tcase_add_test(suite_case(s, "pen_02_a"), pen_entry);
    tcase_add_test(suite_case(s, "pen_02_b"), pen_brackets);
    tcase_add_test(suite_case(s, "pen_02_c"), pen_trace);
    return s;
}
