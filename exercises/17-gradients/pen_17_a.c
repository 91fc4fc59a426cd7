#include "pen.h"

double pen_17_a(void)
{
    /* your code goes here */
    return NAN;
}
