/* harness.h: what the suites share.

   A suite is plain Check: one TCase per exercise, named by its function, filled with tests. What this header adds is a way to
   call a function so that a failure explains itself, and traps around the call: outputs hold NaN before it, guard words
   surround every buffer, inputs are compared with a copy afterwards. A test reads:

       START_TEST(dot_by_hand)
       {
           call("vec_dot(3, x, y)");
           const double *x = in_vec("x", 3, (double[]){1, 2, 3});
           const double *y = in_vec("y", 3, (double[]){4, 5, 6});
           expect_num(vec_dot(3, x, y), 32, 0);
       }
       END_TEST

   and fails with

       vec_dot(3, x, y) returned 28, expected 32
           x = {1, 2, 3}
           y = {4, 5, 6}

   call() begins a new call: it checks and frees the buffers of the call before. Everything named between call() and the
   expectation is shown. Every expect_… first checks guards and inputs. A test may make as many calls as it likes; it ends at
   the first failure. Inputs grow from the smallest, so the first counterexample is the smallest. */
#ifndef HARNESS_H
#define HARNESS_H

#include <check.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "types.h"

#define EPS DBL_EPSILON /* 2^-52, the spacing of doubles at 1 */

/* Every suite file defines these two: the suite, built with suite_case below. */
Suite *suite(void);

/* Adds a TCase of that name with the harness's fixtures and time limit; add tests to it with tcase_add_test or
   tcase_add_loop_test, which are Check's own but counted: what was planned must be reported. */
TCase *suite_case(Suite *s, const char *fn);
void plan_test(TCase *tc, const TTest *test, int from, int to);
#undef tcase_add_test
#undef tcase_add_loop_test
#define tcase_add_test(tc, test) plan_test(tc, test, 0, 1)
#define tcase_add_loop_test(tc, test, from, to) plan_test(tc, test, from, to)

/* ------------------------------------------------------------------ a call and its arguments */

/* Begins a call; the text is printf-like and reads like C: call("vec_dot(%zu, x, y)", n). Checks the previous call's traps. */
[[gnu::format(printf, 1, 2)]] void call(const char *format, ...);

/* Shows one more named value with the call. */
void show_num(const char *name, double value);
void show_size(const char *name, size_t value);
/* A number as messages print it, with the fewest digits that read back, for the text of call and because; keeps the last eight. */
const char *num_text(double x);
/* Adds a line of explanation, shown below the arguments: why the expected value is what it is. */
[[gnu::format(printf, 1, 2)]] void because(const char *format, ...);

/* A guarded copy of n values, shown with the call; it must be unchanged after it. n may be 0. */
void *in_vec(const char *name, size_t n, const double values[]);
void *in_index(const char *name, size_t n, const size_t values[]);
/* The same for m rows of n numbers: double (*A)[n] = in_mat("A", m, n, values); values may be a matrix, seen as (double *). */
void *in_mat(const char *name, size_t m, size_t n, const double values[]);

/* A guarded output filled with NaN (sizes: with SIZE_MAX − 1). Shown after the call, with what was expected. */
void *out_vec(const char *name, size_t n);
void *out_mat(const char *name, size_t m, size_t n);
void *out_index(const char *name, size_t n);

/* A guarded in/out buffer that starts with these values; they are shown as the value before the call. */
void *inout_vec(const char *name, size_t n, const double values[]);
void *inout_mat(const char *name, size_t m, size_t n, const double values[]);
void *inout_index(const char *name, size_t n, const size_t values[]);

/* From now on every malloc, calloc and realloc of the code under test fails (true) or works again (false). call() and every
   expect_… turn it off. */
void malloc_fails(bool fails);
/* The next `works` of them still succeed, and all later ones fail: for a function that asks more than once. */
void malloc_fails_after(size_t works);

/* ------------------------------------------------------------------ expectations */

/* The returned number: |got − want| ≤ tol; a NaN is wanted as NAN, an infinity is compared exactly. tol 0: equal (−0 equals 0). */
void expect_num(double got, double want, double tol);
/* As expect_num, for a quantity that is not the returned value: "the cost at the final theta". */
void expect_named(const char *what, double got, double want, double tol);
void expect_size(size_t got, size_t want);
void expect_status(status got, status want);
void expect_bool(bool got, bool want);
/* The answer to a pen question: |got − want| ≤ tol. The message keeps the answer to itself; check, where it is not NULL, is a sentence
   by which the learner can see that a number is wrong. */
void expect_answer(double got, double want, double tol, const char *check);

/* An output or in/out buffer made above, entry by entry. For matrices the failing entry is named C[i][j]. */
void expect_vec(const double got[], const double want[], double tol);
void expect_mat(const void *got, const void *want, double tol);
void expect_index(const size_t got[], const size_t want[]);
/* As expect_vec and expect_mat, each entry with a tolerance of its own. */
void expect_vec_tol(const double got[], const double want[], const double tol[]);
void expect_mat_tol(const void *got, const void *want, const void *tol);

/* A property, said as a sentence: expect(fabs(r) <= 1, "a correlation lies in [-1, 1], this one is %.17g", r). */
[[gnu::format(printf, 2, 3)]] void expect(bool holds, const char *format, ...);

/* Guards whole, inputs unchanged, and every output and in/out buffer as it was before the call: nothing may be written. */
void expect_intact(void);

/* ------------------------------------------------------------------ tolerances

   A bound comes from the problem, not from habit. For a sum of n products in any order, |error| ≤ n·ε·Σ|x·y|; the helpers
   give twice that, plus the smallest double, so that every order of summation passes and no wrong term does. */

/* Bound for Σ x[i]·y[i]. */
double tol_dot(size_t n, const double x[], const double y[]);
/* Bound for Σ x[i]. */
double tol_sum(size_t n, const double x[]);
/* k roundings of a value near want: 2·k·ε·|want|, plus the smallest double. */
double tol_ulp(double want, double k);

/* The yardsticks: long double accumulation, rounded once. */
double exact_dot(size_t n, const double x[], const double y[]);
double exact_sum(size_t n, const double x[]);
double exact_norm2(size_t n, const double x[]);

/* ------------------------------------------------------------------ random inputs, smallest first

   The numbers depend on SEED= and on the test's name only; a property holds for every seed. */

enum { TRIALS = 200 };
/* Trials of a property: for (size_t t = 0; t < TRIALS; t++) { size_t n = gen_size(t, 0, 40); … } Sizes grow with t. */
size_t gen_size(size_t trial, size_t min, size_t max);
/* One number: in the first trials a small whole number, later with decimals, last of widely different sizes. */
double gen_num(size_t trial);
/* n of them. */
void gen_vec(size_t trial, size_t n, double x[]);
/* Uniform in [lo, hi); a whole number in lo..hi; a standard normal number. */
double gen_uniform(double lo, double hi);
size_t gen_between(size_t lo, size_t hi);
double gen_normal(void);

/* ------------------------------------------------------------------ where we are

   The line of the suite that a report names is that of the last call or expectation. */
void at_line(int line);
#define call(...) (at_line(__LINE__), call(__VA_ARGS__))
#define expect_num(...) (at_line(__LINE__), expect_num(__VA_ARGS__))
#define expect_named(...) (at_line(__LINE__), expect_named(__VA_ARGS__))
#define expect_size(...) (at_line(__LINE__), expect_size(__VA_ARGS__))
#define expect_status(...) (at_line(__LINE__), expect_status(__VA_ARGS__))
#define expect_bool(...) (at_line(__LINE__), expect_bool(__VA_ARGS__))
#define expect_answer(...) (at_line(__LINE__), expect_answer(__VA_ARGS__))
#define expect_vec(...) (at_line(__LINE__), expect_vec(__VA_ARGS__))
#define expect_mat(...) (at_line(__LINE__), expect_mat(__VA_ARGS__))
#define expect_index(...) (at_line(__LINE__), expect_index(__VA_ARGS__))
#define expect_vec_tol(...) (at_line(__LINE__), expect_vec_tol(__VA_ARGS__))
#define expect_mat_tol(...) (at_line(__LINE__), expect_mat_tol(__VA_ARGS__))
#define expect(...) (at_line(__LINE__), expect(__VA_ARGS__))
#define expect_intact() (at_line(__LINE__), expect_intact())

#endif
