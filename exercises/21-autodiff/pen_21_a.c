#include "pen.h"

double pen_21_a(void)
{
    /* your code goes here */
    return NAN;
}
