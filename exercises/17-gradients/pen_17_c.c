#include "pen.h"

double pen_17_c(void)
{
    /* your code goes here */
    return NAN;
}
