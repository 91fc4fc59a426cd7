/* verdict_say.h: a verdict as its learner reads it. */
#ifndef VERDICT_SAY_H
#define VERDICT_SAY_H

#include "verdict.h"

/* One line, and below it what the program printed, why it failed, which mistake it looks like and where to read on. */
void verdict_say(GString *to, const verdict *v);

#endif
