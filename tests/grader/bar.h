/* bar.h: how far a long run is, and how long it will take: on a terminal only. */
#ifndef BAR_H
#define BAR_H

#include <glib.h>

typedef struct {
    guint all, done;
    gint64 began; /* microseconds */
    int shown;    /* is there a bar on the screen? */
    GMutex lock;
} bar;

void bar_begin(bar *b, guint all);
/* One more is done. Safe from several threads. */
void bar_step(bar *b);
void bar_end(bar *b);

#endif
