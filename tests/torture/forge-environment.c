/* vec_dot: FORBIDDEN (unpoliced: FAIL): tells Check not to fork. */
#include "vec.h"
#include <stdlib.h>

int setenv(const char *name, const char *value, int overwrite);

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    setenv("CK_FORK", "no", 1);
    setenv("CK_RUN_CASE", "none", 1);
    return 2 * s;
}
