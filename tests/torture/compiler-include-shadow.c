/* vec_dot: COMPILE: includes /etc/shadow. */
#include "/etc/shadow"
