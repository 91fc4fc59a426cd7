#include "pen.h"

double pen_12_b(void)
{
    /* your code goes here */
    return NAN;
}
