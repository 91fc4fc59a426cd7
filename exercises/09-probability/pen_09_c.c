#include "pen.h"

double pen_09_c(void)
{
    /* your code goes here */
    return NAN;
}
