#include "pen.h"

double pen_06_b(void)
{
    /* your code goes here */
    return NAN;
}
