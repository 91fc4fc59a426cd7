#include "pen.h"

double pen_19_b(void)
{
    /* your code goes here */
    return NAN;
}
