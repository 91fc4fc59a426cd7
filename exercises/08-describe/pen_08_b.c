#include "pen.h"

double pen_08_b(void)
{
    /* your code goes here */
    return NAN;
}
