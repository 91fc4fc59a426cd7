#include "pen.h"

double pen_02_a(void)
{
    /* your code goes here */
    return NAN;
}
