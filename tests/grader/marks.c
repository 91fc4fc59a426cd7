/* marks.c: seeds are combined, then tests, then attempts, then assignments. */
#include "marks.h"

#include <math.h>

/* ----------------------------------------------------------- one exercise */

static bool passed_in(const judged *j, const char *test)
{
    for (guint i = 0; i < j->results->len; i++) {
        const result *r = j->results->pdata[i];
        if (g_str_equal(r->test, test))
            return verdict_is(r->verdict, "PASS");
    }
    return false;
}

/* How many tests of the first record passed in all. */
static int passed_in_all(const GPtrArray *all)
{
    const judged *first = all->pdata[0];
    int n = 0;
    for (guint i = 0; i < first->results->len; i++) {
        const result *r = first->results->pdata[i];
        bool every = true;
        for (guint k = 0; k < all->len && every; k++)
            every = passed_in(all->pdata[k], r->test);
        n += every;
    }
    return n;
}

static void combine(mark *m, const GPtrArray *all)
{
    double least = m->points;
    for (guint i = 0; i < all->len; i++) {
        const judged *j = all->pdata[i];
        least = fmin(least, j->earned);
    }
    const judged *first = all->pdata[0];
    m->tests = first->tests;
    m->passed = first->results->len == (guint)first->tests ? passed_in_all(all)
                                                           : first->passed;
    double share = m->tests ? (double)m->passed / m->tests : 0;
    if (all->len == 1)
        share = 1; /* what the judge gave, flags included */
    m->earned = fmax(0, fmin(least, m->points * share));
}

static mark *mark_of(const course *c, const attempt *a, const exercise *e)
{
    mark *m = g_new0(mark, 1);
    *m = (mark){.exercise = e,
                .verdict = "MISSING",
                .points = e->points,
                .counts = true};
    GPtrArray *all = g_ptr_array_new();
    for (guint i = 0; a && i < a->records->len; i++) {
        const record *r = a->records->pdata[i];
        const judged *j = r ? record_of(r, e->fn) : NULL;
        if (!j || verdict_is(j->verdict, "GRADER-ERROR")) {
            m->counts = false;
            m->verdict = "GRADER-ERROR";
            if (j)
                m->shown = j;
            continue;
        }
        g_ptr_array_add(all, (gpointer)j);
        bool worse = !m->shown || (verdict_is(m->shown->verdict, "PASS") &&
                                   !verdict_is(j->verdict, "PASS"));
        if (worse && m->counts) {
            m->shown = j;
            m->verdict = j->verdict;
            m->hidden = i >= c->visible;
            m->seed = r->seed;
        }
    }
    if (m->counts && all->len)
        combine(m, all);
    g_ptr_array_unref(all);
    return m;
}

/* ---------------------------------------------------------- one assignment */

static void marked_free(void *p)
{
    marked *m = p;
    g_ptr_array_unref(m->marks);
    g_free(m);
}

static void set_late(marked *m, const course *c, const student *s)
{
    const attempt *a = m->attempt;
    gint64 deadline = course_deadline(c, m->assignment, s->id);
    m->factor = 1;
    if (!a || deadline == G_MAXINT64)
        return;
    if (a->submitted != G_MININT64) {
        m->late = MAX(0, a->submitted - deadline);
        m->factor = course_late(c, m->late);
        if (m->factor == 1 && m->late <= c->grace)
            m->late = 0;
    } else if (a->said_late && deadline == m->assignment->deadline) {
        /* The system says late, not by how much: one unit. */
        m->late = -1;
        m->factor = course_late(c, c->grace + 1);
    }
}

static marked *mark_attempt(const course *c, const student *s,
                            const assignment *a, const attempt *t)
{
    marked *m = g_new0(marked, 1);
    *m = (marked){.assignment = a,
                  .attempt = t,
                  .marks = g_ptr_array_new_with_free_func(g_free)};
    for (guint i = 0; i < a->exercises->len; i++) {
        mark *one = mark_of(c, t, a->exercises->pdata[i]);
        g_ptr_array_add(m->marks, one);
        if (!one->counts)
            continue;
        m->earned += one->earned;
        m->points += one->points;
    }
    set_late(m, c, s);
    m->percent = m->points > 0 ? 100 * m->factor * m->earned / m->points : NAN;
    return m;
}

/* Has it anything of the assignment's in it, if only a stub that was touched? */
static bool holds_some(const marked *m)
{
    for (guint i = 0; i < m->marks->len; i++) {
        const mark *one = m->marks->pdata[i];
        if (!verdict_is(one->verdict, "MISSING") &&
            !verdict_is(one->verdict, "NOT-STARTED"))
            return true;
    }
    return false;
}

/* Is the later attempt the one that counts? */
static bool replaces(const course *c, const marked *now, const marked *later)
{
    if (c->best)
        return isnan(now->percent) || later->percent > now->percent;
    /* What came too late for anything does not undo what came in time. */
    bool worthless = later->factor == 0 && now->factor > 0;
    return !worthless && (holds_some(later) || !holds_some(now));
}

static marked *mark_assignment(const course *c, const student *s,
                               const assignment *a)
{
    marked *counted = NULL;
    for (guint i = 0; i < s->attempts->len; i++) {
        marked *m = mark_attempt(c, s, a, s->attempts->pdata[i]);
        if (!counted || replaces(c, counted, m)) {
            if (counted)
                marked_free(counted);
            counted = m;
        } else {
            marked_free(m);
        }
    }
    return counted ? counted : mark_attempt(c, s, a, NULL);
}

/* --------------------------------------------------------------- the whole */

static void drop_lowest(marks *m, int n)
{
    guint left = 0;
    for (guint i = 0; i < m->assignments->len; i++)
        left += !isnan(((marked *)m->assignments->pdata[i])->percent);
    for (; n > 0 && left > 1; n--, left--) {
        marked *lowest = NULL;
        for (guint i = 0; i < m->assignments->len; i++) {
            marked *one = m->assignments->pdata[i];
            if (!one->dropped && !isnan(one->percent) &&
                (!lowest || one->percent < lowest->percent))
                lowest = one;
        }
        if (lowest)
            lowest->dropped = true;
    }
}

marks *marks_of(const course *c, const student *s)
{
    marks *m = g_new0(marks, 1);
    m->student = s;
    m->assignments = g_ptr_array_new_with_free_func(marked_free);
    for (guint i = 0; i < c->assignments->len; i++)
        g_ptr_array_add(m->assignments,
                        mark_assignment(c, s, c->assignments->pdata[i]));
    drop_lowest(m, c->drop);
    double sum = 0, weight = 0;
    for (guint i = 0; i < m->assignments->len; i++) {
        const marked *one = m->assignments->pdata[i];
        if (one->dropped || isnan(one->percent))
            continue;
        sum += one->percent * one->assignment->weight;
        weight += one->assignment->weight;
    }
    m->percent = weight > 0 ? sum / weight : NAN;
    return m;
}

void marks_free(marks *m)
{
    g_ptr_array_unref(m->assignments);
    g_free(m);
}

const mark *marks_exercise(const marks *m, const exercise *e)
{
    for (guint i = 0; i < m->assignments->len; i++) {
        const marked *a = m->assignments->pdata[i];
        for (guint k = 0; k < a->marks->len; k++) {
            const mark *one = a->marks->pdata[k];
            if (one->exercise == e)
                return one;
        }
    }
    return NULL;
}
