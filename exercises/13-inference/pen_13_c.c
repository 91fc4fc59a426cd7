#include "pen.h"

double pen_13_c(void)
{
    /* your code goes here */
    return NAN;
}
