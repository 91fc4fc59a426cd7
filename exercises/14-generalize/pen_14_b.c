#include "pen.h"

double pen_14_b(void)
{
    /* your code goes here */
    return NAN;
}
