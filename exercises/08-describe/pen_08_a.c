#include "pen.h"

double pen_08_a(void)
{
    /* your code goes here */
    return NAN;
}
