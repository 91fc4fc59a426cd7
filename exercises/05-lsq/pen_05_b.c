#include "pen.h"

double pen_05_b(void)
{
    /* your code goes here */
    return NAN;
}
