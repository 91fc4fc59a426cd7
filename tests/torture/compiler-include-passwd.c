/* vec_dot: COMPILE: includes /etc/passwd. */
#include "/etc/passwd"
