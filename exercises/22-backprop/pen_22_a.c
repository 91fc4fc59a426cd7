#include "pen.h"

double pen_22_a(void)
{
    /* your code goes here */
    return NAN;
}
