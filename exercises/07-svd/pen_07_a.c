#include "pen.h"

double pen_07_a(void)
{
    /* your code goes here */
    return NAN;
}
