/* The suite of the chapter in this folder: every kind of argument, in both directions. */
#include "harness.h"

#include "crossing.h"

/* ------------------------------------------------------------------ callbacks */

static double bowl(size_t d, const double x[d], void *ctx)
{
    double sum = 0, scale = *(double *)ctx;
    for (size_t i = 0; i < d; i++)
        sum += scale * (double)(i + 1) * x[i] * x[i];
    return sum;
}

START_TEST(grad_of_a_bowl)
{
    for (size_t d = 1; d < 8; d++) {
        double scale = 3, x0[8] = {1, 2, 3, 4, 5, 6, 7}, want[8];
        for (size_t i = 0; i < d; i++)
            want[i] = 2 * scale * (double)(i + 1) * x0[i];
        call("cross_grad(%zu, g, x, bowl, &scale)", d);
        double *g = out_vec("g", d);
        const double *x = in_vec("x", d, x0);
        cross_grad(d, g, x, bowl, &scale);
        expect_vec(g, want, 1e-9);
    }
}
END_TEST

static void shift(size_t m, size_t d, double y[m], const double x[d], void *ctx)
{
    for (size_t i = 0; i < m; i++) {
        y[i] = *(double *)ctx;
        for (size_t j = 0; j < d; j++)
            y[i] += (double)(10 * i + j) * x[j];
    }
}

START_TEST(map_of_two_sizes)
{
    enum { M = 3, N = 2, MOST = 4 };
    double one = 1, want[M][N], at[N] = {5, 7}, y[M];
    for (size_t j = 0; j < N; j++) {
        double x[N] = {at[0], at[1]};
        x[j]++;
        shift(M, N, y, x, &one);
        for (size_t i = 0; i < M; i++)
            want[i][j] = y[i];
    }
    call("cross_map(3, 2, 4, J, history, &iters, x, shift, &one)");
    double(*J)[N] = out_mat("J", M, N);
    double *history = out_vec("history", MOST + 1);
    size_t *iters = out_index("iters", 1);
    const double *x = in_vec("x", N, at);
    expect_status(cross_map(M, N, MOST, J, history, iters, x, shift, &one), OK);
    expect_mat(J, want, 0);
    expect_vec(history, (double[]){0, 1, 2, 3, 4}, 0);
    expect_index(iters, (size_t[]){4});
}
END_TEST

static void diagonal(size_t d, double H[d][d], const double x[d], void *ctx)
{
    for (size_t i = 0; i < d; i++)
        for (size_t j = 0; j < d; j++)
            H[i][j] = i == j ? x[i] : ctx ? -1 : 1;
}

START_TEST(trace_without_ctx)
{
    call("cross_trace(3, x, diagonal, NULL)");
    const double *x = in_vec("x", 3, (double[]){1, 20, 300});
    expect_num(cross_trace(3, x, diagonal, NULL), 321, 0);
}
END_TEST

static double next(void *ctx, rng *r)
{
    ++*(size_t *)ctx;
    return (double)(r->state = r->state * 5 + 3);
}

START_TEST(mean_moves_the_generator)
{
    size_t calls = 0;
    rng r = {1};
    double se = NAN;
    call("cross_mean(3, &se, next, &calls, &r)");
    double got = cross_mean(3, &se, next, &calls, &r);
    expect_num(got, (8 + 43 + 218) / 3.0, 1e-12);
    expect_named("se", se, 218, 0);
    expect_named("the generator's state", (double)r.state, 218, 0);
    expect_named("the number of draws", (double)calls, 3, 0);
}
END_TEST

static double again(double x, void *ctx)
{
    size_t *depth = ctx;
    return (*depth)-- ? cross_nested(x * 2, again, ctx) : x;
}

START_TEST(nested_four_deep)
{
    size_t depth = 4;
    call("cross_nested(1, again, &depth)");
    expect_num(cross_nested(1, again, &depth), 16 + 5, 0);
}
END_TEST

static void slopes(size_t m, size_t d, double y[m], const double x[d], void *ctx)
{
    for (size_t i = 0; i < m && i < d; i++)
        y[i] = ((double *)ctx)[i] * x[i];
}

START_TEST(two_callbacks)
{
    double scale = 1, rates[3] = {10, 100, 1000};
    call("cross_two(3, x, bowl, &scale, slopes, rates)");
    const double *x = in_vec("x", 3, (double[]){1, 1, 2});
    expect_num(cross_two(3, x, bowl, &scale, slopes, rates), 15 + 2110, 0);
}
END_TEST

/* ------------------------------------------------------------------ values and memory */

START_TEST(shape_of_either)
{
    const size_t a0[3] = {2, 3, 4}, b0[2] = {9, 1};
    for (int swap = 0; swap < 2; swap++) {
        call("cross_shape(%d, %d, shape, a, b, %s)", swap ? 2 : 3, swap ? 3 : 2, swap ? "true" : "false");
        size_t *shape = out_index("shape", 3);
        const size_t *a = swap ? in_index("a", 2, b0) : in_index("a", 3, a0);
        const size_t *b = swap ? in_index("b", 3, a0) : in_index("b", 2, b0);
        expect_status(cross_shape(swap ? 2 : 3, swap ? 3 : 2, shape, a, b, swap), OK);
        expect_index(shape, swap ? (size_t[]){3, 10, 5} : (size_t[]){2, 9, 4});
    }
}
END_TEST

START_TEST(dual_product)
{
    call("cross_dual({2, 3}, {5, 7})");
    dual got = cross_dual((dual){2, 3}, (dual){5, 7});
    expect_num(got.v, 10, 0);
    expect_named("the derivative", got.d, 29, 0);
}
END_TEST

START_TEST(text_of_bytes)
{
    char text[8] = "#######";
    call("cross_text(5, text, x)");
    const double *x = in_vec("x", 3, (double[]){1234, 0, 0});
    expect_status(cross_text(5, text, x), OK);
    expect(!strcmp(text, "1234"), "wrote %.7s, expected 1234", text);
    expect(text[5] == '#' && text[6] == '#', "wrote behind its 5 bytes");
    expect_status(cross_text(4, text, x), NO_SPACE);
}
END_TEST

START_TEST(sums_apart)
{
    call("cross_sums(3, x, b)");
    double *x = out_vec("x", 3);
    const double *b = in_vec("b", 3, (double[]){1, 2, 3});
    cross_sums(3, x, b);
    expect_vec(x, (double[]){1, 3, 6}, 0);
}
END_TEST

START_TEST(sums_in_place)
{
    call("cross_sums(4, x, x)");
    double *x = inout_vec("x", 4, (double[]){1, 2, 3, 4});
    cross_sums(4, x, x);
    expect_vec(x, (double[]){1, 3, 6, 10}, 0);
}
END_TEST

/* x begins one behind b: every sum that is written is the next one's summand. */
START_TEST(sums_overlapping)
{
    double all[4] = {1, 1, 1, 1};
    call("cross_sums(3, all + 1, all)");
    cross_sums(3, all + 1, all);
    for (int i = 0; i < 4; i++)
        expect_named("an entry", all[i], (double[]){1, 1, 2, 4}[i], 0);
}
END_TEST

START_TEST(sums_of_nothing)
{
    call("cross_sums(0, x, b)");
    double *x = out_vec("x", 0);
    const double *b = in_vec("b", 0, NULL);
    cross_sums(0, x, b);
    expect_intact();
}
END_TEST

START_TEST(heap_copies)
{
    for (size_t n = 0; n < 40; n++) {
        double x0[40], want[40];
        for (size_t i = 0; i < n; i++)
            want[i] = x0[i] = (double)i;
        call("cross_heap(%zu, out, x)", n);
        double *out = out_vec("out", n);
        const double *x = in_vec("x", n, x0);
        expect_status(cross_heap(n, out, x), OK);
        expect_vec(out, want, 0);
    }
}
END_TEST

START_TEST(heap_is_full)
{
    call("cross_heap(2, out, x)");
    double *out = out_vec("out", 2);
    const double *x = in_vec("x", 2, (double[]){1, 2});
    malloc_fails(true);
    status got = cross_heap(2, out, x);
    malloc_fails(false);
    expect_status(got, NO_SPACE);
}
END_TEST

/* Eight megabytes each way: more than any pipe holds. */
START_TEST(sums_of_a_million)
{
    enum { MANY = 1 << 20 };
    static double x[MANY], b[MANY];
    for (size_t i = 0; i < MANY; i++)
        b[i] = 1;
    call("cross_sums(1 << 20, x, b)");
    cross_sums(MANY, x, b);
    expect_named("the last sum", x[MANY - 1], MANY, 0);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("crossing");
    TCase *sums = suite_case(s, "cross_sums"), *heap = suite_case(s, "cross_heap");
    tcase_add_test(suite_case(s, "cross_grad"), grad_of_a_bowl);
    tcase_add_test(suite_case(s, "cross_map"), map_of_two_sizes);
    tcase_add_test(suite_case(s, "cross_trace"), trace_without_ctx);
    tcase_add_test(suite_case(s, "cross_mean"), mean_moves_the_generator);
    tcase_add_test(suite_case(s, "cross_nested"), nested_four_deep);
    tcase_add_test(suite_case(s, "cross_two"), two_callbacks);
    tcase_add_test(suite_case(s, "cross_shape"), shape_of_either);
    tcase_add_test(suite_case(s, "cross_dual"), dual_product);
    tcase_add_test(suite_case(s, "cross_text"), text_of_bytes);
    tcase_add_test(sums, sums_apart);
    tcase_add_test(sums, sums_in_place);
    tcase_add_test(sums, sums_overlapping);
    tcase_add_test(sums, sums_of_nothing);
    tcase_add_test(sums, sums_of_a_million);
    tcase_add_test(heap, heap_copies);
    tcase_add_test(heap, heap_is_full);
    return s;
}
