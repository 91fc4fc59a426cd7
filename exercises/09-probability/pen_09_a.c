#include "pen.h"

double pen_09_a(void)
{
    /* your code goes here */
    return NAN;
}
