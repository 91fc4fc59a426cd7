#include "mat.h"

void mat_take_rows(size_t n, size_t d, size_t k,
        double out[k][d], const double X[n][d],
        const size_t idx[k])
{
    /* your code goes here */
}
