#include "pen.h"

double pen_20_b(void)
{
    /* your code goes here */
    return NAN;
}
