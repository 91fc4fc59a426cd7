#include "pen.h"

double pen_04_b(void)
{
    /* your code goes here */
    return NAN;
}
