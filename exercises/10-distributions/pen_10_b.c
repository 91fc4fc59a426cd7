#include "pen.h"

double pen_10_b(void)
{
    /* your code goes here */
    return NAN;
}
