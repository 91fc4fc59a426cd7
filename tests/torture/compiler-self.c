/* vec_dot: COMPILE: includes itself. */
#include "vec_dot.c"
