#include "pen.h"

double pen_05_a(void)
{
    /* your code goes here */
    return NAN;
}
