/* The suite of the canaries: one test, which one of them must pass and all others must not. */
#include "harness.h"

#include "canary.h"

START_TEST(canary_by_hand)
{
    call("canary(3, y, x)");
    double *y = out_vec("y", 3);
    const double *x = in_vec("x", 3, (double[]){1, 2, 3});
    double got = canary(3, y, x);
    expect_vec(y, (double[]){2, 4, 6}, 0);
    expect_num(got, 12, 0);
}
END_TEST

Suite *suite(void)
{
    Suite *s = suite_create("canary");
    TCase *tc = suite_case(s, "canary");
    tcase_add_test(tc, canary_by_hand);
    return s;
}
