#include "pen.h"

double pen_14_c(void)
{
    /* your code goes here */
    return NAN;
}
