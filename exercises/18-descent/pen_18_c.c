#include "pen.h"

double pen_18_c(void)
{
    /* your code goes here */
    return NAN;
}
