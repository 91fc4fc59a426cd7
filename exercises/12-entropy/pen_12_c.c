#include "pen.h"

double pen_12_c(void)
{
    /* your code goes here */
    return NAN;
}
