/* vec_dot: FORBIDDEN (unpoliced: PROTOCOL): answers with a number that is not the next. */
#include "vec.h"
#include <unistd.h>

struct frame {
    unsigned magic, kind;
    unsigned long number, size, a, b;
};

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    const struct {
        struct frame f;
        double s;
    } answer = {{0xde5ce47a, 5, 99, 8, 0, 0}, s};
    if (write(3, &answer, sizeof answer) < 0)
        s = 0;
    return s;
}
