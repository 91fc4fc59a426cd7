#include "diff.h"

dual dual_mul(dual a, dual b)
{
    /* your code goes here */
    return (dual){NAN, NAN};
}
