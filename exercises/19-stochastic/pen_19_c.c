#include "pen.h"

double pen_19_c(void)
{
    /* your code goes here */
    return NAN;
}
