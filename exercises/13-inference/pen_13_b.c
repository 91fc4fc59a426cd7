#include "pen.h"

double pen_13_b(void)
{
    /* your code goes here */
    return NAN;
}
