/* The suite of chapter 21, automatic differentiation. One TCase per function.

   The operations: what stands in the new node is compared with the value and the local derivatives, each to a few roundings; which
   parent stands in which place is not asked. The sweep: on tapes of whole numbers the gradients are exact; on random tapes each is a sum
   over paths, and is compared with the same sum made in forward mode. If A is that sum with absolute values, any order of products and
   sums over N nodes is off by at most 2·N·ε·A. The tape is large (200 kB), so the calls are few. The tapes are made with ad_push, which
   is given, so that a wrong operation spoils nobody else's tests. */
#include "harness.h"

#include "ad.h"
#include "diff.h"
#include "pen.h"

static ad_tape T, before;

static double value(ad_var a) { return T.node[a].val; }

/* Operations of our own. */
static ad_var plus(ad_var a, ad_var b) { return ad_push(&T, value(a) + value(b), a, 1, b, 1); }
static ad_var times(ad_var a, ad_var b) { return ad_push(&T, value(a) * value(b), a, value(b), b, value(a)); }
static ad_var line(ad_var a, double m, double c) { return ad_push(&T, m * value(a) + c, a, m, 0, 0); }

/* Fills the tape up to the last node. */
static void fill(size_t n)
{
    while (T.n < n)
        ad_leaf(&T, 0.5);
}

/* Earlier nodes are as they were. */
static void earlier(size_t n)
{
    for (ad_var i = 0; i < n; i++)
        expect(memcmp(&T.node[i], &before.node[i], sizeof T.node[i]) == 0, "node %zu was there before the call and must stay as it is", i);
}

/* ------------------------------------------------------------------ one new node

   remember() keeps a copy of the tape; is_node judges what was appended. b = 0: an operation with one parent. */

static void remember(void) { before = T; }

static void is_node(ad_var got, double val, double tol, ad_var a, double da, double tol_a, ad_var b, double db, double tol_b)
{
    size_t n = before.n;
    expect(T.n == n + 1, "one node must be appended: the tape had %zu nodes before, and has %zu now", n, T.n);
    expect(got == n, "the index of the new node, %zu, must be returned, and it was %zu", n, got);
    earlier(n);
    expect_named("the node's value", T.node[n].val, val, tol);
    const ad_node *v = &T.node[n];
    double slope[2] = {0, 0};
    size_t edges[2] = {0, 0};
    for (size_t j = 0; j < 2; j++) {
        ad_var p = v->arg[j];
        expect(p == 0 || p == a || p == b, "arg[%zu] is %zu, which is no parent of this node", j, p);
        if (p == 0)
            expect(v->d[j] == 0, "arg[%zu] is the empty node: its local derivative must be 0, and it is %g", j, v->d[j]);
        else {
            slope[p != a] += v->d[j];
            edges[p != a]++;
        }
    }
    expect(edges[0] > 0, "a (node %zu) is not among the parents", a);
    expect(b == 0 || b == a || edges[1] > 0, "b (node %zu) is not among the parents", b);
    if (b == 0)
        expect(edges[0] == 1, "an operation with one parent has one edge; the other arg is 0, the empty node");
    if (a == b)
        expect_named("the derivative with respect to a, both edges together,", slope[0], da + db, tol_a + tol_b);
    else
        expect_named("the local derivative with respect to a", slope[0], da, tol_a);
    if (b != 0 && a != b)
        expect_named("the local derivative with respect to b", slope[1], db, tol_b);
}

/* A tape with leaves, so that no index equals a value. */
static ad_var leaf_after(size_t others, double x)
{
    ad_clear(&T);
    for (size_t i = 0; i < others; i++)
        ad_leaf(&T, 0.25);
    return ad_leaf(&T, x);
}

static void full(ad_var got)
{
    because("the tape had %d nodes and was full", AD_MAX);
    expect(got == 0, "on a full tape 0 must be returned, and it was %zu", got);
    expect(T.n == AD_MAX, "the number of nodes must stay %d, and it is %zu", AD_MAX, T.n);
    earlier(AD_MAX);
}

/* ------------------------------------------------------------------ ad_mul */

static ad_var mul(size_t others, double x, double y, ad_var *a, ad_var *b)
{
    *a = leaf_after(others, x);
    *b = ad_leaf(&T, y);
    remember();
    call("ad_mul(&t, a, b)");
    show_size("a", *a);
    show_num("value of a", x);
    show_size("b", *b);
    show_num("value of b", y);
    return ad_mul(&T, *a, *b);
}

START_TEST(mul_by_hand)
{
    static const double c[][2] = {{2, 3}, {-4, 0.5}, {7, 0}, {1e-200, 1e100}};
    ad_var a, b;
    for (size_t i = 0; i < 4; i++) {
        double x = c[i][0], y = c[i][1];
        ad_var got = mul(i, x, y, &a, &b);
        because("%g·%g = %g; it grows %g times as fast as a, and %g times as fast as b", x, y, x * y, y, x);
        is_node(got, x * y, 0, a, y, 0, b, x, 0);
    }
}
END_TEST

START_TEST(mul_by_itself)
{
    ad_var a = leaf_after(2, 5);
    remember();
    call("ad_mul(&t, a, a)");
    show_num("value of a", 5);
    ad_var got = ad_mul(&T, a, a);
    because("5·5 = 25, with two edges of 5, together the slope of the square, 10");
    is_node(got, 25, 0, a, 5, 0, a, 5, 0);
}
END_TEST

START_TEST(mul_swept)
{
    ad_var a, b, got = mul(3, 3, -2, &a, &b);
    is_node(got, -6, 0, a, -2, 0, b, 3, 0);
    ad_backward(&T, got);
    because("after ad_backward from the product");
    expect_named("the gradient of a", T.node[a].grad, -2, 0);
    expect_named("the gradient of b", T.node[b].grad, 3, 0);
}
END_TEST

START_TEST(mul_any)
{
    ad_var a, b;
    for (size_t t = 0; t < 20; t++) {
        double x = gen_num(10 * t), y = gen_num(10 * t);
        ad_var got = mul(gen_between(0, 9), x, y, &a, &b);
        is_node(got, x * y, 0, a, y, 0, b, x, 0);
    }
    ad_var got = mul(1, INFINITY, 0, &a, &b);
    because("infinity times 0 is NAN in C");
    is_node(got, NAN, 0, a, 0, 0, b, INFINITY, 0);
    got = mul(1, NAN, 2, &a, &b);
    is_node(got, NAN, 0, a, 2, 0, b, NAN, 0);
}
END_TEST

START_TEST(mul_full)
{
    ad_var a = leaf_after(0, 2);
    fill(AD_MAX);
    remember();
    call("ad_mul(&t, 1, 2)");
    full(ad_mul(&T, a, 2));
}
END_TEST

/* ------------------------------------------------------------------ operations with one parent */

static void on(const char *text, double x)
{
    remember();
    call("%s", text);
    show_num("value of a", x);
}

START_TEST(pow_by_hand)
{
    static const double c[][4] = {{3, 2, 9, 6}, {4, 0.5, 2, 0.25}, {2, -1, 0.5, -0.25}, {5, 1, 5, 1}, {5, 0, 1, 0}, {0, 0, 1, 0},
                                  {0, 1, 0, 1}, {0, 2, 0, 0}, {-2, 3, -8, 12}, {-2, -2, 0.25, 0.25}, {-3, 0, 1, 0},
                                  {0, 0.5, 0, INFINITY}, {0, -1, INFINITY, -INFINITY}, {INFINITY, 2, INFINITY, INFINITY}};
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
        ad_var a = leaf_after(i % 3, c[i][0]);
        char text[60];
        snprintf(text, sizeof text, "ad_pow(&t, a, %g)", c[i][1]);
        on(text, c[i][0]);
        ad_var got = ad_pow(&T, a, c[i][1]);
        if (c[i][1] == 0)
            because("a^0 is the constant 1: its slope is 0, at a = 0 as well");
        else
            because("%g^%g with the slope %g·%g^%g", c[i][0], c[i][1], c[i][1], c[i][0], c[i][1] - 1);
        /* two powers and a product: 16 roundings are plenty */
        is_node(got, c[i][2], isfinite(c[i][2]) ? tol_ulp(c[i][2], 16) : 0, a, c[i][3], isfinite(c[i][3]) ? tol_ulp(c[i][3], 16) : 0, 0, 0, 0);
    }
}
END_TEST

START_TEST(pow_like_dual)
{
    for (size_t t = 0; t < 25; t++) {
        double x = gen_uniform(0.1, 4), p = t % 2 ? gen_uniform(-3, 3) : (double)gen_between(0, 8) - 4;
        if (t % 4 == 0)
            x = -x;
        ad_var a = leaf_after(gen_between(0, 5), x);
        dual want = dual_pow((dual){x, 1}, p);
        char text[60];
        snprintf(text, sizeof text, "ad_pow(&t, a, %.17g)", p);
        on(text, x);
        ad_var got = ad_pow(&T, a, p);
        because("dual_pow((dual){a, 1}, p) is (%.17g, %.17g)", want.v, want.d);
        is_node(got, want.v, tol_ulp(want.v, 16), a, want.d, tol_ulp(want.d, 16), 0, 0, 0);
    }
    ad_var a = leaf_after(1, NAN);
    on("ad_pow(&t, a, 2)", NAN);
    is_node(ad_pow(&T, a, 2), NAN, 0, a, NAN, 0, 0, 0, 0);
}
END_TEST

START_TEST(pow_full)
{
    ad_var a = leaf_after(0, 2);
    fill(AD_MAX);
    on("ad_pow(&t, a, 3)", 2);
    full(ad_pow(&T, a, 3));
}
END_TEST

typedef ad_var unary(ad_tape *t, ad_var a);

static const char *why = NULL; /* said with the next call of is_unary */

/* One call of f at x; a tolerance below 0: not compared (then the want is what was found). */
static void is_unary(unary *f, const char *text, double x, size_t others, double val, double tol, double d, double tol_d)
{
    ad_var a = leaf_after(others, x);
    on(text, x);
    if (why)
        because("%s", why);
    why = NULL;
    ad_var got = f(&T, a);
    if (tol_d < 0 && T.n == before.n + 1) {
        tol_d = 0;
        d = T.node[before.n].d[T.node[before.n].arg[0] != a];
    }
    is_node(got, val, tol, a, d, tol_d, 0, 0, 0);
}

static void is_full(unary *f, const char *text)
{
    ad_var a = leaf_after(0, 2);
    fill(AD_MAX);
    on(text, 2);
    full(f(&T, a));
}

START_TEST(exp_by_hand)
{
    const char *text = "ad_exp(&t, a)";
    why = "e^0 = 1, and the slope is the same number";
    is_unary(ad_exp, text, 0, 2, 1, 0, 1, 0);
    double five = log(5);
    why = "a is the logarithm of 5: value and slope are 5";
    is_unary(ad_exp, text, five, 0, 5, tol_ulp(5, 4), 5, tol_ulp(5, 4));
    for (size_t t = 0; t < 15; t++) {
        double x = gen_uniform(-5, 5), e = exp(x);
        is_unary(ad_exp, text, x, gen_between(0, 5), e, tol_ulp(e, 4), e, tol_ulp(e, 4));
    }
}
END_TEST

START_TEST(exp_odd)
{
    const char *text = "ad_exp(&t, a)";
    is_unary(ad_exp, text, 1000, 1, INFINITY, 0, INFINITY, 0);
    is_unary(ad_exp, text, -1000, 1, 0, 0, 0, 0);
    is_unary(ad_exp, text, -INFINITY, 1, 0, 0, 0, 0);
    is_unary(ad_exp, text, NAN, 1, NAN, 0, NAN, 0);
}
END_TEST

START_TEST(exp_full) { is_full(ad_exp, "ad_exp(&t, a)"); }
END_TEST

START_TEST(log_by_hand)
{
    const char *text = "ad_log(&t, a)";
    why = "ln 1 = 0 with the slope 1/1";
    is_unary(ad_log, text, 1, 2, 0, EPS, 1, tol_ulp(1, 4));
    why = "ln 2 with the slope 1/2";
    is_unary(ad_log, text, 2, 2, log(2), tol_ulp(log(2), 4), 0.5, tol_ulp(0.5, 4));
    for (size_t t = 0; t < 15; t++) {
        double x = exp(gen_uniform(-8, 8));
        is_unary(ad_log, text, x, gen_between(0, 5), log(x), tol_ulp(log(x), 4) + EPS, 1 / x, tol_ulp(1 / x, 4));
    }
}
END_TEST

START_TEST(log_odd)
{
    const char *text = "ad_log(&t, a)";
    is_unary(ad_log, text, 0, 1, -INFINITY, 0, INFINITY, 0);
    is_unary(ad_log, text, -1, 1, NAN, 0, 0, -1); /* what the slope is where there is no logarithm is not asked */
    is_unary(ad_log, text, INFINITY, 1, INFINITY, 0, 0, 0);
    is_unary(ad_log, text, NAN, 1, NAN, 0, NAN, 0);
}
END_TEST

START_TEST(log_full) { is_full(ad_log, "ad_log(&t, a)"); }
END_TEST

/* Values and slopes are at most 1; made of a sigmoid, of exponentials or of a cosh they are off by a few ε. */
enum { ROUNDINGS = 8 };

START_TEST(tanh_by_hand)
{
    const char *text = "ad_tanh(&t, a)";
    double x = 0.5 * log(3), tol = ROUNDINGS * EPS;
    why = "tanh 0 = 0 with the slope 1 − 0²";
    is_unary(ad_tanh, text, 0, 2, 0, tol, 1, tol);
    why = "e^(2a) = 3, so tanh a = (3 − 1)/(3 + 1) = 1/2 with the slope 1 − 1/4";
    is_unary(ad_tanh, text, x, 0, 0.5, tol, 0.75, tol);
    is_unary(ad_tanh, text, -x, 1, -0.5, tol, 0.75, tol);
    for (size_t t = 0; t < 15; t++) {
        double z = gen_uniform(-4, 4), y = tanh(z);
        is_unary(ad_tanh, text, z, gen_between(0, 5), y, tol, 1 - y * y, tol);
    }
}
END_TEST

START_TEST(tanh_far_out)
{
    const char *text = "ad_tanh(&t, a)";
    double tol = ROUNDINGS * EPS;
    static const double far[] = {40, -40, 1000, -1000, INFINITY, -INFINITY};
    for (size_t i = 0; i < 6; i++)
        is_unary(ad_tanh, text, far[i], 1, far[i] > 0 ? 1 : -1, tol, 0, tol);
    is_unary(ad_tanh, text, NAN, 1, NAN, 0, NAN, 0);
}
END_TEST

START_TEST(tanh_full) { is_full(ad_tanh, "ad_tanh(&t, a)"); }
END_TEST

/* ------------------------------------------------------------------ ad_backward */

static char drawn[600];

/* The tape as text, for messages: "3 = 6 (from 1 by 3, 2 by 2)". */
static void draw(void)
{
    size_t used = 0;
    drawn[0] = 0;
    for (ad_var i = 1; i < T.n && i <= 7; i++) {
        const ad_node *v = &T.node[i];
        used += (size_t)snprintf(drawn + used, sizeof drawn - used, "%snode %zu = %.6g", i > 1 ? "; " : "", i, v->val);
        if (v->arg[0] != 0 || v->arg[1] != 0)
            used += (size_t)snprintf(drawn + used, sizeof drawn - used, v->arg[1] ? " (from %zu by %.6g, %zu by %.6g)" : " (from %zu by %.6g)",
                                     v->arg[0], v->d[0], v->arg[1], v->d[1]);
    }
    if (T.n > 8)
        snprintf(drawn + used, sizeof drawn - used, "; and so on, %zu nodes", T.n - 1);
}

/* Sweeps from out, and sees that gradients were written, and nothing else. */
static void sweep(ad_var out)
{
    draw();
    remember();
    call("ad_backward(&t, %zu)", out);
    because("the tape: %s", drawn);
    ad_backward(&T, out);
    bool touched = false;
    expect(T.n == before.n, "the sweep appends nothing: the tape had %zu nodes, now %zu", before.n, T.n);
    for (ad_var i = 0; i < T.n; i++) {
        touched = touched || memcmp(&T.node[i].grad, &before.node[i].grad, sizeof(double)) != 0;
        bool same = memcmp(&T.node[i].val, &before.node[i].val, sizeof(double)) == 0 &&
                    memcmp(T.node[i].arg, before.node[i].arg, sizeof T.node[i].arg) == 0 &&
                    memcmp(T.node[i].d, before.node[i].d, sizeof T.node[i].d) == 0;
        expect(same, "the sweep writes gradients only, and node %zu has changed otherwise", i);
    }
    expect(touched || !isnan(before.node[1].grad), "no gradient of the tape was written");
}

static void grads(size_t k, const ad_var v[], const double want[], double tol)
{
    for (size_t i = 0; i < k; i++) {
        char what[60];
        snprintf(what, sizeof what, "the gradient of node %zu", v[i]);
        expect_named(what, T.node[v[i]].grad, want[i], tol);
    }
}

START_TEST(backward_leaf)
{
    ad_clear(&T);
    ad_var a = ad_leaf(&T, 5), b = ad_leaf(&T, 7);
    sweep(a);
    because("node 1 depends on itself, 1, and on nobody else");
    grads(2, (ad_var[]){a, b}, (double[]){1, 0}, 0);
}
END_TEST

START_TEST(backward_diamond)
{
    ad_clear(&T);
    ad_var a = ad_leaf(&T, 2), b = ad_leaf(&T, 3), ab = times(a, b), sum = plus(ab, a), out = times(sum, b);
    ad_var all[] = {a, b, ab, sum, out};
    double want[] = {12, 14, 3, 3, 1};
    sweep(out);
    because("a: 3·3 over the product and 3 directly, 12; b: 2·3 over the product and 8 directly, 14");
    grads(5, all, want, 0);

    sweep(out);
    because("a second call gives the same again");
    grads(5, all, want, 0);

    sweep(ab);
    because("asked about the product, node 3: the nodes after it do not matter and have the gradient 0");
    grads(5, all, (double[]){3, 2, 1, 0, 0}, 0);
}
END_TEST

START_TEST(backward_five_times)
{
    ad_clear(&T);
    ad_var x = ad_leaf(&T, 3), y = ad_leaf(&T, 10), s = plus(x, y);
    for (int k = 0; k < 4; k++)
        s = plus(s, x);
    for (ad_var i = 0; i < T.n; i++)
        T.node[i].grad = (double)i + 0.5;
    sweep(s);
    because("node 1 was added five times");
    grads(3, (ad_var[]){x, y, s}, (double[]){5, 1, 1}, 0);
}
END_TEST

START_TEST(backward_square)
{
    ad_clear(&T);
    ad_var x = ad_leaf(&T, 5), y = times(x, x);
    sweep(y);
    because("the square of 5: both edges come from the same node, and each hands it 5");
    grads(2, (ad_var[]){x, y}, (double[]){10, 1}, 0);
}
END_TEST

/* A constant is often made in the middle of a computation. */
START_TEST(backward_leaf_between)
{
    ad_clear(&T);
    ad_var x = ad_leaf(&T, 2), y = line(x, 3, 0), c = ad_leaf(&T, 5), z = times(y, c);
    sweep(z);
    because("z = 3x·c with c = 5: node 3 is a leaf, and the nodes before it have their part as well, 5 and 3·5");
    grads(4, (ad_var[]){x, y, c, z}, (double[]){15, 5, 6, 1}, 0);
}
END_TEST

START_TEST(backward_later_nodes)
{
    ad_clear(&T);
    ad_var x = ad_leaf(&T, 3), y = line(x, 4, 1), z = line(y, 2, 0), apart = ad_leaf(&T, 9), w = times(apart, y);
    for (ad_var i = 0; i < T.n; i++)
        T.node[i].grad = i > 0 ? 100 : NAN; /* what node 0 holds reaches nobody */
    sweep(z);
    because("z = 2·(4x + 1): 8 for x, 2 for y; the nodes 4 and 5 came later and get 0");
    grads(5, (ad_var[]){x, y, z, apart, w}, (double[]){8, 2, 1, 0, 0}, 0);
    sweep(0);
    because("nobody has a part in the empty node");
    grads(5, (ad_var[]){x, y, z, apart, w}, (double[]){0, 0, 0, 0, 0}, 0);
}
END_TEST

/* The example of micrograd's page: c = 4(a + b) + 3 − a, d = 4·3·(ab + b³) + (b − a) here, e = c − d = −7, g = e²/2 + 10/e².
   dg/de = e − 20/e³ = −7 + 20/343, de/da = 3 − 23, de/db = 4 − 97. */
START_TEST(backward_micrograd)
{
    ad_clear(&T);
    ad_var a = ad_leaf(&T, -4), b = ad_leaf(&T, 2), c = plus(a, b);
    ad_var d = plus(times(a, b), times(times(b, b), b));
    c = plus(c, line(c, 1, 1));
    c = plus(c, plus(line(c, 1, 1), line(a, -1, 0)));
    ad_var r = line(plus(b, a), 0, 0); /* max(0, −2) */
    d = plus(d, plus(line(d, 2, 0), r));
    d = plus(d, plus(line(d, 3, 0), plus(b, line(a, -1, 0)))); /* max(0, 6) = 6 */
    ad_var e = plus(c, line(d, -1, 0)), f = times(e, e), g = line(f, 0.5, 0);
    g = plus(g, ad_push(&T, 10 / value(f), f, -10 / (value(f) * value(f)), 0, 0));
    double slope = -7 + 20.0 / 343;
    sweep(g);
    because("∂g/∂e = −7 + 20/343, and e changes by −20 and −93 with a and b");
    grads(3, (ad_var[]){a, b, e}, (double[]){-20 * slope, -93 * slope, slope}, 1e-12);
}
END_TEST

/* 2^60 paths, 61 nodes. */
START_TEST(backward_doublings)
{
    ad_clear(&T);
    ad_var x = ad_leaf(&T, 1), y = x;
    for (int k = 0; k < 60; k++)
        y = plus(y, y);
    sweep(y);
    because("doubled sixty times: the slope is 2^60. Each of the 60 nodes has to be visited once, not each of the 2^60 paths");
    grads(2, (ad_var[]){x, y}, (double[]){ldexp(1, 60), 1}, 0);
}
END_TEST

START_TEST(backward_random)
{
    for (size_t t = 0; t < 8; t++) {
        size_t n = 3 + 9 * t;
        ad_clear(&T);
        for (ad_var i = 1; i <= n; i++) {
            ad_var p = i < 3 ? 0 : gen_between(0, i - 1), q = i < 3 ? 0 : gen_between(0, i - 1);
            ad_push(&T, gen_uniform(-3, 3), p, p ? gen_uniform(-1.5, 1.5) : 0, q, q ? gen_uniform(-1.5, 1.5) : 0);
        }
        ad_var out = n - t % 2;
        sweep(out);
        for (ad_var j = 1; j <= n; j++) {
            double s[80] = {0}, size[80] = {0};
            s[j] = size[j] = 1;
            for (ad_var i = j + 1; i <= out; i++) {
                const ad_node *v = &before.node[i];
                s[i] = v->d[0] * s[v->arg[0]] + v->d[1] * s[v->arg[1]];
                size[i] = fabs(v->d[0]) * size[v->arg[0]] + fabs(v->d[1]) * size[v->arg[1]];
            }
            char what[60];
            snprintf(what, sizeof what, "the gradient of node %zu", j);
            expect_named(what, T.node[j].grad, j > out ? 0 : s[out], 2 * (double)n * EPS * size[out] + DBL_MIN);
        }
    }
}
END_TEST

/* A chain over a tape that is full to the last node. */
START_TEST(backward_whole_tape)
{
    ad_clear(&T);
    ad_var x = ad_leaf(&T, 1), y = line(x, 1, 0);
    while (T.n < AD_MAX)
        y = line(y, T.n % 2 ? 2 : 0.5, 0);
    sweep(y);
    because("a chain of %d nodes, whose local derivatives 2 and 0.5 alternate", AD_MAX - 1);
    double want = 1;
    for (ad_var i = AD_MAX - 1; i > 1; i--)
        want *= before.node[i].d[0];
    grads(1, &x, &want, 0);
}
END_TEST

/* ------------------------------------------------------------------ ad_neuron */

enum { MOST = 7 };

static double neuron(size_t n, const double v[n], void *ctx)
{
    size_t d = *(size_t *)ctx;
    double s = v[2 * d];
    for (size_t i = 0; i < d; i++)
        s += v[i] * v[d + i];
    return tanh(s);
}

/* Leaves for v = (w, x, b), and the call. */
static ad_var neuron_of(size_t d, const double v[], ad_var at[])
{
    ad_clear(&T);
    ad_leaf(&T, 0.125);
    for (size_t i = 0; i < 2 * d + 1; i++)
        at[i] = ad_leaf(&T, v[i]);
    remember();
    call("ad_neuron(%zu, &t, w, x, b)", d);
    const ad_var *w = in_index("w", d, at), *x = in_index("x", d, at + d);
    for (size_t i = 0; i < d; i++) {
        char name[30];
        snprintf(name, sizeof name, "value of w[%zu]", i);
        show_num(name, v[i]);
        snprintf(name, sizeof name, "value of x[%zu]", i);
        show_num(name, v[d + i]);
    }
    show_size("b", at[2 * d]);
    show_num("value of b", v[2 * d]);
    return ad_neuron(d, &T, w, x, at[2 * d]);
}

/* A node that is new, on a tape that is whole. */
static void is_new(ad_var got)
{
    expect(got != 0, "the empty node was returned, although the tape has room");
    expect(got >= before.n && got < T.n && T.n <= AD_MAX, "node %zu was returned, and new nodes have the indices from %zu on", got, before.n);
    earlier(before.n);
}

START_TEST(neuron_by_hand)
{
    static const double v[] = {2, -1, 1, 3, 1};
    ad_var at[5], got = neuron_of(2, v, at);
    is_new(got);
    because("2·1 − 1·3 + 1 = 0, and tanh 0 = 0 with the slope 1");
    expect_named("the neuron's value", T.node[got].val, 0, 4 * EPS);
    ad_backward(&T, got);
    grads(5, at, (double[]){1, 3, 2, -1, 1}, 16 * EPS);
}
END_TEST

START_TEST(neuron_no_inputs)
{
    double b = 0.5 * log(3);
    ad_var at[1], got = neuron_of(0, &b, at);
    is_new(got);
    because("without inputs it is tanh b, here tanh(ln 3/2) = 1/2");
    expect_named("the neuron's value", T.node[got].val, 0.5, 4 * EPS);
    ad_backward(&T, got);
    grads(1, at, (double[]){0.75}, 8 * EPS);
}
END_TEST

/* s is off by (d + 2)·ε·S with S the sum of the sizes, and tanh and its slope change at most as much as s does (|tanh″| < 1).
   diff_grad: its error is h²/6 times a third derivative (at most 2·|factor|³, factors up to 2) and ε/h: below 1e-8 here. */
START_TEST(neuron_any)
{
    for (size_t t = 0; t < 20; t++) {
        size_t d = t < 2 ? 1 : gen_between(1, MOST), n = 2 * d + 1;
        double v[2 * MOST + 1], want[2 * MOST + 1], size = 0;
        for (size_t i = 0; i < n; i++)
            v[i] = gen_uniform(-1, 1);
        size = fabs(v[2 * d]);
        for (size_t i = 0; i < d; i++)
            size += fabs(v[i] * v[d + i]);
        ad_var at[2 * MOST + 1], got = neuron_of(d, v, at);
        is_new(got);
        double tol = 4 * (double)(d + 4) * EPS * (1 + size), y = neuron(n, v, &d);
        expect_named("the neuron's value", T.node[got].val, y, tol);
        ad_backward(&T, got);
        diff_grad(n, want, v, neuron, &d);
        because("compared with diff_grad of tanh(w·x + b)");
        grads(n, at, want, 1e-8);
        for (size_t i = 0; i < n; i++)
            want[i] = (1 - y * y) * (i == 2 * d ? 1 : v[i < d ? d + i : i - d]);
        because("(1 − y²) times the other factor, y being the output %.17g", y);
        grads(n, at, want, tol);
    }
}
END_TEST

START_TEST(neuron_shared)
{
    ad_clear(&T);
    ad_leaf(&T, 0.125);
    ad_var a = ad_leaf(&T, 0.5), p = ad_leaf(&T, 2), q = ad_leaf(&T, -3);
    remember();
    call("ad_neuron(2, &t, w, x, b)");
    const ad_var *w = in_index("w", 2, (size_t[]){a, a}), *x = in_index("x", 2, (size_t[]){p, q});
    show_num("value of both w", 0.5);
    ad_var got = ad_neuron(2, &T, w, x, a);
    is_new(got);
    because("0.5·2 − 0.5·3 + 0.5 = 0: w[0], w[1] and b are one and the same node, whose gradient is 2 − 3 + 1 = 0");
    expect_named("the neuron's value", T.node[got].val, 0, 4 * EPS);
    ad_backward(&T, got);
    grads(3, (ad_var[]){a, p, q}, (double[]){0, 0.5, 0.5}, 16 * EPS);
}
END_TEST

/* Each node joins two others at most, so that five leaves take four nodes even if the last of them adds and bends at once: with
   less room nothing can be right but 0. With more, a thrifty neuron fits and a spacious one does not; half a neuron is wrong. */
START_TEST(neuron_full)
{
    static const double v[] = {0.5, 2, 0.25, -0.125, 0.75}; /* 0.125 − 0.25 + 0.75 */
    for (size_t room = 0; room < 8; room++) {
        ad_var at[5];
        ad_clear(&T);
        for (size_t i = 0; i < 5; i++)
            at[i] = ad_leaf(&T, v[i]);
        fill(AD_MAX - room);
        remember();
        call("ad_neuron(2, &t, w, x, b)");
        const ad_var *w = in_index("w", 2, at), *x = in_index("x", 2, at + 2);
        ad_var got = ad_neuron(2, &T, w, x, at[4]);
        because("the tape had room for %zu more nodes; with products, sums and one tanh a neuron of two inputs needs five", room);
        if (room < 4)
            expect(got == 0, "when the tape gets full, 0 must be returned, and it was %zu", got);
        else if (got != 0) {
            is_new(got);
            because("if the neuron does not fit as a whole, 0 must be returned, and not a part of it");
            expect_named("the value of the node that was returned", T.node[got].val, tanh(0.625), 16 * EPS);
        }
        expect(T.n <= AD_MAX, "the tape has %d places, and claims to have %zu nodes", AD_MAX, T.n);
        earlier(before.n);
    }
}
END_TEST

/* ------------------------------------------------------------------ pens */

START_TEST(pen_a)
{
    double a = 2, b = 5;
    call("pen_21_a()");
    expect_answer(pen_21_a(), 2 * a * b * b + b * b, 1e-6 * 125, "Turn a to 2.001 and compute f again: it must grow by about a thousandth of your number.");
}
END_TEST

START_TEST(pen_b)
{
    double a = 2, b = 5;
    call("pen_21_b()");
    expect_answer(pen_21_b(), 2 * a * a * b + 2 * a * b, 1e-6 * 60, "Turn b to 5.001 and compute f again: it must grow by about a thousandth of your number.");
}
END_TEST

START_TEST(pen_c)
{
    double paths = 1;
    for (int round = 0; round < 3; round++) {
        double square = paths + paths;
        paths = square + paths;
    }
    call("pen_21_c()");
    expect_answer(pen_21_c(), paths, 1e-6 * 27, "Draw two rounds and count with a pencil; then ask by what factor the third round changes the count.");
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("21-autodiff");
    TCase *tc = suite_case(s, "ad_mul");
    tcase_add_test(tc, mul_by_hand);
    tcase_add_test(tc, mul_by_itself);
    tcase_add_test(tc, mul_swept);
    tcase_add_test(tc, mul_any);
    tcase_add_test(tc, mul_full);

    tc = suite_case(s, "ad_pow");
    tcase_add_test(tc, pow_by_hand);
    tcase_add_test(tc, pow_like_dual);
    tcase_add_test(tc, pow_full);

    tc = suite_case(s, "ad_exp");
    tcase_add_test(tc, exp_by_hand);
    tcase_add_test(tc, exp_odd);
    tcase_add_test(tc, exp_full);

    tc = suite_case(s, "ad_log");
    tcase_add_test(tc, log_by_hand);
    tcase_add_test(tc, log_odd);
    tcase_add_test(tc, log_full);

    tc = suite_case(s, "ad_tanh");
    tcase_add_test(tc, tanh_by_hand);
    tcase_add_test(tc, tanh_far_out);
    tcase_add_test(tc, tanh_full);

    tc = suite_case(s, "ad_backward");
    tcase_add_test(tc, backward_leaf);
    tcase_add_test(tc, backward_diamond);
    tcase_add_test(tc, backward_square);
    tcase_add_test(tc, backward_five_times);
    tcase_add_test(tc, backward_leaf_between);
    tcase_add_test(tc, backward_later_nodes);
    tcase_add_test(tc, backward_micrograd);
    tcase_add_test(tc, backward_random);
    tcase_add_test(tc, backward_whole_tape);
    tcase_add_test(tc, backward_doublings);

    tc = suite_case(s, "ad_neuron");
    tcase_add_test(tc, neuron_by_hand);
    tcase_add_test(tc, neuron_no_inputs);
    tcase_add_test(tc, neuron_any);
    tcase_add_test(tc, neuron_shared);
    tcase_add_test(tc, neuron_full);

    tc = suite_case(s, "pen_21_a");
    tcase_add_test(tc, pen_a);
    tc = suite_case(s, "pen_21_b");
    tcase_add_test(tc, pen_b);
    tc = suite_case(s, "pen_21_c");
    tcase_add_test(tc, pen_c);
    return s;
}
