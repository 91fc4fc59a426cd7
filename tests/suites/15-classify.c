/* The suite of chapter 15, classifying and keeping score. One TCase per function: the chapter's own example first, then the
   degenerate cases, then random inputs against counts and long double sums. Counts are compared exactly; a quotient of two
   counts may be a few roundings off; the bounds of the model's functions are derived where they are set. */
#include "harness.h"

#include "eval.h"
#include "model.h"
#include "pen.h"

enum { MOST = 40, CLASSES = 7 };

/* ------------------------------------------------------------------ eval_confusion */

static void confusion_case(size_t n, size_t k, const size_t said[], const size_t truth[], const char *why)
{
    size_t want[CLASSES * CLASSES] = {0};
    for (size_t i = 0; i < n; i++)
        if (truth[i] < k && said[i] < k)
            want[truth[i] * k + said[i]]++;
    call("eval_confusion(%zu, %zu, C, yhat, y)", n, k);
    const size_t *yhat = in_index("yhat", n, said), *y = in_index("y", n, truth);
    size_t (*C)[k] = out_index("C", k * k);
    eval_confusion(n, k, C, yhat, y);
    because("%s", why);
    expect_index((const size_t *)C, want);
}

START_TEST(confusion_by_hand)
{
    confusion_case(1, 1, (size_t[]){0}, (size_t[]){0}, "one pair, one cell");
    confusion_case(1, 2, (size_t[]){1}, (size_t[]){0}, "truth 0, said to be 1: row 0, column 1");
    confusion_case(6, 3, (size_t[]){0, 1, 1, 1, 0, 2}, (size_t[]){0, 0, 1, 1, 2, 2},
                   "row by row, with the truth for rows: 1 1 0, 0 2 0, 1 0 1");
}
END_TEST

START_TEST(confusion_nothing)
{
    confusion_case(0, 1, NULL, NULL, "no pairs: every count is 0, and has to be written");
    confusion_case(0, 3, NULL, NULL, "no pairs: every count is 0, and has to be written");
}
END_TEST

START_TEST(confusion_no_class)
{
    static const char why[] = "a pair with a label that is no class is skipped";
    confusion_case(2, 2, (size_t[]){2, 0}, (size_t[]){0, 0}, why);
    confusion_case(2, 2, (size_t[]){SIZE_MAX, 0}, (size_t[]){1, 0}, why);
    confusion_case(2, 2, (size_t[]){0, 1}, (size_t[]){2, 1}, why);
    confusion_case(3, 2, (size_t[]){1, 0, 1}, (size_t[]){3, SIZE_MAX, 1}, why);
    confusion_case(3, 3, (size_t[]){SIZE_MAX, 5, 3}, (size_t[]){SIZE_MAX, 4, 3}, why);
}
END_TEST

START_TEST(confusion_any)
{
    static const size_t classes[] = {1, 2, 3, 5, CLASSES};
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 0, MOST), k = classes[gen_between(0, 4)], said[MOST], truth[MOST];
        for (size_t i = 0; i < n; i++) {
            said[i] = gen_between(0, k - 1 + t % 2);
            truth[i] = gen_between(0, k - 1 + t % 3 / 2);
        }
        confusion_case(n, k, said, truth, "count the pairs by hand");
    }
}
END_TEST

/* ------------------------------------------------------------------ eval_accuracy */

/* All sums of counts are exact; adding quotients instead rounds once for each of the k diagonal cells, and 1 minus the share of
   the wrong ones is off by a rounding of 1. */
static void accuracy_case(size_t k, const size_t cells[], double want, const char *why)
{
    call("eval_accuracy(%zu, C)", k);
    const size_t (*C)[k] = in_index("C", k * k, cells);
    double got = eval_accuracy(k, C);
    because("%s", why);
    expect_num(got, want, isnan(want) ? 0 : tol_ulp(want, (double)k + 2) + 2 * EPS);
}

START_TEST(accuracy_by_hand)
{
    accuracy_case(1, (size_t[]){5}, 1, "one class cannot be confused");
    accuracy_case(2, (size_t[]){140, 10, 20, 30}, 0.85, "(140 + 30)/200");
    accuracy_case(3, (size_t[]){1, 1, 0, 0, 2, 0, 1, 0, 1}, 4 / 6.0, "(1 + 2 + 1)/6");
    accuracy_case(3, (size_t[]){0, 1, 0, 0, 0, 2, 3, 0, 0}, 0, "nothing on the diagonal");
    accuracy_case(2, (size_t[]){199, 0, 1, 0}, 199 / 200.0, "199 of 200, and the one who is ill was missed");
}
END_TEST

START_TEST(accuracy_empty)
{
    accuracy_case(1, (size_t[]){0}, NAN, "no examples: nothing can be said");
    accuracy_case(3, (size_t[]){0, 0, 0, 0, 0, 0, 0, 0, 0}, NAN, "no examples: nothing can be said");
}
END_TEST

START_TEST(accuracy_large)
{
    const size_t million = 1000000;
    accuracy_case(2, (size_t[]){3000 * million, 1000 * million, 0, 4000 * million}, 0.875, "7000/8000, in millions");
}
END_TEST

START_TEST(accuracy_any)
{
    static const size_t classes[] = {1, 2, 3, 5, CLASSES};
    for (size_t t = 0; t < TRIALS; t++) {
        size_t k = classes[gen_between(0, 4)], cells[CLASSES * CLASSES], right = 0, all = 0;
        for (size_t i = 0; i < k * k; i++) {
            cells[i] = gen_between(0, 2) ? gen_between(0, 1 + t) : 0;
            all += cells[i];
            right += i / k == i % k ? cells[i] : 0;
        }
        accuracy_case(k, cells, all ? (double)right / (double)all : NAN, "the sum of the diagonal over the sum of all");
    }
}
END_TEST

/* ------------------------------------------------------------------ eval_prf */

static double share(size_t part, size_t of)
{
    return of ? (double)part / (double)of : NAN;
}

/* The three at once; each may be made of a few quotients of exact counts, also as a harmonic mean or as 1 minus a share. */
static void prf_case(size_t k, const size_t cells[], size_t cls, const char *why)
{
    size_t tp = cells[cls * k + cls], said = 0, are = 0;
    for (size_t c = 0; c < k; c++) {
        said += cells[c * k + cls];
        are += cells[cls * k + c];
    }
    double want[3] = {share(tp, said), share(tp, are), share(2 * tp, said + are)};
    call("eval_prf(%zu, precision, recall, f1, C, %zu)", k, cls);
    const size_t (*C)[k] = in_index("C", k * k, cells);
    double *precision = out_vec("precision", 1), *recall = out_vec("recall", 1), *f1 = out_vec("f1", 1);
    eval_prf(k, precision, recall, f1, C, cls);
    because("%s", why);
    double *got[3] = {precision, recall, f1};
    for (size_t i = 0; i < 3; i++)
        expect_vec(got[i], &want[i], isnan(want[i]) ? 0 : tol_ulp(want[i], 8) + 2 * EPS);
}

START_TEST(prf_by_hand)
{
    prf_case(1, (size_t[]){5}, 0, "all are of the class, and said to be");
    prf_case(2, (size_t[]){140, 10, 20, 30}, 1, "TP 30, FP 10, FN 20: 30/40, 30/50 and 60/90");
    prf_case(2, (size_t[]){140, 10, 20, 30}, 0, "class 0 has TP 140, FP 20, FN 10: 140/160, 140/150 and 280/310");
}
END_TEST

START_TEST(prf_three_classes)
{
    const size_t C[9] = {5, 1, 0, 2, 7, 4, 0, 3, 6};
    prf_case(3, C, 0, "column 0 sums to 7, row 0 to 6, and 5 are in both");
    prf_case(3, C, 1, "column 1 sums to 11, row 1 to 13, and 7 are in both");
    prf_case(3, C, 2, "column 2 sums to 10, row 2 to 9, and 6 are in both");
}
END_TEST

START_TEST(prf_undefined)
{
    prf_case(2, (size_t[]){5, 0, 3, 0}, 1, "never said: precision is 0/0; recall is 0/3, and F1 is 0/(0 + 0 + 3)");
    prf_case(2, (size_t[]){5, 2, 0, 0}, 1, "none there: recall is 0/0; precision is 0/2, and F1 is 0/(0 + 2 + 0)");
    prf_case(2, (size_t[]){5, 0, 0, 0}, 1, "neither said nor there: all three are 0/0");
    prf_case(2, (size_t[]){5, 2, 3, 0}, 1, "said twice, there three times, and never at once: all three are 0");
    prf_case(3, (size_t[]){0, 0, 0, 0, 0, 0, 0, 0, 0}, 2, "an empty table: all three are 0/0");
    prf_case(3, (size_t[]){4, 0, 1, 2, 0, 1, 0, 0, 3}, 1, "class 1 is never said, though it is there three times");
}
END_TEST

START_TEST(prf_any)
{
    static const size_t classes[] = {1, 2, 3, 5, CLASSES};
    for (size_t t = 0; t < TRIALS; t++) {
        size_t k = classes[gen_between(0, 4)], cells[CLASSES * CLASSES];
        for (size_t i = 0; i < k * k; i++)
            cells[i] = gen_between(0, 2) ? gen_between(0, 1 + t) : 0;
        prf_case(k, cells, gen_between(0, k - 1), "count the row and the column of the class");
    }
}
END_TEST

/* ------------------------------------------------------------------ eval_roc */

static size_t roc_yardstick(size_t n, double fpr[], double tpr[], const double score[], const size_t y[])
{
    double level[MOST];
    size_t levels = 0, total[2] = {0};
    for (size_t i = 0; i < n; i++) {
        size_t at = 0;
        while (at < levels && level[at] > score[i])
            at++;
        total[y[i]]++;
        if (at < levels && level[at] == score[i])
            continue;
        for (size_t l = levels++; l > at; l--)
            level[l] = level[l - 1];
        level[at] = score[i];
    }
    if (!total[0] || !total[1])
        return 0;
    fpr[0] = tpr[0] = 0;
    for (size_t l = 0; l < levels; l++) {
        size_t called[2] = {0};
        for (size_t i = 0; i < n; i++)
            called[y[i]] += score[i] >= level[l];
        fpr[l + 1] = (double)called[0] / (double)total[0];
        tpr[l + 1] = (double)called[1] / (double)total[1];
    }
    return levels + 1;
}

/* Compares the m points that were promised, and nothing behind them. A rate built up in n equal steps is wrong by n roundings
   of a number that is at most 1. */
static void roc_points(size_t n, size_t m, const double fpr[], const double tpr[], const double want_fpr[],
                       const double want_tpr[])
{
    for (size_t i = 0; i < m; i++) {
        char name[40];
        snprintf(name, sizeof name, "fpr[%zu]", i);
        expect_named(name, fpr[i], want_fpr[i], 4 * EPS * (double)(n + 2));
        snprintf(name, sizeof name, "tpr[%zu]", i);
        expect_named(name, tpr[i], want_tpr[i], 4 * EPS * (double)(n + 2));
    }
}

static void roc_case(size_t n, const double scores[], const size_t labels[], const char *why)
{
    double want_fpr[MOST + 1], want_tpr[MOST + 1];
    size_t want = roc_yardstick(n, want_fpr, want_tpr, scores, labels);
    call("eval_roc(%zu, fpr, tpr, score, y)", n);
    const double *score = in_vec("score", n, scores);
    const size_t *y = in_index("y", n, labels);
    double *fpr = out_vec("fpr", n + 1), *tpr = out_vec("tpr", n + 1);
    size_t got = eval_roc(n, fpr, tpr, score, y);
    because("%s", why);
    expect_size(got, want);
    roc_points(n, want, fpr, tpr, want_fpr, want_tpr);
}

START_TEST(roc_by_hand)
{
    roc_case(2, (double[]){0.2, 0.8}, (size_t[]){0, 1}, "0.8 calls the positive, 0.2 the negative: (0, 0), (0, 1), (1, 1)");
    roc_case(2, (double[]){0.2, 0.8}, (size_t[]){1, 0}, "0.8 calls the negative, 0.2 the positive: (0, 0), (1, 0), (1, 1)");
    roc_case(5, (double[]){0.2, 0.8, 0.4, 0.6, 0.6}, (size_t[]){0, 1, 1, 0, 1},
             "thresholds above 0.8, at 0.8, 0.6, 0.4, 0.2: (0, 0), (0, 1/3), (1/2, 2/3), (1/2, 1), (1, 1)");
}
END_TEST

START_TEST(roc_ties)
{
    static const char why[] = "equal scores are called together: one point for each distinct score, after (0, 0)";
    roc_case(2, (double[]){3, 3}, (size_t[]){1, 0}, why);
    roc_case(2, (double[]){3, 3}, (size_t[]){0, 1}, why);
    roc_case(5, (double[]){0, 0, 0, 0, 0}, (size_t[]){1, 1, 0, 0, 0}, why);
    roc_case(5, (double[]){0, 0, 0, 0, 0}, (size_t[]){0, 0, 0, 1, 1}, why);
    roc_case(7, (double[]){2, 1, 2, 1, 2, 1, 1}, (size_t[]){1, 0, 0, 1, 1, 0, 1}, why);
    roc_case(3, (double[]){0.0, -0.0, 1}, (size_t[]){0, 1, 1}, "0 and -0 are equal as numbers, so they are called together");
}
END_TEST

START_TEST(roc_one_class)
{
    static const char why[] = "one of the two rates is 0/0: no points";
    roc_case(0, NULL, NULL, why);
    roc_case(1, (double[]){0.5}, (size_t[]){0}, why);
    roc_case(1, (double[]){0.5}, (size_t[]){1}, why);
    roc_case(3, (double[]){0.1, 0.5, 0.3}, (size_t[]){1, 1, 1}, why);
    roc_case(3, (double[]){0.1, 0.5, 0.3}, (size_t[]){0, 0, 0}, why);
}
END_TEST

START_TEST(roc_close_and_far)
{
    roc_case(4, (double[]){1e-12, 1e-15, 1e-13, 1e-14}, (size_t[]){0, 1, 1, 0}, "four distinct scores, however small");
    roc_case(4, (double[]){1, 1 - EPS, 1 + EPS, 1}, (size_t[]){0, 1, 1, 1}, "three distinct scores, however close");
    roc_case(5, (double[]){-1e300, 1e300, 0, -1e-300, 1e-300}, (size_t[]){0, 0, 1, 0, 1}, "five distinct scores");
    roc_case(5, (double[]){-INFINITY, INFINITY, 1, INFINITY, -INFINITY}, (size_t[]){0, 1, 1, 0, 1},
             "equal infinities are equal scores: three distinct ones");
}
END_TEST

/* The scores are 0, …, n − 1 in another order (577 and 2000 have no common factor), and the odd ones are ill. */
START_TEST(roc_long)
{
    enum { LONG_LIST = 2000 };
    static double s[LONG_LIST], want_fpr[LONG_LIST + 1], want_tpr[LONG_LIST + 1];
    static size_t label[LONG_LIST];
    for (size_t i = 0; i < LONG_LIST; i++) {
        size_t v = i * 577 % LONG_LIST;
        s[i] = (double)v;
        label[i] = v % 2;
    }
    for (size_t i = 0; i <= LONG_LIST; i++) {
        want_fpr[i] = (double)(i / 2) / (LONG_LIST / 2);
        want_tpr[i] = (double)((i + 1) / 2) / (LONG_LIST / 2);
    }
    call("eval_roc(%d, fpr, tpr, score, y)", LONG_LIST);
    const double *score = in_vec("score", LONG_LIST, s);
    const size_t *y = in_index("y", LONG_LIST, label);
    double *fpr = out_vec("fpr", LONG_LIST + 1), *tpr = out_vec("tpr", LONG_LIST + 1);
    size_t got = eval_roc(LONG_LIST, fpr, tpr, score, y);
    because("two thousand distinct scores, and from the highest down every other one is positive");
    expect_size(got, LONG_LIST + 1);
    roc_points(LONG_LIST, LONG_LIST + 1, fpr, tpr, want_fpr, want_tpr);
}
END_TEST

START_TEST(roc_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 0, MOST), labels[MOST];
        double scores[MOST];
        for (size_t i = 0; i < n; i++) {
            labels[i] = gen_between(0, 1);
            scores[i] = t % 3 == 0 ? (double)gen_between(0, 5) / 4 : t % 3 == 1 ? gen_normal() : (double)gen_between(0, n) - 9;
        }
        roc_case(n, scores, labels, "count for every distinct score who has at least that much");
    }
}
END_TEST

START_TEST(roc_no_memory)
{
    double want_fpr[MOST + 1], want_tpr[MOST + 1];
    const double scores[5] = {0.2, 0.8, 0.4, 0.6, 0.6};
    const size_t labels[5] = {0, 1, 1, 0, 1};
    roc_yardstick(5, want_fpr, want_tpr, scores, labels);
    for (size_t works = 0; works < 3; works++) {
        call("eval_roc(5, fpr, tpr, score, y) with malloc failing after %zu calls", works);
        const double *score = in_vec("score", 5, scores);
        const size_t *y = in_index("y", 5, labels);
        double *fpr = out_vec("fpr", 6), *tpr = out_vec("tpr", 6);
        malloc_fails_after(works);
        size_t got = eval_roc(5, fpr, tpr, score, y);
        malloc_fails(false);
        expect(got == 0 || got == 5, "without memory there are 0 points (or 5, if none was needed); this is %zu", got);
        if (got == 5)
            roc_points(5, 5, fpr, tpr, want_fpr, want_tpr);
    }
}
END_TEST

/* ------------------------------------------------------------------ eval_auc */

/* Every term is at most its width, and the widths sum to 1: m terms, each of three roundings, in any order. */
static double auc_tol(size_t m)
{
    return 4 * EPS * (double)(m + 4);
}

static void auc_case(size_t m, const double x[], const double y[], double want, const char *why)
{
    call("eval_auc(%zu, fpr, tpr)", m);
    const double *fpr = in_vec("fpr", m, x), *tpr = in_vec("tpr", m, y);
    double got = eval_auc(m, fpr, tpr);
    because("%s", why);
    expect_num(got, want, isnan(want) ? 0 : auc_tol(m));
}

START_TEST(auc_by_hand)
{
    auc_case(2, (double[]){0, 1}, (double[]){0, 1}, 0.5, "the diagonal: a triangle");
    auc_case(3, (double[]){0, 0, 1}, (double[]){0, 1, 1}, 1, "up, then right: the whole square");
    auc_case(3, (double[]){0, 1, 1}, (double[]){0, 0, 1}, 0, "right, then up: nothing below it");
    auc_case(5, (double[]){0, 0, 0.5, 0.5, 1}, (double[]){0, 1 / 3.0, 2 / 3.0, 1, 1}, 0.75,
             "0.5·(1/3 + 2/3)/2 + 0.5·(1 + 1)/2 = 0.25 + 0.5");
    auc_case(4, (double[]){0, 0.25, 0.5, 1}, (double[]){0, 0, 0.5, 1}, 0.4375,
             "0.25·0 + 0.25·0.25 + 0.5·0.75 = 0.4375, below one half");
}
END_TEST

START_TEST(auc_in_pieces)
{
    auc_case(3, (double[]){0, 0, 0.5}, (double[]){0, 0.5, 1}, 0.375, "only what lies under the points that are given: 0.5·0.75");
    auc_case(2, (double[]){0.5, 1}, (double[]){0.5, 1}, 0.375, "only what lies under the points that are given: 0.5·0.75");
}
END_TEST

START_TEST(auc_undefined)
{
    auc_case(0, NULL, NULL, NAN, "no points, no area");
    auc_case(1, (double[]){0}, (double[]){0}, NAN, "one point, no area");
    auc_case(3, (double[]){0, NAN, 1}, (double[]){0, 0.5, 1}, NAN, "NaN in, NaN out");
    auc_case(3, (double[]){0, 0.5, 1}, (double[]){0, NAN, 1}, NAN, "NaN in, NaN out");
}
END_TEST

START_TEST(auc_counts_pairs)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, MOST), labels[MOST];
        double scores[MOST], back[MOST], fpr[MOST + 1], tpr[MOST + 1], pairs = 0, wins = 0;
        for (size_t i = 0; i < n; i++) {
            labels[i] = i < 2 ? i : gen_between(0, 1);
            scores[i] = (double)gen_between(0, 2 + t % 7) / 2;
            back[i] = -scores[i];
        }
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                if (labels[i] && !labels[j]) {
                    pairs++;
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
        size_t m = roc_yardstick(n, fpr, tpr, scores, labels);
        auc_case(m, fpr, tpr, wins / pairs, "the share of pairs in the right order, ties counted half");
        m = roc_yardstick(n, fpr, tpr, back, labels);
        auc_case(m, fpr, tpr, 1 - wins / pairs, "the same scores with the other sign: 1 minus the area");
    }
}
END_TEST

/* ------------------------------------------------------------------ nb_fit */

enum { WIDE = 7, GROUPS = 4, CELLS = MOST * WIDE };

typedef struct {
    double prior[GROUPS], mu[GROUPS * WIDE], var[GROUPS * WIDE];
    double prior_tol[GROUPS], mu_tol[GROUPS * WIDE], var_tol[GROUPS * WIDE];
} nb_want;

/* Mean and variance (÷n) of column j of class c; c = k: of all rows. */
static size_t moments(size_t n, size_t d, size_t k, const double X[], const size_t label[], size_t c, size_t j, double *mean,
                      double *var, double *largest)
{
    long double sum = 0, squares = 0;
    size_t m = 0;
    *largest = 0;
    for (size_t i = 0; i < n; i++)
        if (c == k || label[i] == c) {
            sum += X[i * d + j];
            m++;
            *largest = fmax(*largest, fabs(X[i * d + j]));
        }
    for (size_t i = 0; i < n; i++)
        if (c == k || label[i] == c)
            squares += (X[i * d + j] - sum / m) * (X[i * d + j] - sum / m);
    *mean = (double)(sum / m);
    *var = (double)(squares / m);
    return m;
}

/* The mean of numbers up to M is wrong by δ ≤ n·ε·M. Deviations from it, squared and averaged, are wrong by n roundings of
   the variance and by δ². A running sum of squares (Welford) is wrong by n·ε·sd·M in addition. A difference of mean square
   and squared mean would be wrong by ε·M², which is more where M is large against sd. */
static double spread_tol(size_t n, double var, double M)
{
    double delta = 4 * EPS * (double)(n + 2) * M;
    return 8 * EPS * (double)(n + 8) * (var + sqrt(var) * M) + delta * delta + DBL_MIN;
}

static void nb_yardstick(nb_want *w, size_t n, size_t d, size_t k, const double X[], const size_t label[])
{
    double mean, var, M, floor = 0, floor_tol = 0;
    for (size_t j = 0; j < d; j++) {
        moments(n, d, k, X, label, k, j, &mean, &var, &M);
        floor = fmax(floor, 1e-9 * var);
        floor_tol = fmax(floor_tol, 1e-9 * spread_tol(n, var, M));
    }
    for (size_t c = 0; c < k; c++)
        for (size_t j = 0; j < d; j++) {
            size_t m = moments(n, d, k, X, label, c, j, &mean, &var, &M), at = c * d + j;
            w->prior[c] = (double)m / (double)n;
            w->prior_tol[c] = 4 * EPS * (double)(n + 1);
            w->mu[at] = mean;
            w->mu_tol[at] = 4 * EPS * (double)(n + 2) * M + DBL_MIN;
            w->var[at] = var + floor;
            w->var_tol[at] = spread_tol(n, var, M) + floor_tol + 4 * EPS * floor;
        }
}

static void nb_case(size_t n, size_t d, size_t k, const double rows[], const size_t labels[], const char *why)
{
    nb_want w;
    nb_yardstick(&w, n, d, k, rows, labels);
    call("nb_fit(%zu, %zu, %zu, prior, mu, var, X, label)", n, d, k);
    const double (*X)[d] = in_mat("X", n, d, rows);
    const size_t *label = in_index("label", n, labels);
    double *prior = out_vec("prior", k), (*mu)[d] = out_mat("mu", k, d), (*var)[d] = out_mat("var", k, d);
    status got = nb_fit(n, d, k, prior, mu, var, X, label);
    because("%s", why);
    expect_status(got, OK);
    expect_vec_tol(prior, w.prior, w.prior_tol);
    expect_mat_tol(mu, w.mu, w.mu_tol);
    expect_mat_tol(var, w.var, w.var_tol);
}

static const double FIVE[10] = {4, 5, 1, 5, 6, 5, 3, 5, 8, 5};
static const size_t FIVE_LABEL[5] = {1, 0, 1, 0, 1};

static void nb_five(double scale, double shift, const char *why)
{
    double rows[10];
    for (size_t i = 0; i < 10; i++)
        rows[i] = scale * FIVE[i] + shift;
    nb_case(5, 2, 2, rows, FIVE_LABEL, why);
}

START_TEST(nb_fit_by_hand)
{
    nb_case(3, 1, 1, (double[]){1, 2, 6}, (size_t[]){0, 0, 0}, "mean 3; (4 + 1 + 9)/3 = 4.6667, plus a billionth of itself");
    nb_case(4, 1, 2, (double[]){1, 10, 3, 14}, (size_t[]){0, 1, 0, 1},
            "means 2 and 12, variances 1 and 4; of the whole column 27.5, so the floor is 2.75e-8");
    nb_five(1, 0, "priors 0.4 and 0.6, means 2 and 6, variances 1 and 8/3; of the whole column 5.84, so the floor is 5.84e-9");
}
END_TEST

START_TEST(nb_fit_constant)
{
    nb_case(2, 1, 2, (double[]){1, 3}, (size_t[]){0, 1}, "one row per class: the variances are the floor, 1e-9·1");
    nb_case(4, 3, 2, (double[]){0, 7, 2, 0, 7, 4, 0, 7, 2, 0, 7, 4}, (size_t[]){0, 0, 1, 1},
            "two columns never change; the third has the variance 1, so the floor is 1e-9");
    nb_case(2, 2, 1, (double[]){5, 3, 5, 3}, (size_t[]){0, 0}, "nothing changes: the floor is 0, and so are the variances");
    nb_case(1, 1, 1, (double[]){4}, (size_t[]){0}, "one row: its variance is 0, and so is the floor");
}
END_TEST

START_TEST(nb_fit_scale)
{
    nb_five(1e-6, 0, "in other units: variances and floor 1e-12 times as large");
    nb_five(1000, 0, "in other units: variances and floor a million times as large");
    nb_five(1, 1e8, "shifted by 1e8: the means move, the variances stay");
}
END_TEST

START_TEST(nb_fit_bad_input)
{
    static const struct { size_t n, k, label[3]; const char *why; } bad[] = {
        {3, 2, {0, 0, 0}, "class 1 has no rows"},
        {3, 3, {0, 2, 2}, "class 1 has no rows"},
        {3, 2, {0, 2, 1}, "the label 2 is no class"},
        {3, 2, {0, 1, SIZE_MAX}, "the label SIZE_MAX is no class"},
        {0, 1, {0}, "without rows, class 0 is empty"},
    };
    for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
        size_t n = bad[b].n, k = bad[b].k;
        call("nb_fit(%zu, 2, %zu, prior, mu, var, X, label)", n, k);
        const double (*X)[2] = in_mat("X", n, 2, FIVE);
        const size_t *label = in_index("label", n, bad[b].label);
        double *prior = out_vec("prior", k), (*mu)[2] = out_mat("mu", k, 2), (*var)[2] = out_mat("var", k, 2);
        status got = nb_fit(n, 2, k, prior, mu, var, X, label);
        because("%s", bad[b].why);
        expect_status(got, BAD_INPUT);
    }
}
END_TEST

START_TEST(nb_fit_nan)
{
    call("nb_fit(3, 2, 2, prior, mu, var, X, label)");
    const double (*X)[2] = in_mat("X", 3, 2, (double[]){1, 2, NAN, 4, 5, 8});
    const size_t *label = in_index("label", 3, (size_t[]){0, 0, 1});
    double *prior = out_vec("prior", 2), (*mu)[2] = out_mat("mu", 2, 2), (*var)[2] = out_mat("var", 2, 2);
    status got = nb_fit(3, 2, 2, prior, mu, var, X, label);
    because("a NaN in the first column of class 0: its mean and variance are not known, the other means are");
    expect_status(got, OK);
    expect_mat(mu, (double[2][2]){{NAN, 3}, {5, 8}}, 8 * EPS * 8);
    expect_named("var[0][0]", var[0][0], NAN, 0);
}
END_TEST

START_TEST(nb_fit_long)
{
    enum { LONG_LIST = 2000 };
    static double rows[2 * LONG_LIST];
    static size_t labels[LONG_LIST];
    for (size_t i = 0; i < LONG_LIST; i++) {
        labels[i] = i % 2;
        rows[2 * i] = (double)(10 * (i % 2) + i / 2 % 4);
        rows[2 * i + 1] = 3;
    }
    nb_case(LONG_LIST, 2, 2, rows, labels, "two thousand rows: means 1.5 and 11.5, variances 1.25; of the whole column 26.25");
}
END_TEST

START_TEST(nb_fit_any)
{
    static const size_t features[] = {1, 2, 3, 5, WIDE};
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MOST), d = features[gen_between(0, 4)], labels[MOST];
        size_t k = gen_between(1, n < GROUPS ? n : GROUPS), first = gen_between(0, n - 1);
        double rows[CELLS], unit = pow(10, (double)(t % 7) - 3);
        for (size_t i = 0; i < n; i++) {
            /* every class once, from a random row on; the rest at random */
            labels[(first + i) % n] = i < k ? i : gen_between(0, k - 1);
            for (size_t j = 0; j < d; j++)
                rows[i * d + j] = (j % 3 == 2 ? 3 : gen_uniform(-4, 9)) * unit;
        }
        nb_case(n, d, k, rows, labels, "mean and mean squared deviation of every class and column, and the floor");
    }
}
END_TEST

/* ------------------------------------------------------------------ nb_logpost */

enum { LONG = 400 };

/* A score is a sum of d logarithms and quadratic terms, each wrong by a few roundings of its own size, and d roundings of what
   has been summed: ε·(d + 8) times the sum of all sizes, twice, since the total is as large. */
static double logpost_yardstick(size_t d, size_t k, double want[], const double x[], const double prior[], const double mu[],
                                const double var[])
{
    long double s[CLASSES], best = -INFINITY, sum = 0;
    double size = 0;
    for (size_t c = 0; c < k; c++) {
        s[c] = logl((long double)prior[c]);
        long double all = prior[c] > 0 ? fabsl(s[c]) : 0;
        for (size_t j = 0; j < d; j++) {
            long double v = var[c * d + j], r = (long double)x[j] - mu[c * d + j], width = logl(v) / 2, q = r * r / (2 * v);
            s[c] -= q + width;
            all += q + fabsl(width) + 1;
        }
        size = fmax(size, (double)all);
        best = fmaxl(best, s[c]);
    }
    for (size_t c = 0; c < k; c++)
        sum += expl(s[c] - best);
    for (size_t c = 0; c < k; c++)
        want[c] = (double)(s[c] - best - logl(sum));
    return 16 * EPS * (double)(d + k + 8) * (size + 1);
}

static void logpost_case(size_t d, size_t k, const double x_[], const double prior_[], const double mu_[], const double var_[],
                         const char *why)
{
    double want[CLASSES], sum = 0;
    double tol = logpost_yardstick(d, k, want, x_, prior_, mu_, var_);
    call("nb_logpost(%zu, %zu, logp, x, prior, mu, var)", d, k);
    const double *x = in_vec("x", d, x_), *prior = in_vec("prior", k, prior_);
    const double (*mu)[d] = in_mat("mu", k, d, mu_), (*var)[d] = in_mat("var", k, d, var_);
    double *logp = out_vec("logp", k);
    nb_logpost(d, k, logp, x, prior, mu, var);
    because("%s", why);
    expect_vec(logp, want, tol);
    for (size_t c = 0; c < k; c++)
        sum += exp(logp[c]);
    expect(fabs(sum - 1) <= 2 * tol, "the probabilities e^logp must sum to 1, these sum to %.17g", sum);
}

START_TEST(logpost_by_hand)
{
    logpost_case(1, 2, (double[]){2}, (double[]){0.75, 0.25}, (double[]){0, 2}, (double[]){1, 4},
                 "odds for class 1: e^2/6 = 1.2315, so the probabilities are 0.4481 and 0.5519");
    logpost_case(1, 1, (double[]){7}, (double[]){1}, (double[]){2}, (double[]){9}, "a single class is certain: log 1 = 0");
    logpost_case(1, 2, (double[]){1}, (double[]){0.5, 0.5}, (double[]){0, 2}, (double[]){1, 1},
                 "halfway between two equal laws: log(1/2) twice");
    logpost_case(1, 2, (double[]){1}, (double[]){0.9, 0.1}, (double[]){0, 2}, (double[]){1, 1},
                 "halfway between two equal laws the prior decides: log 0.9 and log 0.1");
    logpost_case(2, 3, (double[]){1, -1}, (double[]){0.5, 0.25, 0.25}, (double[]){1, -1, 0, 0, 3, -2},
                 (double[]){1, 4, 0.25, 1, 9, 2}, "three classes, two features: s is log 0.5 - log 2, and so on");
}
END_TEST

START_TEST(logpost_impossible)
{
    static const char why[] = "a class with prior 0 has the log posterior -inf; the others share the rest";
    logpost_case(1, 2, (double[]){5}, (double[]){1, 0}, (double[]){0, 5}, (double[]){1, 1}, why);
    logpost_case(1, 3, (double[]){1}, (double[]){0.5, 0, 0.5}, (double[]){0, 1, 2}, (double[]){1, 1, 1}, why);
    logpost_case(2, 2, (double[]){1, 2}, (double[]){0, 1}, (double[]){0, 1, 2, 3}, (double[]){1, 4, 9, 2}, why);
}
END_TEST

START_TEST(logpost_far)
{
    logpost_case(1, 2, (double[]){1000}, (double[]){0.5, 0.5}, (double[]){0, 1}, (double[]){1, 1},
                 "both densities are 0 in a double; the log-odds are (1000^2 - 999^2)/2 = 999.5");
    logpost_case(1, 2, (double[]){3}, (double[]){0.5, 0.5}, (double[]){0, 4}, (double[]){1e-9, 1},
                 "a class as narrow as the floor rules itself out: 9/2e-9 is 4.5e9");
    logpost_case(1, 2, (double[]){0}, (double[]){0.5, 0.5}, (double[]){0, 4}, (double[]){1e-9, 1},
                 "and is nearly certain where it expects the value");
}
END_TEST

START_TEST(logpost_many_features)
{
    for (size_t t = 0; t < 6; t++) {
        static double x[LONG], mu[3 * LONG], var[3 * LONG];
        double scale = pow(10, 4.0 * (double)(t % 3) - 4);
        for (size_t j = 0; j < LONG; j++)
            x[j] = scale * gen_normal();
        for (size_t i = 0; i < 3 * LONG; i++) {
            mu[i] = scale * gen_uniform(-0.3, 0.3);
            var[i] = scale * scale * gen_uniform(0.5, 2);
        }
        logpost_case(LONG, 3, x, (double[]){0.5, 0.25, 0.25}, mu, var,
                     "400 features: the product of the densities is no double, the sum of their logarithms is");
    }
}
END_TEST

START_TEST(logpost_any)
{
    static const size_t features[] = {1, 2, 3, 5, WIDE};
    for (size_t t = 0; t < TRIALS; t++) {
        size_t d = features[gen_between(0, 4)], k = gen_between(1, CLASSES);
        double x[WIDE], mu[CLASSES * WIDE], var[CLASSES * WIDE], prior[CLASSES], sum = 0;
        gen_vec(t, d, x);
        for (size_t j = 0; j < d; j++)
            x[j] = fmin(fmax(x[j], -100), 100);
        for (size_t i = 0; i < k * d; i++) {
            mu[i] = x[i % d] + gen_uniform(-3, 3);
            var[i] = pow(10, gen_uniform(-1, 1.5));
        }
        size_t sure = gen_between(0, k - 1);
        for (size_t c = 0; c < k; c++) {
            prior[c] = c != sure && gen_between(0, 4) == 0 ? 0 : gen_uniform(0.1, 1);
            sum += prior[c];
        }
        for (size_t c = 0; c < k; c++)
            prior[c] /= sum;
        logpost_case(d, k, x, prior, mu, var, "log prior plus log densities, less the logarithm of the total");
    }
}
END_TEST

START_TEST(logpost_nan)
{
    call("nb_logpost(2, 2, logp, x, prior, mu, var)");
    const double *x = in_vec("x", 2, (double[]){1, NAN}), *prior = in_vec("prior", 2, (double[]){0.5, 0.5});
    const double (*mu)[2] = in_mat("mu", 2, 2, (double[]){0, 1, 2, 3});
    const double (*var)[2] = in_mat("var", 2, 2, (double[]){1, 1, 1, 1});
    double *logp = out_vec("logp", 2);
    nb_logpost(2, 2, logp, x, prior, mu, var);
    because("a measurement that is not known: NaN in, NaN out");
    expect_vec(logp, (double[]){NAN, NAN}, 0);
}
END_TEST

/* ------------------------------------------------------------------ the pens */

START_TEST(pen_f1)
{
    call("pen_15_a()");
    double precision = 40.0 / (40 + 10), recall = 40.0 / (40 + 20), want = 2 / (1 / precision + 1 / recall);
    expect_answer(pen_15_a(), want, 1e-6 * want, "It lies between recall and precision, nearer to the smaller of them.");
}
END_TEST

START_TEST(pen_auc)
{
    call("pen_15_b()");
    const double up[2] = {0.9, 0.5}, down[2] = {0.5, 0.1};
    double want = 0;
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < 2; j++)
            want += up[i] > down[j] ? 0.25 : up[i] < down[j] ? 0 : 0.125;
    expect_answer(pen_15_b(), want, 1e-6 * want, "Reversing all scores must turn it into 1 minus itself.");
}
END_TEST

START_TEST(pen_always_benign)
{
    call("pen_15_c()");
    double want = 1 - 212 / (357.0 + 212);
    expect_answer(pen_15_c(), want, 1e-6 * want, "Times 569, it is a whole number.");
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("15-classify");

    TCase *confusion = suite_case(s, "eval_confusion");
    tcase_add_test(confusion, confusion_by_hand);
    tcase_add_test(confusion, confusion_nothing);
    tcase_add_test(confusion, confusion_no_class);
    tcase_add_test(confusion, confusion_any);

    TCase *accuracy = suite_case(s, "eval_accuracy");
    tcase_add_test(accuracy, accuracy_by_hand);
    tcase_add_test(accuracy, accuracy_empty);
    tcase_add_test(accuracy, accuracy_large);
    tcase_add_test(accuracy, accuracy_any);

    TCase *prf = suite_case(s, "eval_prf");
    tcase_add_test(prf, prf_by_hand);
    tcase_add_test(prf, prf_three_classes);
    tcase_add_test(prf, prf_undefined);
    tcase_add_test(prf, prf_any);

    TCase *roc = suite_case(s, "eval_roc");
    tcase_add_test(roc, roc_by_hand);
    tcase_add_test(roc, roc_ties);
    tcase_add_test(roc, roc_one_class);
    tcase_add_test(roc, roc_close_and_far);
    tcase_add_test(roc, roc_long);
    tcase_add_test(roc, roc_any);
    tcase_add_test(roc, roc_no_memory);

    TCase *auc = suite_case(s, "eval_auc");
    tcase_add_test(auc, auc_by_hand);
    tcase_add_test(auc, auc_in_pieces);
    tcase_add_test(auc, auc_undefined);
    tcase_add_test(auc, auc_counts_pairs);

    TCase *fit = suite_case(s, "nb_fit");
    tcase_add_test(fit, nb_fit_by_hand);
    tcase_add_test(fit, nb_fit_constant);
    tcase_add_test(fit, nb_fit_scale);
    tcase_add_test(fit, nb_fit_bad_input);
    tcase_add_test(fit, nb_fit_nan);
    tcase_add_test(fit, nb_fit_long);
    tcase_add_test(fit, nb_fit_any);

    TCase *post = suite_case(s, "nb_logpost");
    tcase_add_test(post, logpost_by_hand);
    tcase_add_test(post, logpost_impossible);
    tcase_add_test(post, logpost_far);
    tcase_add_test(post, logpost_many_features);
    tcase_add_test(post, logpost_any);
    tcase_add_test(post, logpost_nan);

    tcase_add_test(suite_case(s, "pen_15_a"), pen_f1);
    tcase_add_test(suite_case(s, "pen_15_b"), pen_auc);
    tcase_add_test(suite_case(s, "pen_15_c"), pen_always_benign);
    return s;
}
