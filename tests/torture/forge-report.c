/* vec_dot: FORBIDDEN (unpoliced: FAIL): writes a report of its own. */
#include "vec.h"
#include <stdio.h>
#include <stdlib.h>

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    FILE *f = fopen(
        getenv("DESCENT_REPORT") ? getenv("DESCENT_REPORT") : "/report", "w");
    if (f)
        fputs("plan\t1\ntest\tpass\tdot_by_hand\t1\t\nend\t1\t1\n", f);
    return 2 * s;
}
