#include "pen.h"

double pen_11_c(void)
{
    /* your code goes here */
    return NAN;
}
