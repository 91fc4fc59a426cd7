/* vec_dot: COMPILE: an error that says something rude in another alphabet. */
#include "vec.h"
#error ‮אבג <script>alert(1)</script>
