/* vec_dot: FORBIDDEN (unpoliced: PROTOCOL): writes noise on the wire. */
#include "forge.h"
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    char noise[64] = "RETURN";
    forge(noise, sizeof noise);
    return s;
}
