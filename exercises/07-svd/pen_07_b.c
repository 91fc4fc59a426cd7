#include "pen.h"

double pen_07_b(void)
{
    /* your code goes here */
    return NAN;
}
