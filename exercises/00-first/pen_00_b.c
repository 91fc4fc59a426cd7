#include "pen.h"

double pen_00_b(void)
{
    /* your code goes here */
    return NAN;
}
