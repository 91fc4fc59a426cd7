/* The suite of chapter 14, generalisation. One TCase per function; the chapter's own examples come first, then the edges that the
   contract names, then properties. Which rows a split picks is not promised, only that it is a partition, that the same seed
   gives the same one, and that all partitions are equally likely; so sorted lists and other ways of drawing pass. Fits are
   judged by the slope of their cost, which the backward error of elimination, Cholesky and QR alike keeps small whatever the
   condition of the data; cross-validation by a yardstick of its own and by the PRESS identity. */
#include "harness.h"

#include "eval.h"
#include "lin.h"
#include "lsq.h"
#include "mat.h"
#include "pen.h"
#include "rng.h"
#include "vec.h"

enum { MOST = 40, COLUMNS = 6 };
static const double NOTHING[1] = {0};

/* The three houses of the chapter; its four houses; what they were sold for. */
static const double THREE[3][2] = {{1, 1}, {1, 2}, {1, 3}}, THREE_SOLD[3] = {1, 3, 2};
static const double FOUR[4][2] = {{1, 1}, {1, 1}, {1, 3}, {1, 3}}, FOUR_SOLD[4] = {2, 4, 5, 7};

static rng any_rng(void)
{
    uint64_t high = gen_between(0, 0xffffffff), low = gen_between(0, 0xffffffff);
    return (rng){high << 32 | low};
}

/* Hoeffding: a count of n draws, each 1 with a fixed probability, is further than this from its mean with a probability of at most
   2·exp(−2t²/n). With c such counts in one test all of them together stay below 1e-7 for every seed. */
static double far(double n, double c)
{
    return sqrt(n / 2 * log(2 * c / 1e-7));
}

/* ------------------------------------------------------------------ split_train_test */

/* One call, judged as a partition; in_test[i] ← whether row i is in test. */
static void split(size_t n_train, size_t n_test, bool in_test[], rng *r)
{
    size_t n = n_train + n_test, seen[2 * MOST] = {0};
    call("split_train_test(%zu, %zu, train, test, &r)", n_train, n_test);
    show_size("r.state", r->state);
    size_t *train = out_index("train", n_train), *test = out_index("test", n_test);
    status s = split_train_test(n_train, n_test, train, test, r);
    expect_status(s, OK);
    for (size_t i = 0; i < n_train; i++) {
        expect(train[i] < n, "there are %zu rows, 0 to %zu, and train[%zu] is %zu", n, n - 1, i, train[i]);
        expect(seen[train[i]]++ == 0, "row %zu is twice in train", train[i]);
    }
    for (size_t i = 0; i < n_test; i++) {
        expect(test[i] < n, "there are %zu rows, 0 to %zu, and test[%zu] is %zu", n, n - 1, i, test[i]);
        expect(seen[test[i]]++ == 0, "row %zu is in test and was already in one of the lists", test[i]);
    }
    for (size_t i = 0; in_test && i < n; i++)
        in_test[i] = false;
    for (size_t i = 0; in_test && i < n_test; i++)
        in_test[test[i]] = true;
}

START_TEST(split_small)
{
    static const size_t size[][2] = {{1, 1}, {3, 2}, {2, 5}, {7, 3}};
    for (size_t i = 0; i < 4; i++) {
        rng r = any_rng();
        split(size[i][0], size[i][1], NULL, &r);
    }
}
END_TEST

START_TEST(split_one_side)
{
    static const size_t size[][2] = {{0, 0}, {1, 0}, {0, 1}, {5, 0}, {0, 5}};
    for (size_t i = 0; i < 5; i++) {
        rng r = any_rng();
        split(size[i][0], size[i][1], NULL, &r);
    }
}
END_TEST

START_TEST(split_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t a = gen_size(t, 0, MOST), b = gen_size(t, 0, MOST);
        rng r = any_rng();
        split(a, b, NULL, &r);
    }
}
END_TEST

START_TEST(split_same_seed)
{
    rng r = any_rng(), again = r;
    bool first[40], second[40], third[40];
    split(20, 20, first, &r);
    split(20, 20, second, &again);
    because("the same seed gives the same split");
    for (size_t i = 0; i < 40; i++)
        expect(first[i] == second[i], "row %zu is in one test set and not in the other, with the same seed", i);
    split(20, 20, third, &r);
    size_t moved = 0;
    for (size_t i = 0; i < 40; i++)
        moved += first[i] != third[i];
    because("the generator goes on from call to call");
    /* By chance with a probability of one in 137 846 528 820. */
    expect(moved > 0, "the next call gives another split; this one is the same");
}
END_TEST

/* Every row is in test 2 times in 5, every pair of rows once in 10: 15 counts, far is 140, the means are 800 and 200. */
START_TEST(split_fair)
{
    enum { N = 2000 };
    rng r = any_rng();
    size_t alone[5] = {0}, pair[5][5] = {{0}};
    for (size_t t = 0; t < N; t++) {
        bool in_test[5];
        split(3, 2, in_test, &r);
        for (size_t i = 0; i < 5; i++)
            for (size_t j = 0; j <= i; j++)
                if (in_test[i] && in_test[j])
                    ++*(i == j ? &alone[i] : &pair[i][j]);
    }
    for (size_t i = 0; i < 5; i++)
        expect(fabs((double)alone[i] - 800) <= far(N, 15),
               "of 2000 splits of 3 and 2, row %zu is in test in about 800; here in %zu", i, alone[i]);
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < i; j++)
            expect(fabs((double)pair[i][j] - 200) <= far(N, 15),
                   "of 2000 splits of 3 and 2, rows %zu and %zu are the test set in about 200; here in %zu", j, i, pair[i][j]);
}
END_TEST

/* 8.8 MB, more than a stack holds. */
enum { LOTS = 1100000 };
static double lots[LOTS], prices[LOTS];

START_TEST(split_a_million)
{
    static size_t train[LOTS / 2], test[LOTS / 2];
    static bool seen[LOTS];
    rng r = any_rng();
    call("split_train_test(%d, %d, train, test, &r)", LOTS / 2, LOTS / 2);
    show_size("r.state", r.state);
    expect_status(split_train_test(LOTS / 2, LOTS / 2, train, test, &r), OK);
    because("a list of so many rows does not fit on the stack");
    memset(seen, 0, sizeof seen);
    for (size_t i = 0; i < LOTS; i++) {
        size_t row = i < LOTS / 2 ? train[i] : test[i - LOTS / 2];
        expect(row < LOTS && !seen[row], "row %zu is twice in the lists, or is no row", row);
        seen[row] = true;
    }
}
END_TEST

START_TEST(split_no_memory)
{
    rng r = any_rng();
    call("split_train_test(3, 2, train, test, &r)");
    size_t *train = out_index("train", 3), *test = out_index("test", 2), seen = 0;
    because("In this call malloc returns a null pointer.");
    malloc_fails(true);
    status got = split_train_test(3, 2, train, test, &r);
    malloc_fails(false);
    /* Whoever needs no memory may answer. */
    if (got != OK)
        expect_status(got, NO_SPACE);
    for (size_t i = 0; got == OK && i < 5; i++) {
        size_t row = i < 3 ? train[i] : test[i - 3];
        expect(row < 5 && !(seen >> row & 1), "row %zu is twice in the lists, or is no row", row);
        seen |= (size_t)1 << row;
    }
}
END_TEST

/* ------------------------------------------------------------------ split_kfold */

/* One call with k ≥ 2, judged by the sizes of the folds; label[i] ← fold of row i. */
static void kfold(size_t n, size_t k, size_t label[], rng *r)
{
    size_t count[MOST + 1] = {0}, least = SIZE_MAX, most = 0;
    call("split_kfold(%zu, fold, %zu, &r)", n, k);
    show_size("r.state", r->state);
    size_t *fold = out_index("fold", n);
    status s = split_kfold(n, fold, k, r);
    expect_status(s, OK);
    for (size_t i = 0; i < n; i++) {
        expect(fold[i] < k, "the folds are 0 to %zu, and fold[%zu] is %zu", k - 1, i, fold[i]);
        count[fold[i]]++;
        if (label)
            label[i] = fold[i];
    }
    for (size_t f = 0; f < k; f++) {
        expect(count[f] > 0, "fold %zu has no row", f);
        least = count[f] < least ? count[f] : least;
        most = count[f] > most ? count[f] : most;
    }
    expect(most - least <= 1, "sizes differ by at most 1; here one fold has %zu rows and another %zu", least, most);
}

START_TEST(kfold_small)
{
    static const size_t size[][2] = {{2, 2}, {4, 2}, {5, 2}, {7, 3}, {11, 4}};
    for (size_t i = 0; i < 5; i++) {
        rng r = any_rng();
        kfold(size[i][0], size[i][1], NULL, &r);
    }
}
END_TEST

START_TEST(kfold_bad)
{
    static const size_t size[][2] = {{5, 0}, {5, 1}, {3, 4}, {1, 1}, {1, 2}, {0, 0}, {0, 1}, {0, 2}};
    for (size_t i = 0; i < 8; i++) {
        size_t n = size[i][0], k = size[i][1];
        rng r = any_rng();
        call("split_kfold(%zu, fold, %zu, &r)", n, k);
        size_t *fold = out_index("fold", n);
        status s = split_kfold(n, fold, k, &r);
        because(k < 2 ? "with fewer than two folds nothing is held out" : "more folds than rows: one would be empty");
        expect_status(s, BAD_INPUT);
    }
}
END_TEST

START_TEST(kfold_one_each)
{
    for (size_t n = 2; n <= 13; n++) {
        rng r = any_rng();
        kfold(n, n, NULL, &r);
    }
}
END_TEST

START_TEST(kfold_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, MOST), k = gen_between(2, n);
        rng r = any_rng();
        kfold(n, k, NULL, &r);
    }
}
END_TEST

START_TEST(kfold_same_seed)
{
    rng r = any_rng(), again = r;
    size_t first[40], second[40], third[40];
    kfold(40, 2, first, &r);
    kfold(40, 2, second, &again);
    because("the same seed gives the same folds");
    for (size_t i = 0; i < 40; i++)
        expect(first[i] == second[i], "row %zu changes its fold although the seed is the same", i);
    kfold(40, 2, third, &r);
    size_t moved = 0;
    for (size_t i = 0; i < 40; i++)
        moved += first[i] != third[i];
    because("the generator goes on from call to call");
    /* By chance with a probability of one in 137 846 528 820. */
    expect(moved > 0, "the next call gives other folds; these are the same");
}
END_TEST

/* Six rows, three folds of two: a row is in each fold once in 3, two rows share a fold once in 5: 33 counts, far is 143, the
   means are 667 and 400. */
START_TEST(kfold_fair)
{
    enum { N = 2000 };
    rng r = any_rng();
    size_t in[6][3] = {{0}}, same[6][6] = {{0}}, label[6];
    for (size_t t = 0; t < N; t++) {
        kfold(6, 3, label, &r);
        for (size_t i = 0; i < 6; i++) {
            in[i][label[i]]++;
            for (size_t j = 0; j < i; j++)
                same[i][j] += label[i] == label[j];
        }
    }
    for (size_t i = 0; i < 6; i++)
        for (size_t f = 0; f < 3; f++)
            expect(fabs((double)in[i][f] - N / 3.) <= far(N, 33),
                   "of 2000 calls with 6 rows and 3 folds, row %zu is in fold %zu in about 667; here in %zu", i, f, in[i][f]);
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < i; j++)
            expect(fabs((double)same[i][j] - N / 5.) <= far(N, 33),
                   "of 2000 calls with 6 rows and 3 folds, rows %zu and %zu share a fold in about 400; here in %zu", j, i, same[i][j]);
}
END_TEST

START_TEST(kfold_no_memory)
{
    rng r = any_rng();
    call("split_kfold(5, fold, 2, &r)");
    size_t *fold = out_index("fold", 5), count[2] = {0};
    because("In this call malloc returns a null pointer.");
    malloc_fails(true);
    status got = split_kfold(5, fold, 2, &r);
    malloc_fails(false);
    /* Whoever needs no memory may answer. */
    if (got != OK)
        expect_status(got, NO_SPACE);
    for (size_t i = 0; got == OK && i < 5; i++) {
        expect(fold[i] < 2, "the folds are 0 and 1, and fold[%zu] is %zu", i, fold[i]);
        count[fold[i]]++;
    }
    if (got == OK)
        expect(count[0] == 2 || count[0] == 3, "5 rows make folds of 2 and 3; here fold 0 has %zu", count[0]);
}
END_TEST

/* ------------------------------------------------------------------ mat_take_rows */

static const double STREET[4][3] = {{1, 5, 1}, {1, 6, 2}, {1, 8, 3}, {1, 7, 1}};

static void take(size_t n, size_t d, size_t k, const double x[], const size_t rows[])
{
    double want[MOST * COLUMNS + 1];
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < d; j++)
            want[i * d + j] = x[rows[i] * d + j];
    call("mat_take_rows(%zu, %zu, %zu, out, X, idx)", n, d, k);
    const double (*X)[d] = in_mat("X", n, d, x);
    const size_t *idx = in_index("idx", k, rows);
    double (*out)[d] = out_mat("out", k, d);
    mat_take_rows(n, d, k, out, X, idx);
    expect_mat(out, want, 0);
}

START_TEST(take_by_hand)
{
    take(4, 3, 2, &STREET[0][0], (size_t[]){2, 0});
    take(4, 3, 1, &STREET[0][0], (size_t[]){3});
    take(4, 3, 3, &STREET[0][0], (size_t[]){3, 1, 2});
}
END_TEST

START_TEST(take_none)
{
    static const size_t none[1] = {0};
    take(4, 3, 0, &STREET[0][0], none);
    take(0, 3, 0, NOTHING, none);
}
END_TEST

START_TEST(take_repeats)
{
    take(2, 3, 5, &STREET[0][0], (size_t[]){1, 0, 1, 1, 0});
    take(1, 3, 4, &STREET[2][0], (size_t[]){0, 0, 0, 0});
}
END_TEST

START_TEST(take_column)
{
    take(5, 1, 3, (double[]){10, 11, 12, 13, 14}, (size_t[]){4, 2, 2});
}
END_TEST

START_TEST(take_odd_numbers)
{
    take(3, 2, 2, (double[]){NAN, 1, INFINITY, 2, -INFINITY, DBL_MIN}, (size_t[]){2, 0});
}
END_TEST

/* More rows than 16 bits can count. */
START_TEST(take_many)
{
    enum { MANY = 70001 };
    static size_t rows[MANY];
    static double out[MANY][1];
    for (size_t i = 0; i < MANY; i++) {
        rows[i] = i % 3;
        out[i][0] = NAN;
    }
    call("mat_take_rows(3, 1, %d, out, X, idx)", MANY);
    const double (*X)[1] = in_mat("X", 3, 1, (double[]){10, 11, 12});
    mat_take_rows(3, 1, MANY, out, X, rows);
    because("idx is 0, 1, 2, 0, 1, 2, … with %d entries", MANY);
    for (size_t i = 0; i < MANY; i++)
        expect(out[i][0] == 10 + (double)(i % 3), "out[%zu][0] should be %zu; it is %s", i, 10 + i % 3, num_text(out[i][0]));
}
END_TEST

START_TEST(take_any)
{
    static const size_t prime[] = {1, 2, 3, 5};
    double x[MOST * 5];
    size_t rows[MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MOST), d = prime[gen_between(0, 3)], k = gen_size(t, 0, MOST);
        gen_vec(t, n * d, x);
        for (size_t i = 0; i < k; i++)
            rows[i] = gen_between(0, n - 1);
        take(n, d, k, x, rows);
    }
}
END_TEST

/* ------------------------------------------------------------------ lsq_ridge */

/* The fit of these data, with a reason, entry by entry. */
static void ridge(size_t n, size_t p, const double x[], const double sold[], double lambda, const double want[], double tol,
                  const char *why)
{
    call("lsq_ridge(%zu, %zu, theta, X, y, %s)", n, p, num_text(lambda));
    const double (*X)[p] = in_mat("X", n, p, x);
    const double *y = in_vec("y", n, sold);
    double *theta = out_vec("theta", p);
    status s = lsq_ridge(n, p, theta, X, y, lambda);
    because("%s", why);
    expect_status(s, OK);
    expect_vec(theta, want, tol);
}

static void ridge_refused(size_t n, size_t p, const double x[], const double sold[], double lambda, status want, const char *why)
{
    call("lsq_ridge(%zu, %zu, theta, X, y, %s)", n, p, num_text(lambda));
    const double (*X)[p] = in_mat("X", n, p, x);
    const double *y = in_vec("y", n, sold);
    double *theta = out_vec("theta", p);
    status s = lsq_ridge(n, p, theta, X, y, lambda);
    because("%s", why);
    expect_status(s, want);
}

/* Numbers of one digit and a condition number below 20 (400 for the normal equations): 1e-12 is ten times the bound. */
START_TEST(ridge_by_hand)
{
    ridge(4, 2, &FOUR[0][0], FOUR_SOLD, 0, (double[]){1.5, 1.5}, 1e-12, "no penalty: least squares, 6/4 for the slope");
    ridge(4, 2, &FOUR[0][0], FOUR_SOLD, 0.5, (double[]){2.5, 1}, 1e-12, "the slope is 6/(4 + 4·0.5) = 1, and the line goes through the means, 2 and 4.5");
    ridge(4, 2, &FOUR[0][0], FOUR_SOLD, 1, (double[]){3, 0.75}, 1e-12, "the slope is 6/(4 + 4·1), and the line goes through the means, 2 and 4.5");
    ridge(3, 2, &THREE[0][0], THREE_SOLD, 2. / 3, (double[]){1.5, 0.25}, 1e-12, "the slope is 1/(2 + 3·2/3), and the line goes through the means, 2 and 2");
}
END_TEST

START_TEST(ridge_intercept_only)
{
    static const double ones[3] = {1, 1, 1}, y[3] = {1, 2, 6};
    for (int e = -1; e <= 3; e++)
        ridge(3, 1, ones, y, e < 0 ? 0 : pow(10, e), (double[]){3}, 1e-12, "the intercept is not penalised: the mean of 1, 2, 6");
}
END_TEST

START_TEST(ridge_huge_lambda)
{
    /* The slope is 6/(4 + 4·λ), about 1.5e-9, and the intercept 4.5 minus twice that. */
    ridge(4, 2, &FOUR[0][0], FOUR_SOLD, 1e9, (double[]){4.5, 0}, 1e-8, "the slope is pressed to 0, and the best constant is the mean, 4.5");
}
END_TEST

START_TEST(ridge_collinear)
{
    static const double twice[4][3] = {{1, 1, 1}, {1, 1, 1}, {1, 3, 3}, {1, 3, 3}};
    static const double constant[4][2] = {{1, 2}, {1, 2}, {1, 2}, {1, 2}};
    ridge(4, 3, &twice[0][0], FOUR_SOLD, 1, (double[]){2.5, 0.5, 0.5}, 1e-12, "two equal columns share the slope: each gets 6/(8 + 4·1)");
    ridge(4, 2, &constant[0][0], FOUR_SOLD, 0.25, (double[]){4.5, 0}, 1e-12, "a column that does not vary gets nothing");
    ridge_refused(4, 3, &twice[0][0], FOUR_SOLD, 0, SINGULAR, "two equal columns and no penalty: how they share is not determined");
}
END_TEST

START_TEST(ridge_few_rows)
{
    static const double wide[2][3] = {{1, 1, 0}, {1, 0, 1}};
    ridge(1, 2, (double[]){1, 3}, (double[]){5}, 1, (double[]){5, 0}, 1e-12, "one house: the intercept alone reaches 5, and a slope would cost something");
    ridge(2, 3, &wide[0][0], (double[]){1, 3}, 0.5, (double[]){2, -0.5, 0.5}, 1e-12, "by symmetry the slopes are t and -t, and (t + 1) + 2·0.5·t = 0");
    ridge_refused(1, 2, (double[]){1, 3}, (double[]){5}, 0, SINGULAR, "one house, two unknowns, no penalty: many lines fit");
}
END_TEST

START_TEST(ridge_bad)
{
    ridge_refused(4, 2, &FOUR[0][0], FOUR_SOLD, -1, BAD_INPUT, "a negative penalty");
    ridge_refused(4, 2, &FOUR[0][0], FOUR_SOLD, -1e-9, BAD_INPUT, "a negative penalty, if a small one");
    ridge_refused(0, 2, NOTHING, NOTHING, 1, BAD_INPUT, "no rows: the mean loss is not defined");
    ridge_refused(0, 3, NOTHING, NOTHING, 0, BAD_INPUT, "no rows: the mean loss is not defined");
}
END_TEST

/* Ones, then normal numbers of column sizes 1, 3, 1/3, 1 …; prices of size 100 around 500. */
static void gen_fit(size_t n, size_t p, double X[n][p], double y[n])
{
    static const double size[] = {1, 1, 3, 1. / 3, 1, 1};
    for (size_t i = 0; i < n; i++) {
        y[i] = 500 + 100 * gen_normal();
        for (size_t j = 0; j < p; j++)
            X[i][j] = j == 0 ? 1 : size[j] * (1 + gen_normal());
    }
}

/* n times the slope of J, and its bound: the backward errors of all usual methods are a small multiple of (n + p)·ε in a matrix
   of the squared size ‖X‖F² + pnλ and in y, so the slope that is left is that multiple of size²·‖θ‖ + size·‖y‖. The factor 40
   covers the multiples of Householder, Gram-Schmidt, Cholesky and elimination for p ≤ 6. */
static void expect_flat(size_t n, size_t p, const double X[n][p], const double y[n], double lambda, const double theta[p])
{
    double size2 = (double)p * (double)n * lambda;
    for (size_t i = 0; i < n; i++)
        size2 += exact_dot(p, X[i], X[i]);
    double tol = 40 * (double)(n + p) * EPS * (size2 * exact_norm2(p, theta) + sqrt(size2) * exact_norm2(n, y));
    for (size_t j = 0; j < p; j++) {
        long double g = j > 0 ? (long double)n * lambda * theta[j] : 0;
        for (size_t i = 0; i < n; i++) {
            long double r = -(long double)y[i];
            for (size_t k = 0; k < p; k++)
                r += (long double)X[i][k] * theta[k];
            g += X[i][j] * r;
        }
        expect(fabs((double)g) <= tol, "at the minimum the cost is flat; here n times its slope in the direction of theta[%zu] is %.6g", j, (double)g);
    }
}

START_TEST(ridge_flat)
{
    double x[MOST * COLUMNS], sold[MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t p = gen_size(t, 1, COLUMNS), n = p + 1 + gen_size(t, 0, MOST - COLUMNS - 1);
        double lambda = t % 4 == 0 ? 0 : exp(gen_uniform(-7, 5));
        gen_fit(n, p, (double (*)[p])x, sold);
        call("lsq_ridge(%zu, %zu, theta, X, y, %s)", n, p, num_text(lambda));
        const double (*X)[p] = in_mat("X", n, p, x);
        const double *y = in_vec("y", n, sold);
        double *theta = out_vec("theta", p);
        status s = lsq_ridge(n, p, theta, X, y, lambda);
        expect_status(s, OK);
        expect_flat(n, p, X, y, lambda, theta);
    }
}
END_TEST

/* More columns than rows, so that the fit exists only because of the penalty. */
START_TEST(ridge_flat_wide)
{
    double x[COLUMNS * COLUMNS], sold[COLUMNS];
    for (size_t t = 0; t < 60; t++) {
        size_t p = gen_between(2, COLUMNS), n = gen_between(1, p - 1);
        double lambda = exp(gen_uniform(-3, 3));
        gen_fit(n, p, (double (*)[p])x, sold);
        call("lsq_ridge(%zu, %zu, theta, X, y, %s)", n, p, num_text(lambda));
        const double (*X)[p] = in_mat("X", n, p, x);
        const double *y = in_vec("y", n, sold);
        double *theta = out_vec("theta", p);
        status s = lsq_ridge(n, p, theta, X, y, lambda);
        expect_status(s, OK);
        expect_flat(n, p, X, y, lambda, theta);
    }
}
END_TEST

START_TEST(ridge_shift)
{
    /* Twice the same houses, 1000 dearer: only the intercept may notice. Both fits have errors of ε times the squared condition,
       which is below 1e4 here with 30 rows and at most 3 columns, times a size of 1500: 1e-8 is several times that. */
    for (size_t t = 0; t < 30; t++) {
        size_t n = 30, p = gen_between(2, 3);
        double x[30 * 3], sold[30], dearer[30], first[3];
        double lambda = gen_uniform(0, 2);
        gen_fit(n, p, (double (*)[p])x, sold);
        for (size_t i = 0; i < n; i++)
            dearer[i] = sold[i] + 1000;
        call("lsq_ridge(%zu, %zu, theta, X, y, %s)", n, p, num_text(lambda));
        const double (*X)[p] = in_mat("X", n, p, x);
        const double *y = in_vec("y", n, sold);
        double *theta = out_vec("theta", p);
        status s = lsq_ridge(n, p, theta, X, y, lambda);
        expect_status(s, OK);
        memcpy(first, theta, p * sizeof *first);
        first[0] += 1000;
        ridge(n, p, x, dearer, lambda, first, 1e-8, "all prices are 1000 higher than in the call before, so theta[0] is 1000 higher and nothing else changes");
    }
}
END_TEST

/* Ones and the prices 1, 3, 1, 3 …: sums of n terms are off by nε = 2.4e-10 relative at most. A lin_qr that asks for a square of n rows is not to
   be blamed here. */
START_TEST(ridge_of_a_million)
{
    for (size_t i = 0; i < LOTS; i++) {
        lots[i] = 1;
        prices[i] = i % 2 ? 3 : 1;
    }
    call("lsq_ridge(%d, 1, theta, X, y, 1)", LOTS);
    double *theta = out_vec("theta", 1);
    status got = lsq_ridge(LOTS, 1, theta, (const double (*)[1])lots, prices, 1);
    because("X is a column of ones, y is 1, 3, 1, 3, …; what has as many rows does not fit on the stack");
    if (got != NO_SPACE) {
        expect_status(got, OK);
        expect_vec(theta, (double[]){2}, 1e-8);
    }
}
END_TEST

/* What a wrong program answers here is compared with what it answers with memory, and nothing said depends on how often it asks for some: so
   that a known mistake is told as such. */
START_TEST(ridge_no_memory)
{
    const double (*X)[2] = in_mat("X", 4, 2, &FOUR[0][0]);
    const double *y = in_vec("y", 4, FOUR_SOLD);
    double before[2] = {NAN, NAN};
    status first = lsq_ridge(4, 2, before, X, y, 0.5);
    for (size_t works = 0; works <= 8; works++) {
        call("lsq_ridge(4, 2, theta, X, y, 0.5)");
        const double (*again)[2] = in_mat("X", 4, 2, &FOUR[0][0]);
        const double *sold = in_vec("y", 4, FOUR_SOLD);
        double *theta = out_vec("theta", 2);
        because("In this call malloc returns a null pointer, at once or after some calls.");
        malloc_fails_after(works);
        status got = lsq_ridge(4, 2, theta, again, sold, 0.5);
        malloc_fails(false);
        /* Whoever needs no memory may answer. */
        if (got != first)
            expect_status(got, NO_SPACE);
        else if (got == OK)
            expect_vec(theta, before, 1e-12);
    }
}
END_TEST

/* ------------------------------------------------------------------ cv_ridge */

static void cv(size_t n, size_t p, const double x[], const double sold[], const size_t folds[], size_t k, double lambda, double want,
               double tol, const char *why)
{
    call("cv_ridge(%zu, %zu, X, y, fold, %zu, %s)", n, p, k, num_text(lambda));
    const double (*X)[p] = in_mat("X", n, p, x);
    const double *y = in_vec("y", n, sold);
    const size_t *fold = in_index("fold", n, folds);
    double got = cv_ridge(n, p, X, y, fold, k, lambda);
    if (why)
        because("%s", why);
    expect_num(got, want, tol);
}

static const double ONES[4] = {1, 1, 1, 1};
static const size_t EACH[MOST] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
                                  20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39};

/* Small whole numbers: 1e-11 is far above the rounding of two-by-two fits, and no mistake comes near it. */
START_TEST(cv_by_hand)
{
    cv(3, 1, ONES, (double[]){1, 2, 6}, EACH, 3, 0, 10.5, 1e-11, "each is predicted by the mean of the others, 4, 3.5, 1.5: (9 + 2.25 + 20.25)/3");
    cv(3, 2, &THREE[0][0], THREE_SOLD, EACH, 3, 0, 6.75, 1e-11, "each by the line through the other two, 4, 1.5, 5: (9 + 2.25 + 9)/3");
    cv(4, 2, &FOUR[0][0], FOUR_SOLD, (size_t[]){0, 1, 0, 1}, 2, 0, 4, 1e-11,
       "rows 1 and 3 lie on 2.5 + 1.5x and miss rows 0 and 2 by 2; the others on 0.5 + 1.5x, by 2: 16/4");
    cv(4, 2, &FOUR[0][0], FOUR_SOLD, (size_t[]){0, 1, 0, 1}, 2, 1, 4.5625, 1e-11,
       "with the penalty, rows 1 and 3 give 4 + 0.75x; row 0 misses by 2.75, row 2 by 1.25; the other fit by 1.25 and 2.75");
}
END_TEST

START_TEST(cv_uneven)
{
    cv(3, 1, ONES, (double[]){1, 3, 8}, (size_t[]){0, 0, 1}, 2, 0, 110. / 3, 1e-11,
       "8 predicts 1 and 3, their mean 2 predicts 8: (49 + 25 + 36)/3, each row counted once");
    cv(4, 1, ONES, (double[]){2, 2, 2, 10}, (size_t[]){1, 1, 1, 0}, 2, 3, 64, 1e-10,
       "10 predicts the three 2s, 2 predicts 10: every error is 8");
}
END_TEST

/* The leak test: one house is held out alone, and its price may not reach its own prediction. The three others are predicted by
   a fit on that house alone, which says its price to everybody. */
START_TEST(cv_hidden_price)
{
    static const double x[4][2] = {{1, 1}, {1, 2}, {1, 3}, {1, 4}}, price[] = {2.5, 4, 10, 1000};
    for (size_t i = 0; i < 4; i++) {
        double c = price[i], sold[4] = {1, 3, 2, c};
        double sum = (c - 2.5) * (c - 2.5) + (c - 1) * (c - 1) + (c - 3) * (c - 3) + (c - 2) * (c - 2);
        cv(4, 2, &x[0][0], sold, (size_t[]){0, 0, 0, 1}, 2, 2. / 3, sum / 4, 1e-11 * (1 + sum),
           "row 3 is predicted by 1.5 + 0.25·4 = 2.5, whatever it costs; the others by what row 3 costs");
    }
}
END_TEST

START_TEST(cv_last_fold)
{
    cv(4, 1, ONES, (double[]){0, 0, 0, 9}, (size_t[]){0, 1, 2, 3}, 4, 0, 27, 1e-10,
       "the 9 alone is predicted by 0, each 0 by 3: (9 + 9 + 9 + 81)/4");
}
END_TEST

START_TEST(cv_unused_fold)
{
    cv(3, 1, ONES, (double[]){1, 2, 6}, (size_t[]){0, 4, 2}, 6, 0, 10.5, 1e-11,
       "three folds of the six have a row each: (9 + 2.25 + 20.25)/3, and nothing is added for the empty ones");
}
END_TEST

START_TEST(cv_fails)
{
    static const double last[4][2] = {{1, 0}, {1, 1}, {1, 1}, {1, 1}};
    static const double y[4] = {1, 2, 3, 4};
    cv(3, 2, &THREE[0][0], THREE_SOLD, (size_t[]){0, 0, 0}, 1, 1, NAN, 0, "one fold: nothing is left to train on");
    cv(3, 2, &THREE[0][0], THREE_SOLD, EACH, 3, -1, NAN, 0, "lsq_ridge refuses a negative penalty");
    cv(3, 2, &THREE[0][0], THREE_SOLD, (size_t[]){0, 0, 1}, 2, 0, NAN, 0, "without fold 0 one house is left for two unknowns");
    cv(4, 2, &last[0][0], y, EACH, 4, 0, NAN, 0, "without row 0 the second column does not vary; that one fit fails, and the others cannot make up for it");
    cv(4, 2, &last[0][0], y, (size_t[]){3, 0, 1, 2}, 4, 0, NAN, 0, "without row 0 the second column does not vary; that one fit fails, and the others cannot make up for it");
    cv(3, 2, &THREE[0][0], (double[]){1, NAN, 2}, EACH, 3, 1, NAN, 0, "an unknown price");
}
END_TEST

START_TEST(cv_no_memory)
{
    const double (*X)[1] = in_mat("X", 3, 1, ONES);
    const double *y = in_vec("y", 3, (double[]){1, 2, 6});
    const size_t *fold = in_index("fold", 3, EACH);
    double before = cv_ridge(3, 1, X, y, fold, 3, 0);
    for (size_t works = 0; works <= 12; works++) {
        call("cv_ridge(3, 1, X, y, fold, 3, 0)");
        const double (*again)[1] = in_mat("X", 3, 1, ONES);
        const double *sold = in_vec("y", 3, (double[]){1, 2, 6});
        const size_t *folds = in_index("fold", 3, EACH);
        because("In this call malloc returns a null pointer, at once or after some calls.");
        malloc_fails_after(works);
        double got = cv_ridge(3, 1, again, sold, folds, 3, 0);
        malloc_fails(false);
        /* Whoever needs no memory may answer; the fits need some. */
        if (!isnan(got) && !(fabs(got - before) <= 1e-11))
            expect_num(got, NAN, 0);
    }
}
END_TEST

/* x (p×p) times the inverse of A, through its Cholesky factor: the leverage of row x. */
static double leverage(size_t p, const double L[p][p], const double x[p])
{
    double z[COLUMNS];
    if (lin_solve_lower(p, z, L, x, false) != OK)
        return NAN;
    return exact_dot(p, z, z);
}

/* Each row its own fold: the PRESS identity. A fit without one row has the penalty (n − 1)λ, so that is what M holds. With 30
   rows or more the condition of the Gram matrix is below 1e5 (columns of sizes 1/3 to 3) and 1/(1 − h) seldom above 3: 1e-9
   leaves two digits and more. */
START_TEST(cv_press)
{
    enum { P = 3 };
    double x[MOST * P], sold[MOST];
    for (size_t t = 0; t < 24; t++) {
        size_t n = gen_between(30, MOST);
        double lambda = t % 2 ? gen_uniform(0, 1) : 0, G[P][P] = {{0}}, L[P][P], b[P] = {0}, theta[P], press = 0;
        gen_fit(n, P, (double (*)[P])x, sold);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < P; j++) {
                b[j] += x[i * P + j] * sold[i];
                for (size_t k = 0; k < P; k++)
                    G[j][k] += x[i * P + j] * x[i * P + k];
            }
        for (size_t j = 1; j < P; j++)
            G[j][j] += (double)(n - 1) * lambda;
        bool fine = lin_cholesky(P, L, G) == OK && lin_cholesky_solve(P, theta, L, b) == OK;
        for (size_t i = 0; i < n; i++) {
            double e = (sold[i] - exact_dot(P, &x[i * P], theta)) / (1 - leverage(P, L, &x[i * P]));
            press += e * e / (double)n;
        }
        if (fine)
            cv(n, P, x, sold, EACH, n, lambda, press, 1e-9 * press, "one fold for each row: the mean of (e/(1 - h))², with the leverages h of the fit on all rows");
    }
}
END_TEST

/* Any folds: every row predicted by lsq_ridge on the rows of the other folds, row by row. The same fits on rows in another
   order differ by their condition times ε, as above. */
START_TEST(cv_any)
{
    double x[MOST * 3], sold[MOST], rows[MOST * 3], prices[MOST], theta[3];
    size_t folds[MOST];
    for (size_t t = 0; t < 60; t++) {
        size_t p = gen_between(1, 3), k = gen_between(2, 5), n = 20 + gen_between(0, 11);
        double lambda = t % 3 ? gen_uniform(0, 3) : 0, want = 0;
        gen_fit(n, p, (double (*)[p])x, sold);
        for (size_t i = 0; i < n; i++)
            folds[i] = i < 2 * k ? i % k : gen_between(0, k - 1);
        size_t largest[5] = {0};
        for (size_t i = 0; i < n; i++)
            largest[folds[i]]++;
        bool fine = true;
        for (size_t i = 0; fine && i < n; i++) {
            size_t m = 0;
            for (size_t j = 0; j < n; j++)
                if (folds[j] != folds[i]) {
                    memcpy(rows + m * p, x + j * p, p * sizeof *rows);
                    prices[m++] = sold[j];
                }
            /* Few rows left may lie badly; such a case is not tried. */
            fine = m >= 12 && lsq_ridge(m, p, theta, (double (*)[p])rows, prices, lambda) == OK;
            double e = sold[i] - exact_dot(p, x + i * p, theta);
            want += e * e / (double)n;
        }
        if (fine)
            cv(n, p, x, sold, folds, k, lambda, want, 1e-8 * want, NULL);
    }
}
END_TEST

/* ------------------------------------------------------------------ eval_bias_variance */

static void parts(size_t runs, size_t pts, const double p[], const double true_values[], const double want[3], const double tol[3],
                  const char *why)
{
    call("eval_bias_variance(%zu, %zu, &bias2, &variance, &mse, P, truth)", runs, pts);
    const double (*P)[pts] = in_mat("P", runs, pts, p);
    const double *truth = in_vec("truth", pts, true_values);
    double *bias2 = out_vec("bias2", 1), *variance = out_vec("variance", 1), *mse = out_vec("mse", 1);
    eval_bias_variance(runs, pts, bias2, variance, mse, P, truth);
    if (why)
        because("%s", why);
    expect_vec(bias2, &want[0], tol[0]);
    expect_vec(variance, &want[1], tol[1]);
    expect_vec(mse, &want[2], tol[2]);
}

static const double EXACT[3] = {1e-13, 1e-13, 1e-13};

START_TEST(parts_by_hand)
{
    parts(1, 1, (double[]){5}, (double[]){2}, (double[]){9, 0, 9}, EXACT, "one prediction is its own mean: all of the error is bias, 3²");
    parts(3, 1, (double[]){0, 3, 6}, (double[]){2}, (double[]){1, 6, 7}, EXACT, "the mean is 3: bias² 1; variance (9 + 0 + 9)/3; errors -2, 1, 4: 21/3");
    parts(3, 2, (double[]){0, 4, 3, 4, 6, 7}, (double[]){2, 7}, (double[]){2.5, 4, 6.5}, EXACT,
          "point 0: 1 + 6 = 7. Point 1 has the mean 5: 4 + 2 = 6. Then the means of the two points");
}
END_TEST

START_TEST(parts_signs)
{
    parts(2, 2, (double[]){3, 1, 3, 1}, (double[]){1, 3}, (double[]){4, 0, 4}, EXACT, "too high by 2 here, too low by 2 there, every time: bias² 4, no variance");
    parts(2, 3, (double[]){1, 2, 3, -1, -2, -3}, (double[]){0, 0, 0}, (double[]){0, 14. / 3, 14. / 3}, EXACT, "right on average at each point: no bias; (1 + 4 + 9)/3");
}
END_TEST

START_TEST(parts_constant)
{
    parts(5, 3, (double[]){4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4}, (double[]){3, 4, 6}, (double[]){5. / 3, 0, 5. / 3}, EXACT,
          "a predictor that always says 4 has no variance: (1 + 0 + 4)/3");
}
END_TEST

START_TEST(parts_one_run)
{
    parts(1, 3, (double[]){1, 2, 3}, (double[]){3, 2, 2}, (double[]){5. / 3, 0, 5. / 3}, EXACT, "one run is its own mean: no variance");
}
END_TEST

START_TEST(parts_none)
{
    static const double nan3[3] = {NAN, NAN, NAN};
    parts(0, 2, NOTHING, (double[]){1, 2}, nan3, EXACT, "no runs: nothing to take a mean of");
    call("eval_bias_variance(3, 0, &bias2, &variance, &mse, P, truth)");
    const double *truth = in_vec("truth", 0, NOTHING);
    double *bias2 = out_vec("bias2", 1), *variance = out_vec("variance", 1), *mse = out_vec("mse", 1);
    /* A row has at least one number; with pts = 0 nothing of P may be read, and P is an empty matrix of rows of one. */
    const double (*P)[1] = in_mat("P", 0, 1, NOTHING);
    eval_bias_variance(3, 0, bias2, variance, mse, (const void *)P, truth);
    because("no points: nothing to take a mean of");
    expect_vec(bias2, nan3, 0);
    expect_vec(variance, nan3, 0);
    expect_vec(mse, nan3, 0);
}
END_TEST

START_TEST(parts_nan)
{
    static const double nan3[3] = {NAN, NAN, NAN};
    parts(2, 2, (double[]){1, NAN, 2, 3}, (double[]){1, 2}, nan3, EXACT, "one unknown prediction");
    call("eval_bias_variance(2, 2, &bias2, &variance, &mse, P, truth)");
    const double (*P)[2] = in_mat("P", 2, 2, (double[]){1, 2, 3, 4});
    const double *truth = in_vec("truth", 2, (double[]){NAN, 1});
    double *bias2 = out_vec("bias2", 1), *variance = out_vec("variance", 1), *mse = out_vec("mse", 1);
    eval_bias_variance(2, 2, bias2, variance, mse, P, truth);
    because("an unknown truth; the variance does not look at it, and may be a number");
    expect_vec(bias2, nan3, 0);
    expect_vec(mse, nan3, 0);
}
END_TEST

/* Long double yardstick. A mean of predictions of the size s is off by runs·ε·s, which enters the bias, the deviations and the
   errors of the size √mse; so each part has 4(runs + pts + 4)·ε·(mse + s·√mse), and (runs·ε·s)² where that is larger. */
static void check_parts(size_t runs, size_t pts, const double p[], const double truth[], const char *why)
{
    long double bias2 = 0, variance = 0, size = 0;
    for (size_t j = 0; j < pts; j++) {
        long double mean = 0, spread = 0;
        for (size_t i = 0; i < runs; i++) {
            mean += (long double)p[i * pts + j] / runs;
            size = fmaxl(size, fabs(p[i * pts + j]));
        }
        for (size_t i = 0; i < runs; i++)
            spread += (p[i * pts + j] - mean) * (p[i * pts + j] - mean) / runs;
        bias2 += (mean - truth[j]) * (mean - truth[j]) / pts;
        variance += spread / pts;
        size = fmaxl(size, fabs(truth[j]));
    }
    double want[3] = {(double)bias2, (double)variance, (double)(bias2 + variance)};
    double k = 4 * (double)(runs + pts + 4) * EPS, off = k * (double)size;
    double tol = k * want[2] + off * sqrt(want[2]) + off * off + DBL_TRUE_MIN;
    parts(runs, pts, p, truth, want, (double[]){tol, tol, tol}, why);
}

START_TEST(parts_far_away)
{
    static const double p[] = {1e8 + 1, 2e8 - 1, 1e8 - 1, 2e8 + 1, 1e8 + 1, 2e8 - 1, 1e8 - 1, 2e8 + 1}, truth[] = {1e8 + 2, 2e8};
    check_parts(4, 2, p, truth, "point 0 has the mean 100000000: bias² 4, variance 1; point 1 the mean 200000000: no bias, variance 1");
}
END_TEST

START_TEST(parts_of_a_million)
{
    for (size_t j = 0; j < LOTS; j++) {
        lots[j] = j % 2 ? 3 : -1;
        prices[j] = 1;
    }
    call("eval_bias_variance(1, %d, &bias2, &variance, &mse, P, truth)", LOTS);
    double *bias2 = out_vec("bias2", 1), *variance = out_vec("variance", 1), *mse = out_vec("mse", 1);
    eval_bias_variance(1, LOTS, bias2, variance, mse, (const double (*)[LOTS])lots, prices);
    because("one run misses every point by 2; a list of so many points does not fit on the stack");
    expect_vec(bias2, (double[]){4}, 1e-8);
    expect_vec(variance, (double[]){0}, 1e-8);
    expect_vec(mse, (double[]){4}, 1e-8);
}
END_TEST

START_TEST(parts_any)
{
    double p[MOST * 7], truth[7];
    static const size_t prime[] = {1, 2, 3, 5, 7};
    for (size_t t = 0; t < TRIALS; t++) {
        size_t runs = gen_size(t, 1, MOST), pts = prime[gen_between(0, 4)];
        double offset = t % 2 ? 0 : gen_uniform(-1e4, 1e4);
        for (size_t i = 0; i < runs * pts; i++)
            p[i] = offset + 10 * gen_normal();
        for (size_t j = 0; j < pts; j++)
            truth[j] = offset + 10 * gen_normal();
        check_parts(runs, pts, p, truth, NULL);
    }
}
END_TEST

/* ------------------------------------------------------------------ pens */

START_TEST(pen_shrunk_mean)
{
    /* By another road: four throws of a fair coin with the sides 0 and 4 have the mean 2 and the variance 4; all 16 outcomes. */
    double mse = 0;
    for (unsigned c = 0; c < 16; c++) {
        double mean = 0;
        for (unsigned i = 0; i < 4; i++)
            mean += (c >> i & 1) * 4 / 4.;
        mse += (mean / 2 - 2) * (mean / 2 - 2) / 16;
    }
    call("pen_14_a()");
    expect_answer(pen_14_a(), mse, 1e-6, "four throws of a coin with the sides 0 and 4 have this mean and variance; the error of half of the mean can be listed for all 16 outcomes");
}
END_TEST

START_TEST(pen_shrunk_slope)
{
    /* The cost at a grid of slopes; Σy² plays no part. */
    double best = INFINITY, at = NAN;
    for (int i = 0; i <= 4000; i++) {
        double slope = i / 1000., J = (10 * slope * slope - 2 * 20 * slope) / (2 * 5) + slope * slope;
        if (J < best) {
            best = J;
            at = slope;
        }
    }
    call("pen_14_b()");
    expect_answer(pen_14_b(), at, 1e-6, "write the cost as a parabola in the slope; a little to the left and to the right of your number it must be larger");
}
END_TEST

START_TEST(pen_left_out)
{
    /* (1 − 1/n)ⁿ for n = 10⁹, through log1p: within 1e-9 of the limit. */
    double want = exp(1e9 * log1p(-1e-9));
    call("pen_14_c()");
    expect_answer(pen_14_c(), want, 1e-6, "with two rows a quarter of the outcomes leaves a given row out, with three rows 8 of 27; your number lies a little above both");
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("14-generalize");

    TCase *tt = suite_case(s, "split_train_test");
    tcase_add_test(tt, split_small);
    tcase_add_test(tt, split_one_side);
    tcase_add_test(tt, split_any);
    tcase_add_test(tt, split_same_seed);
    tcase_add_test(tt, split_fair);
    tcase_add_test(tt, split_a_million);
    tcase_add_test(tt, split_no_memory);

    TCase *kf = suite_case(s, "split_kfold");
    tcase_add_test(kf, kfold_small);
    tcase_add_test(kf, kfold_bad);
    tcase_add_test(kf, kfold_one_each);
    tcase_add_test(kf, kfold_any);
    tcase_add_test(kf, kfold_same_seed);
    tcase_add_test(kf, kfold_fair);
    tcase_add_test(kf, kfold_no_memory);

    TCase *tr = suite_case(s, "mat_take_rows");
    tcase_add_test(tr, take_by_hand);
    tcase_add_test(tr, take_none);
    tcase_add_test(tr, take_repeats);
    tcase_add_test(tr, take_column);
    tcase_add_test(tr, take_odd_numbers);
    tcase_add_test(tr, take_many);
    tcase_add_test(tr, take_any);

    TCase *ri = suite_case(s, "lsq_ridge");
    tcase_add_test(ri, ridge_by_hand);
    tcase_add_test(ri, ridge_intercept_only);
    tcase_add_test(ri, ridge_huge_lambda);
    tcase_add_test(ri, ridge_collinear);
    tcase_add_test(ri, ridge_few_rows);
    tcase_add_test(ri, ridge_bad);
    tcase_add_test(ri, ridge_flat);
    tcase_add_test(ri, ridge_flat_wide);
    tcase_add_test(ri, ridge_shift);
    tcase_add_test(ri, ridge_of_a_million);
    tcase_add_test(ri, ridge_no_memory);

    TCase *cr = suite_case(s, "cv_ridge");
    tcase_add_test(cr, cv_by_hand);
    tcase_add_test(cr, cv_uneven);
    tcase_add_test(cr, cv_hidden_price);
    tcase_add_test(cr, cv_last_fold);
    tcase_add_test(cr, cv_unused_fold);
    tcase_add_test(cr, cv_fails);
    tcase_add_test(cr, cv_no_memory);
    tcase_add_test(cr, cv_press);
    tcase_add_test(cr, cv_any);

    TCase *bv = suite_case(s, "eval_bias_variance");
    tcase_add_test(bv, parts_by_hand);
    tcase_add_test(bv, parts_signs);
    tcase_add_test(bv, parts_constant);
    tcase_add_test(bv, parts_one_run);
    tcase_add_test(bv, parts_far_away);
    tcase_add_test(bv, parts_none);
    tcase_add_test(bv, parts_nan);
    tcase_add_test(bv, parts_of_a_million);
    tcase_add_test(bv, parts_any);

    tcase_add_test(suite_case(s, "pen_14_a"), pen_shrunk_mean);
    tcase_add_test(suite_case(s, "pen_14_b"), pen_shrunk_slope);
    tcase_add_test(suite_case(s, "pen_14_c"), pen_left_out);
    return s;
}
