/* late.c: the deadline of one student, and what lateness costs. */
#include "course.h"

#include <math.h>

gint64 course_deadline(const course *c, const assignment *a,
                       const char *student)
{
    gint64 best = a->deadline;
    if (best == G_MAXINT64)
        return best;
    for (guint i = 0; i < c->extensions->len; i++) {
        const extension *x = c->extensions->pdata[i];
        if (!g_str_equal(x->student, student) ||
            (x->assignment && !g_str_equal(x->assignment, a->id)))
            continue;
        gint64 own = x->until ? x->until : a->deadline + x->more;
        best = MAX(best, own);
    }
    return best;
}

double course_late(const course *c, gint64 seconds)
{
    if (seconds <= c->grace)
        return 1;
    if (c->reject || seconds > c->at_most)
        return 0;
    if (!c->late_unit)
        return 1;
    double begun = ceil((double)seconds / (double)c->late_unit);
    return fmax(0, 1 - begun * c->late_share);
}
