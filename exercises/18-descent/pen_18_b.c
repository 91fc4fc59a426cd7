#include "pen.h"

double pen_18_b(void)
{
    /* your code goes here */
    return NAN;
}
