#include "pen.h"

double pen_22_c(void)
{
    /* your code goes here */
    return NAN;
}
