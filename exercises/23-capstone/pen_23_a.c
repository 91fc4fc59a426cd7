#include "pen.h"

double pen_23_a(void)
{
    /* your code goes here */
    return NAN;
}
