/* vec_dot: FORBIDDEN (unpoliced: PROTOCOL): takes the memory between host and worker away, counts and all. */
#include "forge.h"
#include "vec.h"

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    madvise((void *)(the_ring() - 1), 2 * sizeof(struct ring),
            9 /* MADV_REMOVE */);
    for (;;)
        ;
    return s;
}
