#include "pen.h"

double pen_11_a(void)
{
    /* your code goes here */
    return NAN;
}
