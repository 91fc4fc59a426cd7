#include "pen.h"

double pen_06_c(void)
{
    /* your code goes here */
    return NAN;
}
