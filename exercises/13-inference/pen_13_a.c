#include "pen.h"

double pen_13_a(void)
{
    /* your code goes here */
    return NAN;
}
