#include "pen.h"

double pen_03_a(void)
{
    /* your code goes here */
    return NAN;
}
