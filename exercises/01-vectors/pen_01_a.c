#include "pen.h"

double pen_01_a(void)
{
    /* your code goes here */
    return NAN;
}
