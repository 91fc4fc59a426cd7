#include "pen.h"

double pen_16_a(void)
{
    /* your code goes here */
    return NAN;
}
