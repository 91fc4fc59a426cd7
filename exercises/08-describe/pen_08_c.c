#include "pen.h"

double pen_08_c(void)
{
    /* your code goes here */
    return NAN;
}
