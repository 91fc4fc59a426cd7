#include "pen.h"

double pen_15_a(void)
{
    /* your code goes here */
    return NAN;
}
