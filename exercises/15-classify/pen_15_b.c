#include "pen.h"

double pen_15_b(void)
{
    /* your code goes here */
    return NAN;
}
