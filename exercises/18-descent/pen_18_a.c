#include "pen.h"

double pen_18_a(void)
{
    /* your code goes here */
    return NAN;
}
