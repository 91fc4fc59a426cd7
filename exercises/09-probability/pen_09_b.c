#include "pen.h"

double pen_09_b(void)
{
    /* your code goes here */
    return NAN;
}
