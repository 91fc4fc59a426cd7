/* vec_dot: COMPILE: float for double in the signature. */
#include "vec.h"

float vec_dot(size_t n, const float x[n], const float y[n])
{
    return n ? x[0] * y[0] : 0;
}
