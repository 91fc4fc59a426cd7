/* vec_dot: COMPILE: poisons the words of the header. */
#pragma GCC poison double size_t
#include "vec.h"
