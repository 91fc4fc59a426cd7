/* learners.c: a suite of good and bad programs, one TCase each; harness.test.js says what the report must be. */
#include "harness.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The optimiser must not see what the programs below are up to. */
static void *volatile lost;
static volatile size_t zero, one = 1;
static double *volatile nothing;

static double dot(size_t n, const double x[], const double y[])
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

static const double *x, *y;
static double *out;

/* "dot(3, x, y)" with x = {1, 2, 3}, y = {4, 5, 6} and room for three numbers. */
static void given(void)
{
    call("dot(3, x, y)");
    x = in_vec("x", 3, (double[]){1, 2, 3});
    y = in_vec("y", 3, (double[]){4, 5, 6});
}

static void given_out(void)
{
    call("twice(3, out, x)");
    out = out_vec("out", 3);
    x = in_vec("x", 3, (double[]){1, 2, 3});
}

/* ------------------------------------------------------------------ right and wrong */

START_TEST(right)
{
    given();
    expect_num(dot(3, x, y), 32, 0);
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 0, 40);
        double a[41], b[41];
        gen_vec(t, n, a);
        gen_vec(t, n, b);
        call("dot(%zu, x, y)", n);
        const double *u = in_vec("x", n, a), *v = in_vec("y", n, b);
        expect_num(dot(n, u, v), exact_dot(n, a, b), tol_dot(n, a, b));
        expect_intact();
    }
}
END_TEST

START_TEST(wrong)
{
    given();
    because("the products are 4, 10 and 18");
    show_num("a", 0.1);
    show_size("k", SIZE_MAX);
    expect_num(dot(3, x, y) - 4, 32, 0);
}
END_TEST

START_TEST(nearly)
{
    given();
    expect_num(32 + 3e-9, 32, tol_ulp(32, 1));
}
END_TEST

START_TEST(not_a_number)
{
    given();
    expect_num(NAN, -INFINITY, 1);
}
END_TEST

START_TEST(names)
{
    given();
    expect_named("the cost at the end", 0.1, 0.25, 0);
}
END_TEST

START_TEST(statuses)
{
    given();
    expect_status(BAD_INPUT, BAD_INPUT);
    expect_status(TODO, SINGULAR);
}
END_TEST

START_TEST(sizes)
{
    given();
    expect_size(SIZE_MAX, 2);
}
END_TEST

START_TEST(truth)
{
    given();
    expect_bool(true, true);
    expect_bool(false, true);
}
END_TEST

START_TEST(property)
{
    given();
    expect(true, "not said");
    expect(false, "a correlation lies in [-1, 1], this one is %s",
           num_text(1.5));
}
END_TEST

START_TEST(checks_own)
{
    given();
    ck_assert_int_eq(1, 2);
}
END_TEST

START_TEST(long_message)
{
    given();
    char text[10001];
    memset(text, 'm', 10000);
    text[10000] = '\0';
    because("short");
    expect(zero, "%s", text);
}
END_TEST

/* Check itself keeps 8 kB of a message, and by default half of that. */
START_TEST(long_message_of_check)
{
    given();
    char text[6001];
    memset(text, 'm', 6000);
    text[6000] = '\0';
    ck_assert_msg(zero, "%s", text);
}
END_TEST

START_TEST(odd_letters)
{
    given();
    expect(false, "tab\t quote\" backslash\\ dash – line\nend");
}
END_TEST

/* ------------------------------------------------------------------ traps */

START_TEST(reads_past)
{
    given();
    expect_num(dot(4, x, y), 32, 0);
}
END_TEST

START_TEST(reads_empty)
{
    call("dot(0, x, y)");
    x = in_vec("x", 0, NULL);
    expect_num(x[zero], 0, 0);
}
END_TEST

START_TEST(writes_past)
{
    given_out();
    out[3 * one] = 1;
    expect_intact();
}
END_TEST

START_TEST(writes_before)
{
    given_out();
    out[zero - 1] = 1;
    expect_intact();
}
END_TEST

START_TEST(writes_past_matrix)
{
    call("fill(2, 3, A)");
    double (*A)[3] = out_mat("A", 2, 3);
    A[2 * one][1] = 4;
    expect_intact();
}
END_TEST

START_TEST(changes_input)
{
    given();
    ((double *)(uintptr_t)x)[one] = 4;
    expect_num(32, 32, 0);
}
END_TEST

START_TEST(changes_input_then_goes_on)
{
    given();
    ((double *)(uintptr_t)x)[one] = 4;
    call("dot(3, y, x)");
}
END_TEST

START_TEST(changes_input_then_ends)
{
    given();
    ((double *)(uintptr_t)x)[one] = 4;
}
END_TEST

START_TEST(changes_matrix)
{
    call("look(2, 2, A)");
    double (*A)[2] = in_mat("A", 2, 2, (double[]){1, 2, 3, 4});
    A[1][0] = NAN;
    expect_intact();
}
END_TEST

START_TEST(never_writes)
{
    given_out();
    out[0] = 2;
    out[1] = 4;
    expect_vec(out, (double[]){2, 4, 6}, 0);
}
END_TEST

START_TEST(never_writes_nan)
{
    given_out();
    expect_vec(out, (double[]){NAN, NAN, NAN}, 0);
}
END_TEST

START_TEST(adds_to_nothing)
{
    given_out();
    for (size_t i = 0; i < 3; i++)
        out[i] += 2 * x[i];
    expect_vec(out, (double[]){2, 4, 6}, 0);
}
END_TEST

START_TEST(writes_wrong)
{
    call("add(3, y, x)");
    double *v = inout_vec("y", 3, (double[]){1, 1, 1});
    x = in_vec("x", 3, (double[]){1, 2, 3});
    v[0] = 2;
    expect_vec(v, (double[]){2, 3, 4}, 0);
}
END_TEST

START_TEST(writes_wrong_matrix)
{
    call("transpose(2, 3, At, A)");
    double *At = out_mat("At", 3, 2);
    const double *A = in_mat("A", 2, 3, (double[]){1, 2, 3, 4, 5, 6});
    memcpy(At, A, 6 * sizeof *A);
    expect_mat(At, (double[]){1, 4, 2, 5, 3, 6}, 0);
}
END_TEST

START_TEST(long_vector)
{
    double a[200], b[200];
    for (size_t i = 0; i < 200; i++)
        a[i] = b[i] = (double)i;
    b[100] = -1;
    call("copy(200, out, x)");
    double *o = out_vec("out", 200);
    in_vec("x", 200, a);
    in_vec("w", 9, a);
    memcpy(o, b, sizeof b);
    expect_vec(o, a, 0);
}
END_TEST

START_TEST(large_matrix)
{
    double a[20 * 30];
    for (size_t i = 0; i < 600; i++)
        a[i] = (double)i;
    call("copy(20, 30, C, A)");
    double *C = out_mat("C", 20, 30);
    in_mat("A", 20, 30, a);
    memcpy(C, a, sizeof a);
    C[10 * 30 + 15] = 0.5;
    expect_mat(C, a, 0);
}
END_TEST

START_TEST(indices)
{
    call("sort(3, order, x)");
    size_t *order = out_index("order", 3);
    order[0] = 0;
    order[1] = SIZE_MAX;
    expect_index(order, (size_t[]){0, 2, 1});
}
END_TEST

START_TEST(indices_unwritten)
{
    call("sort(3, order, x)");
    size_t *order = out_index("order", 3);
    order[0] = 0;
    expect_index(order, (size_t[]){0, 2, 1});
}
END_TEST

START_TEST(each_its_bound)
{
    given_out();
    out[0] = 2.1;
    out[1] = 4.1;
    out[2] = 6.1;
    expect_vec_tol(out, (double[]){2, 4, 6}, (double[]){0.2, 0.2, 0.01});
}
END_TEST

START_TEST(touches)
{
    call("keep(2, y)");
    double *v = inout_vec("y", 2, (double[]){1, 2});
    v[1] = 3;
    expect_intact();
}
END_TEST

START_TEST(touches_output)
{
    given_out();
    out[2] = 3;
    expect_intact();
}
END_TEST

/* ------------------------------------------------------------------ ways not to end */

START_TEST(exits)
{
    given();
    exit((int)zero);
}
END_TEST

START_TEST(exits_three)
{
    given();
    exit(3);
}
END_TEST

START_TEST(exits_at_once)
{
    given();
    _exit((int)zero);
}
END_TEST

START_TEST(aborts)
{
    given();
    abort();
}
END_TEST

START_TEST(uses_null)
{
    given();
    nothing[one] = 1;
}
END_TEST

START_TEST(overflows)
{
    given();
    expect_num(INT_MAX + (int)one, 32, 0);
}
END_TEST

static size_t deeper(size_t n)
{
    volatile char room[4096];
    room[n % 4096] = 1;
    return one ? deeper(n + 1) + (size_t)room[0] : n;
}

START_TEST(recurses)
{
    given();
    expect_size(deeper(0), 32);
}
END_TEST

START_TEST(loops)
{
    given();
    while (one)
        ;
}
END_TEST

START_TEST(sleeps)
{
    given();
    while (one)
        pause();
}
END_TEST

START_TEST(after_loops)
{
    given();
    expect_num(dot(3, x, y), 32, 0);
}
END_TEST

START_TEST(leaks)
{
    given();
    lost = malloc(24);
    lost = NULL;
    expect_num(dot(3, x, y), 32, 0);
}
END_TEST

START_TEST(leaks_again)
{
    for (size_t n = 0; n < 10; n++) {
        call("sum(%zu)", n);
        if (n == 4)
            lost = malloc(24);
        lost = NULL;
        expect_size(n, n);
    }
}
END_TEST

START_TEST(keeps)
{
    double *mine = malloc(80);
    given();
    double *more = malloc(80);
    expect_num(mine && more ? dot(3, x, y) : 0, 32, 0);
    given();
    expect_num(dot(3, x, y), 32, 0);
    free(mine);
    free(more);
}
END_TEST

/* LeakSanitizer looks with ptrace, which some machines forbid. */
START_TEST(leaks_unseen)
{
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                 0), /* the number of the system call */
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ptrace, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {sizeof rules / sizeof *rules, rules};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0);
    given();
    lost = malloc(24);
    lost = NULL;
    expect_num(dot(3, x, y), 32, 0);
    given();
    expect_num(dot(3, x, y), 33, 0);
}
END_TEST

START_TEST(prints_then_aborts)
{
    given();
    printf("before abort");
    abort();
}
END_TEST

START_TEST(prints_then_crashes)
{
    given();
    printf("before crash");
    nothing[one] = 1;
}
END_TEST

START_TEST(prints_then_loops)
{
    given();
    printf("before loop");
    while (one)
        ;
}
END_TEST

START_TEST(prints)
{
    given();
    for (int i = 0; i < 20000; i++)
        printf("noise %d\n", i);
    fprintf(stderr, "more noise\n");
    expect_num(dot(3, x, y), 32, 0);
}
END_TEST

/* ------------------------------------------------------------------ the harness */

START_TEST(malloc_failing)
{
    call("grow(3)");
    malloc_fails(true);
    void *a = malloc(8 * one), *b = calloc(one, 8);
    expect_bool(a || b, false);
    void *c = malloc(8 * one);
    c = realloc(c, 16 * one);
    expect_bool(c, true);
    malloc_fails(true);
    call("grow(4)");
    lost = malloc(8 * one);
    expect_bool(lost, true);
    malloc_fails(true);
    bool grown = realloc(lost, 1000 * one);
    expect_bool(grown, false);
    free(lost);
    free(c);
}
END_TEST

START_TEST(malloc_failing_later)
{
    size_t one = 1;
    call("dot(1, x, y)");
    malloc_fails_after(2);
    void *a = malloc(8 * one), *b = calloc(one, 8);
    void *c = realloc(a, 16 * one), *d = malloc(8 * one);
    malloc_fails(false);
    ck_assert(a && b && !c && !d);
    free(a);
    free(b);
    a = malloc(8 * one);
    ck_assert(a != NULL);
    free(a);
}
END_TEST

START_TEST(malloc_failing_then_wrong)
{
    given();
    malloc_fails(true);
    expect_num(1, 32, 0);
}
END_TEST

START_TEST(misused)
{
    given();
    expect_vec((double[]){1, 2, 3}, (double[]){1, 2, 3}, 0);
}
END_TEST

START_TEST(sizes_grow)
{
    bool small = true, full = false;
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, 40), k = gen_between(5, 7);
        double u = gen_uniform(-1, 3), z = gen_normal(), v = gen_num(t);
        small &= t >= 5 || n <= 4;
        full |= n == 40;
        call("gen(%zu)", t);
        show_size("n", n);
        expect(n >= 2 && n <= 40 && k >= 5 && k <= 7,
               "sizes lie in their ranges");
        expect(u >= -1 && u < 3 && isfinite(z) && isfinite(v),
               "numbers lie in their ranges");
        expect(t >= TRIALS / 3 || v == round(v), "whole numbers first");
    }
    expect(small && full, "small first, all at the end");
}
END_TEST

START_TEST(yardsticks)
{
    call("exact");
    expect_num(exact_norm2(2, (double[]){3e200, 4e200}), 5e200,
               tol_ulp(5e200, 1));
    expect_num(exact_norm2(2, (double[]){3e-200, 4e-200}), 5e-200,
               tol_ulp(5e-200, 1));
    expect_num(exact_norm2(0, NULL), 0, 0);
    expect_num(exact_norm2(2, (double[]){INFINITY, NAN}), NAN, 0);
    expect_num(exact_norm2(2, (double[]){-INFINITY, 1}), INFINITY, 0);
    expect_num(exact_sum(3, (double[]){1, 0x1p60, -0x1p60}), 1, 0);
    expect_num(exact_dot(2, (double[]){1, 2}, (double[]){3, 4}), 11, 0);
    expect_num(-0.0, 0, 0);
}
END_TEST

/* What is drawn, told by the report: the same for the same seed, whatever ran before. */
START_TEST(draws)
{
    call("draw()");
    size_t n = gen_between(0, SIZE_MAX);
    expect(false, "%zu %s", n, num_text(gen_normal()));
}
END_TEST

START_TEST(turn)
{
    call("turn(%d)", _i);
    expect(_i != 1, "the second turn fails");
}
END_TEST

static void alone(Suite *s, const char *name, const TTest *test)
{
    tcase_add_test(suite_case(s, name), test);
}

Suite *suite(void)
{
    Suite *s = suite_create("learners");
    TCase *values = suite_case(s, "values");
    tcase_add_test(values, right);
    tcase_add_test(values, wrong);
    tcase_add_test(values, nearly);
    tcase_add_test(values, not_a_number);
    tcase_add_test(values, names);
    tcase_add_test(values, statuses);
    tcase_add_test(values, sizes);
    tcase_add_test(values, truth);
    tcase_add_test(values, property);
    tcase_add_test(values, checks_own);
    tcase_add_test(values, long_message);
    tcase_add_test(values, long_message_of_check);
    tcase_add_test(values, odd_letters);
    tcase_add_test(values, draws);
    TCase *traps = suite_case(s, "traps");
    tcase_add_test(traps, reads_past);
    tcase_add_test(traps, reads_empty);
    tcase_add_test(traps, writes_past);
    tcase_add_test(traps, writes_before);
    tcase_add_test(traps, writes_past_matrix);
    tcase_add_test(traps, changes_input);
    tcase_add_test(traps, changes_input_then_goes_on);
    tcase_add_test(traps, changes_input_then_ends);
    tcase_add_test(traps, changes_matrix);
    tcase_add_test(traps, never_writes);
    tcase_add_test(traps, never_writes_nan);
    tcase_add_test(traps, adds_to_nothing);
    tcase_add_test(traps, writes_wrong);
    tcase_add_test(traps, writes_wrong_matrix);
    tcase_add_test(traps, long_vector);
    tcase_add_test(traps, large_matrix);
    tcase_add_test(traps, indices);
    tcase_add_test(traps, indices_unwritten);
    tcase_add_test(traps, each_its_bound);
    tcase_add_test(traps, touches);
    tcase_add_test(traps, touches_output);
    TCase *ends = suite_case(s, "ends");
    tcase_add_test(ends, exits);
    tcase_add_test(ends, exits_three);
    tcase_add_test(ends, exits_at_once);
    tcase_add_test(ends, aborts);
    tcase_add_test(ends, uses_null);
    tcase_add_test(ends, overflows);
    tcase_add_test(ends, recurses);
    tcase_add_test(ends, leaks);
    tcase_add_test(ends, leaks_again);
    tcase_add_test(ends, keeps);
    tcase_add_test(ends, prints);
    TCase *printing = suite_case(s, "printing");
    tcase_add_test(printing, prints_then_aborts);
    tcase_add_test(printing, prints_then_crashes);
    tcase_add_test(printing, prints_then_loops);
    alone(s, "unseen", leaks_unseen);
    TCase *late = suite_case(s, "late");
    tcase_add_test(late, loops);
    tcase_add_test(late, after_loops);
    TCase *asleep = suite_case(s, "asleep");
    tcase_add_test(asleep, sleeps);
    tcase_add_test(asleep, after_loops);
    TCase *harness = suite_case(s, "harness");
    tcase_add_test(harness, malloc_failing);
    tcase_add_test(harness, malloc_failing_later);
    tcase_add_test(harness, malloc_failing_then_wrong);
    tcase_add_test(harness, misused);
    tcase_add_test(harness, sizes_grow);
    tcase_add_test(harness, yardsticks);
    tcase_add_loop_test(harness, turn, 0, 3);
    alone(s, "draws", draws);
    alone(s, "right", right);
    suite_case(s, "empty");
    return s;
}
