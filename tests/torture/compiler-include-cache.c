/* vec_dot: COMPILE: includes /kit/.. */
#include "/kit/."
