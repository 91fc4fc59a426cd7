#include "pen.h"

double pen_01_b(void)
{
    /* your code goes here */
    return NAN;
}
