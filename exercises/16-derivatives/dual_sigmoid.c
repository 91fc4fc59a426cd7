#include "diff.h"
#include "prob.h"

dual dual_sigmoid(dual a)
{
    /* your code goes here */
    return (dual){NAN, NAN};
}
