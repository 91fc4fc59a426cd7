#include "pen.h"

double pen_04_a(void)
{
    /* your code goes here */
    return NAN;
}
