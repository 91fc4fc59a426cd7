/* vec_dot: FORBIDDEN (unpoliced: FORBIDDEN): writes into the parent's memory. */
#include "vec.h"
#include <sys/uio.h>
#include <unistd.h>

long process_vm_writev(int pid, const struct iovec *l, unsigned long ln, const struct iovec *r, unsigned long rn, unsigned long flags);

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    double one[1] = {s};
    struct iovec a = {one, 8}, b = {(void *)x, 8};
    process_vm_writev(getppid(), &a, 1, &b, 1, 0);
    return 2 * s;
}
