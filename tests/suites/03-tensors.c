/* The suite of chapter 03, tensors. Places and shapes are whole numbers and compared exactly. Sums are held to the bounds that
   the chapter proves; where the inputs are whole numbers small enough, every order of summation, blocked, fused or not, gives
   the same sum, and the comparison is exact. No test depends on how large anybody's blocks or tiles are. */
#include "harness.h"

#include "mat.h"
#include "pen.h"
#include "tensor.h"
#include "vec.h"

/* 0, 1, …, 23 in the shape (2, 3, 4), and its sums along each axis. */
static const size_t SHAPE[3] = {2, 3, 4};
static const double COUNT[24] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23};
static const double SUM0[12] = {12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34};
static const double SUM1[8] = {12, 15, 18, 21, 48, 51, 54, 57};
static const double SUM2[6] = {6, 22, 38, 54, 70, 86};

static const double NOTHING[1] = {0};

/* n whole numbers from -9 to 9. */
static void whole(size_t n, double x[])
{
    for (size_t i = 0; i < n; i++)
        x[i] = (double)gen_between(0, 18) - 9;
}

static size_t product(size_t nd, const size_t shape[])
{
    size_t size = 1;
    for (size_t i = 0; i < nd; i++)
        size *= shape[i];
    return size;
}

/* The next list of indices, the last index fastest; false after the last one. */
static bool next(size_t nd, size_t idx[], const size_t shape[])
{
    for (size_t i = nd; i-- > 0;) {
        if (++idx[i] < shape[i])
            return true;
        idx[i] = 0;
    }
    return false;
}

/* "{4, 5, 6}", for the text of a call; keeps the last three. */
static const char *list(size_t n, const size_t v[])
{
    static char kept[3][120];
    static int at;
    char *text = kept[at = (at + 1) % 3];
    size_t used = (size_t)snprintf(text, sizeof kept[0], "{");
    for (size_t i = 0; i < n; i++)
        used += (size_t)snprintf(text + used, sizeof kept[0] - used, "%s%zu", i ? ", " : "", v[i]);
    snprintf(text + used, sizeof kept[0] - used, "}");
    return text;
}

/* ------------------------------------------------------------------ tensor_strides */

static void strides_of(size_t nd, const size_t shape[], const size_t want[])
{
    call("tensor_strides(%zu, strides, shape)", nd);
    const size_t *in = in_index("shape", nd, shape);
    size_t *strides = out_index("strides", nd);
    tensor_strides(nd, strides, in);
    if (nd == 3)
        because("strides[1] passes over the last axis, %zu; strides[0] over the last two, %zu·%zu = %zu", shape[2], shape[1], shape[2],
                shape[1] * shape[2]);
    expect_index(strides, want);
}

START_TEST(strides_by_hand)
{
    strides_of(3, (size_t[]){4, 5, 6}, (size_t[]){30, 6, 1});
    strides_of(2, (size_t[]){2, 3}, (size_t[]){3, 1});
    strides_of(3, (size_t[]){1797, 8, 8}, (size_t[]){64, 8, 1});
}
END_TEST

START_TEST(strides_one_axis)
{
    strides_of(1, (size_t[]){7}, (size_t[]){1});
    strides_of(1, (size_t[]){1}, (size_t[]){1});
}
END_TEST

START_TEST(strides_no_axis)
{
    call("tensor_strides(0, strides, shape)");
    const size_t *shape = in_index("shape", 0, NULL);
    size_t *strides = out_index("strides", 0);
    tensor_strides(0, strides, shape);
    expect_intact();
}
END_TEST

START_TEST(strides_ones_and_zeros)
{
    strides_of(3, (size_t[]){1, 1, 1}, (size_t[]){1, 1, 1});
    strides_of(4, (size_t[]){3, 1, 5, 1}, (size_t[]){5, 5, 1, 1});
    strides_of(1, (size_t[]){0}, (size_t[]){1});
    strides_of(3, (size_t[]){0, 2, 3}, (size_t[]){6, 3, 1});
    strides_of(3, (size_t[]){3, 0, 2}, (size_t[]){0, 2, 1});
    strides_of(2, (size_t[]){70000, 70000}, (size_t[]){70000, 1});
    strides_of(3, (size_t[]){2, 70000, 70000}, (size_t[]){(size_t)70000 * 70000, 70000, 1});
    size_t twos[24], want[24]; /* more axes than any list of a fixed size that somebody might keep */
    for (size_t i = 0; i < 24; i++) {
        twos[i] = 2;
        want[i] = (size_t)1 << (23 - i);
    }
    strides_of(24, twos, want);
}
END_TEST

START_TEST(strides_any_shape)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t nd = gen_size(t, 1, 7), shape[7], want[7];
        for (size_t i = 0; i < nd; i++)
            shape[i] = gen_between(1, 9);
        for (size_t i = 0; i < nd; i++)
            want[i] = product(nd - i - 1, shape + i + 1);
        strides_of(nd, shape, want);
    }
}
END_TEST

/* ------------------------------------------------------------------ tensor_offset */

static void offset_of(size_t nd, const size_t idx[], const size_t strides[], size_t want)
{
    call("tensor_offset(%zu, idx, strides)", nd);
    const size_t *at = in_index("idx", nd, idx), *step = in_index("strides", nd, strides);
    size_t got = tensor_offset(nd, at, step);
    if (nd == 3)
        because("%zu·%zu + %zu·%zu + %zu·%zu = %zu", idx[0], strides[0], idx[1], strides[1], idx[2], strides[2], want);
    if (nd == 2)
        because("%zu·%zu + %zu·%zu = %zu", idx[0], strides[0], idx[1], strides[1], want);
    expect_size(got, want);
}

START_TEST(offset_by_hand)
{
    offset_of(1, (size_t[]){0}, (size_t[]){1}, 0);
    offset_of(1, (size_t[]){3}, (size_t[]){1}, 3);
    offset_of(1, (size_t[]){3}, (size_t[]){5}, 15);
    offset_of(3, (size_t[]){0, 0, 0}, (size_t[]){30, 6, 1}, 0);
    offset_of(3, (size_t[]){2, 3, 1}, (size_t[]){30, 6, 1}, 79);
    offset_of(3, (size_t[]){3, 4, 5}, (size_t[]){30, 6, 1}, 119);
}
END_TEST

START_TEST(offset_no_axis)
{
    offset_of(0, (size_t[]){0}, (size_t[]){0}, 0);
}
END_TEST

START_TEST(offset_of_views)
{
    offset_of(2, (size_t[]){2, 1}, (size_t[]){1, 3}, 5);
    offset_of(2, (size_t[]){1, 0}, (size_t[]){1, 3}, 1);
    offset_of(2, (size_t[]){3, 2}, (size_t[]){0, 1}, 2);
    offset_of(2, (size_t[]){3, 2}, (size_t[]){0, 0}, 0);
    size_t ones[24], strides[24];
    for (size_t i = 0; i < 24; i++) {
        ones[i] = 1;
        strides[i] = (size_t)1 << (23 - i);
    }
    offset_of(24, ones, strides, ((size_t)1 << 24) - 1);
}
END_TEST

START_TEST(offset_large)
{
    offset_of(2, (size_t[]){70000, 70000}, (size_t[]){70000, 1}, (size_t)70000 * 70000 + 70000);
    offset_of(2, (size_t[]){94906267, 2}, (size_t[]){94906267, 1}, (size_t)94906267 * 94906267 + 2); /* odd, above 2^53 */
    offset_of(2, (size_t[]){3, 5}, (size_t[]){(size_t)1 << 40, (size_t)1 << 33}, 3 * ((size_t)1 << 40) + 5 * ((size_t)1 << 33));
}
END_TEST

START_TEST(offset_every_place_once)
{
    for (size_t t = 0; t < 40; t++) {
        size_t nd = gen_size(t, 1, 4), shape[4], strides[4], idx[4] = {0};
        for (size_t i = 0; i < nd; i++)
            shape[i] = gen_between(1, 5);
        for (size_t i = 0; i < nd; i++)
            strides[i] = product(nd - i - 1, shape + i + 1);
        size_t place = 0;
        do {
            call("tensor_offset(%zu, idx, strides)", nd);
            const size_t *at = in_index("idx", nd, idx), *step = in_index("strides", nd, strides);
            size_t got = tensor_offset(nd, at, step);
            because("the indices of shape %s in the order of memory have the places 0, 1, 2, …; this is number %zu", list(nd, shape),
                    place);
            expect_size(got, place);
            place++;
        } while (next(nd, idx, shape));
    }
}
END_TEST

START_TEST(offset_transposed)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t i = gen_size(t, 0, 12), j = gen_between(0, 12), m = 13 + gen_between(0, 4), n = 19 + gen_between(0, 4);
        offset_of(2, (size_t[]){i, j}, (size_t[]){n, 1}, i * n + j);
        offset_of(2, (size_t[]){j, i}, (size_t[]){1, n}, i * n + j);
        offset_of(3, (size_t[]){i, j, i}, (size_t[]){1, m, m * n}, i + j * m + i * m * n);
    }
}
END_TEST

/* ------------------------------------------------------------------ tensor_broadcast */

/* want NULL: not compatible. */
static void broadcast_of(size_t na, const size_t a[], size_t nb, const size_t b[], const size_t want[])
{
    size_t nd = na > nb ? na : nb;
    call("tensor_broadcast(%zu, %zu, shape, a, b)", na, nb);
    const size_t *p = in_index("a", na, a), *q = in_index("b", nb, b);
    size_t *shape = out_index("shape", nd);
    status s = tensor_broadcast(na, nb, shape, p, q);
    if (want)
        because("aligned at the last axis, the two sizes of each pair are equal or one of them is 1 (a missing one is 1)");
    else
        because("aligned at the last axis, two different sizes meet, and neither of them is 1");
    expect_status(s, want ? OK : BAD_INPUT);
    if (want) {
        because("aligned at the last axis, each pair is equal or one of it is 1; then the other one counts");
        expect_index(shape, want);
    }
}

START_TEST(broadcast_same)
{
    broadcast_of(1, (size_t[]){3}, 1, (size_t[]){3}, (size_t[]){3});
    broadcast_of(3, (size_t[]){4, 5, 6}, 3, (size_t[]){4, 5, 6}, (size_t[]){4, 5, 6});
}
END_TEST

START_TEST(broadcast_ones)
{
    broadcast_of(1, (size_t[]){1}, 1, (size_t[]){5}, (size_t[]){5});
    broadcast_of(1, (size_t[]){5}, 1, (size_t[]){1}, (size_t[]){5});
    broadcast_of(2, (size_t[]){3, 1}, 2, (size_t[]){1, 4}, (size_t[]){3, 4});
    broadcast_of(2, (size_t[]){1, 4}, 2, (size_t[]){3, 1}, (size_t[]){3, 4});
}
END_TEST

START_TEST(broadcast_ranks)
{
    broadcast_of(2, (size_t[]){5, 4}, 1, (size_t[]){4}, (size_t[]){5, 4});
    broadcast_of(1, (size_t[]){4}, 2, (size_t[]){5, 4}, (size_t[]){5, 4});
    broadcast_of(3, (size_t[]){1797, 8, 8}, 2, (size_t[]){8, 8}, (size_t[]){1797, 8, 8});
    broadcast_of(1, (size_t[]){7}, 2, (size_t[]){7, 1}, (size_t[]){7, 7});
    broadcast_of(3, (size_t[]){2, 1, 3}, 2, (size_t[]){5, 1}, (size_t[]){2, 5, 3});
}
END_TEST

START_TEST(broadcast_no_axes)
{
    broadcast_of(0, NULL, 2, (size_t[]){2, 3}, (size_t[]){2, 3});
    broadcast_of(2, (size_t[]){2, 3}, 0, NULL, (size_t[]){2, 3});
    call("tensor_broadcast(0, 0, shape, a, b)");
    const size_t *a = in_index("a", 0, NULL), *b = in_index("b", 0, NULL);
    size_t *shape = out_index("shape", 0);
    expect_status(tensor_broadcast(0, 0, shape, a, b), OK);
}
END_TEST

START_TEST(broadcast_refused)
{
    broadcast_of(1, (size_t[]){3}, 1, (size_t[]){2}, NULL);
    broadcast_of(1, (size_t[]){2}, 1, (size_t[]){3}, NULL);
    broadcast_of(1, (size_t[]){3}, 1, (size_t[]){4}, NULL);
    broadcast_of(2, (size_t[]){5, 4}, 1, (size_t[]){5}, NULL);
    broadcast_of(2, (size_t[]){2, 4}, 2, (size_t[]){3, 4}, NULL);
    broadcast_of(2, (size_t[]){3, 4}, 2, (size_t[]){2, 4}, NULL);
    broadcast_of(3, (size_t[]){4, 1, 6}, 2, (size_t[]){5, 3}, NULL);
}
END_TEST

START_TEST(broadcast_empty_axes)
{
    broadcast_of(1, (size_t[]){0}, 1, (size_t[]){0}, (size_t[]){0});
    broadcast_of(1, (size_t[]){1}, 1, (size_t[]){0}, (size_t[]){0});
    broadcast_of(1, (size_t[]){0}, 1, (size_t[]){1}, (size_t[]){0});
    broadcast_of(2, (size_t[]){2, 3}, 3, (size_t[]){0, 1, 3}, (size_t[]){0, 2, 3});
    broadcast_of(1, (size_t[]){0}, 1, (size_t[]){3}, NULL);
    broadcast_of(1, (size_t[]){3}, 1, (size_t[]){0}, NULL);
}
END_TEST

START_TEST(broadcast_any_shapes)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t a[5], b[5], want[5], full[5];
        size_t na = gen_size(t, 0, 5), nb = gen_between(0, 5), nd = na > nb ? na : nb;
        for (size_t e = 0; e < 5; e++)
            full[e] = gen_between(2, 7); /* counted from the last axis */
        for (size_t e = 0; e < na; e++)
            a[na - 1 - e] = gen_between(0, 2) ? full[e] : 1;
        for (size_t e = 0; e < nb; e++)
            b[nb - 1 - e] = gen_between(0, 2) ? full[e] : 1;
        for (size_t e = 0; e < nd; e++) {
            bool wide = (e < na && a[na - 1 - e] > 1) || (e < nb && b[nb - 1 - e] > 1);
            want[nd - 1 - e] = wide ? full[e] : 1;
        }
        broadcast_of(na, a, nb, b, want);
        broadcast_of(nb, b, na, a, want);
        if (na && nb) { /* now one column does not fit */
            bool first = gen_between(0, 1);
            a[na - 1] = full[0] + first;
            b[nb - 1] = full[0] + !first;
            broadcast_of(na, a, nb, b, NULL);
        }
    }
}
END_TEST

/* ------------------------------------------------------------------ tensor_sum_axis */

/* The numbers, their shape, and the sums that are wanted, each with its tolerance (NULL: exact). */
static void sums_of(size_t nd, const size_t shape[], const double values[], size_t axis, const double want[], const double tol[])
{
    size_t size = product(nd, shape), out_size = product(axis, shape) * product(nd - axis - 1, shape + axis + 1);
    call("tensor_sum_axis(%zu, %zu, %zu, out, T, shape, %zu)", nd, size, out_size, axis);
    const double *T = in_vec("T", size, values);
    const size_t *in = in_index("shape", nd, shape);
    double *out = out_vec("out", out_size);
    expect_status(tensor_sum_axis(nd, size, out_size, out, T, in, axis), OK);
    if (tol)
        expect_vec_tol(out, want, tol);
    else
        expect_vec(out, want, 0);
}

START_TEST(sum_axis_vector)
{
    sums_of(1, (size_t[]){1}, (double[]){7}, 0, (double[]){7}, NULL);
    sums_of(1, (size_t[]){4}, (double[]){1, 2, 3, 4}, 0, (double[]){10}, NULL);
}
END_TEST

START_TEST(sum_axis_matrix)
{
    static const double A[6] = {1, 2, 3, 4, 5, 6};
    sums_of(2, (size_t[]){2, 3}, A, 0, (double[]){5, 7, 9}, NULL);
    sums_of(2, (size_t[]){2, 3}, A, 1, (double[]){6, 15}, NULL);
}
END_TEST

START_TEST(sum_axis_by_hand)
{
    sums_of(3, SHAPE, COUNT, 0, SUM0, NULL);
    sums_of(3, SHAPE, COUNT, 2, SUM2, NULL);
    sums_of(3, SHAPE, COUNT, 1, SUM1, NULL);
}
END_TEST

START_TEST(sum_axis_empty)
{
    sums_of(1, (size_t[]){0}, NOTHING, 0, (double[]){0}, NULL);
    sums_of(2, (size_t[]){3, 0}, NOTHING, 1, (double[]){0, 0, 0}, NULL);
    sums_of(3, (size_t[]){2, 0, 3}, NOTHING, 1, (double[]){0, 0, 0, 0, 0, 0}, NULL);
    sums_of(2, (size_t[]){3, 0}, NOTHING, 0, NOTHING, NULL);
    sums_of(2, (size_t[]){0, 3}, NOTHING, 1, NOTHING, NULL);
}
END_TEST

START_TEST(sum_axis_refused)
{
    static const struct {
        size_t nd, size, out_size, axis;
        const char *why;
        size_t shape[3]; /* zeros only: SHAPE */
    } bad[] = {
        {3, 24, 12, 3, "the axes of three are 0, 1 and 2"},
        {3, 24, 1, SIZE_MAX, "the axes of three are 0, 1 and 2"},
        {3, 24, 12, 4, "the axes of three are 0, 1 and 2"},
        {3, 23, 12, 0, "2·3·4 is not 23"},
        {3, 25, 12, 0, "2·3·4 is not 25"},
        {3, 24, 11, 0, "3·4 is not 11"},
        {3, 24, 12, 1, "2·4 is not 12"},
        {3, 24, 7, 1, "2·4 is not 7"},
        {3, 24, 9, 1, "2·4 is not 9"},
        {2, 6, 3, 2, "the axes of two are 0 and 1"},
        {3, 0, 5, 1, "2·3 is not 5", {2, 0, 3}},
        {3, 0, 7, 1, "2·3 is not 7", {2, 0, 3}},
        {3, 0, 0, 1, "2·3 is not 0", {2, 0, 3}},
        {3, 0, 6, 2, "2·0 is not 6", {2, 0, 3}},
        {3, 6, 6, 1, "2·0·3 is not 6", {2, 0, 3}},
    };
    for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
        char axis[24] = "SIZE_MAX";
        if (bad[b].axis != SIZE_MAX)
            snprintf(axis, sizeof axis, "%zu", bad[b].axis);
        call("tensor_sum_axis(%zu, %zu, %zu, out, T, shape, %s)", bad[b].nd, bad[b].size, bad[b].out_size, axis);
        double values[25] = {0};
        const double *T = in_vec("T", bad[b].size, values);
        const size_t *shape = in_index("shape", bad[b].nd, bad[b].shape[0] ? bad[b].shape : SHAPE);
        double *out = out_vec("out", bad[b].out_size);
        status s = tensor_sum_axis(bad[b].nd, bad[b].size, bad[b].out_size, out, T, shape, bad[b].axis);
        because("%s", bad[b].why);
        expect_status(s, BAD_INPUT);
    }
    call("tensor_sum_axis(0, 1, 1, out, T, shape, 0)");
    const double *one = in_vec("T", 1, (double[]){5});
    const size_t *none = in_index("shape", 0, NULL);
    double *out = out_vec("out", 1);
    status s = tensor_sum_axis(0, 1, 1, out, one, none, 0);
    because("without axes there is no axis 0");
    expect_status(s, BAD_INPUT);
}
END_TEST

START_TEST(sum_axis_odd_numbers)
{
    sums_of(2, (size_t[]){2, 3}, (double[]){NAN, 1, INFINITY, 2, 3, 4}, 0, (double[]){NAN, 4, INFINITY}, NULL);
    sums_of(2, (size_t[]){2, 3}, (double[]){1e308, 1, 2, -INFINITY, 3, INFINITY}, 1, (double[]){1e308, NAN}, (double[]){1e294, 0});
}
END_TEST

/* Any tensor, any axis, against sums in long double; each with the bound of its own sum. */
START_TEST(sum_axis_any)
{
    enum { MOST = 5 * 5 * 5 * 5 };
    for (size_t t = 0; t < TRIALS; t++) {
        size_t nd = gen_size(t, 1, 4), shape[4];
        for (size_t i = 0; i < nd; i++)
            shape[i] = gen_between(1, 5);
        size_t axis = gen_between(0, nd - 1), size = product(nd, shape);
        size_t inner = product(nd - axis - 1, shape + axis + 1), n = shape[axis];
        double values[MOST], want[MOST], tol[MOST], line[5];
        gen_vec(t, size, values);
        for (size_t place = 0; place < size / n; place++) {
            for (size_t a = 0; a < n; a++)
                line[a] = values[(place / inner * n + a) * inner + place % inner];
            want[place] = exact_sum(n, line);
            tol[place] = tol_sum(n, line);
        }
        sums_of(nd, shape, values, axis, want, tol);
    }
}
END_TEST

/* Whole numbers: whatever axis is summed first, in the end there is one number, and always the same. */
START_TEST(sum_axis_any_order)
{
    for (size_t t = 0; t < 60; t++) {
        size_t shape[4], nd = 1 + t % 4, left = nd;
        double values[625], total = 0;
        for (size_t i = 0; i < nd; i++)
            shape[i] = gen_between(1, 5);
        size_t size = product(nd, shape);
        whole(size, values);
        for (size_t i = 0; i < size; i++)
            total += values[i];
        while (left > 0) {
            size_t axis = gen_between(0, left - 1), out_size = size / shape[axis];
            call("tensor_sum_axis(%zu, %zu, %zu, out, T, shape, %zu)", left, size, out_size, axis);
            const double *T = in_vec("T", size, values);
            const size_t *in = in_index("shape", left, shape);
            double *out = out_vec("out", out_size);
            expect_status(tensor_sum_axis(left, size, out_size, out, T, in, axis), OK);
            memcpy(values, out, out_size * sizeof *out);
            memmove(shape + axis, shape + axis + 1, (left - axis - 1) * sizeof *shape);
            size = out_size;
            left--;
            if (left == 0) {
                because("summed over all axes, one after the other, it is the sum of all numbers");
                expect_vec(out, &total, 0);
            }
        }
    }
}
END_TEST

/* ------------------------------------------------------------------ vec_sum */

static void sum_of(size_t n, const double values[], double want, double tol)
{
    call("vec_sum(%zu, x)", n);
    const double *x = in_vec("x", n, values);
    expect_num(vec_sum(n, x), want, tol);
}

START_TEST(sum_small)
{
    sum_of(0, NOTHING, 0, 0);
    sum_of(1, (double[]){5}, 5, 0);
    sum_of(3, (double[]){1, 2, 3}, 6, 0);
    sum_of(4, (double[]){1, -2, 3, -4}, -2, 0);
}
END_TEST

START_TEST(sum_large_comes_and_goes)
{
    call("vec_sum(4, x)");
    const double *x = in_vec("x", 4, (double[]){1, 1e100, 1, -1e100});
    double got = vec_sum(4, x);
    because("the two large numbers cancel, and 1 + 1 is left");
    expect_num(got, 2, 0);

    call("vec_sum(4, x)");
    x = in_vec("x", 4, (double[]){1, -1e100, 1, 1e100});
    got = vec_sum(4, x);
    because("the two large numbers cancel, and 1 + 1 is left");
    expect_num(got, 2, 0);

    call("vec_sum(3, x)");
    x = in_vec("x", 3, (double[]){1e100, 1, -1e100});
    got = vec_sum(3, x);
    because("the two large numbers cancel, and 1 is left");
    expect_num(got, 1, 0);
}
END_TEST

/* 0.1 is not a tenth: as a double it is 3602879701896397·2^-55. A whole number of them is known exactly as a long double. The
   bound is the chapter's: ε|S| + 2n²ε²Σ|x|. */
START_TEST(sum_tenths)
{
    enum { MOST = 1000000 };
    double *x = malloc(MOST * sizeof *x);
    if (!x)
        ck_abort_msg("no memory for a million numbers");
    for (size_t i = 0; i < MOST; i++)
        x[i] = 0.1;
    for (size_t n = 10; n <= MOST; n *= 10) {
        double want = (double)((long double)n * (long double)0.1), d = (double)n * EPS;
        call("vec_sum(%zu, x)", n);
        const double *in = in_vec("x", n, x);
        double got = vec_sum(n, in);
        because("%zu numbers of 0.1; a plain sum is off by far more than one rounding", n);
        expect_num(got, want, want * (2 * EPS + 2 * d * d));
    }
    free(x);
}
END_TEST

START_TEST(sum_odd_numbers)
{
    sum_of(2, (double[]){INFINITY, 1}, INFINITY, 0);
    sum_of(3, (double[]){1, -INFINITY, 1e300}, -INFINITY, 0);
    sum_of(2, (double[]){INFINITY, INFINITY}, INFINITY, 0);
    sum_of(2, (double[]){INFINITY, -INFINITY}, NAN, 0);
    sum_of(3, (double[]){1, NAN, 2}, NAN, 0);
    sum_of(3, (double[]){NAN, INFINITY, 2}, NAN, 0);
    sum_of(3, (double[]){1e308, -1e308, 1}, 1, 0);
    sum_of(2, (double[]){DBL_TRUE_MIN, DBL_TRUE_MIN}, 2 * DBL_TRUE_MIN, 0);
}
END_TEST

/* Whole numbers below 2^50, of either sign, and at the end one that cancels nearly all of them: the sum is known exactly, as a
   whole number, and Σ|x| is up to 2^57. The bound is the chapter's. */
START_TEST(sum_cancels)
{
    for (size_t t = 0; t < TRIALS; t++) {
        double x[61], all = 0;
        int64_t sum = 0;
        size_t n = gen_size(t, 1, 60);
        for (size_t i = 0; i < n; i++) {
            int64_t v = (int64_t)gen_between(0, (size_t)1 << gen_between(2, 50));
            x[i] = (double)(gen_between(0, 1) ? v : -v);
            sum += (int64_t)x[i];
            all += fabs(x[i]);
        }
        x[n] = (double)-sum; /* rounded where it has more than 53 digits */
        sum += (int64_t)x[n];
        all += fabs(x[n]);
        call("vec_sum(%zu, x)", n + 1);
        const double *in = in_vec("x", n + 1, x);
        double d = (double)(n + 1) * EPS;
        double got = vec_sum(n + 1, in);
        because("the last number takes away all that came before; in whole numbers, %lld is left", (long long)sum);
        expect_num(got, (double)sum, EPS * fabs((double)sum) + 2 * d * d * all);
    }
}
END_TEST

/* Large and small numbers mixed; the exact sum is a whole number times 2^-20. */
START_TEST(sum_mixed_sizes)
{
    for (size_t t = 0; t < TRIALS; t++) {
        double x[80], all = 0;
        int64_t sum = 0;
        size_t n = gen_size(t, 2, 80);
        for (size_t i = 0; i < n; i++) {
            /* every third one large, with gaps between its last digit and the small ones' first */
            int64_t v = i % 3 == 1 ? (int64_t)gen_between(1, 1000) << 46 : (int64_t)gen_between(1, 255);
            v = gen_between(0, 1) ? v : -v;
            x[i] = (double)v * 0x1p-20;
            sum += v;
            all += fabs(x[i]);
        }
        call("vec_sum(%zu, x)", n);
        const double *in = in_vec("x", n, x);
        double d = (double)n * EPS, want = (double)sum * 0x1p-20;
        expect_num(vec_sum(n, in), want, 2 * EPS * fabs(want) + 2 * d * d * all);
    }
}
END_TEST

/* ------------------------------------------------------------------ the products */

typedef void mul(size_t m, size_t k, size_t n, double C[m][n], const double A[m][k], const double B[k][n]);

/* Small whole numbers: any order of summation gives the same, exactly. */
static void exact_product(const char *fn, mul *f, size_t m, size_t k, size_t n)
{
    double *a = malloc((m * k + 1) * sizeof *a), *b = malloc(k * n * sizeof *b), *c = calloc(m * n + 1, sizeof *c);
    if (!a || !b || !c)
        ck_abort_msg("no memory for %zu by %zu by %zu", m, k, n);
    whole(m * k, a);
    whole(k * n, b);
    for (size_t i = 0; i < m; i++)
        for (size_t p = 0; p < k; p++)
            for (size_t j = 0; j < n; j++)
                c[i * n + j] += a[i * k + p] * b[p * n + j];
    call("%s(%zu, %zu, %zu, C, A, B)", fn, m, k, n);
    const double (*A)[k] = in_mat("A", m, k, a);
    const double (*B)[n] = in_mat("B", k, n, b);
    double (*C)[n] = out_mat("C", m, n);
    f(m, k, n, C, A, B);
    expect_mat(C, c, 0);
    free(a);
    free(b);
    free(c);
}

/* Any numbers; each entry has the bound of its own sum of k products, twice k·ε·Σ|a·b|, which holds for every order of summation,
   in instalments or not, fused or not. */
static void bounded_product(const char *fn, mul *f, size_t t, size_t m, size_t k, size_t n)
{
    enum { MOST = 20 };
    double a[MOST * MOST], b[MOST * MOST], want[MOST * MOST], tol[MOST * MOST], column[MOST];
    gen_vec(t, m * k, a);
    gen_vec(t, k * n, b);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            for (size_t p = 0; p < k; p++)
                column[p] = b[p * n + j];
            want[i * n + j] = exact_dot(k, a + i * k, column);
            tol[i * n + j] = tol_dot(k, a + i * k, column);
        }
    call("%s(%zu, %zu, %zu, C, A, B)", fn, m, k, n);
    const double (*A)[k] = in_mat("A", m, k, a);
    const double (*B)[n] = in_mat("B", k, n, b);
    double (*C)[n] = out_mat("C", m, n);
    f(m, k, n, C, A, B);
    expect_mat_tol(C, want, tol);
}

static void product_by_hand(const char *fn, mul *f)
{
    call("%s(1, 1, 1, C, A, B)", fn);
    const double (*a)[1] = in_mat("A", 1, 1, (double[]){3});
    const double (*b)[1] = in_mat("B", 1, 1, (double[]){5});
    double (*c)[1] = out_mat("C", 1, 1);
    f(1, 1, 1, c, a, b);
    expect_mat(c, (double[]){15}, 0);

    call("%s(2, 3, 2, C, A, B)", fn);
    const double (*A)[3] = in_mat("A", 2, 3, (double[]){1, 2, 3, 4, 5, 6});
    const double (*B)[2] = in_mat("B", 3, 2, (double[]){1, 0, 2, 1, 0, 3});
    double (*C)[2] = out_mat("C", 2, 2);
    f(2, 3, 2, C, A, B);
    because("C[0][0] = 1·1 + 2·2 + 3·0 = 5, C[0][1] = 1·0 + 2·1 + 3·3 = 11");
    expect_mat(C, (double[]){5, 11, 14, 23}, 0);
}

static void product_no_rows(const char *fn, mul *f)
{
    call("%s(0, 3, 2, C, A, B)", fn);
    const double (*A)[3] = in_mat("A", 0, 3, NOTHING);
    const double (*B)[2] = in_mat("B", 3, 2, (double[]){1, 2, 3, 4, 5, 6});
    double (*C)[2] = out_mat("C", 0, 2);
    f(0, 3, 2, C, A, B);
    expect_intact();
}

/* A NaN in A spoils one row, a NaN in B one column, and nothing else: no padding, no skipped zero. */
static void product_odd_numbers(const char *fn, mul *f)
{
    enum { M = 3, K = 2, N = 5 };
    double a[M * K], b[K * N], want[M * N];
    for (size_t where = 0; where < M * K + K * N; where++) {
        for (size_t i = 0; i < M * K; i++)
            a[i] = (double)(i % 3); /* with zeros among them */
        for (size_t i = 0; i < K * N; i++)
            b[i] = (double)(i % 4);
        if (where < M * K)
            a[where] = NAN;
        else
            b[where - M * K] = INFINITY;
        for (size_t i = 0; i < M; i++)
            for (size_t j = 0; j < N; j++)
                want[i * N + j] = a[i * K] * b[j] + a[i * K + 1] * b[N + j];
        call("%s(3, 2, 5, C, A, B)", fn);
        const double (*A)[K] = in_mat("A", M, K, a);
        const double (*B)[N] = in_mat("B", K, N, b);
        double (*C)[N] = out_mat("C", M, N);
        f(M, K, N, C, A, B);
        because("0·Inf and 0·NaN are NaN, as in mat_mul; each reaches its own row or column");
        expect_mat(C, want, 0);
    }
}

static void product_any_shape(const char *fn, mul *f)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t m = gen_size(t, 1, 20), k = gen_between(1, 20), n = gen_between(1, 20);
        bounded_product(fn, f, t, m, k, n);
    }
}

/* ------------------------------------------------------------------ mat_mul_blocked */

START_TEST(blocked_by_hand)
{
    product_by_hand("mat_mul_blocked", mat_mul_blocked);
}
END_TEST

START_TEST(blocked_any_shape)
{
    product_any_shape("mat_mul_blocked", mat_mul_blocked);
}
END_TEST

/* Below, at and above what blocks are usually wide: as many rows, as many columns, as long a sum. */
START_TEST(blocked_edges)
{
    static const size_t size[] = {1, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 130, 255, 256, 257, 300};
    for (size_t s = 0; s < sizeof size / sizeof *size; s++) {
        exact_product("mat_mul_blocked", mat_mul_blocked, 2, size[s], 3);
        exact_product("mat_mul_blocked", mat_mul_blocked, 2, 3, size[s]);
        exact_product("mat_mul_blocked", mat_mul_blocked, size[s], 2, 3);
    }
    exact_product("mat_mul_blocked", mat_mul_blocked, 64, 64, 64);
    exact_product("mat_mul_blocked", mat_mul_blocked, 65, 130, 63);
    exact_product("mat_mul_blocked", mat_mul_blocked, 5, 65, 257);
    exact_product("mat_mul_blocked", mat_mul_blocked, 3, 200, 520);
}
END_TEST

START_TEST(blocked_odd_numbers)
{
    product_odd_numbers("mat_mul_blocked", mat_mul_blocked);
}
END_TEST

START_TEST(blocked_no_rows)
{
    product_no_rows("mat_mul_blocked", mat_mul_blocked);
}
END_TEST

START_TEST(blocked_no_memory)
{
    call("mat_mul_blocked(2, 3, 2, C, A, B)");
    const double (*A)[3] = in_mat("A", 2, 3, (double[]){1, 2, 3, 4, 5, 6});
    const double (*B)[2] = in_mat("B", 3, 2, (double[]){1, 0, 2, 1, 0, 3});
    double (*C)[2] = out_mat("C", 2, 2);
    malloc_fails(true);
    mat_mul_blocked(2, 3, 2, C, A, B);
    malloc_fails(false);
    because("in this call malloc fails: the blocked product needs no memory besides C");
    expect_mat(C, (double[]){5, 11, 14, 23}, 0);
}
END_TEST

/* ------------------------------------------------------------------ mat_mul_simd */

START_TEST(simd_by_hand)
{
    product_by_hand("mat_mul_simd", mat_mul_simd);
}
END_TEST

/* One tile, then its edges: all m and n up to 20 (and so all remainders of tiles up to that), with short and long sums. */
START_TEST(simd_small)
{
    static const size_t depth[] = {1, 2, 7};
    for (size_t d = 0; d < sizeof depth / sizeof *depth; d++)
        for (size_t m = 1; m <= 20; m++)
            for (size_t n = 1; n <= 20; n++)
                exact_product("mat_mul_simd", mat_mul_simd, m, depth[d], n);
}
END_TEST

START_TEST(simd_any_shape)
{
    product_any_shape("mat_mul_simd", mat_mul_simd);
}
END_TEST

START_TEST(simd_edges)
{
    for (size_t n = 21; n <= 50; n++)
        exact_product("mat_mul_simd", mat_mul_simd, 3, 5, n);
    for (size_t m = 21; m <= 34; m++)
        exact_product("mat_mul_simd", mat_mul_simd, m, 5, 3);
    exact_product("mat_mul_simd", mat_mul_simd, 24, 16, 48);
    exact_product("mat_mul_simd", mat_mul_simd, 97, 3, 101);
}
END_TEST

/* Sums longer than one instalment of anybody's. */
START_TEST(simd_long_sums)
{
    static const size_t depth[] = {63, 64, 65, 127, 128, 129, 191, 193, 255, 256, 257, 383, 385, 511, 512, 513, 520, 1030};
    for (size_t d = 0; d < sizeof depth / sizeof *depth; d++)
        exact_product("mat_mul_simd", mat_mul_simd, 5, depth[d], 7);
    exact_product("mat_mul_simd", mat_mul_simd, 65, 300, 97);
    exact_product("mat_mul_simd", mat_mul_simd, 130, 520, 33);
}
END_TEST

/* What is as large as a row or as a column does not fit on the stack. */
START_TEST(simd_long_and_wide)
{
    exact_product("mat_mul_simd", mat_mul_simd, 2, 3, 8000);
    exact_product("mat_mul_simd", mat_mul_simd, 1, 400000, 2);
}
END_TEST

START_TEST(simd_odd_numbers)
{
    product_odd_numbers("mat_mul_simd", mat_mul_simd);
}
END_TEST

START_TEST(simd_no_rows)
{
    product_no_rows("mat_mul_simd", mat_mul_simd);
}
END_TEST

START_TEST(simd_no_memory)
{
    call("mat_mul_simd(2, 3, 2, C, A, B)");
    const double (*A)[3] = in_mat("A", 2, 3, (double[]){1, 2, 3, 4, 5, 6});
    const double (*B)[2] = in_mat("B", 3, 2, (double[]){1, 0, 2, 1, 0, 3});
    double (*C)[2] = out_mat("C", 2, 2);
    malloc_fails(true);
    mat_mul_simd(2, 3, 2, C, A, B);
    malloc_fails(false);
    because("in this call malloc fails, and the product is wanted all the same");
    expect_mat(C, (double[]){5, 11, 14, 23}, 0);
}
END_TEST

/* ------------------------------------------------------------------ pens */

START_TEST(pen_offset)
{
    size_t idx[3] = {2, 3, 1}, strides[3];
    tensor_strides(3, strides, (size_t[]){4, 5, 6});
    call("pen_03_a()");
    expect_answer(pen_03_a(), (double)tensor_offset(3, idx, strides), 1e-6, NULL);
}
END_TEST

/* Counts the lines that each sum touches, one after the other. */
START_TEST(pen_lines)
{
    size_t lines[2] = {0, 0}, last[2] = {SIZE_MAX, SIZE_MAX};
    for (size_t i = 0; i < 1000; i++) {
        size_t line[2] = {i * 1000 * sizeof(double) / 64, i * sizeof(double) / 64};
        for (size_t w = 0; w < 2; w++) {
            lines[w] += line[w] != last[w];
            last[w] = line[w];
        }
    }
    double want = (double)lines[0] / (double)lines[1];
    call("pen_03_b()");
    expect_answer(pen_03_b(), want, 1e-6 * want, NULL);
}
END_TEST

/* The first power of two at which adding 1 changes nothing; below it, every whole number is a double. */
START_TEST(pen_ones)
{
    volatile double n = 1, more = 2;
    while (more > n) {
        n *= 2;
        more = n + 1;
    }
    call("pen_03_c()");
    expect_answer(pen_03_c(), n, 0, "as doubles, n + 1 == n has to hold, and (n - 2) + 1 == n - 1 too");
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("03-tensors");

    TCase *strides = suite_case(s, "tensor_strides");
    tcase_add_test(strides, strides_by_hand);
    tcase_add_test(strides, strides_one_axis);
    tcase_add_test(strides, strides_no_axis);
    tcase_add_test(strides, strides_ones_and_zeros);
    tcase_add_test(strides, strides_any_shape);

    TCase *offset = suite_case(s, "tensor_offset");
    tcase_add_test(offset, offset_by_hand);
    tcase_add_test(offset, offset_no_axis);
    tcase_add_test(offset, offset_of_views);
    tcase_add_test(offset, offset_large);
    tcase_add_test(offset, offset_every_place_once);
    tcase_add_test(offset, offset_transposed);

    TCase *broadcast = suite_case(s, "tensor_broadcast");
    tcase_add_test(broadcast, broadcast_same);
    tcase_add_test(broadcast, broadcast_ones);
    tcase_add_test(broadcast, broadcast_ranks);
    tcase_add_test(broadcast, broadcast_no_axes);
    tcase_add_test(broadcast, broadcast_refused);
    tcase_add_test(broadcast, broadcast_empty_axes);
    tcase_add_test(broadcast, broadcast_any_shapes);

    TCase *axis = suite_case(s, "tensor_sum_axis");
    tcase_add_test(axis, sum_axis_vector);
    tcase_add_test(axis, sum_axis_matrix);
    tcase_add_test(axis, sum_axis_by_hand);
    tcase_add_test(axis, sum_axis_empty);
    tcase_add_test(axis, sum_axis_refused);
    tcase_add_test(axis, sum_axis_odd_numbers);
    tcase_add_test(axis, sum_axis_any);
    tcase_add_test(axis, sum_axis_any_order);

    TCase *sum = suite_case(s, "vec_sum");
    tcase_add_test(sum, sum_small);
    tcase_add_test(sum, sum_large_comes_and_goes);
    tcase_add_test(sum, sum_odd_numbers);
    tcase_add_test(sum, sum_cancels);
    tcase_add_test(sum, sum_mixed_sizes);
    tcase_add_test(sum, sum_tenths);

    TCase *blocked = suite_case(s, "mat_mul_blocked");
    tcase_add_test(blocked, blocked_by_hand);
    tcase_add_test(blocked, blocked_any_shape);
    tcase_add_test(blocked, blocked_edges);
    tcase_add_test(blocked, blocked_odd_numbers);
    tcase_add_test(blocked, blocked_no_rows);
    tcase_add_test(blocked, blocked_no_memory);

    TCase *simd = suite_case(s, "mat_mul_simd");
    tcase_add_test(simd, simd_by_hand);
    tcase_add_test(simd, simd_small);
    tcase_add_test(simd, simd_any_shape);
    tcase_add_test(simd, simd_edges);
    tcase_add_test(simd, simd_long_sums);
    tcase_add_test(simd, simd_long_and_wide);
    tcase_add_test(simd, simd_odd_numbers);
    tcase_add_test(simd, simd_no_rows);
    tcase_add_test(simd, simd_no_memory);

    TCase *a = suite_case(s, "pen_03_a");
    tcase_add_test(a, pen_offset);
    TCase *b = suite_case(s, "pen_03_b");
    tcase_add_test(b, pen_lines);
    TCase *c = suite_case(s, "pen_03_c");
    tcase_add_test(c, pen_ones);
    return s;
}
