#include "pen.h"

double pen_06_a(void)
{
    /* your code goes here */
    return NAN;
}
