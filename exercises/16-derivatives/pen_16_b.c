#include "pen.h"

double pen_16_b(void)
{
    /* your code goes here */
    return NAN;
}
