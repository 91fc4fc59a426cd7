#include "pen.h"

double pen_03_b(void)
{
    /* your code goes here */
    return NAN;
}
