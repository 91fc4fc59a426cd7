/* The suite of chapter 22, backpropagation. One TCase per function; in each, the chapter's 2-3-2 example comes first, then the edges
   that the contract names, then properties. The yardstick for a whole network is a plain computation in long double, by components.
   Shapes are distinct primes, so that an exchanged index shows. */
#include "harness.h"

#include "diff.h"
#include "nn.h"
#include "pen.h"
#include "rng.h"

enum { MOST = 11 };
static const double NOTHING[1] = {0};
static const size_t NOBODY[1] = {0};

/* ------------------------------------------------------------------ the example */

static const nn_shape SMALL = {2, 3, 2};
static const double EX[4] = {1, 2, 3, -1}, EW1[6] = {1, -1, 2, 0, 1, -1}, EB1[3] = {0, 1, -1};
static const double EZ1[6] = {1, 2, -1, 3, -3, 6}, EH[6] = {1, 2, 0, 3, 0, 6};
static const double EW2[6] = {1, -1, 0, 1, -1, 0};
static const double EDZ[4] = {.125, -.125, -.375, .375};
static const double EDH[6] = {.25, -.125, -.125, -.75, .375, .375};
static const double EGRAD[17] = {-2, -.125, 1.125, 1.25, -.25, -.375, -.5, -.125, .375,
                                 -1, 1, .25, -.25, -2.25, 2.25, -.25, .25};
static const size_t ELABEL[2] = {1, 0};

static void example_theta(double theta[17])
{
    double t[17] = {1, -1, 2, 0, 1, -1, 0, 1, -1, 1, -1, 0, 1, -1, 0, 0, log(3)};
    memcpy(theta, t, sizeof t);
}

/* ------------------------------------------------------------------ products of layers */

/* want ← A·B for A (m×k, or k×m if a_t) and B (k×n, or n×k if b_t), and tol ← twice k + 2 roundings of Σ|a·b|: a sum of k products and
   perhaps one more addition, in any order. */
static void product(size_t m, size_t k, size_t n, double want[], double tol[], const double A[], const double B[], bool a_t, bool b_t,
                    const double bias[])
{
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            long double s = bias ? bias[j] : 0, size = bias ? fabs(bias[j]) : 0;
            for (size_t l = 0; l < k; l++) {
                long double t = (long double)(a_t ? A[l * m + i] : A[i * k + l]) * (b_t ? B[j * k + l] : B[l * n + j]);
                s += t;
                size += fabsl(t);
            }
            want[i * n + j] = (double)s;
            tol[i * n + j] = 2 * (double)(k + 2) * EPS * (double)size + DBL_MIN;
        }
}

static void fill(size_t t, size_t n, double x[])
{
    gen_vec(t, n, x);
}

static void check_affine(size_t n, size_t din, size_t dout, const double A[], const double W[], const double b[], const char *why)
{
    double want[MOST * MOST], tol[MOST * MOST];
    product(n, din, dout, want, tol, A, W, false, false, b);
    call("nn_affine(%zu, %zu, %zu, Z, A, W, b)", n, din, dout);
    double (*Z)[dout] = out_mat("Z", n, dout);
    const double (*gA)[din] = in_mat("A", n, din, A), (*gW)[dout] = in_mat("W", din, dout, W);
    const double *gb = in_vec("b", dout, b);
    nn_affine(n, din, dout, Z, gA, gW, gb);
    if (why)
        because("%s", why);
    expect_mat_tol(Z, want, tol);
}

START_TEST(affine_by_hand)
{
    check_affine(1, 1, 1, (double[]){3}, (double[]){2}, (double[]){5}, "3·2 + 5");
    check_affine(2, 2, 3, EX, EW1, EB1, "row 0: (1, 2)·W = (1, 1, 0), plus b; row 1: (3, -1)·W = (3, -4, 7), plus b");
    double zero[15] = {0}, b[5] = {1, 2, 3, 4, 5};
    check_affine(3, 2, 5, zero, zero, b, "A and W are 0, so each row of Z is b");
    check_affine(1, 7, 2, (double[]){1, 2, 3, 4, 5, 6, 7}, (double[]){1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0}, (double[]){10, 20},
                 "1 + 3 + 5 + 7 + 10 = 26 and 2 + 4 + 6 + 20 = 32");
}
END_TEST

START_TEST(affine_none)
{
    call("nn_affine(0, 3, 2, Z, A, W, b)");
    double (*Z)[2] = out_mat("Z", 0, 2);
    const double (*A)[3] = in_mat("A", 0, 3, NOTHING), (*W)[2] = in_mat("W", 3, 2, EW1);
    const double *b = in_vec("b", 2, EB1);
    nn_affine(0, 3, 2, Z, A, W, b);
    expect_intact();
}
END_TEST

START_TEST(affine_any)
{
    static const size_t shape[][3] = {{1, 2, 3}, {2, 1, 3}, {2, 3, 1}, {3, 5, 7}, {5, 2, 3}, {7, 3, 2}, {3, 3, 3}, {2, 7, 5}};
    double A[MOST * MOST], W[MOST * MOST], b[MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        const size_t *s = shape[t % 8];
        fill(t, s[0] * s[1], A);
        fill(t, s[1] * s[2], W);
        fill(t, s[2], b);
        check_affine(s[0], s[1], s[2], A, W, b, NULL);
    }
}
END_TEST

START_TEST(affine_nan)
{
    double A[6] = {0, 0, 0, NAN, 0, 0}, W[6] = {0}, b[2] = {1, 2};
    call("nn_affine(2, 3, 2, Z, A, W, b)");
    double (*Z)[2] = out_mat("Z", 2, 2);
    const double (*gA)[3] = in_mat("A", 2, 3, A), (*gW)[2] = in_mat("W", 3, 2, W);
    const double *gb = in_vec("b", 2, b);
    nn_affine(2, 3, 2, Z, gA, gW, gb);
    because("0 times NaN is NaN: example 1 is broken, example 0 is not");
    expect_mat(Z, (double[]){1, 2, NAN, NAN}, 0);

    double zero[6] = {0}, V[6] = {0, 0, 0, NAN, 0, 0};
    call("nn_affine(2, 3, 2, Z, A, W, b)");
    double (*Y)[2] = out_mat("Z", 2, 2);
    const double (*gB)[3] = in_mat("A", 2, 3, zero), (*gV)[2] = in_mat("W", 3, 2, V);
    const double *gc = in_vec("b", 2, b);
    nn_affine(2, 3, 2, Y, gB, gV, gc);
    because("0 times NaN is NaN: the weights of output 1 are broken, also for an input of 0");
    expect_mat(Y, (double[]){1, NAN, 1, NAN}, 0);
}
END_TEST

/* Example i is (i, 1): z_ij = i·w_0j + w_1j + b_j, whole numbers. */
enum { TALL = 2000, BROAD = 300 };

START_TEST(affine_large)
{
    static double A[TALL * 2], W[2 * BROAD], b[BROAD], want[TALL * 2];
    for (size_t i = 0; i < TALL; i++) {
        A[2 * i] = (double)i;
        A[2 * i + 1] = 1;
        want[2 * i] = 3 * (double)i + 10;
        want[2 * i + 1] = 10 - (double)i;
    }
    call("nn_affine(%d, 2, 2, Z, A, W, b)", TALL);
    double (*Z)[2] = out_mat("Z", TALL, 2);
    const double (*gA)[2] = in_mat("A", TALL, 2, A), (*gW)[2] = in_mat("W", 2, 2, (double[]){3, -1, 4, 7});
    const double *gb = in_vec("b", 2, (double[]){6, 3});
    nn_affine(TALL, 2, 2, Z, gA, gW, gb);
    because("a large batch: row i of A is (i, 1)");
    expect_mat(Z, want, 0);

    for (size_t j = 0; j < BROAD; j++) {
        W[j] = (double)j;
        W[BROAD + j] = 1;
        b[j] = 2;
        want[j] = 5 * (double)j + 9;
    }
    call("nn_affine(1, 2, %d, Z, A, W, b)", BROAD);
    double (*Y)[BROAD] = out_mat("Z", 1, BROAD);
    const double (*gB)[2] = in_mat("A", 1, 2, (double[]){5, 7}), (*gV)[BROAD] = in_mat("W", 2, BROAD, W);
    const double *gc = in_vec("b", BROAD, b);
    nn_affine(1, 2, BROAD, Y, gB, gV, gc);
    because("a broad layer: column j of W is (j, 1)");
    expect_mat(Y, want, 0);
}
END_TEST

/* ------------------------------------------------------------------ nn_affine_back_params */

static void check_params(size_t n, size_t din, size_t dout, const double A[], const double dZ[], const char *why)
{
    double W[MOST * MOST], W_tol[MOST * MOST], b[MOST], b_tol[MOST], ones[MOST];
    for (size_t i = 0; i < n; i++)
        ones[i] = 1;
    product(din, n, dout, W, W_tol, A, dZ, true, false, NULL);
    product(1, n, dout, b, b_tol, ones, dZ, false, false, NULL);
    call("nn_affine_back_params(%zu, %zu, %zu, dW, db, A, dZ)", n, din, dout);
    double (*dW)[dout] = out_mat("dW", din, dout), *db = out_vec("db", dout);
    const double (*gA)[din] = in_mat("A", n, din, A), (*gZ)[dout] = in_mat("dZ", n, dout, dZ);
    nn_affine_back_params(n, din, dout, dW, db, gA, gZ);
    if (why)
        because("%s", why);
    expect_mat_tol(dW, W, W_tol);
    expect_vec_tol(db, b, b_tol);
}

START_TEST(params_by_hand)
{
    check_params(1, 1, 1, (double[]){3}, (double[]){2}, "dW = 3·2, db = 2");
    check_params(2, 3, 2, EH, EDZ, "row k of dW weighs the rows of dZ with column k of A; db = (0.125 - 0.375, -0.125 + 0.375)");
    check_params(3, 1, 2, (double[]){1, 1, 1}, (double[]){1, 2, 3, 4, 5, 6}, "an input that is 1 everywhere is a bias: both are column sums, 9 and 12");
}
END_TEST

START_TEST(params_none)
{
    call("nn_affine_back_params(0, 3, 2, dW, db, A, dZ)");
    double (*dW)[2] = out_mat("dW", 3, 2), *db = out_vec("db", 2), zero[6] = {0};
    const double (*A)[3] = in_mat("A", 0, 3, NOTHING), (*dZ)[2] = in_mat("dZ", 0, 2, NOTHING);
    nn_affine_back_params(0, 3, 2, dW, db, A, dZ);
    because("no example pulls on any weight: every sum is empty, so it is 0");
    expect_mat(dW, zero, 0);
    expect_vec(db, zero, 0);
}
END_TEST

START_TEST(params_nan)
{
    double H[6] = {0, 1, 2, 0, 3, 4}, Z[4] = {1, 2, 3, NAN};
    call("nn_affine_back_params(2, 3, 2, dW, db, A, dZ)");
    double (*dW)[2] = out_mat("dW", 3, 2), *db = out_vec("db", 2);
    const double (*A)[3] = in_mat("A", 2, 3, H), (*dZ)[2] = in_mat("dZ", 2, 2, Z);
    nn_affine_back_params(2, 3, 2, dW, db, A, dZ);
    because("0 times NaN is NaN: a slope that is broken breaks its column, also where the input is 0");
    expect_mat(dW, (double[]){0, NAN, 10, NAN, 14, NAN}, 0);
    expect_vec(db, (double[]){4, NAN}, 0);
}
END_TEST

START_TEST(params_any)
{
    static const size_t shape[][3] = {{1, 2, 3}, {2, 1, 3}, {2, 3, 1}, {3, 5, 7}, {5, 2, 3}, {7, 3, 2}, {3, 3, 3}, {11, 2, 5}};
    double A[MOST * MOST], Z[MOST * MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        const size_t *s = shape[t % 8];
        fill(t, s[0] * s[1], A);
        fill(t, s[0] * s[2], Z);
        check_params(s[0], s[1], s[2], A, Z, NULL);
    }
}
END_TEST

/* J = Σ c_ij·z_ij + ½Σ z_ij² of one layer, as a function of its weights, its biases or its input: the slopes of Z are c + z. */
typedef struct {
    size_t n, din, dout;
    double A[MOST * MOST], W[MOST * MOST], b[MOST], c[MOST * MOST];
    int varies;
} layer;

static double layer_cost(size_t, const double x[], void *ctx)
{
    const layer *l = ctx;
    const double *A = l->varies == 2 ? x : l->A, *W = l->varies == 0 ? x : l->W, *b = l->varies == 1 ? x : l->b;
    long double J = 0;
    for (size_t i = 0; i < l->n; i++)
        for (size_t j = 0; j < l->dout; j++) {
            long double z = b[j];
            for (size_t k = 0; k < l->din; k++)
                z += (long double)A[i * l->din + k] * W[k * l->dout + j];
            J += l->c[i * l->dout + j] * z + z * z / 2;
        }
    return (double)J;
}

static void layer_any(layer *l, double dZ[])
{
    for (size_t k = 0; k < MOST * MOST; k++) {
        l->A[k] = gen_uniform(-1, 1);
        l->W[k] = gen_uniform(-1, 1);
        l->c[k] = gen_uniform(-1, 1);
    }
    for (size_t k = 0; k < MOST; k++)
        l->b[k] = gen_uniform(-1, 1);
    for (size_t i = 0; i < l->n; i++)
        for (size_t j = 0; j < l->dout; j++) {
            double z = l->b[j];
            for (size_t k = 0; k < l->din; k++)
                z += l->A[i * l->din + k] * l->W[k * l->dout + j];
            dZ[i * l->dout + j] = l->c[i * l->dout + j] + z;
        }
}

/* |J| ≤ n·dout·(z + z²/2) with |z| ≤ din + 1 = 6, so below 24·15 = 360; the rounding of a difference quotient is ε·360/6e-6 = 1.3e-8 and
   the cost is quadratic, so there is no truncation. Ten times that. */
enum { LN = 3, LIN = 5, LOUT = 2 };
static const double MEASURED = 2e-7;

START_TEST(params_measured)
{
    for (size_t t = 0; t < 5; t++) {
        layer l = {.n = LN, .din = LIN, .dout = LOUT};
        double Z[LN * LOUT], W[LIN * LOUT], b[LOUT];
        layer_any(&l, Z);
        l.varies = 0;
        diff_grad(LIN * LOUT, W, l.W, layer_cost, &l);
        l.varies = 1;
        diff_grad(LOUT, b, l.b, layer_cost, &l);
        call("nn_affine_back_params(%d, %d, %d, dW, db, A, dZ)", LN, LIN, LOUT);
        double (*dW)[LOUT] = out_mat("dW", LIN, LOUT), *db = out_vec("db", LOUT);
        const double (*A)[LIN] = in_mat("A", LN, LIN, l.A), (*dZ)[LOUT] = in_mat("dZ", LN, LOUT, Z);
        nn_affine_back_params(LN, LIN, LOUT, dW, db, A, dZ);
        because("expected are the slopes of a cost of Z, as diff_grad measures them");
        expect_mat(dW, W, MEASURED);
        expect_vec(db, b, MEASURED);
    }
}
END_TEST

/* ------------------------------------------------------------------ nn_affine_back_input */

static void check_input(size_t n, size_t din, size_t dout, const double dZ[], const double W[], const char *why)
{
    double want[MOST * MOST], tol[MOST * MOST];
    product(n, dout, din, want, tol, dZ, W, false, true, NULL);
    call("nn_affine_back_input(%zu, %zu, %zu, dA, dZ, W)", n, din, dout);
    double (*dA)[din] = out_mat("dA", n, din);
    const double (*gZ)[dout] = in_mat("dZ", n, dout, dZ), (*gW)[dout] = in_mat("W", din, dout, W);
    nn_affine_back_input(n, din, dout, dA, gZ, gW);
    if (why)
        because("%s", why);
    expect_mat_tol(dA, want, tol);
}

START_TEST(input_by_hand)
{
    check_input(1, 1, 1, (double[]){3}, (double[]){2}, "3·2");
    check_input(2, 3, 2, EDZ, EW2, "dot products of rows of dZ and rows of W: (0.125, -0.125)·(1, -1) = 0.25 …");
    check_input(1, 2, 3, (double[]){1, 10, 100}, (double[]){1, 2, 3, 4, 5, 6}, "1 + 20 + 300 and 4 + 50 + 600");
}
END_TEST

START_TEST(input_none)
{
    call("nn_affine_back_input(0, 3, 2, dA, dZ, W)");
    double (*dA)[3] = out_mat("dA", 0, 3);
    const double (*dZ)[2] = in_mat("dZ", 0, 2, NOTHING), (*W)[2] = in_mat("W", 3, 2, EW2);
    nn_affine_back_input(0, 3, 2, dA, dZ, W);
    expect_intact();
}
END_TEST

START_TEST(input_nan)
{
    double Z[4] = {0, 1, 2, 3}, V[6] = {1, 1, NAN, 1, 1, 2};
    call("nn_affine_back_input(2, 3, 2, dA, dZ, W)");
    double (*dA)[3] = out_mat("dA", 2, 3);
    const double (*dZ)[2] = in_mat("dZ", 2, 2, Z), (*W)[2] = in_mat("W", 3, 2, V);
    nn_affine_back_input(2, 3, 2, dA, dZ, W);
    because("0 times NaN is NaN: input 1 goes through a broken weight, in both examples");
    expect_mat(dA, (double[]){1, NAN, 2, 5, NAN, 8}, 0);
}
END_TEST

START_TEST(input_any)
{
    static const size_t shape[][3] = {{1, 2, 3}, {2, 1, 3}, {2, 3, 1}, {3, 5, 7}, {5, 2, 3}, {7, 3, 2}, {3, 3, 3}, {2, 7, 5}};
    double Z[MOST * MOST], W[MOST * MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        const size_t *s = shape[t % 8];
        fill(t, s[0] * s[2], Z);
        fill(t, s[1] * s[2], W);
        check_input(s[0], s[1], s[2], Z, W, NULL);
    }
}
END_TEST

START_TEST(input_measured)
{
    for (size_t t = 0; t < 5; t++) {
        layer l = {.n = LN, .din = LIN, .dout = LOUT, .varies = 2};
        double Z[LN * LOUT], want[LN * LIN];
        layer_any(&l, Z);
        diff_grad(LN * LIN, want, l.A, layer_cost, &l);
        call("nn_affine_back_input(%d, %d, %d, dA, dZ, W)", LN, LIN, LOUT);
        double (*dA)[LIN] = out_mat("dA", LN, LIN);
        const double (*dZ)[LOUT] = in_mat("dZ", LN, LOUT, Z), (*W)[LOUT] = in_mat("W", LIN, LOUT, l.W);
        nn_affine_back_input(LN, LIN, LOUT, dA, dZ, W);
        because("expected are the slopes of a cost of Z, as diff_grad measures them");
        expect_mat(dA, want, MEASURED);
    }
}
END_TEST

/* ------------------------------------------------------------------ nn_relu */

static void check_relu(size_t n, size_t d, const double z[], bool in_place, const char *why)
{
    double want[MOST * MOST];
    for (size_t k = 0; k < n * d; k++)
        want[k] = isnan(z[k]) ? NAN : z[k] > 0 ? z[k] : 0;
    if (in_place) {
        call("nn_relu(%zu, %zu, Z, Z)", n, d);
        double (*Z)[d] = inout_mat("Z", n, d, z);
        nn_relu(n, d, Z, Z);
        because("A may be Z");
        expect_mat(Z, want, 0);
        return;
    }
    call("nn_relu(%zu, %zu, A, Z)", n, d);
    double (*A)[d] = out_mat("A", n, d);
    const double (*Z)[d] = in_mat("Z", n, d, z);
    nn_relu(n, d, A, Z);
    if (why)
        because("%s", why);
    expect_mat(A, want, 0);
}

START_TEST(relu_by_hand)
{
    check_relu(1, 1, (double[]){2}, false, "2 is positive and passes");
    check_relu(1, 1, (double[]){-2}, false, "-2 becomes 0");
    check_relu(2, 3, EZ1, false, NULL);
    check_relu(2, 3, EZ1, true, NULL);
}
END_TEST

START_TEST(relu_edges)
{
    check_relu(1, 2, (double[]){0, -0.0}, false, "0 stays 0");
    check_relu(3, 2, (double[]){INFINITY, -INFINITY, 1e300, -1e300, 5e-324, -5e-324}, false, "however large or small");
    check_relu(2, 2, (double[]){NAN, 1, -1, -NAN}, false, "a NaN stays a NaN");
    check_relu(2, 2, (double[]){NAN, 1, -1, -NAN}, true, NULL);
    call("nn_relu(0, 3, A, Z)");
    double (*A)[3] = out_mat("A", 0, 3);
    const double (*Z)[3] = in_mat("Z", 0, 3, NOTHING);
    nn_relu(0, 3, A, Z);
    expect_intact();
}
END_TEST

START_TEST(relu_any)
{
    double z[MOST * MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 7), d = gen_between(1, 7);
        fill(t, n * d, z);
        check_relu(n, d, z, t % 2, NULL);
    }
}
END_TEST

/* ------------------------------------------------------------------ nn_relu_back */

static void check_relu_back(size_t n, size_t d, const double da[], const double z[], bool in_place, const char *why)
{
    double want[MOST * MOST];
    for (size_t k = 0; k < n * d; k++)
        want[k] = z[k] > 0 ? da[k] : 0;
    call(in_place ? "nn_relu_back(%zu, %zu, dA, dA, Z)" : "nn_relu_back(%zu, %zu, dZ, dA, Z)", n, d);
    double (*dZ)[d] = in_place ? inout_mat("dA", n, d, da) : out_mat("dZ", n, d);
    const double (*dA)[d] = in_place ? dZ : in_mat("dA", n, d, da), (*Z)[d] = in_mat("Z", n, d, z);
    nn_relu_back(n, d, dZ, dA, Z);
    if (why)
        because("%s", why);
    expect_mat(dZ, want, 0);
}

START_TEST(relu_back_by_hand)
{
    check_relu_back(1, 1, (double[]){5}, (double[]){3}, false, "the gate is open: the slope passes, whatever the 3 is");
    check_relu_back(1, 1, (double[]){5}, (double[]){-3}, false, "the gate is closed");
    check_relu_back(1, 1, (double[]){-5}, (double[]){3}, false, "an open gate passes negative slopes as well");
    check_relu_back(2, 3, EDH, EZ1, false, "Z closes the last gate of row 0 and the middle one of row 1");
    check_relu_back(2, 3, EDH, EZ1, true, "dZ may be dA");
    check_relu_back(2, 3, EDH, EH, false, "the mask may be read from the output of the gate as well");
}
END_TEST

START_TEST(relu_back_edges)
{
    check_relu_back(1, 2, (double[]){4, 4}, (double[]){0, -0.0}, false, "at Z = 0 the slope is 0");
    check_relu_back(1, 3, (double[]){INFINITY, NAN, NAN}, (double[]){-1, 0, 2}, false,
                    "0 behind a closed gate, whatever came back; an open gate passes also NaN");
    check_relu_back(1, 2, (double[]){4, 4}, (double[]){5e-324, INFINITY}, false, "both gates are open");
    check_relu_back(1, 1, (double[]){4}, (double[]){NAN}, false, "NaN > 0 is false");
    call("nn_relu_back(0, 3, dZ, dA, Z)");
    double (*dZ)[3] = out_mat("dZ", 0, 3);
    const double (*dA)[3] = in_mat("dA", 0, 3, NOTHING), (*Z)[3] = in_mat("Z", 0, 3, NOTHING);
    nn_relu_back(0, 3, dZ, dA, Z);
    expect_intact();
}
END_TEST

START_TEST(relu_back_any)
{
    double da[MOST * MOST], z[MOST * MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 7), d = gen_between(1, 7);
        fill(t, n * d, da);
        fill(t, n * d, z);
        check_relu_back(n, d, da, z, t % 2, NULL);
    }
}
END_TEST

/* ------------------------------------------------------------------ nn_softmax_ce */

/* z − lse carries an error of about 2ε·(|z| + |lse|), so exp of it a relative one of that size, times p ≤ 1; the rest is three roundings.
   The loss: k terms in the sum and the same two roundings at the size of the logits. */
static void check_ce(size_t n, size_t k, const double z[], const size_t y[], const char *why)
{
    double want[MOST * MOST], tol[MOST * MOST], J_tol = DBL_MIN;
    long double J = 0;
    for (size_t i = 0; i < n; i++) {
        long double top = -INFINITY, sum = 0, size = 0;
        for (size_t j = 0; j < k; j++) {
            top = fmaxl(top, z[i * k + j]);
            size = fmaxl(size, fabsl((long double)z[i * k + j]));
        }
        for (size_t j = 0; j < k; j++)
            sum += expl(z[i * k + j] - top);
        J += (top + logl(sum) - z[i * k + y[i]]) / n;
        double unit = 4 * EPS * (double)(k + 4 + 2 * size) / (double)n;
        J_tol += unit * (double)(n + 1);
        for (size_t j = 0; j < k; j++) {
            want[i * k + j] = (double)((expl(z[i * k + j] - top) / sum - (j == y[i])) / n);
            tol[i * k + j] = unit;
        }
    }
    call("nn_softmax_ce(%zu, %zu, dZ, Z, label)", n, k);
    double (*dZ)[k] = out_mat("dZ", n, k);
    const double (*Z)[k] = in_mat("Z", n, k, z);
    const size_t *label = in_index("label", n, y);
    double got = nn_softmax_ce(n, k, dZ, Z, label);
    if (why)
        because("%s", why);
    expect_num(got, (double)J, J_tol);
    expect_mat_tol(dZ, want, tol);
    for (size_t i = 0; i < n; i++)
        expect(fabs(exact_sum(k, dZ[i])) <= (double)k * 4 * EPS * (double)(k + 4) + (double)k * tol[i * k],
               "each row of dZ sums to 0, row %zu to %.3g", i, exact_sum(k, dZ[i]));
}

START_TEST(ce_by_hand)
{
    check_ce(1, 2, (double[]){0, 0}, (size_t[]){0}, "two equal scores: p = (0.5, 0.5), J = log 2, dZ = (-0.5, 0.5)");
    check_ce(2, 2, (double[]){1, 1 + log(3), -3, -3 + log(3)}, ELABEL,
             "p = (1/4, 3/4) in both rows; J = ½·log(16/3); dZ = (P - Y)/2 = (1, -1; -3, 3)/8");
    check_ce(1, 1, (double[]){7}, (size_t[]){0}, "with a single class nothing can be wrong");
    check_ce(3, 5, (double[15]){0}, (size_t[]){0, 4, 2}, "equal scores: J = log 5, and each row of P is 1/5 everywhere");
}
END_TEST

START_TEST(ce_far)
{
    check_ce(1, 2, (double[]){1000, -1000}, (size_t[]){0}, "certain and right: no loss and no slope");
    check_ce(1, 2, (double[]){1000, -1000}, (size_t[]){1}, "certain and wrong: the loss is the gap, 2000");
    check_ce(2, 3, (double[]){-1000, -1000, -1001, 1000, 999, 0}, (size_t[]){2, 1}, NULL);
}
END_TEST

START_TEST(ce_refuses)
{
    call("nn_softmax_ce(0, 3, dZ, Z, label)");
    double (*dZ)[3] = out_mat("dZ", 0, 3);
    const double (*Z)[3] = in_mat("Z", 0, 3, NOTHING);
    const size_t *label = in_index("label", 0, NOBODY);
    double got = nn_softmax_ce(0, 3, dZ, Z, label);
    because("the mean of nothing");
    expect_num(got, NAN, 0);
    static const size_t wrong[][2] = {{3, 0}, {0, 3}, {SIZE_MAX, 1}, {1, 1000000000}};
    for (size_t k = 0; k < 4; k++) {
        call("nn_softmax_ce(2, 3, dZ, Z, label)");
        double (*out)[3] = out_mat("dZ", 2, 3);
        const double (*in)[3] = in_mat("Z", 2, 3, (double[]){1, 2, 3, 4, 5, 6});
        const size_t *y = in_index("label", 2, wrong[k]);
        got = nn_softmax_ce(2, 3, out, in, y);
        because("the classes are 0, 1 and 2");
        expect_num(got, NAN, 0);
    }
}
END_TEST

START_TEST(ce_nan)
{
    call("nn_softmax_ce(2, 2, dZ, Z, label)");
    double (*dZ)[2] = out_mat("dZ", 2, 2);
    const double (*Z)[2] = in_mat("Z", 2, 2, (double[]){0, 0, NAN, 1});
    const size_t *label = in_index("label", 2, ELABEL);
    double got = nn_softmax_ce(2, 2, dZ, Z, label);
    because("a NaN among the scores");
    expect_num(got, NAN, 0);
}
END_TEST

START_TEST(ce_any)
{
    double z[MOST * MOST];
    size_t y[MOST];
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 7), k = gen_between(2, 7);
        for (size_t i = 0; i < n; i++)
            y[i] = gen_between(0, k - 1);
        for (size_t j = 0; j < n * k; j++)
            z[j] = t < 50 ? (double)gen_between(0, 6) - 3 : gen_normal() * (t < 150 ? 2 : 300);
        check_ce(n, k, z, y, NULL);
    }
}
END_TEST

typedef struct { size_t n, k; const size_t *y; } labels;

static double ce_cost(size_t, const double z[], void *ctx)
{
    const labels *l = ctx;
    long double J = 0;
    for (size_t i = 0; i < l->n; i++) {
        long double sum = 0;
        for (size_t j = 0; j < l->k; j++)
            sum += expl(z[i * l->k + j]);
        J += logl(sum) - z[i * l->k + l->y[i]];
    }
    return (double)(J / l->n);
}

START_TEST(ce_measured)
{
    double z[3 * 5], want[3 * 5];
    size_t y[3] = {4, 0, 2};
    for (size_t j = 0; j < 15; j++)
        z[j] = gen_uniform(-2, 2);
    diff_grad(15, want, z, ce_cost, &(labels){3, 5, y});
    call("nn_softmax_ce(3, 5, dZ, Z, label)");
    double (*dZ)[5] = out_mat("dZ", 3, 5);
    const double (*Z)[5] = in_mat("Z", 3, 5, z);
    const size_t *label = in_index("label", 3, y);
    (void)nn_softmax_ce(3, 5, dZ, Z, label);
    because("expected are the slopes of the cost, as diff_grad measures them");
    /* J < 6: rounding ε·6/6e-6 = 2e-10; truncation h²/6 of a third derivative below 1: 6e-12. */
    expect_mat(dZ, want, 3e-9);
}
END_TEST

/* ------------------------------------------------------------------ nn_init_he */

static void check_init(size_t din, size_t dout, uint64_t seed)
{
    rng mine = {seed}, r = {seed};
    double want[200], sd = sqrt(2 / (double)din);
    for (size_t call_no = 0; call_no < 2; call_no++) {
        for (size_t k = 0; k < din * dout; k++)
            want[k] = sd * rng_normal(&mine);
        call("nn_init_he(%zu, %zu, W, &r), r.state = 0x%llx", din, dout, (unsigned long long)r.state);
        double (*W)[dout] = out_mat("W", din, dout);
        nn_init_he(din, dout, W, &r);
        because("W[0][0], W[0][1], … are the root of 2/%zu times what rng_normal gives, one after the other", din);
        /* The factor may be rounded four times, the product once; entries are below 8.6·√2. */
        double tol[200];
        for (size_t k = 0; k < din * dout; k++)
            tol[k] = tol_ulp(want[k], 5);
        expect_mat_tol(W, want, tol);
        because("each weight takes one rng_normal, and so two uniform numbers, from r");
        expect(r.state == mine.state, "after the call r.state has to be 0x%llx, it is 0x%llx", (unsigned long long)mine.state,
               (unsigned long long)r.state);
    }
}

START_TEST(init_exactly)
{
    check_init(2, 1, 1);
    check_init(1, 3, 1);
    check_init(3, 2, 22);
    check_init(7, 5, 42);
    check_init(50, 3, 42);
    check_init(5, 11, (uint64_t)gen_between(0, SIZE_MAX - 1));
}
END_TEST

START_TEST(init_spread)
{
    /* Fixed seeds: for these the mean square is within 5 % of 2/din, and no bound has to allow for chance. */
    enum { IN = 50, OUT = 80 };
    rng r = {7};
    call("nn_init_he(%d, %d, W, &r), r.state = 7", IN, OUT);
    double (*W)[OUT] = out_mat("W", IN, OUT), sum = 0, squares = 0;
    nn_init_he(IN, OUT, W, &r);
    for (size_t k = 0; k < IN * OUT; k++) {
        sum += W[k / OUT][k % OUT];
        squares += W[k / OUT][k % OUT] * W[k / OUT][k % OUT];
    }
    expect(fabs(sum / (IN * OUT)) <= 0.02, "the mean of the weights has to be near 0, it is %.4f", sum / (IN * OUT));
    expect(fabs(squares / (IN * OUT) / 0.04 - 1) <= 0.05, "the variance has to be near 2/50 = 0.04, it is %.4f", squares / (IN * OUT));
}
END_TEST

/* ------------------------------------------------------------------ nn_count */

static void check_count(nn_shape s, size_t want, const char *why)
{
    call("nn_count((nn_shape){%zu, %zu, %zu})", s.din, s.dhid, s.dout);
    size_t got = nn_count(s);
    because("%s", why);
    expect_size(got, want);
}

START_TEST(count_by_hand)
{
    check_count((nn_shape){1, 1, 1}, 4, "two weights, two biases");
    check_count(SMALL, 17, "6 + 3 + 6 + 2");
    check_count((nn_shape){5, 1, 1}, 8, "5 + 1 + 1 + 1");
    check_count((nn_shape){1, 1, 5}, 12, "1 + 1 + 5 + 5");
    check_count((nn_shape){64, 32, 10}, 2410, "2048 + 32 + 320 + 10");
    check_count((nn_shape){1000000, 1000000, 10}, 1000011000010, "10^12 + 10^6 + 10^7 + 10");
}
END_TEST

START_TEST(count_any)
{
    for (size_t t = 0; t < TRIALS; t++) {
        nn_shape s = {gen_size(t, 1, 3000), gen_between(1, 1 + t), gen_between(1, 1 + 10 * t)};
        check_count(s, s.din * s.dhid + s.dhid + s.dhid * s.dout + s.dout, "din·dhid + dhid + dhid·dout + dout");
    }
}
END_TEST

/* ------------------------------------------------------------------ a whole network, in long double */

enum { ROWS = 5, WEIGHTS = 150 };
typedef struct {
    nn_shape s;
    size_t n, p, label[ROWS];
    double X[ROWS * MOST], theta[WEIGHTS], lambda;
    double H[ROWS * MOST], Z[ROWS * MOST], grad[WEIGHTS], J;
    double tol_H, tol_Z, tol_J, tol_grad; /* for any entry */
    double margin; /* the smallest |pre-activation| */
} net;

/* Fills H, Z, grad and J by the sums of the chapter's proofs. Bounds: a pre-activation of the first layer carries u1 = 2(din + 2)·ε·S1,
   S1 the largest Σ|x·w| + |b|; a logit carries u2 = R2·u1 + 2(dhid + 2)·ε·S2, R2 the largest column sum of |W2|, S2 likewise with |h| ≤ S1.
   A probability moves by at most twice the error of the logits, plus the rounding of exp at |z| ≤ S2: up = 2·u2 + 8ε(dout + S2). A slope is
   a sum of at most n·dout·… terms of |factor|·up; all factors together are at most F = (1 + S1)(1 + max|x|)(1 + max row sum of |W2|). The mean over n
   takes the n away again. With the roundings of those sums, (n + dout + 4)·ε·F, and of the penalty. Twice all of it. */
static void solve(net *q)
{
    size_t a = q->s.din, b = q->s.dhid, c = q->s.dout, n = q->n;
    const double *W1 = q->theta, *b1 = W1 + a * b, *W2 = b1 + b, *b2 = W2 + b * c;
    long double Z1[ROWS * MOST], z[ROWS * MOST], J = 0, g[WEIGHTS] = {0};
    double S1 = 0, S2 = 0, C2 = 0, R2 = 0, top_x = 0, top_w = 0, squares = 0;
    q->p = a * b + b + b * c + c;
    q->margin = INFINITY;
    for (size_t i = 0; i < n; i++)
        for (size_t h = 0; h < b; h++) {
            long double s = b1[h], size = fabs(b1[h]);
            for (size_t k = 0; k < a; k++) {
                s += (long double)q->X[i * a + k] * W1[k * b + h];
                size += fabs(q->X[i * a + k] * W1[k * b + h]);
                top_x = fmax(top_x, fabs(q->X[i * a + k]));
            }
            S1 = fmax(S1, (double)size);
            Z1[i * b + h] = s;
            q->margin = fmin(q->margin, fabs((double)s));
            q->H[i * b + h] = s > 0 ? (double)s : 0;
        }
    for (size_t i = 0; i < n; i++) {
        long double top = -INFINITY, sum = 0;
        for (size_t j = 0; j < c; j++) {
            long double s = b2[j], size = fabs(b2[j]), col = 0;
            for (size_t h = 0; h < b; h++) {
                long double hidden = Z1[i * b + h] > 0 ? Z1[i * b + h] : 0;
                s += hidden * W2[h * c + j];
                size += S1 * fabs(W2[h * c + j]);
                col += fabs(W2[h * c + j]);
            }
            S2 = fmax(S2, (double)size);
            C2 = fmax(C2, (double)col);
            z[i * c + j] = s;
            q->Z[i * c + j] = (double)s;
            top = fmaxl(top, s);
        }
        for (size_t j = 0; j < c; j++)
            sum += expl(z[i * c + j] - top);
        J += (top + logl(sum) - z[i * c + q->label[i]]) / n;
        for (size_t j = 0; j < c; j++) {
            long double dz = (expl(z[i * c + j] - top) / sum - (j == q->label[i])) / n;
            g[a * b + b + b * c + j] += dz;
            for (size_t h = 0; h < b; h++) {
                if (!(Z1[i * b + h] > 0))
                    continue;
                g[a * b + b + h * c + j] += Z1[i * b + h] * dz;
                g[a * b + h] += dz * W2[h * c + j];
                for (size_t k = 0; k < a; k++)
                    g[k * b + h] += q->X[i * a + k] * dz * W2[h * c + j];
            }
        }
    }
    for (size_t h = 0; h < b; h++) {
        double row = 0;
        for (size_t j = 0; j < c; j++)
            row += fabs(W2[h * c + j]);
        R2 = fmax(R2, row);
    }
    for (size_t k = 0; k < q->p; k++) {
        bool weight = k < a * b || (k >= a * b + b && k < a * b + b + b * c);
        top_w = fmax(top_w, fabs(q->theta[k]));
        squares += weight ? q->theta[k] * q->theta[k] : 0;
        q->grad[k] = (double)(g[k] + (weight ? (long double)q->lambda * q->theta[k] : 0));
    }
    q->J = (double)(J + (long double)q->lambda / 2 * squares);
    double u1 = 2 * (double)(a + 2) * EPS * S1, u2 = C2 * u1 + 2 * (double)(b + 2) * EPS * S2;
    double up = 2 * u2 + 8 * EPS * ((double)c + S2), F = (1 + S1) * (1 + top_x) * (1 + R2);
    q->tol_H = u1 + DBL_MIN;
    q->tol_Z = u2 + DBL_MIN;
    q->tol_J = 2 * (2 * u2 + EPS * ((double)(n + c + 4) * (1 + S2)) + (double)(q->p + 2) * EPS * fabs(q->lambda) * squares) + DBL_MIN;
    q->tol_grad = 2 * ((double)c * F * (up + (double)(n + c + 4) * EPS) + 4 * EPS * fabs(q->lambda) * top_w);
}

static void net_hand(net *q, double lambda)
{
    *q = (net){.s = SMALL, .n = 2, .label = {1, 0}, .lambda = lambda};
    memcpy(q->X, EX, sizeof EX);
    example_theta(q->theta);
    solve(q);
}

/* Random, of small primes; drawn again while a gate stands at 0 to nine digits, where rounding decides. */
static void net_any(net *q, size_t t)
{
    static const nn_shape shape[] = {{1, 1, 2}, {1, 2, 3}, {2, 3, 2}, {3, 2, 5}, {2, 5, 3}, {5, 3, 2}, {5, 7, 3}, {7, 3, 5}};
    do {
        *q = (net){.s = shape[t % 8], .n = gen_between(1, ROWS), .lambda = t % 3 == 0 ? 0 : gen_uniform(0.1, 1)};
        size_t p = (q->s.din + 1) * q->s.dhid + (q->s.dhid + 1) * q->s.dout;
        for (size_t k = 0; k < q->n * q->s.din; k++)
            q->X[k] = t < 40 ? (double)gen_between(0, 8) / 4 - 1 : gen_normal();
        for (size_t k = 0; k < p; k++)
            q->theta[k] = t < 40 ? (double)gen_between(0, 16) / 8 - 1.0625 : gen_normal();
        for (size_t i = 0; i < q->n; i++)
            q->label[i] = gen_between(0, q->s.dout - 1);
        solve(q);
    } while (q->margin < 1e-9);
}

/* ------------------------------------------------------------------ nn_forward */

static void check_forward(const net *q, const char *why)
{
    nn_shape s = q->s;
    call("nn_forward({%zu, %zu, %zu}, %zu, %zu, H, Z, X, theta)", s.din, s.dhid, s.dout, q->p, q->n);
    double (*H)[s.dhid] = out_mat("H", q->n, s.dhid), (*Z)[s.dout] = out_mat("Z", q->n, s.dout);
    const double (*X)[s.din] = in_mat("X", q->n, s.din, q->X);
    const double *theta = in_vec("theta", q->p, q->theta);
    nn_forward(s, q->p, q->n, H, Z, X, theta);
    if (why)
        because("%s", why);
    expect_mat(H, q->H, q->tol_H);
    expect_mat(Z, q->Z, q->tol_Z);
}

START_TEST(forward_by_hand)
{
    net one = {.s = {1, 1, 1}, .n = 1, .X = {3}, .theta = {2, -1, 10, 4}};
    solve(&one);
    check_forward(&one, "h = 3·2 - 1 = 5, z = 5·10 + 4 = 54");
    one.theta[2] = -10;
    solve(&one);
    check_forward(&one, "h = 5, z = 5·(-10) + 4 = -46: a logit may be negative");
    net q;
    net_hand(&q, 0);
    check_forward(&q, "the chapter's example: H = (1, 2, 0; 3, 0, 6), Z = (1, 1 + log 3; -3, -3 + log 3)");
}
END_TEST

START_TEST(forward_none)
{
    double t[17];
    example_theta(t);
    call("nn_forward({2, 3, 2}, 17, 0, H, Z, X, theta)");
    double (*H)[3] = out_mat("H", 0, 3), (*Z)[2] = out_mat("Z", 0, 2);
    const double (*X)[2] = in_mat("X", 0, 2, NOTHING);
    const double *theta = in_vec("theta", 17, t);
    nn_forward(SMALL, 17, 0, H, Z, X, theta);
    expect_intact();
}
END_TEST

START_TEST(forward_large)
{
    static double x[TALL], h[TALL], z[TALL];
    for (size_t i = 0; i < TALL; i++) {
        x[i] = (double)i;
        h[i] = i > 1000 ? (double)i - 1000 : 0;
        z[i] = 3 - 2 * h[i];
    }
    call("nn_forward({1, 1, 1}, 4, %d, H, Z, X, theta)", TALL);
    double (*H)[1] = out_mat("H", TALL, 1), (*Z)[1] = out_mat("Z", TALL, 1);
    const double (*X)[1] = in_mat("X", TALL, 1, x);
    const double *theta = in_vec("theta", 4, (double[]){1, -1000, -2, 3});
    nn_forward((nn_shape){1, 1, 1}, 4, TALL, H, Z, X, theta);
    because("a large batch: example i is i, so h = max(0, i - 1000) and z = 3 - 2h");
    expect_mat(H, h, 0);
    expect_mat(Z, z, 0);
}
END_TEST

START_TEST(forward_any)
{
    net q;
    for (size_t t = 0; t < TRIALS; t++) {
        net_any(&q, t);
        check_forward(&q, NULL);
    }
}
END_TEST

START_TEST(forward_nan)
{
    double t[17];
    example_theta(t);
    call("nn_forward({2, 3, 2}, 17, 1, H, Z, X, theta)");
    double (*H)[3] = out_mat("H", 1, 3), (*Z)[2] = out_mat("Z", 1, 2);
    const double (*X)[2] = in_mat("X", 1, 2, (double[]){NAN, 1});
    const double *theta = in_vec("theta", 17, t);
    nn_forward(SMALL, 17, 1, H, Z, X, theta);
    because("an input is NaN");
    expect_mat(H, (double[]){NAN, NAN, NAN}, 0);
    expect_mat(Z, (double[]){NAN, NAN}, 0);
}
END_TEST

/* ------------------------------------------------------------------ nn_loss */

static void check_loss(const net *q, const char *why)
{
    nn_shape s = q->s;
    call("nn_loss({%zu, %zu, %zu}, %zu, %zu, X, theta, label, %s)", s.din, s.dhid, s.dout, q->p, q->n, num_text(q->lambda));
    const double (*X)[s.din] = in_mat("X", q->n, s.din, q->X);
    const double *theta = in_vec("theta", q->p, q->theta);
    const size_t *label = in_index("label", q->n, q->label);
    double got = nn_loss(s, q->p, q->n, X, theta, label, q->lambda);
    if (why)
        because("%s", why);
    expect_num(got, q->J, q->tol_J);
}

START_TEST(loss_by_hand)
{
    net zero = {.s = {1, 1, 2}, .n = 1, .X = {3}};
    solve(&zero);
    check_loss(&zero, "all weights are 0, so both classes get ½: J = log 2");
    net five = {.s = {2, 3, 5}, .n = 2, .X = {1, 2, 3, 4}, .label = {4, 1}, .lambda = 1};
    solve(&five);
    check_loss(&five, "all weights are 0, so each of 5 classes gets 1/5: J = log 5");
    net q;
    net_hand(&q, 0);
    check_loss(&q, "the chapter's example: ½·log(16/3)");
    net_hand(&q, 0.5);
    check_loss(&q, "½·log(16/3), plus 0.5/2·(8 + 4) = 3 for the squares of W1 and W2");
    net biases = {.s = {1, 1, 2}, .n = 1, .X = {1}, .theta = {0, 9, 0, 0, 7, 7}, .lambda = 1};
    solve(&biases);
    check_loss(&biases, "only biases differ from 0, and they pay no penalty: J = log 2");
}
END_TEST

static void refused(const char *why, nn_shape s, size_t p, size_t n, const double x[], const double t[], const size_t y[])
{
    call("nn_loss({%zu, %zu, %zu}, %zu, %zu, X, theta, label, 0.1)", s.din, s.dhid, s.dout, p, n);
    const double (*X)[s.din] = in_mat("X", n, s.din, x);
    const double *theta = in_vec("theta", p, t);
    const size_t *label = in_index("label", n, y);
    double got = nn_loss(s, p, n, X, theta, label, 0.1);
    because("%s", why);
    expect_num(got, NAN, 0);
}

START_TEST(loss_refuses)
{
    double t[18] = {0};
    example_theta(t);
    refused("a network 2-3-2 has 17 parameters", SMALL, 16, 2, EX, t, ELABEL);
    refused("a network 2-3-2 has 17 parameters", SMALL, 18, 2, EX, t, ELABEL);
    refused("the mean of nothing", SMALL, 17, 0, NOTHING, t, NOBODY);
    refused("the classes are 0 and 1", SMALL, 17, 2, EX, t, (size_t[]){1, 2});
    refused("the classes are 0 and 1", SMALL, 17, 2, EX, t, (size_t[]){SIZE_MAX, 0});
    refused("a NaN among the inputs", SMALL, 17, 2, (double[]){1, NAN, 1, 1}, t, ELABEL);
}
END_TEST

START_TEST(loss_no_memory)
{
    for (size_t works = 0; works < 2; works++) {
        net q;
        net_hand(&q, 0);
        call("nn_loss({2, 3, 2}, 17, 2, X, theta, label, 0) without memory");
        const double (*X)[2] = in_mat("X", 2, 2, q.X);
        const double *theta = in_vec("theta", 17, q.theta);
        const size_t *label = in_index("label", 2, q.label);
        malloc_fails_after(works);
        double got = nn_loss(SMALL, 17, 2, X, theta, label, 0);
        malloc_fails(false);
        expect(isnan(got) || fabs(got - q.J) <= q.tol_J,
               "without memory the cost is NAN (or right, if none was needed); it is %g", got);
    }
}
END_TEST

START_TEST(loss_again)
{
    net q;
    net_hand(&q, 0.5);
    call("nn_loss({2, 3, 2}, 17, 2, X, theta, label, λ) with λ = 0, then with λ = 0.5");
    const double (*X)[2] = in_mat("X", 2, 2, q.X);
    const double *theta = in_vec("theta", 17, q.theta);
    const size_t *label = in_index("label", 2, q.label);
    double first = nn_loss(SMALL, 17, 2, X, theta, label, 0), second = nn_loss(SMALL, 17, 2, X, theta, label, 0.5);
    because("each call computes its own cost: first ½·log(16/3), then 3 more");
    expect_num(first, q.J - 3, q.tol_J);
    expect_num(second, q.J, q.tol_J);
}
END_TEST

/* A network 1-6-5 and MANY examples: H has 12 MB and Z has 10, more than a stack holds. Every example is the same, so the mean is the cost
   of one, and the slopes are those of one. */
enum { MANY = 250000 };
static double many_x[MANY];
static size_t many_label[MANY];

static void net_many(net *q)
{
    *q = (net){.s = {1, 6, 5}, .n = 1, .X = {2}, .label = {3}, .lambda = 0.5};
    for (size_t k = 0; k < 47; k++)
        q->theta[k] = (double)(k * 7 % 10) / 8 - 0.5;
    solve(q);
    for (size_t i = 0; i < MANY; i++) {
        many_x[i] = 2;
        many_label[i] = 3;
    }
    /* A sum of MANY equal terms, in any order, carries up to MANY roundings where solve has allowed for a few. */
    q->tol_J *= MANY;
    q->tol_grad *= MANY;
}

START_TEST(loss_many)
{
    net q;
    net_many(&q);
    call("nn_loss({1, 6, 5}, 47, %d, X, theta, label, 0.5)", MANY);
    const double *theta = in_vec("theta", 47, q.theta);
    double got = nn_loss(q.s, 47, MANY, (const double (*)[1])many_x, theta, many_label, 0.5);
    because("%d equal examples, so the mean is the cost of one; H and Z do not fit on the stack", MANY);
    expect_num(got, q.J, q.tol_J);
}
END_TEST

START_TEST(loss_any)
{
    net q;
    for (size_t t = 0; t < TRIALS; t++) {
        net_any(&q, t);
        check_loss(&q, NULL);
    }
}
END_TEST

START_TEST(loss_order)
{
    net q;
    for (size_t t = 0; t < 20; t++) {
        net_any(&q, t);
        size_t d = q.s.din;
        for (size_t i = 0; i < q.n / 2; i++) {
            size_t l = q.n - 1 - i, y = q.label[i];
            q.label[i] = q.label[l];
            q.label[l] = y;
            for (size_t k = 0; k < d; k++) {
                double x = q.X[i * d + k];
                q.X[i * d + k] = q.X[l * d + k];
                q.X[l * d + k] = x;
            }
        }
        check_loss(&q, "the order of the examples does not matter");
    }
}
END_TEST

/* ------------------------------------------------------------------ nn_loss_grad */

static void check_loss_grad(const net *q, const char *why)
{
    nn_shape s = q->s;
    call("nn_loss_grad({%zu, %zu, %zu}, %zu, %zu, grad, X, theta, label, %s)", s.din, s.dhid, s.dout, q->p, q->n, num_text(q->lambda));
    double *grad = out_vec("grad", q->p);
    const double (*X)[s.din] = in_mat("X", q->n, s.din, q->X);
    const double *theta = in_vec("theta", q->p, q->theta);
    const size_t *label = in_index("label", q->n, q->label);
    double got = nn_loss_grad(s, q->p, q->n, grad, X, theta, label, q->lambda);
    if (why)
        because("%s", why);
    expect_num(got, q->J, q->tol_J);
    size_t b1 = s.din * s.dhid, w2 = b1 + s.dhid, b2 = q->p - s.dout;
    because("the blocks of grad begin here: W1 at 0, b1 at %zu, W2 at %zu, b2 at %zu", b1, w2, b2);
    expect_vec(grad, q->grad, q->tol_grad);
}

START_TEST(sweep_by_hand)
{
    net one = {.s = {1, 1, 2}, .n = 1, .X = {1}, .theta = {1, 0, 0, 0, 0, 0}};
    solve(&one);
    check_loss_grad(&one, "h = 1, equal scores: dZ = (-0.5, 0.5), dW2 = h·dZ; W2 = 0 sends nothing further back");
    net closed = {.s = {1, 1, 2}, .n = 1, .X = {1}, .theta = {-1, 0, 2, 1, 0, 0}};
    solve(&closed);
    check_loss_grad(&closed, "the gate is closed: only the last biases have slopes");
    net q;
    net_hand(&q, 0);
    for (size_t k = 0; k < 17; k++)
        q.grad[k] = EGRAD[k];
    check_loss_grad(&q, "the chapter's example, in eighths: dW1 = (-16, -1, 9; 10, -2, -3), db1 = (-4, -1, 3), dW2 = (-8, 8; 2, -2; -18, 18), "
                        "db2 = (-2, 2)");
    net_hand(&q, 0.5);
    check_loss_grad(&q, "the same, plus 0.5 times each weight of W1 and W2; biases pay nothing");
}
END_TEST

START_TEST(sweep_refuses)
{
    static const struct { size_t p, n; size_t label[2]; const char *why; } bad[] = {
        {16, 2, {1, 0}, "a network 2-3-2 has 17 parameters"},
        {18, 2, {1, 0}, "a network 2-3-2 has 17 parameters"},
        {17, 0, {0, 0}, "the mean of nothing"},
        {17, 2, {1, 2}, "the classes are 0 and 1"},
        {17, 2, {SIZE_MAX, 0}, "the classes are 0 and 1"}};
    double t[18] = {0};
    example_theta(t);
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        call("nn_loss_grad({2, 3, 2}, %zu, %zu, grad, X, theta, label, 0.1)", bad[k].p, bad[k].n);
        double *grad = out_vec("grad", bad[k].p);
        const double (*X)[2] = in_mat("X", bad[k].n, 2, EX);
        const double *theta = in_vec("theta", bad[k].p, t);
        const size_t *label = in_index("label", bad[k].n, bad[k].label);
        double got = nn_loss_grad(SMALL, bad[k].p, bad[k].n, grad, X, theta, label, 0.1);
        because("%s", bad[k].why);
        expect_num(got, NAN, 0);
    }
}
END_TEST

START_TEST(sweep_no_memory)
{
    for (size_t works = 0; works < 4; works++) {
        net q;
        net_hand(&q, 0);
        call("nn_loss_grad({2, 3, 2}, 17, 2, grad, X, theta, label, 0) without memory");
        double *grad = out_vec("grad", 17);
        const double (*X)[2] = in_mat("X", 2, 2, q.X);
        const double *theta = in_vec("theta", 17, q.theta);
        const size_t *label = in_index("label", 2, q.label);
        malloc_fails_after(works);
        double got = nn_loss_grad(SMALL, 17, 2, grad, X, theta, label, 0);
        malloc_fails(false);
        expect(isnan(got) || fabs(got - q.J) <= q.tol_J,
               "without memory the cost is NAN (or right, if none was needed); it is %g", got);
    }
}
END_TEST

START_TEST(sweep_again)
{
    net q;
    net_hand(&q, 0.5);
    call("nn_loss_grad({2, 3, 2}, 17, 2, grad, X, theta, label, λ) with λ = 0, then with λ = 0.5");
    double *grad = out_vec("grad", 17);
    const double (*X)[2] = in_mat("X", 2, 2, q.X);
    const double *theta = in_vec("theta", 17, q.theta);
    const size_t *label = in_index("label", 2, q.label);
    double first = nn_loss_grad(SMALL, 17, 2, grad, X, theta, label, 0), second = nn_loss_grad(SMALL, 17, 2, grad, X, theta, label, 0.5);
    because("each call computes its own cost and slopes: nothing is left over from the first");
    expect_num(first, q.J - 3, q.tol_J);
    expect_num(second, q.J, q.tol_J);
    expect_vec(grad, q.grad, q.tol_grad);
}
END_TEST

START_TEST(sweep_many)
{
    net q;
    net_many(&q);
    call("nn_loss_grad({1, 6, 5}, 47, %d, grad, X, theta, label, 0.5)", MANY);
    double *grad = out_vec("grad", 47);
    const double *theta = in_vec("theta", 47, q.theta);
    double got = nn_loss_grad(q.s, 47, MANY, grad, (const double (*)[1])many_x, theta, many_label, 0.5);
    because("%d equal examples, so cost and slopes are those of one; the tables do not fit on the stack", MANY);
    expect_num(got, q.J, q.tol_J);
    expect_vec(grad, q.grad, q.tol_grad);
}
END_TEST

START_TEST(sweep_any)
{
    net q;
    for (size_t t = 0; t < TRIALS; t++) {
        net_any(&q, t);
        check_loss_grad(&q, NULL);
    }
}
END_TEST

START_TEST(sweep_permuted)
{
    /* Hidden units in the opposite order: the same function, and the slopes move along. */
    for (size_t t = 2; t < 22; t++) {
        net q, turned;
        net_any(&q, t);
        turned = q;
        size_t a = q.s.din, b = q.s.dhid, c = q.s.dout;
        for (size_t h = 0; h < b; h++) {
            for (size_t k = 0; k < a; k++)
                turned.theta[k * b + h] = q.theta[k * b + b - 1 - h];
            turned.theta[a * b + h] = q.theta[a * b + b - 1 - h];
            for (size_t j = 0; j < c; j++)
                turned.theta[a * b + b + h * c + j] = q.theta[a * b + b + (b - 1 - h) * c + j];
        }
        solve(&turned);
        check_loss_grad(&q, NULL);
        check_loss_grad(&turned, "as the call before, with the hidden units in the opposite order");
    }
}
END_TEST

/* 64-32-10 on five pictures: all 2410 slopes against central differences. */
enum { BIG = 2410, SEEN = 5, D = 64, HID = 32, K = 10 };
typedef struct { double X[SEEN * D], lambda, margin; size_t label[SEEN]; } pictures;

static double pictures_cost(size_t, const double theta[], void *ctx)
{
    pictures *o = ctx;
    const double *b1 = theta + D * HID, *W2 = b1 + HID, *b2 = W2 + HID * K;
    double J = 0, squares = 0;
    o->margin = INFINITY;
    for (size_t i = 0; i < SEEN; i++) {
        double h[HID], z[K], sum = 0;
        memcpy(h, b1, sizeof h);
        memcpy(z, b2, sizeof z);
        for (size_t k = 0; k < D; k++)
            for (size_t l = 0; l < HID; l++)
                h[l] += o->X[i * D + k] * theta[k * HID + l];
        for (size_t l = 0; l < HID; l++) {
            o->margin = fmin(o->margin, fabs(h[l]));
            for (size_t j = 0; h[l] > 0 && j < K; j++)
                z[j] += h[l] * W2[l * K + j];
        }
        for (size_t j = 0; j < K; j++)
            sum += exp(z[j] - z[o->label[i]]);
        J += log(sum) / SEEN;
    }
    for (size_t k = 0; k < BIG; k++)
        squares += k < D * HID || (k >= D * HID + HID && k < BIG - K) ? theta[k] * theta[k] : 0;
    return J + o->lambda / 2 * squares;
}

START_TEST(sweep_all_weights)
{
    static pictures o;
    static double start[BIG], nudged[BIG];
    o.lambda = 0.01;
    /* Nudges of 6e-6 move a pre-activation by at most 6e-6·|x| ≤ 6e-6: with 1e-5 between every gate and its corner none is crossed. */
    do {
        for (size_t k = 0; k < SEEN * D; k++)
            o.X[k] = fmax(0, gen_uniform(-0.6, 1));
        for (size_t i = 0; i < SEEN; i++)
            o.label[i] = gen_between(0, K - 1);
        for (size_t k = 0; k < BIG; k++)
            start[k] = gen_normal() * (k < D * HID ? 0.17 : 0.25);
        (void)pictures_cost(BIG, start, &o);
    } while (o.margin < 1e-5);
    double J = pictures_cost(BIG, start, &o);
    call("nn_loss_grad({64, 32, 10}, 2410, 5, grad, X, theta, label, 0.01)");
    double *grad = out_vec("grad", BIG);
    const double (*X)[D] = in_mat("X", SEEN, D, o.X);
    const double *theta = in_vec("theta", BIG, start);
    const size_t *label = in_index("label", SEEN, o.label);
    double got = nn_loss_grad((nn_shape){D, HID, K}, BIG, SEEN, grad, X, theta, label, o.lambda);
    /* J < 10, some thousand roundings at most: 1e-11. */
    expect_num(got, J, 1e-11);
    diff_grad(BIG, nudged, start, pictures_cost, &o);
    because("expected are all 2410 slopes as diff_grad measures them: W1 is entries 0 to 2047, b1 to 2079, W2 to 2399, b2 to 2409");
    /* J carries some 50 roundings, ε·50·10 = 1e-13, over 2h = 1.2e-5: 1e-8; truncation h²/6 = 6e-12 times a third derivative below 1e3. */
    expect_vec(grad, nudged, 1e-7);
}
END_TEST

/* ------------------------------------------------------------------ pens */

START_TEST(pen_parameters)
{
    static const size_t width[] = {64, 32, 16, 10};
    double sum = 0;
    for (size_t l = 1; l < 4; l++)
        for (size_t j = 0; j < width[l]; j++)
            sum += (double)width[l - 1] + 1;
    call("pen_22_a()");
    expect_answer(pen_22_a(), sum, 1e-6 * sum, "of all of them, 58 are biases");
}
END_TEST

START_TEST(pen_slope)
{
    /* The cost as a function of the true class's logit, the others together as e^0: p = 0.7 at z = log(7/3). */
    double z = log(7. / 3), h = 1e-3;
    double near = (log1p(exp(-z - h)) - log1p(exp(-z + h))) / (2 * h);
    double far = (log1p(exp(-z - 2 * h)) - log1p(exp(-z + 2 * h))) / (4 * h);
    call("pen_22_b()");
    expect_answer(pen_22_b(), (4 * near - far) / 3, 1e-7, "the other entries of the row are positive, and the row sums to 0");
}
END_TEST

START_TEST(pen_variance)
{
    call("pen_22_c()");
    double v = 1;
    while (64 * v > 2)
        v /= 2;
    expect_answer(pen_22_c(), v, 1e-6 * v, "it lies between 0.02 and 0.1");
}
END_TEST

/* ------------------------------------------------------------------ the suite */

Suite *suite(void)
{
    Suite *s = suite_create("22-backprop");

    TCase *affine = suite_case(s, "nn_affine");
    tcase_add_test(affine, affine_by_hand);
    tcase_add_test(affine, affine_none);
    tcase_add_test(affine, affine_any);
    tcase_add_test(affine, affine_nan);
    tcase_add_test(affine, affine_large);

    TCase *params = suite_case(s, "nn_affine_back_params");
    tcase_add_test(params, params_by_hand);
    tcase_add_test(params, params_none);
    tcase_add_test(params, params_nan);
    tcase_add_test(params, params_any);
    tcase_add_test(params, params_measured);

    TCase *input = suite_case(s, "nn_affine_back_input");
    tcase_add_test(input, input_by_hand);
    tcase_add_test(input, input_none);
    tcase_add_test(input, input_nan);
    tcase_add_test(input, input_any);
    tcase_add_test(input, input_measured);

    TCase *relu = suite_case(s, "nn_relu");
    tcase_add_test(relu, relu_by_hand);
    tcase_add_test(relu, relu_edges);
    tcase_add_test(relu, relu_any);

    TCase *relu_back = suite_case(s, "nn_relu_back");
    tcase_add_test(relu_back, relu_back_by_hand);
    tcase_add_test(relu_back, relu_back_edges);
    tcase_add_test(relu_back, relu_back_any);

    TCase *ce = suite_case(s, "nn_softmax_ce");
    tcase_add_test(ce, ce_by_hand);
    tcase_add_test(ce, ce_far);
    tcase_add_test(ce, ce_refuses);
    tcase_add_test(ce, ce_nan);
    tcase_add_test(ce, ce_any);
    tcase_add_test(ce, ce_measured);

    TCase *init = suite_case(s, "nn_init_he");
    tcase_add_test(init, init_exactly);
    tcase_add_test(init, init_spread);

    TCase *count = suite_case(s, "nn_count");
    tcase_add_test(count, count_by_hand);
    tcase_add_test(count, count_any);

    TCase *forward = suite_case(s, "nn_forward");
    tcase_add_test(forward, forward_by_hand);
    tcase_add_test(forward, forward_none);
    tcase_add_test(forward, forward_large);
    tcase_add_test(forward, forward_any);
    tcase_add_test(forward, forward_nan);

    TCase *loss = suite_case(s, "nn_loss");
    tcase_add_test(loss, loss_by_hand);
    tcase_add_test(loss, loss_refuses);
    tcase_add_test(loss, loss_no_memory);
    tcase_add_test(loss, loss_again);
    tcase_add_test(loss, loss_many);
    tcase_add_test(loss, loss_any);
    tcase_add_test(loss, loss_order);

    TCase *sweep = suite_case(s, "nn_loss_grad");
    tcase_add_test(sweep, sweep_by_hand);
    tcase_add_test(sweep, sweep_refuses);
    tcase_add_test(sweep, sweep_no_memory);
    tcase_add_test(sweep, sweep_again);
    tcase_add_test(sweep, sweep_many);
    tcase_add_test(sweep, sweep_any);
    tcase_add_test(sweep, sweep_permuted);
    tcase_add_test(sweep, sweep_all_weights);

    tcase_add_test(suite_case(s, "pen_22_a"), pen_parameters);
    tcase_add_test(suite_case(s, "pen_22_b"), pen_slope);
    tcase_add_test(suite_case(s, "pen_22_c"), pen_variance);
    return s;
}
