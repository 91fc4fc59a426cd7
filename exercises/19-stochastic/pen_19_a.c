#include "pen.h"

double pen_19_a(void)
{
    /* your code goes here */
    return NAN;
}
