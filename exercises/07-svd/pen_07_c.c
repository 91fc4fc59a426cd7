#include "pen.h"

double pen_07_c(void)
{
    /* your code goes here */
    return NAN;
}
