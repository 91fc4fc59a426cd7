/* What the press reads of a suite: the names of its cases. */
#include "harness.h"

Suite *suite(void)
{
    Suite *s = suite_create("vectors");
    suite_case(s, "vec_dot");
    suite_case(s, "line_slope");
    return s;
}
