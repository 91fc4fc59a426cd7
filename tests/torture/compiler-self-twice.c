/* vec_dot: COMPILE: includes itself twice: two lines, a hundred megabytes of diagnostics. */
#include __FILE__
#include __FILE__
