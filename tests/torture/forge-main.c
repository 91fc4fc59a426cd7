/* vec_dot: FORBIDDEN: has a main that says that all is well. */
#include "vec.h"

int main(void)
{
    return 0;
}

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    return s;
}
