#include "pen.h"

double pen_17_b(void)
{
    /* your code goes here */
    return NAN;
}
