/* FORBIDDEN: asks the system for a socket. */
#include "canary.h"

#include <sys/socket.h>

double canary(size_t n, double y[n], const double x[n])
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += y[i] = 2 * x[i];
    sum += socket(AF_INET, SOCK_STREAM, 0) < 0;
    return sum;
}
