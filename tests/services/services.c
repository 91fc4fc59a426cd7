/* services.c: tests of the given functions of chapters/a-services.md. Runs in the project's root, writes TAP to stdout.

   Link with -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=strdup: the tests let the n-th allocation fail. */
#define _GNU_SOURCE
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data.h"
#include "plot.h"

/* ------------------------------------------------------------------ allocations that fail when asked to */

static long left = -1; /* allocations that still succeed; −1: all of them */

static bool refused(void)
{
    if (left < 0)
        return false;
    return left-- == 0 ? (left = 0, true) : false;
}

void *__real_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__real_realloc(void *, size_t);
char *__real_strdup(const char *);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
char *__wrap_strdup(const char *s);

void *__wrap_malloc(size_t n)
{
    return refused() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return refused() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
    return refused() ? NULL : __real_realloc(p, n);
}

char *__wrap_strdup(const char *s)
{
    return refused() ? NULL : __real_strdup(s);
}

/* ------------------------------------------------------------------ files to read */

static char folder[] = "/tmp/descent-services-XXXXXX";

static const char *file_of(size_t size, const char text[])
{
    static char path[sizeof folder + 16];
    snprintf(path, sizeof path, "%s/t.csv", folder);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(text, 1, size, f), size);
    fclose(f);
    return path;
}

static status load(data_table *t, const char *text)
{
    return data_load_csv(t, file_of(strlen(text), text));
}

static void expect_table(const char *text, size_t rows, size_t cols,
                         const double x[])
{
    data_table t;
    ck_assert_msg(load(&t, text) == OK, "refused: %s", text);
    ck_assert_uint_eq(t.rows, rows);
    ck_assert_uint_eq(t.cols, cols);
    for (size_t i = 0; i < rows * cols; i++)
        ck_assert_msg(t.x[i] == x[i], "entry %zu of \"%s\" is %g, expected %g",
                      i, text, t.x[i], x[i]);
    data_free(&t);
}

static const struct {
    const char *file;
    size_t rows, cols;
    const char *last;
} sets[] = {
    {"anscombe", 44, 3, "y"},
    {"breast_cancer", 569, 31, "malignant"},
    {"digits", 1797, 65, "label"},
    {"houses", 1421, 11, "north_km"},
    {"longley", 16, 7, "year"},
    {"michelson", 100, 3, "speed_km_s"},
    {"penguins", 333, 8, "year"},
};
enum { SETS = sizeof sets / sizeof sets[0] };

static const char *path_of(int i)
{
    static char path[64];
    snprintf(path, sizeof path, "chapters/data/%s.csv", sets[i].file);
    return path;
}

START_TEST(every_data_set)
{
    data_table t;
    ck_assert_int_eq(data_load_csv(&t, path_of(_i)), OK);
    ck_assert_uint_eq(t.rows, sets[_i].rows);
    ck_assert_uint_eq(t.cols, sets[_i].cols);
    if (strcmp(sets[_i].file, "digits") != 0)
        ck_assert_str_eq(t.name[t.cols - 1], sets[_i].last);
    for (size_t k = 0; k < t.rows * t.cols; k++)
        ck_assert(isfinite(t.x[k]));
    data_free(&t);
    ck_assert_ptr_null(t.x);
    ck_assert_ptr_null(t.name);
    data_free(&t);
}
END_TEST

START_TEST(every_data_set_scaled)
{
    data_table t;
    ck_assert_int_eq(data_load_scaled(&t, path_of(_i)), OK);
    size_t constant = 0;
    for (size_t j = 0; j < t.cols; j++) {
        double mean = 0, m2 = 0;
        for (size_t i = 0; i < t.rows; i++)
            mean += t.x[i * t.cols + j] / (double)t.rows;
        for (size_t i = 0; i < t.rows; i++)
            m2 += pow(t.x[i * t.cols + j] - mean, 2);
        ck_assert_double_le(fabs(mean), 1e-11);
        constant += m2 == 0;
        if (m2 != 0)
            ck_assert_double_eq_tol(m2 / (double)(t.rows - 1), 1, 1e-11);
    }
    ck_assert_uint_eq(constant, strcmp(sets[_i].file, "digits") == 0 ? 3 : 0);
    data_free(&t);
}
END_TEST

START_TEST(numbers_and_words)
{
    expect_table("a,b\n1,2.5\n-3,4e2\n", 2, 2, (double[]){1, 2.5, -3, 400});
    expect_table("a\n7\n", 1, 1, (double[]){7});
    expect_table("a,s\n1,x\n2,y\n3,x\n4,z\n5,y\n", 5, 2,
                 (double[]){1, 0, 2, 1, 3, 0, 4, 2, 5, 1});
    expect_table("s,s2\nb,q\na,q\nb,r\n", 3, 2, (double[]){0, 0, 1, 0, 0, 1});
    /* A number among words is a word; words may differ in case and spaces only. */
    expect_table("s\nx\n1\nX\nx \n1\n", 5, 1, (double[]){0, 1, 2, 3, 1});
    expect_table("s\n1x\n1\n1x\n", 3, 1, (double[]){0, 1, 0});
}
END_TEST

START_TEST(line_ends)
{
    const double x[] = {1, 0, 2, 1};
    expect_table("a,b\r\n1,x\r\n2,y\r\n", 2, 2, x);
    expect_table("a,b\r\n1,x\r\n2,y", 2, 2, x);
    expect_table("a,b\n1,x\n2,y", 2, 2, x);
    expect_table("\na,b\n\n1,x\n2,y\n\n\n", 2, 2, x);
    expect_table("a,b\n", 0, 2, NULL);
    expect_table("a,b", 0, 2, NULL);
    data_table t;
    ck_assert_int_eq(load(&t, "a,b\r\n1,2\r\n"), OK);
    ck_assert_str_eq(t.name[0], "a");
    ck_assert_str_eq(t.name[1], "b");
    data_free(&t);
}
END_TEST

START_TEST(malformed)
{
    static const char *const bad[] = {
        "",                    /* empty */
        "\n",                  /* only a line end */
        "\r\n\r\n",            /* two of them */
        "a,b\n1,2\n3\n",       /* a cell short */
        "a,b\n1,2\n3,4,5\n",   /* a cell too many */
        "a,b\n1,2,\n",         /* one more, empty */
        "a\n1,2\n",            /* a header too short */
        "a,b\n1\n2\n",         /* a header too long */
        "a,,c\n1,2,3\n",       /* a column without a name */
        "a,b\n1,\n",           /* an empty cell at the end of a line */
        "a,b\n,1\n",           /* at its beginning */
        "a,b\nx,1\ny,\n",      /* in a later row */
        "a\n1\nx\n",           /* a word among numbers */
        "a\n1\n2 \n",          /* a number with something behind it */
        "a\n120000\n12O000\n", /* the letter O */
        ",\n,\n",              /* nothing, twice */
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        data_table t;
        ck_assert_msg(load(&t, bad[i]) == BAD_INPUT, "accepted: \"%s\"", bad[i]);
        ck_assert_ptr_null(t.x);
        ck_assert_ptr_null(t.name);
        data_free(&t);
        ck_assert_int_eq(data_load_scaled(&t, file_of(strlen(bad[i]), bad[i])),
                         BAD_INPUT);
    }
}
END_TEST

START_TEST(zero_bytes)
{
    data_table t;
    static const char in_cell[] = "a,b\n1,2\n3\0,4\n", at_end[] = "a\n1\n";
    ck_assert_int_eq(data_load_csv(&t, file_of(13, in_cell)), BAD_INPUT);
    ck_assert_int_eq(data_load_csv(&t, file_of(5, at_end)), BAD_INPUT);
    ck_assert_int_eq(data_load_csv(&t, file_of(1, "")), BAD_INPUT);
}
END_TEST

START_TEST(no_such_file)
{
    data_table t;
    ck_assert_int_eq(data_load_csv(&t, "chapters/data/none.csv"), BAD_INPUT);
    ck_assert_int_eq(data_load_csv(&t, "chapters/data"), BAD_INPUT);
    ck_assert_int_eq(data_load_csv(&t, ""), BAD_INPUT);
}
END_TEST

START_TEST(long_and_wide)
{
    size_t cols = 3000, size = 0;
    char *text = malloc(cols * 2 * 20);
    for (size_t i = 0; i < 20; i++)
        for (size_t j = 0; j < cols; j++) {
            text[size++] = (char)(i == 0 ? 'c' : '0' + (i + j) % 10);
            text[size++] = j + 1 < cols ? ',' : '\n';
        }
    data_table t;
    ck_assert_int_eq(data_load_csv(&t, file_of(size, text)), OK);
    ck_assert_uint_eq(t.rows, 19);
    ck_assert_uint_eq(t.cols, cols);
    ck_assert_double_eq(t.x[18 * cols + cols - 1], (19 + 2999) % 10);
    data_free(&t);
    free(text);
}
END_TEST

START_TEST(no_memory)
{
    const char *path = file_of(23, "a,b,s\n1,2,x\n3,4,y\n5,6,z");
    long fails = 0;
    for (status s = NO_SPACE; s != OK; fails++) {
        data_table t;
        left = fails;
        s = data_load_csv(&t, path);
        left = -1;
        ck_assert_msg(s == OK || s == NO_SPACE, "status %d", (int)s);
        ck_assert_msg(s == OK || (!t.x && !t.name), "half a table is left");
        data_free(&t);
        ck_assert_int_lt(fails, 50);
    }
    ck_assert_int_ge(fails, 6);
}
END_TEST

START_TEST(scaling)
{
    data_table t;
    ck_assert_int_eq(data_load_scaled(&t, file_of(22, "a,c\n1,5\n2,5\n3,5\n4,5\n\n\n")),
                     OK);
    /* 1, 2, 3, 4: mean 2.5, and Σ(x − mean)² = 5, so sd = √(5/3) */
    for (size_t i = 0; i < 4; i++) {
        ck_assert_double_eq_tol(t.x[2 * i], ((double)i - 1.5) / sqrt(5.0 / 3),
                                1e-15);
        ck_assert_double_eq(t.x[2 * i + 1], 0);
    }
    data_free(&t);
    ck_assert_int_eq(data_load_scaled(&t, file_of(4, "a\n7\n")), OK);
    ck_assert_double_eq(t.x[0], 0);
    data_free(&t);
    ck_assert_int_eq(data_load_scaled(&t, file_of(2, "a\n")), OK);
    ck_assert_uint_eq(t.rows, 0);
    data_free(&t);
    /* Ten times 0.1: what is left of the deviation is round-off. */
    const char *tenths = "a\n.1\n.1\n.1\n.1\n.1\n.1\n.1\n.1\n.1\n.1\n";
    ck_assert_int_eq(data_load_scaled(&t, file_of(strlen(tenths), tenths)), OK);
    for (size_t i = 0; i < t.rows; i++)
        ck_assert_double_le(fabs(t.x[i]), 1e-15);
    data_free(&t);
}
END_TEST

START_TEST(columns)
{
    data_table t;
    ck_assert_int_eq(load(&t, "a,b,s\n1,2,x\n3,4,y\n5,6,x\n"), OK);
    double col[4], X[3][2];
    size_t label[3];
    ck_assert_int_eq(data_column(3, col, &t, "b"), OK);
    ck_assert(col[0] == 2 && col[1] == 4 && col[2] == 6);
    ck_assert_int_eq(data_column(2, col, &t, "b"), BAD_INPUT);
    ck_assert_int_eq(data_column(4, col, &t, "b"), BAD_INPUT);
    ck_assert_int_eq(data_column(3, col, &t, "B"), BAD_INPUT);
    ck_assert_int_eq(data_column(3, col, &t, ""), BAD_INPUT);

    ck_assert_int_eq(data_matrix(3, 2, X, &t, (const char *[]){"s", "a"}), OK);
    ck_assert(X[0][0] == 0 && X[1][0] == 1 && X[2][0] == 0);
    ck_assert(X[0][1] == 1 && X[1][1] == 3 && X[2][1] == 5);
    ck_assert_int_eq(data_matrix(3, 2, X, &t, (const char *[]){"a", "z"}),
                     BAD_INPUT);
    ck_assert_int_eq(data_matrix(2, 2, X, &t, (const char *[]){"a", "b"}),
                     BAD_INPUT);

    ck_assert_int_eq(data_labels(3, label, &t, "s"), OK);
    ck_assert(label[0] == 0 && label[1] == 1 && label[2] == 0);
    ck_assert_int_eq(data_labels(3, label, &t, "a"), OK);
    ck_assert(label[0] == 1 && label[1] == 3 && label[2] == 5);
    ck_assert_int_eq(data_labels(2, label, &t, "s"), BAD_INPUT);
    ck_assert_int_eq(data_labels(3, label, &t, "none"), BAD_INPUT);
    data_free(&t);

    static const char *const no_label[] = {"a\n-1\n", "a\n0.5\n", "a\nnan\n",
                                           "a\ninf\n", "a\n1e300\n"};
    for (size_t i = 0; i < sizeof no_label / sizeof no_label[0]; i++) {
        ck_assert_int_eq(load(&t, no_label[i]), OK);
        ck_assert_int_eq(data_labels(1, label, &t, "a"), BAD_INPUT);
        data_free(&t);
    }
}
END_TEST

START_TEST(no_rows)
{
    data_table t;
    ck_assert_int_eq(load(&t, "a,b\n"), OK);
    double col[1], X[1][1];
    size_t label[1];
    ck_assert_int_eq(data_column(0, col, &t, "a"), OK);
    ck_assert_int_eq(data_matrix(0, 1, X, &t, (const char *[]){"b"}), OK);
    ck_assert_int_eq(data_labels(0, label, &t, "b"), OK);
    ck_assert_int_eq(data_column(0, col, &t, "c"), BAD_INPUT);
    data_free(&t);
}
END_TEST

/* ------------------------------------------------------------------ figures */

static bool holds(const char *path, const char *text)
{
    char found[64] = "";
    FILE *f = fopen(path, "r");
    if (!f)
        return false;
    size_t n = fread(found, 1, sizeof found - 1, f);
    fclose(f);
    return n == strlen(text) && memcmp(found, text, n) == 0;
}

START_TEST(series)
{
    char run[64], path[128];
    snprintf(run, sizeof run, "%s/runs/one", folder);
    snprintf(path, sizeof path, "%s/fig-x/path.dat", run);
    setenv("DESCENT_FIGURES", run, 1);
    for (int again = 0; again < 2; again++) {
        FILE *f = plot_data("fig-x", "path");
        ck_assert_ptr_nonnull(f);
        fprintf(f, "1 %d\n", again);
        fclose(f);
        ck_assert(holds(path, again ? "1 1\n" : "1 0\n"));
    }
    /* Where a file stands in the way of a folder, and where the name is longer than any path. */
    ck_assert_ptr_null(plot_data("fig-x/path.dat", "more"));
    static char name[5000];
    memset(name, 'x', sizeof name - 1);
    ck_assert_ptr_null(plot_data("fig-x", name));
}
END_TEST

START_TEST(series_of_ones_own)
{
    char *home = getcwd(NULL, 0);
    ck_assert_int_eq(chdir(folder), 0);
    for (int empty = 0; empty < 2; empty++) {
        if (empty)
            setenv("DESCENT_FIGURES", "", 1);
        else
            unsetenv("DESCENT_FIGURES");
        FILE *f = plot_data("fig-y", "s");
        ck_assert_ptr_nonnull(f);
        fputs(empty ? "b" : "a", f);
        fclose(f);
        ck_assert(holds("build/mine/data/own/fig-y/s.dat", empty ? "b" : "a"));
    }
    ck_assert_int_eq(chdir(home), 0);
    free(home);
}
END_TEST

START_TEST(drawing)
{
    char run[64], path[160];
    snprintf(run, sizeof run, "%s/runs/two", folder);
    setenv("DESCENT_FIGURES", run, 1);
    FILE *f = plot_data("fig-services-test", "s");
    fputs("0 1\n1 0\n", f);
    fclose(f);

    /* A project's root of its own, with the theme and one script. */
    char *root = getcwd(NULL, 0);
    snprintf(path, sizeof path, "%s/root", folder);
    ck_assert(mkdir(path, 0777) == 0 && chdir(path) == 0);
    ck_assert(mkdir("book", 0777) == 0 && mkdir("build", 0777) == 0);
    ck_assert_int_eq(mkdir("build/plots", 0777), 0);
    snprintf(path, sizeof path, "%s/book/theme", root);
    ck_assert_int_eq(symlink(path, "book/theme"), 0);
    f = fopen("build/plots/fig-services-test.gp", "w");
    fputs("plot 's.dat' with lines ls 1 title 'a line'\n", f);
    fclose(f);
    f = fopen("build/plots/fig-services-broken.gp", "w");
    fputs("plot 'none.dat'\n", f);
    fclose(f);

    ck_assert_ptr_nonnull(freopen("drawn.txt", "w", stdout));
    ck_assert_int_eq(plot_run("fig-services-test"), OK);
    ck_assert_ptr_nonnull(freopen("said.txt", "w", stderr));
    ck_assert_int_eq(plot_run("fig-services-broken"), BAD_INPUT);
    ck_assert_int_eq(plot_run("fig-services-none"), BAD_INPUT);
    ck_assert_int_eq(plot_run("x'; system('touch oops'); y='"), BAD_INPUT);
    ck_assert_int_eq(access("oops", F_OK), -1);
    static char text[16384];
    f = fopen("drawn.txt", "r");
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    ck_assert_ptr_nonnull(strstr(text, "a line"));
    free(root);
}
END_TEST

START_TEST(trapezia)
{
    const double x[] = {0, 1, 2}, y[] = {0, 1, 4}, down[] = {2, 1, 0};
    ck_assert_double_eq(num_trapz(3, x, y), 3);
    ck_assert_double_eq(num_trapz(3, down, y), -3);
    ck_assert_double_eq(num_trapz(1, x, y), 0);
    ck_assert_double_eq(num_trapz(0, NULL, NULL), 0);
    ck_assert(isnan(num_trapz(2, x, (double[]){1, NAN})));
}
END_TEST

int main(void)
{
    if (!mkdtemp(folder))
        return 2;
    Suite *s = suite_create("services");
    TCase *files = tcase_create("data"), *figures = tcase_create("plot");
    suite_add_tcase(s, files);
    suite_add_tcase(s, figures);
    tcase_set_timeout(files, 30);
    tcase_set_timeout(figures, 30);
    tcase_add_loop_test(files, every_data_set, 0, SETS);
    tcase_add_loop_test(files, every_data_set_scaled, 0, SETS);
    tcase_add_test(files, numbers_and_words);
    tcase_add_test(files, line_ends);
    tcase_add_test(files, malformed);
    tcase_add_test(files, zero_bytes);
    tcase_add_test(files, no_such_file);
    tcase_add_test(files, long_and_wide);
    tcase_add_test(files, no_memory);
    tcase_add_test(files, scaling);
    tcase_add_test(files, columns);
    tcase_add_test(files, no_rows);
    tcase_add_test(figures, series);
    tcase_add_test(figures, series_of_ones_own);
    tcase_add_test(figures, drawing);
    tcase_add_test(figures, trapezia);
    SRunner *sr = srunner_create(s);
    srunner_set_tap(sr, "-");
    srunner_run_all(sr, CK_SILENT);
    int failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    char clean[sizeof folder + 16];
    snprintf(clean, sizeof clean, "rm -rf '%s'", folder);
    return system(clean) != 0 || failed;
}
