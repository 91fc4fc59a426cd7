#include "pen.h"

double pen_22_b(void)
{
    /* your code goes here */
    return NAN;
}
