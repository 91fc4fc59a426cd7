/* vec_dot: COMPILE: includes /dev/zero. */
#include "/dev/zero"
