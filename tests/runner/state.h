/* state.h: what is remembered of the learner between two commands, in .descent/state.ini, which `make clean` leaves alone. */
#ifndef STATE_H
#define STATE_H

#include "verdict.h"

/* TODAY: of the file as it is now. PASSED before the last edit counts as STARTED. */
typedef enum { UNTOUCHED, STARTED, DONE } progress;

typedef struct state state;

state *state_load(void);
/* Writes it when it has changed, and frees it. */
void state_close(state *s);

progress state_progress(state *s, const exercise *e);
void state_record(state *s, const verdict *v);

/* The day on which it was last judged, or later passed again, as 2025-01-31; NULL when none is noted. The caller frees it. */
char *state_passed_on(state *s, const exercise *e);
/* Today it passed again, written anew. */
void state_passed_again(state *s, const exercise *e);

int state_hints(state *s, const exercise *e);
void state_set_hints(state *s, const exercise *e, int shown);

/* The exercise that was judged last, or NULL; and its date as 2025-01-31. */
const char *state_last(state *s);
const char *state_last_date(state *s);

/* The first of the book, in its order, that is not done; after `from` when that is given, then from the beginning. */
const exercise *state_next(state *s, const manifest *m, const exercise *from);

#endif
