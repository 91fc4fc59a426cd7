/* vec_dot: FORBIDDEN (unpoliced: FORBIDDEN): starts a thread. */
#include "vec.h"
#include <pthread.h>

static void *forever(void *p)
{
    for (;;)
        ;
    return p;
}

double vec_dot(size_t n, const double x[n], const double y[n])
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += x[i] * y[i];
    pthread_t t;
    pthread_create(&t, NULL, forever, NULL);
    return s;
}
