#include "pen.h"

double pen_02_b(void)
{
    /* your code goes here */
    return NAN;
}
