#include "pen.h"

double pen_15_c(void)
{
    /* your code goes here */
    return NAN;
}
