#include "pen.h"

double pen_12_a(void)
{
    /* your code goes here */
    return NAN;
}
