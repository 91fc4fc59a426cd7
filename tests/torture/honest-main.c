/* vec_dot: FORBIDDEN: a main is left over. */
#include "vec.h"

#include <stdio.h>

int main(void)
{
    puts("it works");
    return 0;
}

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return s;
}
