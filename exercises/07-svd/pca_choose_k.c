#include "eig.h"

size_t pca_choose_k(size_t d, const double var[d], double share)
{
    /* your code goes here */
    return SIZE_MAX;
}
