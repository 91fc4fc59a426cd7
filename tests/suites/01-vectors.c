/* Suite of chapter 01, vectors. One TCase per exercise, named by its function. The numbers worked by hand in the chapter come
   first, then the edges, then properties that hold for every seed. */
#include "harness.h"

#include "model.h"
#include "pen.h"
#include "vec.h"

enum { MAX = 64 };

/* A vector with one entry, for the smallest inputs. */
#define ONE(v) ((double[]){v})

/* ------------------------------------------------------------------ vec_dot */

static void check_dot(size_t n, const double xs[], const double ys[], double want, double tol)
{
    call("vec_dot(%zu, x, y)", n);
    const double *x = in_vec("x", n, xs), *y = in_vec("y", n, ys);
    expect_num(vec_dot(n, x, y), want, tol);
}

START_TEST(dot_by_hand)
{
    check_dot(3, (double[]){1, 2, 3}, (double[]){4, 5, 6}, 32, 0);
    check_dot(2, (double[]){1, 2}, (double[]){-2, 1}, 0, 0);
}
END_TEST

START_TEST(dot_of_fractions)
{
    check_dot(1, ONE(0.5), ONE(0.5), 0.25, 0);
    check_dot(2, (double[]){0.5, 0.25}, (double[]){0.5, 3}, 1, 0);
    check_dot(1, ONE(0.1), ONE(1), 0.1, 0);
}
END_TEST

START_TEST(dot_small)
{
    check_dot(0, ONE(7), ONE(9), 0, 0);
    check_dot(1, ONE(2), ONE(3), 6, 0);
    check_dot(1, ONE(-2), ONE(3), -6, 0);
    check_dot(2, (double[]){0, 0}, (double[]){3, 4}, 0, 0);
}
END_TEST

START_TEST(dot_of_all_sizes)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 0, MAX);
        double xs[MAX], ys[MAX];
        gen_vec(t, n, xs);
        gen_vec(t, n, ys);
        check_dot(n, xs, ys, exact_dot(n, xs, ys), tol_dot(n, xs, ys));
    }
}
END_TEST

START_TEST(dot_is_symmetric)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MAX);
        double xs[MAX], ys[MAX];
        gen_vec(t, n, xs);
        gen_vec(t, n, ys);
        call("vec_dot(%zu, y, x)", n);
        const double *x = in_vec("x", n, xs), *y = in_vec("y", n, ys);
        double other = vec_dot(n, x, y);
        because("x · y and y · x are the same number.");
        expect_num(vec_dot(n, y, x), other, tol_dot(n, xs, ys));
    }
}
END_TEST

START_TEST(dot_at_the_edges)
{
    check_dot(3, (double[]){1, NAN, 3}, (double[]){4, 5, 6}, NAN, 0);
    check_dot(2, (double[]){1e200, 1}, (double[]){1e-200, 1}, 2, 4 * EPS);
}
END_TEST

START_TEST(dot_of_a_vector_with_itself)
{
    call("vec_dot(2, x, x)");
    const double *x = in_vec("x", 2, (double[]){3, -4});
    expect_num(vec_dot(2, x, x), 25, 0);
}
END_TEST

static void add_dot(Suite *s)
{
    TCase *c = suite_case(s, "vec_dot");
    tcase_add_test(c, dot_by_hand);
    tcase_add_test(c, dot_of_fractions);
    tcase_add_test(c, dot_small);
    tcase_add_test(c, dot_of_all_sizes);
    tcase_add_test(c, dot_is_symmetric);
    tcase_add_test(c, dot_at_the_edges);
    tcase_add_test(c, dot_of_a_vector_with_itself);
}

/* ------------------------------------------------------------------ vec_axpy */

/* Two roundings, of the product and of the sum, or one if they are fused. */
static void check_axpy(size_t n, const double ys[], double a, const double xs[])
{
    double want[MAX], tol[MAX];
    for (size_t i = 0; i < n; i++) {
        want[i] = (double)((long double)ys[i] + (long double)a * xs[i]);
        tol[i] = 2 * EPS * (fabs(a * xs[i]) + fabs(ys[i])) + DBL_TRUE_MIN;
    }
    call("vec_axpy(%zu, y, %.17g, x)", n, a);
    double *y = inout_vec("y", n, ys);
    const double *x = in_vec("x", n, xs);
    vec_axpy(n, y, a, x);
    expect_vec_tol(y, want, tol);
}

START_TEST(axpy_by_hand)
{
    call("vec_axpy(3, y, 2, x)");
    double *y = inout_vec("y", 3, (double[]){4, 5, 6});
    const double *x = in_vec("x", 3, (double[]){1, 2, 3});
    vec_axpy(3, y, 2, x);
    expect_vec(y, (double[]){6, 9, 12}, 0);
}
END_TEST

START_TEST(axpy_small)
{
    call("vec_axpy(0, y, 2, x)");
    double *y = inout_vec("y", 0, ONE(0));
    vec_axpy(0, y, 2, in_vec("x", 0, ONE(0)));
    expect_intact();
    check_axpy(1, ONE(4), 2, ONE(1));
    check_axpy(2, (double[]){4, 5}, 0, (double[]){1, 2});
    check_axpy(2, (double[]){4, 5}, 1, (double[]){1, 2});
    check_axpy(2, (double[]){4, 5}, -1, (double[]){1, 2});
    check_axpy(2, (double[]){4, 5}, 0.5, (double[]){0, 0});
}
END_TEST

START_TEST(axpy_of_a_vector_with_itself)
{
    call("vec_axpy(3, y, 2, y)");
    double *y = inout_vec("y", 3, (double[]){1, 2, 3});
    because("The contract lets y be x; then y becomes (1 + a)·y.");
    vec_axpy(3, y, 2, y);
    expect_vec(y, (double[]){3, 6, 9}, 0);

    call("vec_axpy(3, y, -1, y)");
    y = inout_vec("y", 3, (double[]){1, 2, 3});
    because("The contract lets y be x; then y becomes (1 + a)·y.");
    vec_axpy(3, y, -1, y);
    expect_vec(y, (double[]){0, 0, 0}, 0);
}
END_TEST

START_TEST(axpy_of_all_sizes)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MAX);
        double xs[MAX], ys[MAX];
        gen_vec(t, n, xs);
        gen_vec(t, n, ys);
        check_axpy(n, ys, gen_num(t), xs);
    }
}
END_TEST

START_TEST(axpy_at_the_edges)
{
    call("vec_axpy(4, y, 2, x)");
    double *y = inout_vec("y", 4, (double[]){1, NAN, INFINITY, 1e200});
    const double *x = in_vec("x", 4, (double[]){NAN, 1, 1, 1e200});
    vec_axpy(4, y, 2, x);
    expect_vec_tol(y, (double[]){NAN, NAN, INFINITY, 3e200}, (double[]){0, 0, 0, 8 * EPS * 3e200});
}
END_TEST

START_TEST(axpy_of_nothing_times_nan)
{
    call("vec_axpy(3, y, 0, x)");
    double *y = inout_vec("y", 3, (double[]){4, 5, 6});
    const double *x = in_vec("x", 3, (double[]){1, NAN, 3});
    because("0 times NaN is NaN: nobody knows what was there.");
    vec_axpy(3, y, 0, x);
    expect_vec(y, (double[]){4, NAN, 6}, 0);
}
END_TEST

static void add_axpy(Suite *s)
{
    TCase *c = suite_case(s, "vec_axpy");
    tcase_add_test(c, axpy_by_hand);
    tcase_add_test(c, axpy_small);
    tcase_add_test(c, axpy_of_a_vector_with_itself);
    tcase_add_test(c, axpy_of_all_sizes);
    tcase_add_test(c, axpy_at_the_edges);
    tcase_add_test(c, axpy_of_nothing_times_nan);
}

/* ------------------------------------------------------------------ vec_norm2 */

/* One rounding for each component and a few for scale and root: a loop of hypot has as many. */
static double tol_norm(size_t n, double want)
{
    return tol_ulp(want, (double)n + 4);
}

static void check_norm2(size_t n, const double xs[], double want)
{
    call("vec_norm2(%zu, x)", n);
    const double *x = in_vec("x", n, xs);
    expect_num(vec_norm2(n, x), want, isfinite(want) ? tol_norm(n, want) : 0);
}

START_TEST(norm2_by_hand)
{
    check_norm2(2, (double[]){3, -4}, 5);
    check_norm2(3, (double[]){1, 2, 2}, 3);
}
END_TEST

START_TEST(norm2_of_huge_vectors)
{
    check_norm2(2, (double[]){3e200, 4e200}, 5e200);
    check_norm2(2, (double[]){-3e200, -4e200}, 5e200);
    check_norm2(3, (double[]){1, 2, 1e300}, 1e300);
    check_norm2(2, (double[]){1.2e308, 0.5e308}, 1.3e308);
}
END_TEST

START_TEST(norm2_of_tiny_vectors)
{
    check_norm2(2, (double[]){3e-200, 4e-200}, 5e-200);
    check_norm2(2, (double[]){-3e-200, -4e-200}, 5e-200);
    check_norm2(3, (double[]){0, 0, 1e-300}, 1e-300);
    check_norm2(2, (double[]){3e-320, 4e-320}, 5e-320);
}
END_TEST

START_TEST(norm2_of_nothing)
{
    check_norm2(3, (double[]){0, 0, 0}, 0);
    check_norm2(1, ONE(0), 0);
    check_norm2(1, ONE(-0.0), 0);
    check_norm2(0, ONE(7), 0);
}
END_TEST

START_TEST(norm2_of_one)
{
    check_norm2(1, ONE(7), 7);
    check_norm2(1, ONE(-7), 7);
    check_norm2(1, ONE(-2e300), 2e300);
    check_norm2(5, (double[]){0, 0, -7, 0, 0}, 7);
}
END_TEST

START_TEST(norm2_of_infinity)
{
    check_norm2(1, ONE(INFINITY), INFINITY);
    check_norm2(3, (double[]){1, -INFINITY, 2}, INFINITY);
    check_norm2(2, (double[]){INFINITY, -INFINITY}, INFINITY);
}
END_TEST

START_TEST(norm2_of_nan)
{
    check_norm2(1, ONE(NAN), NAN);
    check_norm2(2, (double[]){NAN, 0}, NAN);
    check_norm2(2, (double[]){0, NAN}, NAN);
    check_norm2(3, (double[]){1, NAN, 2}, NAN);
    check_norm2(3, (double[]){NAN, 1, 2}, NAN);
}
END_TEST

START_TEST(norm2_of_all_sizes)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 0, MAX);
        double xs[MAX];
        gen_vec(t, n, xs);
        check_norm2(n, xs, exact_norm2(n, xs));
    }
}
END_TEST

/* ‖a·x‖ = |a|·‖x‖, with powers of two for a: scaling by them is exact. */
START_TEST(norm2_scales_with_its_vector)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 20);
        int e = (int)gen_between(0, 1800) - 900;
        double xs[MAX], scaled[MAX];
        for (size_t i = 0; i < n; i++) {
            xs[i] = gen_uniform(-9, 9);
            scaled[i] = ldexp(xs[i], e);
        }
        double want = ldexp(exact_norm2(n, xs), e);
        check_norm2(n, scaled, want);
    }
}
END_TEST

static void add_norm2(Suite *s)
{
    TCase *c = suite_case(s, "vec_norm2");
    tcase_add_test(c, norm2_by_hand);
    tcase_add_test(c, norm2_of_huge_vectors);
    tcase_add_test(c, norm2_of_tiny_vectors);
    tcase_add_test(c, norm2_of_nothing);
    tcase_add_test(c, norm2_of_one);
    tcase_add_test(c, norm2_of_infinity);
    tcase_add_test(c, norm2_of_nan);
    tcase_add_test(c, norm2_of_all_sizes);
    tcase_add_test(c, norm2_scales_with_its_vector);
}

/* ------------------------------------------------------------------ vec_dist */

static double exact_dist(size_t n, const double x[], const double y[])
{
    long double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += ((long double)x[i] - y[i]) * ((long double)x[i] - y[i]);
    return (double)sqrtl(sum);
}

static void check_dist(size_t n, const double xs[], const double ys[], double want)
{
    call("vec_dist(%zu, x, y)", n);
    const double *x = in_vec("x", n, xs), *y = in_vec("y", n, ys);
    expect_num(vec_dist(n, x, y), want, isfinite(want) ? tol_norm(n, want) : 0);
}

START_TEST(dist_by_hand)
{
    check_dist(2, (double[]){1, 2}, (double[]){4, 6}, 5);
}
END_TEST

START_TEST(dist_of_mirror_points)
{
    check_dist(2, (double[]){1, 2}, (double[]){2, 1}, sqrt(2));
    check_dist(2, (double[]){3, 0}, (double[]){0, 3}, 3 * sqrt(2));
    check_dist(1, ONE(-2), ONE(2), 4);
}
END_TEST

START_TEST(dist_small)
{
    check_dist(0, ONE(7), ONE(9), 0);
    check_dist(1, ONE(3), ONE(3), 0);
    check_dist(1, ONE(-2), ONE(3), 5);
    check_dist(3, (double[]){0, 0, 0}, (double[]){1, 2, 2}, 3);
    check_dist(3, (double[]){1, 2, 2}, (double[]){0, 0, 0}, 3);
}
END_TEST

START_TEST(dist_to_itself)
{
    call("vec_dist(3, x, x)");
    const double *x = in_vec("x", 3, (double[]){0.1, -2.5, 1e100});
    because("A point is at distance 0 from itself.");
    expect_num(vec_dist(3, x, x), 0, 0);
}
END_TEST

START_TEST(dist_far_from_the_origin)
{
    check_dist(2, (double[]){1e8, 1}, (double[]){1e8, 2}, 1);
    check_dist(2, (double[]){-1e8, 5}, (double[]){-1e8, 2}, 3);
}
END_TEST

START_TEST(dist_of_all_sizes)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 0, MAX);
        double xs[MAX], ys[MAX];
        gen_vec(t, n, xs);
        gen_vec(t, n, ys);
        check_dist(n, xs, ys, exact_dist(n, xs, ys));
    }
}
END_TEST

START_TEST(dist_is_symmetric)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MAX);
        double xs[MAX], ys[MAX];
        gen_vec(t, n, xs);
        gen_vec(t, n, ys);
        call("vec_dist(%zu, y, x)", n);
        const double *x = in_vec("x", n, xs), *y = in_vec("y", n, ys);
        double there = vec_dist(n, x, y);
        because("It is as far from y to x as from x to y.");
        expect_num(vec_dist(n, y, x), there, tol_norm(n, there));
    }
}
END_TEST

START_TEST(dist_keeps_the_triangle_inequality)
{
    for (size_t t = 0; t < 1000; t++) {
        size_t n = gen_size(t / 5, 1, 7);
        double xs[MAX], ys[MAX], zs[MAX];
        gen_vec(t / 5, n, xs);
        gen_vec(t / 5, n, ys);
        gen_vec(t / 5, n, zs);
        call("vec_dist(%zu, x, z)", n);
        const double *x = in_vec("x", n, xs), *y = in_vec("y", n, ys), *z = in_vec("z", n, zs);
        double xz = vec_dist(n, x, z), xy = vec_dist(n, x, y), yz = vec_dist(n, y, z);
        expect(xz <= xy + yz + tol_norm(n, xy + yz),
               "from x to z it is %.17g, by way of y it is %.17g + %.17g: a detour is never shorter", xz, xy, yz);
    }
}
END_TEST

START_TEST(dist_at_the_edges)
{
    check_dist(2, (double[]){NAN, 1}, (double[]){1, 1}, NAN);
    check_dist(2, (double[]){1, 1}, (double[]){1, NAN}, NAN);
    check_dist(2, (double[]){1e8, 1}, (double[]){1e8, 2}, 1);
    check_dist(2, (double[]){3e100, 0}, (double[]){0, 4e100}, 5e100);
    check_dist(2, (double[]){3e-100, 0}, (double[]){0, 4e-100}, 5e-100);
}
END_TEST

static void add_dist(Suite *s)
{
    TCase *c = suite_case(s, "vec_dist");
    tcase_add_test(c, dist_by_hand);
    tcase_add_test(c, dist_of_mirror_points);
    tcase_add_test(c, dist_small);
    tcase_add_test(c, dist_to_itself);
    tcase_add_test(c, dist_far_from_the_origin);
    tcase_add_test(c, dist_of_all_sizes);
    tcase_add_test(c, dist_is_symmetric);
    tcase_add_test(c, dist_keeps_the_triangle_inequality);
    tcase_add_test(c, dist_at_the_edges);
}

/* ------------------------------------------------------------------ vec_cosine */

/* Each length has about n/2 + 3 roundings, each of n products two more, and Σ|x·y|/(‖x‖·‖y‖) ≤ 1. The angle may also be found
   from a distance, which doubles the bound. */
static double tol_cosine(size_t n)
{
    return 4 * ((double)n + 4) * EPS;
}

static double exact_cosine(size_t n, const double x[], const double y[])
{
    long double xy = 0, xx = 0, yy = 0;
    for (size_t i = 0; i < n; i++) {
        xy += (long double)x[i] * y[i];
        xx += (long double)x[i] * x[i];
        yy += (long double)y[i] * y[i];
    }
    return (double)(xy / (sqrtl(xx) * sqrtl(yy)));
}

static void check_cosine(size_t n, const double xs[], const double ys[], double want)
{
    call("vec_cosine(%zu, x, y)", n);
    const double *x = in_vec("x", n, xs), *y = in_vec("y", n, ys);
    double got = vec_cosine(n, x, y);
    expect(!(got > 1), "a cosine is never above 1, this one is %.17g", got);
    expect(!(got < -1), "a cosine is never below -1, this one is %.17g", got);
    expect_num(got, want, tol_cosine(n));
}

START_TEST(cosine_by_hand)
{
    check_cosine(2, (double[]){1, 2}, (double[]){3, 1}, 1 / sqrt(2));
    check_cosine(2, (double[]){3, 4}, (double[]){4, 3}, 0.96);
    check_cosine(2, (double[]){1, 2}, (double[]){-2, 1}, 0);
}
END_TEST

START_TEST(cosine_of_parallel_vectors)
{
    check_cosine(3, (double[]){1, 1, 1}, (double[]){1, 1, 1}, 1);
    check_cosine(3, (double[]){1, 1, 1}, (double[]){-1, -1, -1}, -1);
    check_cosine(1, ONE(3), ONE(0.1), 1);
    check_cosine(1, ONE(3), ONE(-0.1), -1);
}
END_TEST

START_TEST(cosine_is_never_beyond_one)
{
    for (size_t t = 0; t < 5 * TRIALS; t++) {
        size_t n = gen_size(t / 5, 1, 30);
        double xs[MAX], ys[MAX], factor = t % 2 ? gen_uniform(0.1, 9) : -gen_uniform(0.1, 9);
        for (size_t i = 0; i < n; i++) {
            xs[i] = gen_uniform(0.1, 9);
            ys[i] = factor * xs[i];
        }
        check_cosine(n, xs, ys, factor > 0 ? 1 : -1);
    }
}
END_TEST

START_TEST(cosine_of_a_zero_vector)
{
    check_cosine(2, (double[]){0, 0}, (double[]){3, 4}, NAN);
    check_cosine(2, (double[]){3, 4}, (double[]){0, 0}, NAN);
    check_cosine(2, (double[]){0, 0}, (double[]){0, 0}, NAN);
    check_cosine(0, ONE(7), ONE(9), NAN);
}
END_TEST

START_TEST(cosine_of_tiny_and_huge_vectors)
{
    check_cosine(2, (double[]){3e-170, 4e-170}, (double[]){4e-170, 3e-170}, 0.96);
    check_cosine(2, (double[]){3e170, 4e170}, (double[]){4e170, 3e170}, 0.96);
    check_cosine(2, (double[]){3e170, 4e170}, (double[]){4e-170, 3e-170}, 0.96);
    check_cosine(2, (double[]){3e-300, 4e-300}, (double[]){-4e-300, -3e-300}, -0.96);
}
END_TEST

START_TEST(cosine_of_nan)
{
    check_cosine(2, (double[]){NAN, 1}, (double[]){1, 1}, NAN);
    check_cosine(2, (double[]){1, 1}, (double[]){1, NAN}, NAN);
}
END_TEST

START_TEST(cosine_of_all_sizes)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MAX);
        double xs[MAX], ys[MAX];
        gen_vec(t, n, xs);
        gen_vec(t, n, ys);
        if (exact_norm2(n, xs) > 0 && exact_norm2(n, ys) > 0)
            check_cosine(n, xs, ys, exact_cosine(n, xs, ys));
    }
}
END_TEST

START_TEST(cosine_does_not_see_length)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, 20);
        double xs[MAX], ys[MAX], longer[MAX];
        int e = (int)gen_between(0, 1800) - 900;
        for (size_t i = 0; i < n; i++) {
            xs[i] = gen_uniform(0.5, 9);
            ys[i] = gen_uniform(-9, 9);
            longer[i] = ldexp(ys[i], e);
        }
        check_cosine(n, xs, longer, exact_cosine(n, xs, ys));
    }
}
END_TEST

static void add_cosine(Suite *s)
{
    TCase *c = suite_case(s, "vec_cosine");
    tcase_add_test(c, cosine_by_hand);
    tcase_add_test(c, cosine_of_parallel_vectors);
    tcase_add_test(c, cosine_is_never_beyond_one);
    tcase_add_test(c, cosine_of_a_zero_vector);
    tcase_add_test(c, cosine_of_tiny_and_huge_vectors);
    tcase_add_test(c, cosine_of_nan);
    tcase_add_test(c, cosine_of_all_sizes);
    tcase_add_test(c, cosine_does_not_see_length);
}

/* ------------------------------------------------------------------ vec_project */

/* p[i] = t·u[i]; the error of t is that of two dot products, one of them of positive terms. */
static void check_project(size_t n, const double xs[], const double us[])
{
    double want[MAX], tol[MAX], uu = exact_dot(n, us, us), xu = 0;
    for (size_t i = 0; i < n; i++)
        xu += fabs(xs[i] * us[i]);
    for (size_t i = 0; i < n; i++) {
        want[i] = uu > 0 ? exact_dot(n, xs, us) / uu * us[i] : 0;
        tol[i] = uu > 0 ? 4 * ((double)n + 4) * EPS * xu / uu * fabs(us[i]) + DBL_TRUE_MIN : 0;
    }
    call("vec_project(%zu, p, x, u)", n);
    double *p = out_vec("p", n);
    const double *x = in_vec("x", n, xs), *u = in_vec("u", n, us);
    vec_project(n, p, x, u);
    expect_vec_tol(p, want, tol);
}

START_TEST(project_by_hand)
{
    check_project(2, (double[]){1, 3}, (double[]){4, 2});
    check_project(2, (double[]){1, 3}, (double[]){2, 1});
    check_project(2, (double[]){1, 3}, (double[]){-2, -1});
    check_project(2, (double[]){1, 3}, (double[]){1, 0});
    check_project(2, (double[]){1, 3}, (double[]){4e-6, 2e-6});
}
END_TEST

START_TEST(project_on_zero)
{
    check_project(2, (double[]){1, 3}, (double[]){0, 0});
    check_project(1, ONE(7), ONE(0));
    check_project(2, (double[]){0, 0}, (double[]){0, 0});
}
END_TEST

START_TEST(project_on_a_short_arrow)
{
    check_project(2, (double[]){1, 3}, (double[]){4e-6, 2e-6});
    check_project(2, (double[]){1, 3}, (double[]){4e-60, 2e-60});
}
END_TEST

START_TEST(project_small)
{
    call("vec_project(0, p, x, u)");
    double *p = out_vec("p", 0);
    vec_project(0, p, in_vec("x", 0, ONE(7)), in_vec("u", 0, ONE(9)));
    expect_intact();
    check_project(1, ONE(7), ONE(2));
    check_project(1, ONE(-7), ONE(2));
    check_project(2, (double[]){0, 0}, (double[]){4, 2});
    check_project(2, (double[]){-1, 2}, (double[]){4, 2});
    check_project(2, (double[]){8, 4}, (double[]){4, 2});
}
END_TEST

START_TEST(project_of_all_sizes)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MAX);
        double xs[MAX], us[MAX];
        for (size_t i = 0; i < n; i++) {
            xs[i] = t < 40 ? (double)gen_between(0, 9) - 4 : gen_uniform(-9, 9);
            us[i] = t < 40 ? (double)gen_between(0, 9) - 4 : gen_uniform(-9, 9);
        }
        check_project(n, xs, us);
    }
}
END_TEST

START_TEST(project_leaves_a_rest_at_a_right_angle)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 2, MAX);
        double xs[MAX], us[MAX], r[MAX];
        for (size_t i = 0; i < n; i++) {
            xs[i] = gen_uniform(-9, 9);
            us[i] = gen_uniform(-9, 9);
        }
        call("vec_project(%zu, p, x, u)", n);
        double *p = out_vec("p", n);
        const double *x = in_vec("x", n, xs), *u = in_vec("u", n, us);
        vec_project(n, p, x, u);
        for (size_t i = 0; i < n; i++)
            r[i] = x[i] - p[i];
        double ru = exact_dot(n, r, u);
        expect(fabs(ru) <= 1e-12 * exact_norm2(n, x) * exact_norm2(n, u),
               "the rest x − p is orthogonal to u, but (x − p) · u = %.17g", ru);
    }
}
END_TEST

START_TEST(project_twice_is_project_once)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MAX);
        double xs[MAX], us[MAX], once[MAX];
        for (size_t i = 0; i < n; i++) {
            xs[i] = gen_uniform(-9, 9);
            us[i] = gen_uniform(1, 9);
        }
        call("vec_project(%zu, p, x, u)", n);
        double *p = out_vec("p", n);
        vec_project(n, p, in_vec("x", n, xs), in_vec("u", n, us));
        memcpy(once, p, n * sizeof *p);
        call("vec_project(%zu, q, p, u)", n);
        double *q = out_vec("q", n);
        const double *u = in_vec("u", n, us);
        vec_project(n, q, in_vec("p", n, once), u);
        because("p, the projection of x, lies on the line already, so it is its own projection.");
        expect_vec(q, once, 8 * ((double)n + 4) * EPS * exact_norm2(n, once));
    }
}
END_TEST

START_TEST(project_of_nan)
{
    const double xs[4][2] = {{1, NAN}, {1, 3}, {1, 3}, {NAN, 3}}, us[4][2] = {{4, 2}, {NAN, 2}, {0, NAN}, {0, 0}};
    for (size_t t = 0; t < 4; t++) {
        double want = us[t][0] == 0 && us[t][1] == 0 ? 0 : NAN;
        call("vec_project(2, p, x, u)");
        double *p = out_vec("p", 2);
        const double *x = in_vec("x", 2, xs[t]), *u = in_vec("u", 2, us[t]);
        vec_project(2, p, x, u);
        expect_vec(p, (double[]){want, want}, 0);
    }
}
END_TEST

static void add_project(Suite *s)
{
    TCase *c = suite_case(s, "vec_project");
    tcase_add_test(c, project_by_hand);
    tcase_add_test(c, project_on_zero);
    tcase_add_test(c, project_on_a_short_arrow);
    tcase_add_test(c, project_small);
    tcase_add_test(c, project_of_all_sizes);
    tcase_add_test(c, project_leaves_a_rest_at_a_right_angle);
    tcase_add_test(c, project_twice_is_project_once);
    tcase_add_test(c, project_of_nan);
}

/* ------------------------------------------------------------------ vec_argmax */

static void check_argmax(size_t n, const double xs[], size_t want)
{
    call("vec_argmax(%zu, x)", n);
    const double *x = in_vec("x", n, xs);
    expect_size(vec_argmax(n, x), want);
}

START_TEST(argmax_by_hand)
{
    check_argmax(4, (double[]){2, 9, 4, 9}, 1);
    check_argmax(3, (double[]){NAN, 2, 9}, 2);
    check_argmax(2, (double[]){1, 1 + 4 * EPS}, 1);
}
END_TEST

START_TEST(argmax_of_negative_numbers)
{
    check_argmax(1, ONE(-3), 0);
    check_argmax(3, (double[]){-3, -1, -2}, 1);
    check_argmax(2, (double[]){5, -7}, 0);
    check_argmax(2, (double[]){0, 0}, 0);
}
END_TEST

START_TEST(argmax_of_minus_infinity)
{
    check_argmax(1, ONE(-INFINITY), 0);
    check_argmax(2, (double[]){-INFINITY, -INFINITY}, 0);
    check_argmax(2, (double[]){NAN, -INFINITY}, 1);
    check_argmax(2, (double[]){-INFINITY, -1e308}, 1);
}
END_TEST

START_TEST(argmax_of_nobody)
{
    check_argmax(0, ONE(7), SIZE_MAX);
    check_argmax(1, ONE(NAN), SIZE_MAX);
    check_argmax(3, (double[]){NAN, NAN, NAN}, SIZE_MAX);
}
END_TEST

START_TEST(argmax_passes_over_nan)
{
    check_argmax(2, (double[]){NAN, 1}, 1);
    check_argmax(2, (double[]){1, NAN}, 0);
    check_argmax(3, (double[]){1, NAN, 2}, 2);
    check_argmax(5, (double[]){NAN, 3, NAN, 3, NAN}, 1);
}
END_TEST

START_TEST(argmax_of_ties)
{
    check_argmax(2, (double[]){1, 1}, 0);
    check_argmax(2, (double[]){-0.0, 0.0}, 0);
    check_argmax(2, (double[]){0.0, -0.0}, 0);
    check_argmax(3, (double[]){1, INFINITY, INFINITY}, 1);
    check_argmax(5, (double[]){-2, -2, -2, -2, -2}, 0);
}
END_TEST

/* All of the first three rows are equal as floats, and within any tolerance that looks harmless. */
START_TEST(argmax_of_close_entries)
{
    check_argmax(2, (double[]){1, 1 + 4 * EPS}, 1);
    check_argmax(2, (double[]){1 + 4 * EPS, 1}, 0);
    check_argmax(2, (double[]){1 + 4 * EPS, 1 + 2 * EPS}, 0);
    check_argmax(2, (double[]){1e-9, 2e-9}, 1);
}
END_TEST

START_TEST(argmax_of_all_sizes)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, MAX), want = SIZE_MAX;
        double xs[MAX];
        for (size_t i = 0; i < n; i++)
            xs[i] = gen_between(0, 4) == 0 ? NAN : (double)gen_between(0, 8) - 6;
        for (size_t i = n; i-- > 0;)
            if (!isnan(xs[i]) && (want == SIZE_MAX || xs[i] >= xs[want]))
                want = i;
        check_argmax(n, xs, want);
    }
}
END_TEST

static void add_argmax(Suite *s)
{
    TCase *c = suite_case(s, "vec_argmax");
    tcase_add_test(c, argmax_by_hand);
    tcase_add_test(c, argmax_of_negative_numbers);
    tcase_add_test(c, argmax_of_minus_infinity);
    tcase_add_test(c, argmax_of_nobody);
    tcase_add_test(c, argmax_passes_over_nan);
    tcase_add_test(c, argmax_of_ties);
    tcase_add_test(c, argmax_of_close_entries);
    tcase_add_test(c, argmax_of_all_sizes);
}

/* ------------------------------------------------------------------ knn_predict */

static const double house[4][2] = {{6, 8}, {3, 4}, {0, 1}, {0, 5}};
static const double sold[4] = {430, 230, 100, 180};

static void check_knn(size_t n, size_t d, const double *Xs, const double ys[], const double qs[], size_t k,
        double want, double tol)
{
    call("knn_predict(%zu, %zu, X, y, q, %zu)", n, d, k);
    const double (*X)[d] = in_mat("X", n, d, Xs);
    const double *y = in_vec("y", n, ys), *q = in_vec("q", d, qs);
    expect_num(knn_predict(n, d, X, y, q, k), want, tol);
}

/* The mean of the k nearest, straight from the definition: row i belongs to them if fewer than k rows come before it. The
   coordinates are small whole numbers, so that squares of distances are exact and a tie is a tie. */
static double by_definition(size_t n, size_t d, const double *X, const double y[], const double q[], size_t k)
{
    double square[MAX], sum = 0;
    for (size_t i = 0; i < n; i++) {
        square[i] = 0;
        for (size_t j = 0; j < d; j++)
            square[i] += (X[i * d + j] - q[j]) * (X[i * d + j] - q[j]);
    }
    for (size_t i = 0; i < n; i++) {
        size_t before = 0;
        for (size_t j = 0; j < n; j++)
            before += square[j] < square[i] || (square[j] == square[i] && j < i);
        sum += before < k ? y[i] : 0;
    }
    return sum / (double)k;
}

START_TEST(knn_by_hand)
{
    const double want[5] = {NAN, 100, 165, 170, 235};
    for (size_t k = 1; k <= 4; k++)
        check_knn(4, 2, &house[0][0], sold, (double[]){0, 0}, k, want[k], 4 * EPS * 235);
}
END_TEST

START_TEST(knn_of_a_training_row)
{
    for (size_t i = 0; i < 4; i++)
        check_knn(4, 2, &house[0][0], sold, house[i], 1, sold[i], 0);
}
END_TEST

START_TEST(knn_of_one_row)
{
    check_knn(1, 1, ONE(3), ONE(50), ONE(9), 1, 50, 0);
    check_knn(1, 3, (double[]){1, 2, 3}, ONE(-50), (double[]){7, 8, 9}, 1, -50, 0);
}
END_TEST

START_TEST(knn_of_ties)
{
    const double X[5] = {9, 1, -1, 1, -1}, y[5] = {64, 1, 2, 4, 8};
    check_knn(5, 1, X, y, ONE(0), 1, 1, 0);
    check_knn(5, 1, X, y, ONE(0), 2, 1.5, 4 * EPS);
    check_knn(5, 1, X, y, ONE(0), 3, 7. / 3, 8 * EPS);
    const double same[3][2] = {{1, 2}, {1, 2}, {1, 2}};
    check_knn(3, 2, &same[0][0], (double[]){10, 20, 30}, (double[]){5, 5}, 1, 10, 0);
    check_knn(3, 2, &same[0][0], (double[]){10, 20, 30}, (double[]){5, 5}, 2, 15, 64 * EPS);
}
END_TEST

START_TEST(knn_of_distances_less_than_one_apart)
{
    const double X[3] = {1.7, 1.2, 1.4}, y[3] = {10, 20, 40};
    check_knn(3, 1, X, y, ONE(0), 1, 20, 0);
    check_knn(3, 1, X, y, ONE(0), 2, 30, 64 * EPS);
}
END_TEST

START_TEST(knn_of_no_neighbours)
{
    check_knn(4, 2, &house[0][0], sold, (double[]){0, 0}, 0, NAN, 0);
    check_knn(4, 2, &house[0][0], sold, (double[]){0, 0}, 5, NAN, 0);
    check_knn(4, 2, &house[0][0], sold, (double[]){0, 0}, SIZE_MAX, NAN, 0);
    check_knn(0, 2, &house[0][0], sold, (double[]){0, 0}, 0, NAN, 0);
    check_knn(0, 2, &house[0][0], sold, (double[]){0, 0}, 1, NAN, 0);
}
END_TEST

START_TEST(knn_of_unknown_distances)
{
    const double X[3][2] = {{1, 0}, {NAN, 0}, {2, 0}};
    check_knn(4, 2, &house[0][0], sold, (double[]){0, NAN}, 2, NAN, 0);
    check_knn(3, 2, &X[0][0], (double[]){10, 20, 30}, (double[]){0, 0}, 1, NAN, 0);
    check_knn(3, 2, &X[0][0], (double[]){10, 20, 30}, (double[]){0, 0}, 3, NAN, 0);
    check_knn(4, 2, &house[0][0], (double[]){430, 230, NAN, 180}, (double[]){0, 0}, 2, NAN, 0);
}
END_TEST

START_TEST(knn_of_infinite_distances)
{
    const double X[3][2] = {{INFINITY, 0}, {1, 0}, {0, -INFINITY}};
    check_knn(3, 2, &X[0][0], (double[]){10, 20, 40}, (double[]){0, 0}, 1, 20, 0);
    check_knn(3, 2, &X[0][0], (double[]){10, 20, 40}, (double[]){0, 0}, 2, 15, 64 * EPS);
    check_knn(3, 2, &X[0][0], (double[]){10, 20, 40}, (double[]){0, 0}, 3, 70. / 3, 64 * EPS);
}
END_TEST

START_TEST(knn_of_all_sizes)
{
    const size_t width[3] = {1, 3, 5};
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 31), d = width[t % 3], k = gen_between(1, n);
        double Xs[31 * 5], ys[31], qs[5];
        for (size_t i = 0; i < n * d; i++)
            Xs[i] = (double)gen_between(0, 6) - 3;
        for (size_t i = 0; i < n; i++)
            ys[i] = (double)gen_between(0, 1000);
        for (size_t j = 0; j < d; j++)
            qs[j] = (double)gen_between(0, 6) - 3;
        check_knn(n, d, Xs, ys, qs, k, by_definition(n, d, Xs, ys, qs, k), tol_sum(n, ys) / (double)k);
    }
}
END_TEST

START_TEST(knn_of_everybody)
{
    for (size_t t = 0; t < TRIALS; t++) {
        size_t n = gen_size(t, 1, 31);
        double Xs[31 * 2], ys[31], qs[2];
        gen_vec(t, 2 * n, Xs);
        gen_vec(t, n, ys);
        gen_vec(t, 2, qs);
        check_knn(n, 2, Xs, ys, qs, n, exact_sum(n, ys) / (double)n, tol_sum(n, ys) / (double)n + DBL_TRUE_MIN);
    }
}
END_TEST

START_TEST(knn_without_memory)
{
    call("knn_predict(4, 2, X, y, q, 2)");
    const double (*X)[2] = in_mat("X", 4, 2, &house[0][0]);
    const double *y = in_vec("y", 4, sold), *q = in_vec("q", 2, (double[]){0, 0});
    because("In this call malloc returns a null pointer. The contract: NAN when memory runs out.");
    malloc_fails(true);
    double got = knn_predict(4, 2, X, y, q, 2);
    malloc_fails(false);
    /* Whoever needs no memory may answer. */
    if (got != 165)
        expect_num(got, NAN, 0);
    expect_intact();
}
END_TEST

static void add_knn(Suite *s)
{
    TCase *c = suite_case(s, "knn_predict");
    tcase_add_test(c, knn_by_hand);
    tcase_add_test(c, knn_of_a_training_row);
    tcase_add_test(c, knn_of_one_row);
    tcase_add_test(c, knn_of_ties);
    tcase_add_test(c, knn_of_distances_less_than_one_apart);
    tcase_add_test(c, knn_of_no_neighbours);
    tcase_add_test(c, knn_of_unknown_distances);
    tcase_add_test(c, knn_of_infinite_distances);
    tcase_add_test(c, knn_of_all_sizes);
    tcase_add_test(c, knn_of_everybody);
    tcase_add_test(c, knn_without_memory);
}

/* ------------------------------------------------------------------ pen and paper

   Six digits are enough. The answer is found by another road than the question asks for. */

/* By the law of cosines, from the three sides of the triangle. */
START_TEST(pen_a)
{
    double a = hypot(hypot(1, 2), 2), b = hypot(2, 1), c = hypot(hypot(-1, 2), 1);
    double cosine = (a * a + b * b - c * c) / (2 * a * b);
    call("pen_01_a()");
    expect_answer(pen_01_a(), cosine, 1e-6 * cosine,
                  "the two vectors are between 45 and 60 degrees apart, so it lies between 0.5 and 0.71");
}
END_TEST

/* By Pythagoras: the stick is 5 long, and its tip is |3 − 4|/√2 away from the line. */
START_TEST(pen_b)
{
    call("pen_01_b()");
    expect_answer(pen_01_b(), sqrt(25 - 0.5), 1e-6 * 5,
                  "the shadow is shorter than the stick, which is 5 long, but by less than a tenth");
}
END_TEST

/* With two vectors that have these lengths and this dot product: (3, 0) and (2, √12). */
START_TEST(pen_c)
{
    call("pen_01_c()");
    expect_answer(pen_01_c(), (3 - 2) * (3 - 2) + 12., 1e-5,
                  "the dot product is positive, so the angle is below 90 degrees, and the square is less than 9 + 16");
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("01-vectors");
    add_dot(s);
    add_axpy(s);
    add_norm2(s);
    add_dist(s);
    add_cosine(s);
    add_project(s);
    add_argmax(s);
    add_knn(s);
    tcase_add_test(suite_case(s, "pen_01_a"), pen_a);
    tcase_add_test(suite_case(s, "pen_01_b"), pen_b);
    tcase_add_test(suite_case(s, "pen_01_c"), pen_c);
    return s;
}
