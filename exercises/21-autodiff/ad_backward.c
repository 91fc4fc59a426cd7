#include "ad.h"

void ad_backward(ad_tape *t, ad_var out)
{
    /* your code goes here */
}
