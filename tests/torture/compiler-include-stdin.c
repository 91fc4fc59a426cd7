/* vec_dot: COMPILE: includes /dev/stdin. */
#include "/dev/stdin"
