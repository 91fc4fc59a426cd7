#include "pen.h"

double pen_14_a(void)
{
    /* your code goes here */
    return NAN;
}
