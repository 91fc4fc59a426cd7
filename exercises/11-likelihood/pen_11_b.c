#include "pen.h"

double pen_11_b(void)
{
    /* your code goes here */
    return NAN;
}
