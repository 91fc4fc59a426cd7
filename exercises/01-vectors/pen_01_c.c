#include "pen.h"

double pen_01_c(void)
{
    /* your code goes here */
    return NAN;
}
