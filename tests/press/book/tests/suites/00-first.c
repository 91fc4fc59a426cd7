/* What the press reads of a suite: the names of its cases. */
#include "harness.h"

Suite *suite(void)
{
    Suite *s = suite_create("first");
    suite_case(s, "line_predict");
    suite_case(s, "pen_00_a");
    return s;
}
