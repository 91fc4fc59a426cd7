#include "diff.h"

dual dual_pow(dual a, double p)
{
    /* your code goes here */
    return (dual){NAN, NAN};
}
