#include "diff.h"

dual dual_div(dual a, dual b)
{
    /* your code goes here */
    return (dual){NAN, NAN};
}
