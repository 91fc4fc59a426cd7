#include "pen.h"

double pen_00_a(void)
{
    /* your code goes here */
    return NAN;
}
